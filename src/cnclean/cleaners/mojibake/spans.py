"""Where in a line damage may lie: candidate spans and what they would be when repaired."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, chain

from cnclean.cleaners.mojibake.characterwise import characterwise
from cnclean.cleaners.mojibake.codecs import (
    BREAKS,
    CHARACTERWISE,
    CONFUSIONS,
    HIGH_CP1252,
    UTF8_AS_GBK,
    Candidate,
    Confusion,
    undo,
)
from cnclean.cleaners.mojibake.guard import Families, Family, guards, hits
from cnclean.cleaners.mojibake.lossy_utf8 import lossy_utf8_as_cp1252, lossy_utf8_as_gbk
from cnclean.cleaners.mojibake.prospects import Span, promising
from cnclean.cleaners.mojibake.shifted_gbk import shifted_gbk

_HIGH = f"\x80-\xff{HIGH_CP1252}"
_CONTINUATION = r"\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u2018\u2019\u201c\u201d•–—˜™š›œžŸ"
_UTF8_AS_CP1252 = re.compile(
    f"(?:[\xc2-\xdf][{_CONTINUATION}]|[\xe0-\xef][{_CONTINUATION}]{{2}}|[\xf0-\xf4][{_CONTINUATION}]{{3}})+"
)
_SINGLE_BYTES = re.compile(f"[{_HIGH}](?:[ -~{_HIGH}]*[{_HIGH}])?[@-~]?")
_BYTE_PAIRS = re.compile(f"(?:[{_HIGH}][{_HIGH}@-~])+")
_UTF8 = re.compile(
    rb"(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|[\xc2-\xdf][\x80-\xbf]|[\x40-\x7e]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3})+"
)
_UTF8_CHARACTER = re.compile(rb"[\x40-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_TWO_BYTES = "".join(map(chr, range(0x80, 0x800)))
"""What is two bytes in UTF-8, and one character in GBK: at the edge of damage it may as well be sound."""
_WHOLE = re.compile(r"[^\x00-\x7f](?:.*[^\x00-\x7f])?")
_RUNS = (
    re.compile(r"[^\x00-\x7f]+(?:[ -~]{1,3}[^\x00-\x7f]+)*"),
    re.compile(r"[^\x00-\x7f]{2,}"),
)
_BETWEEN_MARKS = re.compile(r"[^\x00-\x7f，。、；：？！“”（）《》]{2,}")
_SINGLE = tuple(c for c in CONFUSIONS if c.wrong == "cp1252")
_CHARACTERWISE_FAMILIES = (Family.GBK_AS_BIG5, Family.BIG5_AS_GBK, Family.HANGUL)
_EXACT = {
    Family.SINGLE_BYTE: ("cp1252",),
    Family.UTF8_AS_GBK: ("gb18030",),
    Family.GBK_AS_BIG5: ("big5hkscs", "cp950"),
    Family.BIG5_AS_GBK: ("gb18030",),
    Family.HANGUL: ("cp949",),
    Family.HALF_KANA: ("cp932",),
}


def read_wrongly_before(span: Candidate) -> Iterator[Candidate]:
    """Yield what the text of a candidate was if that had been read wrongly, too.

    Text that was read wrongly twice was UTF-8 the second time: what is stored in between is stored as UTF-8.
    """
    if span.confusions[0].true == "utf-8":
        for again in _exact(span.new, [(0, len(span.new))], CONFUSIONS):
            yield span._replace(new=again.new, confusions=span.confusions + again.confusions, evidence=0)


def whole_candidates(line: str, families: Families) -> Iterator[Candidate]:
    """Yield what the line was if all of it, from its first to its last character beyond ASCII, was read wrongly."""
    if whole := _WHOLE.search(line):
        yield from _exact(line, [whole.span()], _confusions(families))


@cache
def _confusions(families: Families) -> tuple[Confusion, ...]:
    wrong = {charset for family in families for charset in _EXACT.get(family, ())}
    return tuple(c for c in CONFUSIONS if c.wrong in wrong)


def candidates(line: str, families: Families, thorough: bool = True) -> Iterator[Candidate]:
    """Yield what parts of the line may have been, span by span, the surest readings first; spans may overlap.

    Only exact inverses of whole runs, which are quick, if it need not be thorough.
    """
    if Family.SINGLE_BYTE in families:
        yield from _single_bytes(line)
        if thorough:
            yield from lossy_utf8_as_cp1252(line)
    if Family.UTF8_AS_GBK in families:
        yield from _utf8_as_gbk(line)
        if thorough:
            yield from lossy_utf8_as_gbk(line)
    found = Family.HALF_KANA in families or not thorough
    if thorough:
        for confusion, family in zip(CHARACTERWISE, _CHARACTERWISE_FAMILIES, strict=True):
            if family in families:
                for candidate in characterwise(line, confusion, hits(line, family)):
                    found = True
                    yield candidate
        if Family.SHIFTED in families:
            yield from shifted_gbk(line)
    if found:
        confusions = _confusions(families - {Family.SINGLE_BYTE})
        runs = (*_RUNS, _BETWEEN_MARKS) if Family.HALF_KANA in families else _RUNS
        yield from _exact(
            line, list({match.span() for pattern in runs for match in pattern.finditer(line)}), confusions
        )


def _exact(line: str, spans: Sequence[Span], confusions: Sequence[Confusion]) -> Iterator[Candidate]:
    for start, end, confusion in promising(line, spans, confusions):
        original = undo(line[start:end], confusion)
        if original is not None and not BREAKS.search(original):
            yield Candidate(start, end, original, (confusion,))


def _single_bytes(line: str) -> Iterator[Candidate]:
    """Yield spans read as latin-1 or cp1252: one character for each byte."""
    seen: set[tuple[int, int]] = set()
    for match in chain(_SINGLE_BYTES.finditer(line), _BYTE_PAIRS.finditer(line)):
        if match.span() not in seen:
            seen.add(match.span())
            found = list(_exact(line, [match.span()], _SINGLE))
            if not found and match[0][-1] < "\x80":
                found = list(_exact(line, [(match.start(), match.end() - 1)], _SINGLE))
            yield from found
    yield from _exact(line, [match.span() for match in _UTF8_AS_CP1252.finditer(line)], _SINGLE[:1])


def _utf8_as_gbk(line: str) -> Iterator[Candidate]:
    """Yield the stretches whose GBK bytes are valid UTF-8 from one character boundary to another."""
    tests = guards()
    hit = tests.families[Family.UTF8_AS_GBK].search(line)
    while hit:
        run = tests.utf8_as_gbk_run.match(line, hit.start())
        if not run:
            return
        yield from _valid_utf8(line, run.start(), run.group())
        hit = tests.families[Family.UTF8_AS_GBK].search(line, run.end())


def _valid_utf8(line: str, start: int, text: str) -> Iterator[Candidate]:
    data = text.encode("gb18030")
    offsets = array("L", accumulate((1 if char < "\x80" else 2 for char in text), initial=0))
    for match in _UTF8.finditer(data):
        ends = (m.end() for m in _UTF8_CHARACTER.finditer(data, *match.span()))
        places = [(end, at) for end in (match.start(), *ends) if offsets[at := bisect_left(offsets, end)] == end]
        if len(places) > 1:
            (first, a), (last, b) = places[0], places[-1]
            new = data[first:last].decode("utf-8")
            left = right = 0  # characters at the ends that may be sound, where sound text goes on
            if line[start + a - 1 : start + a] > "\x7f":
                left = len(new) - len(new.lstrip(_TWO_BYTES))
            if line[start + b : start + b + 1] > "\x7f":
                right = len(new) - len(new.rstrip(_TWO_BYTES))
            if left + right < len(new):
                yield Candidate(start + a + left, start + b - right, new[left : len(new) - right], (UTF8_AS_GBK,))
