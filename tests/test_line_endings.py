"""Line endings: the data law over all code points, and the traps of mixed endings."""

import sys

from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaner import lines
from cnclean.cleaners.line_endings import LineEndings
from cnclean.testing import check_laws
from tests.strategies import documents

line_endings = LineEndings()
ENDS = "\r\v\f\u2028\u2029"


def test_every_code_point():
    text = "中".join(chr(code) for code in range(sys.maxunicode + 1))
    assert line_endings(text) == text.translate(dict.fromkeys(map(ord, ENDS), "\n"))


@given(st.text("\r\n\v\f\u2028\u2029\x85 a中", max_size=14))
def test_any_mixture_of_line_ends(text):
    result = line_endings(text)
    assert not set(result) & set(ENDS)
    assert result.replace("\n", "") == "".join(char for char in text if char not in ENDS + "\n")
    check_laws(line_endings, text)


@given(st.lists(st.text("a中 \t", max_size=4), max_size=6), st.sampled_from(["\n", "\r\n", "\r", "\r\r\n", "\u2028"]))
def test_lines_come_out_as_they_went_in(parts, end):
    """However a text ends its lines, as long as it does so in one way, the lines are the same."""
    assert lines(line_endings("".join(part + end for part in parts))) == [part + "\n" for part in parts]


@given(documents("line-endings"))
def test_idempotent_on_documents(text):
    check_laws(line_endings, text)


def test_each_kind_has_a_rule():
    rules = [edit.rules[0].partition("/")[2] for edit in line_endings.edits("a\r\nb\rc\vd\fe\u2028f\u2029g\r\r\n")]
    assert rules == [
        "crlf", "carriage-return", "vertical-tab", "form-feed", "line-separator", "paragraph-separator", "crlf",
    ]  # fmt: skip
