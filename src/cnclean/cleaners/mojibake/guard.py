"""Quick tests of what deserves a closer look: sound Chinese passes them at hundreds of megabytes a second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Flag, auto
from functools import cache
from itertools import product
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import HIGH_CP1252, original_character

_DAMAGE = 280  # hundredths of a nat that a character must weigh more than its original to look damaged
_UTF8_BYTES = frozenset((*range(0x80, 0xC0), 0xC2, 0xC3, *range(0xE2, 0xF1)))
_HAN_LEADS = (*range(0xE2, 0xEA), 0xEF)  # first bytes of Han and CJK punctuation in UTF-8
_TWO_BYTE_BLOCKS = (
    range(0x0390, 0x0460),
    range(0x2000, 0x2700),
    range(0x3000, 0x3130),
    range(0x4E00, 0xA000),
    range(0xE000, 0xF900),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFE6),
)
"""Where the characters of Big5 and GBK lie."""


class Family(Flag):
    """What kind of damage a line may hold."""

    SINGLE_BYTE = auto()
    UTF8_AS_GBK = auto()
    GBK_AS_BIG5 = auto()
    BIG5_AS_GBK = auto()
    HANGUL = auto()
    HALF_KANA = auto()
    SHIFTED = auto()
    LOST = auto()


class _Guards(NamedTuple):
    """The compiled tests: one for whole texts, one for each family, and the run that may follow a hit."""

    any: re.Pattern[str]
    families: dict[Family, re.Pattern[str]]
    utf8_as_gbk_run: re.Pattern[str]
    lossy_utf8_run: re.Pattern[str]


def suspicious_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines (without their line feed) that deserve a closer look."""
    end = -1
    for match in guards().any.finditer(text):
        if match.start() > end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start())
            end = len(text) if end < 0 else end
            yield start, end


def families(line: str) -> Family:
    """Return the kinds of damage that the line may hold."""
    found = Family(0)
    for family, pattern in guards().families.items():
        if pattern.search(line):
            found |= family
    return found


def character_class(chars: Iterable[int]) -> str:
    r"""Return the inside of a regex class for code points, as ranges.

    >>> character_class([0x41, 0x42, 0x43, 0x4e2d])
    '\\u0041-\\u0043\\u4e2d-\\u4e2d'
    """
    ranges: list[list[int]] = []
    for code in sorted(chars):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(rf"\u{low:04x}-\u{high:04x}" for low, high in ranges)


@cache
def guards() -> _Guards:
    """Return the compiled tests; built once, when first needed."""
    leads = character_class(_gbk(_HAN_LEADS, range(0x80, 0xC0)))
    seconds = character_class(_gbk(range(0x80, 0xC0), (*range(0x40, 0x7F), *range(0x80, 0xFF))))
    latin = character_class(_gbk((0xC2, 0xC3), range(0x80, 0xC0)))
    either = character_class(_gbk(_UTF8_BYTES, _UTF8_BYTES | frozenset(range(0x40, 0x7F))))
    gbk, big5 = (character_class(_damaged(name)) for name in ("gbk-as-big5", "big5-as-gbk"))
    high = f"\x80-\xff{HIGH_CP1252}"
    tests = {
        Family.SINGLE_BYTE: ("\x80-\xff", f"(?:[{high}]|[@-~][\x80-\xff])"),
        Family.UTF8_AS_GBK: (leads + latin, f"(?:(?<=[{leads}])[{seconds}\ufffd?]|[{latin}]{{3}})"),
        Family.GBK_AS_BIG5: (gbk, f".{{0,2}}?[{gbk}]"),
        Family.BIG5_AS_GBK: (big5, f".{{0,2}}?[{big5}]"),
        Family.HANGUL: (r"\uac00-\ud7a3", r"[\uac00-\ud7a3\u4e00-\u9fff]"),
        Family.HALF_KANA: (r"\uff61-\uff9f", r".?[\uff61-\uff9f]"),
        Family.SHIFTED: (r"\ue000-\ue765\ufffd", ""),
        Family.LOST: (r"\ufffd\u951f\u70eb\u5c6f", r"(?:(?<=\ufffd)|(?<=锟)斤|(?<=烫)烫烫|(?<=屯)屯屯)"),
    }
    union = "".join(first for first, _ in tests.values())
    branches = "|".join(f"(?<=[{first}]){rest}" for first, rest in tests.values())
    return _Guards(
        re.compile(f"[{union}](?:{branches})"),
        {family: re.compile(f"[{first}]{rest}") for family, (first, rest) in tests.items()},
        re.compile(f"[{either}](?:[ -~]*[{either}])*"),
        re.compile(f"[{either}€?\ufffd](?:[ -~]{{0,12}}[{either}€?\ufffd])*"),
    )


def _damaged(confusion: str) -> Iterator[int]:
    """Yield the characters that are much rarer than what they would be with the confusion undone."""
    model, original = character_model(), original_character(confusion)
    for block in _TWO_BYTE_BLOCKS:
        for code in block:
            char = chr(code)
            was = original(char)
            if was and model[char].weight - model[was].weight >= _DAMAGE:
                yield code


def _gbk(leads: Iterable[int], trails: Iterable[int]) -> Iterator[int]:
    """Yield the code points of the characters whose two GBK bytes are from the given sets."""
    for lead, trail in product(leads, trails):
        if trail != 0x7F and lead > 0x80:
            text = bytes((lead, trail)).decode("gb18030", "ignore")
            if len(text) == 1:
                yield ord(text)
