"""The lines of a report, original beside result: what every form that shows a text in place is made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cnclean.cleaner import lines
from cnclean.edit import Edit

CONTEXT = 2
"""How many unchanged lines are shown around a changed one."""
LONGEST = 1000
"""From how many characters on a line is cut into several rows: browsers lay out long paragraphs slowly."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A piece of a line that stays as it is."""

    text: str

    @property
    def old(self) -> str:
        """What it was."""
        return self.text

    @property
    def new(self) -> str:
        """What it became: the same."""
        return self.text


@dataclass(frozen=True, slots=True)
class Changed:
    """The part of an edit (or flag) that lies in one line; an edit over several lines has one part in each."""

    number: int
    """Which of the spans it is, counted from 0."""
    old: str
    new: str
    first: bool
    """Whether this is the part at which the span begins; only that one holds the replacement."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the original in pieces, and what it became. Line numbers count from 1."""

    number: int
    pieces: tuple[Kept | Changed, ...]
    result_number: int | None
    """Where the result begins; None where nothing is left, or where it goes on in the line of the row above."""
    goes_on: bool = False
    """Whether this is a further part of the line of the row above: very long lines are cut into several rows."""

    def old(self) -> str:
        """Return the text of the original."""
        return "".join([piece.old for piece in self.pieces])

    def new(self) -> str:
        """Return what it became."""
        return "".join([piece.new for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring lines without any edit or flag, out of sight of the next ones."""

    number: int
    result_number: int
    lines: tuple[str, ...] = field(repr=False)


def rows(original: str, spans: Sequence[Edit], context: int = CONTEXT) -> Iterator[Row | Stretch]:
    r"""Yield the original from its first line to its last: rows around the spans, stretches between them.

    `spans` are edits and flags of `original`, sorted, not overlapping. The rows and stretches put together give the
    original, and their results give the result.

    >>> [type(row).__name__ for row in rows("甲,\n乙\n丙\n丁\n", [Edit(1, 2, "，")], context=1)]
    ['Row', 'Row', 'Stretch']
    """
    spans = [_trimmed(span, original) for span in spans]
    source = lines(original) or [""]
    starts = [0]
    for line in source:
        starts.append(starts[-1] + len(line))
    result = _ResultLine()
    at = 0
    k = 0  # the first span that does not end before the line at hand
    for first, last in _windows(spans, starts[:-1], context):
        if at < first:
            yield Stretch(at + 1, result.number, tuple(source[at:first]))
            result.number += first - at
        for i in range(first, last):
            end = starts[i + 1] if i + 1 < len(source) else starts[i + 1] + 1  # an insertion may stand behind all text
            while k < len(spans) and max(spans[k].end, spans[k].start + 1) <= starts[i]:
                k += 1
            portions = _portions(_pieces(source[i], starts[i], end, spans, k))
            for n, pieces in enumerate(portions):
                yield Row(i + 1, pieces, result.take(pieces), goes_on=n > 0)
        at = last
    if at < len(source):
        yield Stretch(at + 1, result.number, tuple(source[at:]))


def _trimmed(span: Edit, original: str) -> Edit:
    """Return the span without what begins and ends both sides of it: composed edits also cover what stayed."""
    if span.is_flag(original):
        return span
    old, new = original[span.start : span.end], span.new
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    return replace(span, start=span.start + head, end=span.end - tail, new=new[head : len(new) - tail])


def _common(a: str, b: str) -> int:
    """Return how many characters two texts begin with in common."""
    shorter = min(len(a), len(b))
    return next((i for i in range(shorter) if a[i] != b[i]), shorter)


def _windows(spans: Sequence[Edit], starts: list[int], context: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of lines to show: those with a span, and `context` lines around them."""
    first = last = -1
    for span in spans:
        a = bisect_right(starts, span.start) - 1
        b = bisect_right(starts, max(span.start, span.end - 1))
        if last < 0 or a - context > last:
            if last >= 0:
                yield first, last
            first = max(0, a - context)
        last = max(last, min(len(starts), b + context))
    if last >= 0:
        yield first, last


def _pieces(line: str, start: int, end: int, spans: Sequence[Edit], k: int) -> Iterator[Kept | Changed]:
    at = start
    while k < len(spans) and spans[k].start < end:
        span = spans[k]
        if span.start > at:
            yield Kept(line[at - start : span.start - start])
        old = line[max(span.start, start) - start : span.end - start]
        begins = span.start >= start
        yield Changed(k, old, span.new if begins else "", begins)
        at = max(at, span.end)
        k += 1
    if at < start + len(line):
        yield Kept(line[at - start :])


def _portions(pieces: Iterable[Kept | Changed]) -> Iterator[tuple[Kept | Changed, ...]]:
    """Yield the pieces of a line in portions of bearable length: at least one."""
    portion: list[Kept | Changed] = []
    size = 0
    for piece in _short_pieces(pieces):
        if size > LONGEST:
            yield tuple(portion)
            portion, size = [], 0
        portion.append(piece)
        size += len(piece.old) + len(piece.new)
    yield tuple(portion)


def _short_pieces(pieces: Iterable[Kept | Changed]) -> Iterator[Kept | Changed]:
    for piece in pieces:
        if isinstance(piece, Kept) and len(piece.text) > LONGEST:
            yield from (Kept(piece.text[at : at + LONGEST]) for at in range(0, len(piece.text), LONGEST))
        else:
            yield piece


class _ResultLine:
    """Which line of the result comes next, and whether the last one is still open."""

    def __init__(self) -> None:
        self.number = 1
        self._open = False

    def take(self, pieces: tuple[Kept | Changed, ...]) -> int | None:
        """Count the result of a row; return the number of the line that begins with it, if one does."""
        text = "".join([piece.new for piece in pieces])
        if not text:
            return None
        begins = None if self._open else self.number
        self.number += text.count("\n")
        self._open = not text.endswith("\n")
        return begins
