"""Readings: what is a well-formed pinyin or zhuyin syllable, and what is left of one without its tone.

A reading is one syllable, as it stands beside one Han character: `huì`, `hui`, `hui4`, `ㄏㄨㄟˋ`. English words in
brackets are no readings unless they happen to be spelt like a syllable; who needs more certainty looks at the text.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

from cnclean.tables import word_table

# Combining tone marks after decomposition; the breve is a common slip for the caron.
_TONE_MARKS = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0306": 3, "\u0300": 4}
_MARKED = re.compile(r"[\u0300\u0301\u0304\u0306\u030c]")
# The letters of phonetic fonts, and the ways to write ü where there is no key for it.
_LETTERS = str.maketrans({"\N{LATIN SMALL LETTER ALPHA}": "a", "\N{LATIN SMALL LETTER SCRIPT G}": "g", "v": "ü"})
# Bopomofo: initial, medial, final, in this order, each at most once; the light tone may stand before or after.
_ZHUYIN = re.compile(
    "\u02d9?(?=[\u3105-\u3129])[\u3105-\u3119]?[\u3127-\u3129]?[\u311a-\u3126]?[\u02c9\u02ca\u02c7\u02cb\u02d9]?"
)

READING_CHARACTERS = (
    "A-Za-z1-5:\u00c0-\u01dc\u0251\u0261\u0300\u0301\u0304\u0306\u0308\u030c\u02c7\u02c9-\u02cb\u02d9\u3105-\u3129"
)
"""What a reading is written with, as the inside of a regular expression's character class."""

LONGEST_READING = 9
"""No well-formed reading has more code points than this, decomposed marks included."""


class Reading(StrEnum):
    """The three ways in which a reading is written."""

    TONED = "toned"
    """Pinyin with its tone, as a mark or as a figure: `huì`, `hui4`."""
    TONELESS = "toneless"
    """Pinyin without a tone, in small letters: `hui`."""
    ZHUYIN = "zhuyin"
    """Bopomofo, with or without a tone: `ㄏㄨㄟˋ`."""


@cache
def pinyin_syllables() -> frozenset[str]:
    """Return all syllables of Standard Chinese in pinyin without tones; ü is written `ü`.

    >>> "hui" in pinyin_syllables(), "tuple" in pinyin_syllables()
    (True, False)
    """
    return frozenset(word_table("pinyin-syllables.txt"))


@lru_cache(maxsize=4096)
def split_tone(reading: str) -> tuple[str, int] | None:
    """Return the bare syllable and the tone (1 to 5, 0 where none is written), or None if this is no pinyin syllable.

    Capitals, decomposed marks, a tone figure, `v` and `u:` for ü are understood; one tone at most.

    >>> split_tone("huì"), split_tone("lv4"), split_tone("men"), split_tone("tuple")
    (('hui', 4), ('lü', 4), ('men', 0), None)
    """
    if len(reading) > LONGEST_READING:
        return None
    letters = unicodedata.normalize("NFD", reading.lower())
    tones = [_TONE_MARKS[mark] for mark in _MARKED.findall(letters)]
    if letters and letters[-1] in "12345":
        tones.append(int(letters[-1]))
        letters = letters[:-1]
    if len(tones) > 1:
        return None
    syllable = unicodedata.normalize("NFC", _MARKED.sub("", letters)).replace("u:", "ü").translate(_LETTERS)
    if syllable not in pinyin_syllables():
        return None
    return syllable, tones[0] if tones else 0


def is_toned_pinyin(reading: str) -> bool:
    """Return whether this is one pinyin syllable with its tone written.

    >>> is_toned_pinyin("huì"), is_toned_pinyin("hui"), is_toned_pinyin("naïve")
    (True, False, False)
    """
    parts = split_tone(reading)
    return parts is not None and parts[1] > 0


def is_toneless_pinyin(reading: str) -> bool:
    """Return whether this is one pinyin syllable in small letters without a tone.

    >>> is_toneless_pinyin("hui"), is_toneless_pinyin("Hui"), is_toneless_pinyin("tuple")
    (True, False, False)
    """
    parts = split_tone(reading)
    return parts is not None and parts[1] == 0 and reading == reading.lower()


def is_zhuyin(reading: str) -> bool:
    """Return whether this is one well-formed syllable in zhuyin (bopomofo), with or without a tone mark.

    >>> is_zhuyin("ㄏㄨㄟˋ"), is_zhuyin("ㄟㄏ")
    (True, False)
    """
    return _ZHUYIN.fullmatch(reading) is not None


@lru_cache(maxsize=4096)
def reading_kind(reading: str) -> Reading | None:
    """Return which kind of reading this is, or None if it is none.

    >>> [str(reading_kind(text)) for text in ("huì", "hui", "ㄏㄨㄟˋ", "AI")]
    ['toned', 'toneless', 'zhuyin', 'None']
    """
    if is_zhuyin(reading):
        return Reading.ZHUYIN
    if is_toned_pinyin(reading):
        return Reading.TONED
    return Reading.TONELESS if is_toneless_pinyin(reading) else None
