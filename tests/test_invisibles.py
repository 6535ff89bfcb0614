"""Invisibles: what goes and what stays for every code point, and contexts that must not break each other."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.invisibles import Invisibles
from cnclean.testing import check_laws
from tests.strategies import documents, tokens

invisibles = Invisibles()
# Format characters that are not this cleaner's: they print, or steer what prints, in their own script.
OWN_BUSINESS = {chr(c) for c in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}


def test_every_code_point_between_han():
    """Between two Han characters no control or format character survives, and nothing visible changes."""
    chars = [chr(code) for code in range(sys.maxunicode + 1) if chr(code) != "\n"]
    results = invisibles("\n".join(f"中{char}文" for char in chars)).split("\n")
    for char, result in zip(chars, results, strict=True):
        code = ord(char)
        category = unicodedata.category(char)
        if result != f"中{char}文":
            assert category in ("Cc", "Cf", "Mn", "Lo", "Zl", "Zp", "So", "Cn"), f"U+{code:04X}"
            assert result in ("中文", "中 文")
            assert (result == "中 文") == (char in "\r\v\f\x85\u2028\u2029")
        elif category in ("Cc", "Cf") and char != "\t" and char not in OWN_BUSINESS:
            assert 0x13430 <= code <= 0x1345F or 0x1BCA0 <= code <= 0x1BCA3 or 0x1D173 <= code <= 0x1D17A, (
                f"U+{code:04X}"
            )


REGIONS = ("gbeng", "gbsct", "gbwls", "ustx")
EMOJI = [
    "👨\u200d👩\u200d👧\u200d👦", "👩🏽\u200d💻", "🏳\ufe0f\u200d🌈", "🏴\u200d☠\ufe0f", "👁\ufe0f\u200d🗨\ufe0f",
    "❤\ufe0f\u200d🔥", "🏃🏻\u200d♀\ufe0f\u200d➡\ufe0f", "⛓\ufe0f\u200d💥", "🐦\u200d⬛", "1\ufe0f\u20e3",
    "#\ufe0f\u20e3", "*\ufe0f\u20e3", "☎\ufe0e", "☎\ufe0f", "©\ufe0f", "™\ufe0f", "ℹ\ufe0f", "㊙\ufe0f",
    "〽\ufe0f", "🅰\ufe0f", "▶\ufe0f", "⌨\ufe0f", "🇨🇳", "🧑🏿\u200d🤝\u200d🧑🏻",
    *(f"🏴{''.join(chr(0xE0000 + ord(char)) for char in region)}\U000e007f" for region in REGIONS),
]  # fmt: skip


@pytest.mark.parametrize("emoji", EMOJI, ids=ascii)
def test_emoji_stay(emoji):
    for text in (emoji, f"中{emoji}文", emoji * 3, f"{emoji}\u200b"):
        assert invisibles(text) == text.replace("\u200b", "")


@given(documents("invisibles"))
def test_what_goes_leaves_the_rest_in_order(text):
    check_laws(invisibles, text)
    if any("backwards" in edit.rules[0] for edit in invisibles.edits(text)):
        return
    rest = iter(text)
    assert all(char in rest or char == " " for char in invisibles(text) if char != " ")


@given(st.lists(st.sampled_from(tokens("invisibles")), max_size=6).map("".join))
def test_stays_and_goes_do_not_depend_on_what_goes(text):
    """Removing first what always goes changes nothing: contexts are made of characters that stay."""
    always = {"\ufeff", "\u00ad", "\u2060", "\x05"}
    assert invisibles(invisibles(text)) == invisibles(text)
    thinned = "".join(char for char in invisibles(text) if char not in always)
    assert thinned == invisibles(text)


def test_a_lone_surrogate_is_flagged():
    text = "甲\ud800乙"
    (flag,) = invisibles.edits(text)
    assert flag.is_flag(text)
    assert flag.rules == ("invisibles/surrogate",)
    assert "other half is lost" in flag.note
