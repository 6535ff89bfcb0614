"""Quick tests of what deserves a closer look: sound Chinese passes them at hundreds of megabytes a second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby, product
from operator import itemgetter
from typing import Final, NamedTuple

from cnclean.cleaners.mojibake.codecs import HIGH_CP1252
from cnclean.cleaners.mojibake.stripped_spaces import places
from cnclean.tables import pair_table

_UTF8_BYTES = frozenset((*range(0x80, 0xC0), 0xC2, 0xC3, *range(0xE2, 0xF1)))
_HAN_LEADS = (*range(0xE2, 0xEA), 0xEF)  # first bytes of Han and CJK punctuation in UTF-8
_LATIN = (0xC2, 0xC3), range(0x80, 0xC0)  # first and second bytes of Latin letters and signs in UTF-8
_MARGIN = 100  # characters on both sides of a hit that belong to its window: no damage is so long without a hit
_MOST = 10_000  # characters in all windows of a line that are looked at thoroughly
_DEBRIS = re.compile(  # a class of all first characters comes first: that is far quicker than alternatives
    "[锟斤烫屯\ufffd](?:(?<=锟)(?:斤拷锟?)+|(?<=斤)拷锟?(?:斤拷锟?)*|(?<=烫)烫{2,}|(?<=屯)屯{2,}|(?<=\ufffd)\ufffd{3,})"
)
"""Runs of what is lost for good: nothing is sought in them, or across them."""
_NEAR = 3  # characters on both sides of a rare one among which there must be another that looks damaged


Surroundings = list[tuple[int, int, int]]
"""The end of its line, the start and the end of each part of a text that lies around what looks damaged."""


class Family:
    """The kinds of damage that a line may hold. Plain strings: sets of them are asked and hashed often."""

    SINGLE_BYTE: Final = "single-byte"
    UTF8_AS_GBK: Final = "utf8-as-gbk"
    GBK_AS_BIG5: Final = "gbk-as-big5"
    BIG5_AS_GBK: Final = "big5-as-gbk"
    HANGUL: Final = "hangul"
    HALF_KANA: Final = "half-kana"
    SHIFTED: Final = "shifted"
    LOST: Final = "lost"


Families = frozenset[str]
_TWO_BYTES = (Family.GBK_AS_BIG5, Family.BIG5_AS_GBK)


class _Guards(NamedTuple):
    """The compiled tests: one for whole texts, one for each family, and the run that may follow a hit."""

    any: re.Pattern[str]
    families: dict[str, re.Pattern[str]]
    beside: tuple[frozenset[str], frozenset[str]]
    """Characters that look damaged where one of the family `rare` is near, for each confusion of GBK with Big5."""
    utf8_as_gbk_run: re.Pattern[str]
    lossy_utf8_run: re.Pattern[str]


class Window(NamedTuple):
    """A part of a line that deserves a closer look."""

    start: int
    end: int
    thorough: bool
    """Whether all readings are sought; if not, there is too much of it in the line, and only exact inverses are."""


def surroundings(text: str) -> Surroundings:
    """Return the end of its line, the start and the end of the surroundings of each hit, those that meet as one."""
    found: Surroundings = []
    line_end = start = end = -1
    at = _next_hit(text, 0, len(text))
    while at >= 0:
        if at >= end:
            if start >= 0:
                found.append((line_end, start, end))
            if at > line_end:
                line_start, line_end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
                line_end = len(text) if line_end < 0 else line_end
                end = line_start
            start = max(end, at - _MARGIN)
        end = min(line_end, at + _MARGIN)
        at = _next_hit(text, min(line_end, at + _MARGIN // 3), len(text))  # hits close by would say nothing new
    if start >= 0:
        found.append((line_end, start, end))
    return found


def suspicious_windows(text: str, around: Surroundings) -> Iterator[Window]:
    """Yield what of the surroundings of hits deserves a closer look: what is not debris."""
    for _, group in groupby(around, key=itemgetter(0)):
        windows = [window for _, start, end in group for window in _without_debris(text, start, end)]
        thorough = sum(end - start for start, end in windows) <= _MOST
        for start, end in windows:
            yield Window(start, end, thorough)


def _without_debris(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    whole = True
    for match in _DEBRIS.finditer(text, start, end):
        if _next_hit(text, start, match.start()) >= 0:
            yield start, match.start()
        start, whole = match.end(), False
    if whole or _next_hit(text, start, end) >= 0:
        yield start, end


def _next_hit(text: str, start: int, end: int) -> int:
    """Return the place of the next character that looks damaged, -1 if there is none."""
    for hit in guards().any.finditer(text, start, end):
        if not hit.lastgroup or in_company(text, hit.start()):
            return hit.start()
    return -1


def hits(line: str, family: str) -> Iterator[int]:
    """Yield the places of the line that look damaged as in this family."""
    for match in guards().families[family].finditer(line):
        if family not in _TWO_BYTES or in_company(line, match.start()):
            yield match.start()


def in_company(text: str, at: int) -> bool:
    """Whether another character near the rare one at this place looks damaged, too."""
    near = set(text[max(0, at - _NEAR) : at + _NEAR + 1])
    gbk, big5 = guards().beside
    return len(near & gbk) > 1 or len(near & big5) > 1


def families(line: str) -> Families:
    """Return the kinds of damage that the line may hold."""
    return frozenset([family for family, pattern in guards().families.items() if pattern.search(line)])


@cache
def guards() -> _Guards:
    """Return the compiled tests; built once, when first needed."""
    leads = _gbk(_HAN_LEADS, range(0x80, 0xC0))
    seconds = _gbk(range(0x80, 0xC0), (*range(0x40, 0x7F), *range(0x80, 0xFF)))
    latin = _gbk(*_LATIN)
    either = _gbk(_UTF8_BYTES, _UTF8_BYTES | frozenset(range(0x40, 0x7F)))
    high = f"\x80-\xff{HIGH_CP1252}"
    damaged = pair_table("mojibake-damaged.txt")
    rare = {family: _class(damaged[family]) for family in _TWO_BYTES}
    beside = "".join(_class(damaged[f"{family}-beside"]) for family in _TWO_BYTES)
    tests = {
        Family.SINGLE_BYTE: ("\x80-\xff", f"(?:[{high}]|[@-~][\x80-\xff])"),
        Family.UTF8_AS_GBK: (leads + latin, f"(?:(?<=[{leads}])[{seconds}\ufffd?]|[{latin}]{{3}})"),
        Family.HANGUL: (r"\uac00-\ud7a3", r"(?:[\uac00-\ud7a3\u4e00-\u9fff]|(?<=[\u4e00-\u9fff].))"),
        Family.HALF_KANA: (r"\uff61-\uff9f", r".?[\uff61-\uff9f]"),
        Family.SHIFTED: (r"\ue000-\ue765\ufffd", ""),
        Family.LOST: ("\ufffd锟斤烫屯", "(?:(?<=\ufffd)|(?<=锟)斤|(?<=斤)拷|(?<=烫)烫烫|(?<=屯)屯屯)"),
    }
    both = "".join(rare.values())
    # No rare one is `in_company` but with one of these beside it, where there is enough text before it to tell.
    near = f"(?:.{{0,{_NEAR - 1}}}|.{{{_NEAR + 1},{2 * _NEAR}}})[{beside}]"
    company = f"(?s:(?<=(?={near}).{{{_NEAR + 1}}})|(?<!.{{{_NEAR + 1}}}))"
    firsts = [*tests.values(), places(certain=True)]
    union = "".join((both, *(first for first, _ in firsts)))
    branches = "|".join(f"(?<=[{first}]){rest}" for first, rest in firsts)
    # Common characters such as 没 begin nothing but a run of `latin`: of these, nothing else is asked.
    begins = {*_gbk_characters(_HAN_LEADS, range(0x80, 0xC0)), *places(certain=True).first, *"锟斤烫屯"}
    begins.update(*(_characters(damaged[family]) for family in _TWO_BYTES))
    common = "".join(char for char in _gbk_characters(*_LATIN) if char not in begins)
    return _Guards(
        re.compile(
            f"[{union}](?:(?<=[{common}])[{latin}]{{3}}|(?<![{common}])(?:{branches}|(?P<rare>(?<=[{both}]){company})))"
        ),
        {family: re.compile(f"[{first}]{rest}") for family, (first, rest) in tests.items()}
        | {family: re.compile(f"[{chars}]") for family, chars in rare.items()},
        (frozenset(_characters(damaged["gbk-as-big5-beside"])), frozenset(_characters(damaged["big5-as-gbk-beside"]))),
        re.compile(f"[{either}](?:[ -~]*[{either}])*"),
        re.compile(f"[{either}€?\ufffd](?:[ -~]{{0,12}}[{either}€?\ufffd])*"),
    )


def _class(spans: str) -> str:
    """Return the regex class of ranges of code points: `4e02-4e05 4e07`."""
    pairs = (span.partition("-") for span in spans.split(" "))
    return "".join(chr(int(low, 16)) + (f"-{chr(int(high, 16))}" if dash else "") for low, dash, high in pairs)


def _characters(spans: str) -> Iterator[str]:
    """Yield the characters of ranges of code points."""
    for span in spans.split(" "):
        low, _, high = span.partition("-")
        yield from map(chr, range(int(low, 16), int(high or low, 16) + 1))


def _gbk(leads: Iterable[int], trails: Iterable[int]) -> str:
    """Return the regex class of the characters whose two GBK bytes are from the given sets."""
    codes = sorted(map(ord, _gbk_characters(leads, trails)))
    starts = (code for i, code in enumerate(codes) if i == 0 or codes[i - 1] != code - 1)
    ends = (code for i, code in enumerate(codes, 1) if i == len(codes) or codes[i] != code + 1)
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in zip(starts, ends, strict=True))


def _gbk_characters(leads: Iterable[int], trails: Iterable[int]) -> str:
    pairs = (bytes(pair) for pair in product(leads, trails) if pair[0] > 0x80)
    return b"".join(pairs).decode("gb18030")
