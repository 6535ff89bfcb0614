"""Readings: every syllable in every spelling, and what is none."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.readings import (
    LONGEST_READING,
    READING_CHARACTERS,
    Reading,
    is_toned_pinyin,
    is_toneless_pinyin,
    is_zhuyin,
    pinyin_syllables,
    reading_kind,
    split_tone,
)

MARKS = {1: "\u0304", 2: "\u0301", 3: "\u030c", 4: "\u0300"}

# Pinyin to zhuyin: the initials, two letters before one, then the finals as they are written after an initial.
SPELLINGS = """
zh ㄓ ch ㄔ sh ㄕ b ㄅ p ㄆ m ㄇ f ㄈ d ㄉ t ㄊ n ㄋ l ㄌ g ㄍ k ㄎ h ㄏ j ㄐ q ㄑ x ㄒ r ㄖ z ㄗ c ㄘ s ㄙ
a ㄚ o ㄛ e ㄜ ai ㄞ ei ㄟ ao ㄠ ou ㄡ an ㄢ en ㄣ ang ㄤ eng ㄥ er ㄦ ong ㄨㄥ iong ㄩㄥ
i ㄧ ia ㄧㄚ ie ㄧㄝ iao ㄧㄠ iu ㄧㄡ ian ㄧㄢ in ㄧㄣ iang ㄧㄤ ing ㄧㄥ
u ㄨ ua ㄨㄚ uo ㄨㄛ uai ㄨㄞ ui ㄨㄟ uan ㄨㄢ un ㄨㄣ uang ㄨㄤ ü ㄩ üe ㄩㄝ üan ㄩㄢ ün ㄩㄣ
"""
WORDS = SPELLINGS.split()
LETTERS = dict(zip(WORDS[::2], WORDS[1::2], strict=True))
INITIALS = WORDS[:42:2]
ALONE = {
    "yi": "ㄧ", "ya": "ㄧㄚ", "yo": "ㄧㄛ", "ye": "ㄧㄝ", "yao": "ㄧㄠ", "you": "ㄧㄡ", "yan": "ㄧㄢ", "yin": "ㄧㄣ",
    "yang": "ㄧㄤ", "ying": "ㄧㄥ", "yong": "ㄩㄥ", "yu": "ㄩ", "yue": "ㄩㄝ", "yuan": "ㄩㄢ", "yun": "ㄩㄣ",
    "wu": "ㄨ", "wa": "ㄨㄚ", "wo": "ㄨㄛ", "wai": "ㄨㄞ", "wei": "ㄨㄟ", "wan": "ㄨㄢ", "wen": "ㄨㄣ", "wang": "ㄨㄤ",
    "weng": "ㄨㄥ",
}  # fmt: skip


def zhuyin_of(syllable: str) -> str:
    if syllable in ALONE:
        return ALONE[syllable]
    initial = next((i for i in INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return LETTERS[initial]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    return LETTERS.get(initial, "") + LETTERS[final]


def toned(syllable: str, tone: int) -> str:
    """Put the tone mark where Hanyu Pinyin puts it."""
    if not tone:
        return syllable
    for group in ("a", "e", "ou"):
        if group in syllable:
            at = syllable.index(group)
            break
    else:
        at = max(i for i, letter in enumerate(syllable) if letter in "aeiouü")
    return unicodedata.normalize("NFC", syllable[: at + 1] + MARKS[tone] + syllable[at + 1 :])


def test_there_are_as_many_syllables_as_the_language_has():
    assert len(pinyin_syllables()) == 410


@pytest.mark.parametrize("tone", [1, 2, 3, 4])
def test_every_syllable_in_every_tone_and_spelling(tone):
    for syllable in pinyin_syllables():
        marked = toned(syllable, tone)
        for spelling in (
            marked,
            unicodedata.normalize("NFD", marked),
            marked.upper(),
            marked.capitalize(),
            f"{syllable}{tone}",
            f"{syllable.replace('ü', 'v')}{tone}",
            f"{syllable.replace('ü', 'u:')}{tone}",
        ):
            assert split_tone(spelling) == (syllable, tone), spelling
            assert reading_kind(spelling) is Reading.TONED
            assert len(spelling) <= LONGEST_READING


def test_every_syllable_without_a_tone():
    for syllable in pinyin_syllables():
        assert split_tone(syllable) == (syllable, 0)
        assert reading_kind(syllable) is Reading.TONELESS
        assert not is_toned_pinyin(syllable)
        assert not is_toneless_pinyin(syllable.upper())


def test_every_syllable_in_zhuyin():
    spellings = {zhuyin_of(syllable) for syllable in pinyin_syllables()}
    assert len(spellings) == len(pinyin_syllables())  # the mapping itself is one to one
    for spelling in spellings:
        for tone in ("", "ˉ", "ˊ", "ˇ", "ˋ", "˙"):
            assert reading_kind(spelling + tone) is Reading.ZHUYIN
        assert is_zhuyin("˙" + spelling)


def test_every_reading_is_written_with_the_characters_of_readings():
    allowed = re.compile(f"[{READING_CHARACTERS}]+")
    for syllable in pinyin_syllables():
        for tone in range(5):
            for form in ("NFC", "NFD"):
                assert allowed.fullmatch(unicodedata.normalize(form, toned(syllable, tone)))
        assert allowed.fullmatch(zhuyin_of(syllable) + "ˋ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AI",
        "tuple",
        "naïve",
        "café",
        "résumé",
        "hùì",
        "huì4",
        "hui6",
        "4",
        "ˋ",
        "˙",
        "ㄟㄏ",
        "ㄏㄏ",
        "ㄏㄨㄟˋˋ",
        "hu i",
        "会",
        "\ud800",
    ],
)
def test_what_is_no_reading(text):
    assert reading_kind(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lv4", ("lü", 4)),
        ("nu:3", ("nü", 3)),
        ("h\u01cen", ("han", 3)),
        ("h\u0103n", ("han", 3)),
        ("\u0261\u0251n1", ("gan", 1)),
    ],
)
def test_spellings_of_keyboards_and_fonts(text, expected):
    assert split_tone(text) == expected


@given(st.text(max_size=12))
def test_never_raises_and_kinds_exclude_each_other(text):
    kinds = [is_toned_pinyin(text), is_toneless_pinyin(text), is_zhuyin(text)]
    assert sum(kinds) == (reading_kind(text) is not None)
