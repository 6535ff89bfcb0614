"""Whitespace: what the result may hold, the table's own examples, and nothing but white space ever changed."""

import random
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.whitespace import Whitespace
from cnclean.errors import UnknownNameError
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from tests.evaluation import needs_shared, texts
from tests.strategies import documents, tokens

whitespace = Whitespace()
ODD = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
TABLE = toml_table("whitespace.toml")


@pytest.mark.parametrize(
    "entry", [*TABLE["listing"], TABLE["surnames"]], ids=lambda entry: entry.get("name", "surnames")
)
def test_examples_of_the_table(entry):
    for text in entry["keep"]:
        assert whitespace(text) == text
    for text in entry["drop"]:
        assert whitespace(text) != text


def test_every_code_point_between_words():
    chars = [chr(code) for code in range(sys.maxunicode + 1) if chr(code) != "\n"]
    text = "\n".join(f"中文{char}中文" for char in chars)
    assert whitespace(text) == re.sub(f"[{ODD}]", " ", text)


def test_every_sequence_of_the_table_keeps_its_spaces():
    for entry in TABLE["listing"]:
        for sequence in entry["sequences"]:
            spaced = " ".join(sequence)
            assert whitespace(spaced) == spaced


@given(st.one_of(documents("whitespace"), st.text(f"{ODD[:3]}\u3000 \t\n，。（）中国人a1-#=", max_size=16)))
def test_only_white_space_changes(text):
    for mode in ("code", "all", "none"):
        cleaner = Whitespace(keep_indent=mode)
        check_laws(cleaner, text)
        result = cleaner(text)
        assert re.sub(rf"[ \t{ODD}]", "", result) == re.sub(rf"[ \t{ODD}]", "", text)
        assert len(result) <= len(text)


@given(documents("whitespace"))
def test_what_the_result_may_hold(text):
    for line in whitespace(text).split("\n"):
        assert line == line.rstrip(" \t" + ODD)
        assert not re.search(rf"[{ODD}]", line.replace("\u202f", ""))
        if not line.startswith((" ", "\t")):
            assert not re.search(r"[ \t]{2}", line)


@given(st.lists(st.sampled_from(tokens("whitespace")), max_size=8).map("".join))
def test_gaps_of_every_kind(text):
    check_laws(whitespace, text)


@given(st.lists(st.sampled_from(["北京", "上海", "张三", "新华社", "AI", "2024", "GPT-4"]), min_size=2, max_size=8))
def test_words_with_single_spaces_stay(words):
    text = " ".join(words)
    assert whitespace(text) == text


@given(
    st.sampled_from(["中华人民共和国", "版权所有", "联系我们", "友情链接", "参考文献", "生日快乐"]),
    st.sampled_from([" ", "\u3000", "  ", "\u00a0"]),
)
def test_letter_spaced_phrases_close_up(phrase, gap):
    assert whitespace(gap.join(phrase)) == phrase
    assert whitespace(f"《{gap.join(phrase)}》，第二") == f"《{phrase}》，第二"


@given(st.text("春冬雪花虫鸟口耳目手足你我他", min_size=3, max_size=9))
def test_letter_spacing_is_decided_once(chars):
    check_laws(whitespace, " ".join(chars))


def test_wrong_option():
    with pytest.raises(UnknownNameError, match="keep_indent"):
        Whitespace(keep_indent="verse")


@needs_shared
@pytest.mark.parametrize("name", ["ham_headlines", "ham_reviews"])
def test_letter_spacing_is_told_from_lists_of_characters(name):
    """Figures of the documentation: phrases written apart, and as many runs of characters drawn by chance."""
    dice = random.Random(7)
    phrases = {phrase for text in texts(f"spam/{name}") for phrase in re.findall(r"[\u4e00-\u9fff]{3,12}", text)}
    sample = dice.sample(sorted(phrases), 3000)
    characters = "".join(sample)
    lists = ["".join(dice.choices(characters, k=len(phrase))) for phrase in sample]
    closed = {
        kind: sum(whitespace(" ".join(run)) == run for run in runs)
        for kind, runs in (("all", sample), ("by chance", lists))
    }
    long = [phrase for phrase in sample if len(phrase) >= 8]
    closed_long = sum(whitespace(" ".join(phrase)) == phrase for phrase in long)
    print(name, closed, len(sample), closed_long / len(long))
    assert closed["by chance"] <= 10
    assert closed["all"] >= 0.3 * len(sample)
    assert closed_long >= 0.4 * len(long)
