"""Quick tests of what deserves a closer look: sound Chinese passes them at hundreds of megabytes a second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Flag, auto
from functools import cache
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple

from cnclean.cleaners.mojibake.codecs import HIGH_CP1252
from cnclean.tables import pair_table

_UTF8_BYTES = frozenset((*range(0x80, 0xC0), 0xC2, 0xC3, *range(0xE2, 0xF1)))
_HAN_LEADS = (*range(0xE2, 0xEA), 0xEF)  # first bytes of Han and CJK punctuation in UTF-8
_MARGIN = 100  # characters on both sides of a hit that belong to its window: no damage is so long without a hit
_MOST = 10_000  # characters in all windows of a line that are looked at thoroughly
_DEBRIS = re.compile("锟?(?:斤拷锟?)+|\ufffd{4,}|烫{3,}|屯{3,}")
"""Runs of what is lost for good: nothing is sought in them, or across them."""


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


class Window(NamedTuple):
    """A part of a line that deserves a closer look."""

    start: int
    end: int
    thorough: bool
    """Whether all readings are sought; if not, there is too much of it in the line, and only exact inverses are."""


def suspicious_windows(text: str) -> Iterator[Window]:
    """Yield what deserves a closer look: the surroundings of the hits in each line."""
    for _, group in groupby(_surroundings(text), key=itemgetter(0)):
        windows = [(start, end) for _, start, end in group]
        thorough = sum(end - start for start, end in windows) <= _MOST
        for start, end in windows:
            yield Window(start, end, thorough)


def _surroundings(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the end of its line, the start and the end of each window; windows end where debris begins."""
    test = guards().any
    line_end = start = end = -1
    hit = test.search(text)
    while hit:
        at = hit.start()
        if at >= end:
            if start >= 0:
                yield from _without_debris(text, line_end, start, end)
            if at > line_end:
                line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
                line_end = len(text) if line_end < 0 else line_end
                end = line_start
            start = max(end, at - _MARGIN)
        end = min(line_end, at + _MARGIN)
        hit = test.search(text, min(line_end, at + _MARGIN // 3))  # hits close by would say nothing new
    if start >= 0:
        yield from _without_debris(text, line_end, start, end)


def _without_debris(text: str, line_end: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    test, whole = guards().any, True
    for match in _DEBRIS.finditer(text, start, end):
        if test.search(text, start, match.start()):
            yield line_end, start, match.start()
        start, whole = match.end(), False
    if whole or test.search(text, start, end):
        yield line_end, start, end


def families(line: str) -> Family:
    """Return the kinds of damage that the line may hold."""
    found = Family(0)
    for family, pattern in guards().families.items():
        if pattern.search(line):
            found |= family
    return found


@cache
def guards() -> _Guards:
    """Return the compiled tests; built once, when first needed."""
    leads = _gbk(_HAN_LEADS, range(0x80, 0xC0))
    seconds = _gbk(range(0x80, 0xC0), (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    latin = _gbk((0xC2, 0xC3), range(0x80, 0xC0))
    either = _gbk(_UTF8_BYTES, _UTF8_BYTES | frozenset(range(0x40, 0x7F)))
    gbk, big5 = map(_damaged, ("gbk-as-big5", "big5-as-gbk"))
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


def _damaged(confusion: str) -> str:
    """Return the regex class of the characters that the confusion makes of much commoner ones."""
    spans = (span.partition("-") for span in pair_table("mojibake-damaged.txt")[confusion].split(" "))
    return "".join(chr(int(low, 16)) + (f"-{chr(int(high, 16))}" if dash else "") for low, dash, high in spans)


def _gbk(leads: Iterable[int], trails: Iterable[int]) -> str:
    """Return the regex class of the characters whose two GBK bytes are from the given sets."""
    pairs = (bytes(pair) for pair in product(leads, trails) if pair[0] > 0x80 and pair[1] != 0x7F)
    codes = sorted(map(ord, b"".join(pairs).decode("gb18030")))
    starts = (code for i, code in enumerate(codes) if i == 0 or codes[i - 1] != code - 1)
    ends = (code for i, code in enumerate(codes, 1) if i == len(codes) or codes[i] != code + 1)
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in zip(starts, ends, strict=True))
