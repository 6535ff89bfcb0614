"""The ways to write a cleaner: honest ones keep the laws, wrong declarations are caught."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnclean.cleaner import Scope
from cnclean.errors import InputTypeError, OptionError
from cnclean.shapes import CharMap, EachLine, LineFilter, LineRewrite, Substitution, Wrapped
from cnclean.testing import check_laws

TEXT = st.text("abc中\n，,！! \u3000\u200be\u0301\r", max_size=14)


def _bang(line):
    return "two bangs" if "!!" in line else None


def _strip(line):
    return line.strip(" ")


def _nfc(text):
    return unicodedata.normalize("NFC", text)


def _line_feeds(text):
    return re.sub("\r\n?", "\n", text)


HONEST = [
    CharMap({"\u200b": ""}, "zero-width"),
    CharMap({"，": ","}, "comma"),
    CharMap({}, "nothing"),
    Substitution("[ \u3000]+", " ", "spaces"),
    LineFilter(_bang, "bang"),
    LineRewrite(_strip, "strip"),
    Wrapped(_nfc, Scope.LINE),
    Wrapped(_line_feeds),
    EachLine(Wrapped(_strip)),
]


@pytest.mark.parametrize("cleaner", HONEST, ids=lambda c: f"{type(c).__name__}-{c.name}")
@given(text=TEXT)
@example(text="")
@example(text="\n")
def test_honest_shapes_keep_the_laws(cleaner, text):
    check_laws(cleaner, text)


WRONG = [
    (Wrapped(_line_feeds, Scope.LINE, "crlf-as-line"), None),  # made true by calling it line by line
    (CharMap({"，": ",", ",": "!"}, "open-table"), "中，"),
    (Substitution(r"\s+", " ", "squeeze-across-lines"), "a\n b"),
    (Substitution("aa", "a", "halving"), "aaaa"),
    (Substitution(r"e\u0301", "é", "two-characters-as-char", Scope.CHAR), "e\u0301"),
    (Substitution("a", "\n", "breaks-lines"), "ba"),
]


@pytest.mark.parametrize(("cleaner", "text"), WRONG, ids=[c.name for c, _ in WRONG])
def test_wrong_declarations_are_caught(cleaner, text):
    if text is None:
        check_laws(cleaner, "a\r\nb\rc")
        return
    with pytest.raises(AssertionError, match=cleaner.name):
        check_laws(cleaner, text)


def test_a_function_that_is_no_value_or_tells_another_story_is_caught():
    class Liar:
        name, scope = "liar", Scope.DOCUMENT

        def __call__(self, text):
            return text.replace("a", "")

        def edits(self, text):
            return ()

    with pytest.raises(AssertionError, match="not explained"):
        check_laws(Liar(), "abc")


def test_mistakes_in_a_shape_are_told_when_it_is_made():
    with pytest.raises(OptionError, match="single characters"):
        CharMap({"ab": "c"})
    with pytest.raises(OptionError, match="not a regular expression"):
        Substitution("(")
    with pytest.raises(OptionError, match="not a function"):
        Wrapped("strip")
    with pytest.raises(InputTypeError, match="must return a str"):
        Wrapped(len, name="length")("abc")


def test_a_rewrite_may_drop_a_line_but_not_split_one():
    drop = LineRewrite(lambda line: None if line == "x" else line.replace("-", "\n"), "drop")
    assert drop("a\nx\nb-c\nx") == "a\nb-c\n"
