"""Blank lines: what the result may hold, and what must be the same as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.blank_lines import BlankLines
from cnclean.errors import OptionError
from cnclean.testing import check_laws
from tests.strategies import documents

TEXTS = st.one_of(documents("blank-lines"), st.text(" \n\t\u3000a中", max_size=16))


@given(TEXTS, st.sampled_from([0, 1, 2]))
def test_no_run_is_too_long_and_no_text_is_lost(text, most):
    blank_lines = BlankLines(most=most)
    check_laws(blank_lines, text)
    result = blank_lines(text).split("\n")
    kept = [line for line in text.split("\n") if line.strip()]
    assert [line for line in result if line.strip()] == kept
    assert all(line.strip() or not line for line in result)
    assert "\n" * (most + 2) not in "\n".join(result)
    if kept:
        assert result[0] == kept[0]
        assert result[-1] == kept[-1] or result[-2:] == [kept[-1], ""]


@given(TEXTS)
def test_the_last_line_feed_stays_and_none_is_added(text):
    result = BlankLines()(text)
    if result:
        after_text = text[len(text.rstrip()) :]
        assert result.endswith("\n") == ("\n" in after_text)


@given(TEXTS, TEXTS)
def test_paragraphs_keep_their_distance(a, b):
    if a.strip() and b.strip():
        text = f"{a.strip()}\n\n{b.strip()}"
        assert f"{a.strip()[-1]}\n\n{b.strip()[0]}" in BlankLines()(text)


@pytest.mark.parametrize("most", [-1, 101, "1", 1.0, True, None])
def test_wrong_option(most):
    with pytest.raises(OptionError, match="whole number from 0 to 100"):
        BlankLines(most=most)
