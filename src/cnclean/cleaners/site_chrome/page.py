"""The lines of a text as this cleaner sees them: how they read in the view, how long they are, where they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, filterfalse
from typing import NamedTuple

from cnclean.cleaners.site_chrome.alone import Look, Verdict, look_at

_NOT_SEEN: Look = ("", "", None)


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out about lines, given without the space around them."""

    quiet: set[str] = field(default_factory=lambda: {""})
    """Lines that do not go by themselves: without one that does, a verdict on a line comes to nothing."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)

    def look(self, lines: Iterable[str], keep: tuple[str, ...]) -> None:
        """Look at lines that are not `quiet`, if they are not known."""
        if new := [line for line in dict.fromkeys(lines) if line not in self.verdicts]:
            looks = look_at(new, keep)
            verdicts = {line: verdict for line, (_, _, verdict) in looks.items() if verdict}
            self.looks.update(looks)
            self.verdicts.update(verdicts)
            self.quiet.update(new)
            self.quiet.difference_update([line for line, verdict in verdicts.items() if verdict.own])


class Line(NamedTuple):
    """How a line reads, wherever it stands: `text` is without the space around it.

    `seen` is its view, `tight` the view without spaces and decoration; both are empty for a line not worth a look.
    """

    text: str
    seen: str = ""
    tight: str = ""

    @property
    def size(self) -> int:
        """Length in characters, without spaces and annotations where the line is short enough to have a view."""
        return len(self.tight) or len(self.text)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text that are not blank, a sequence; the places in it are what verdicts speak of.

    `texts` are these lines without the space around them; if they are `quiet`, none of them goes by itself.
    """

    texts: list[str]
    quiet: bool
    _known: Known
    _rows: list[str]
    _stripped: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, place: int) -> Line:
        text = self.texts[place]
        seen, tight, _ = self._known.looks.get(text, _NOT_SEEN)
        return Line(text, seen, tight)

    def __iter__(self) -> Iterator[Line]:
        return map(self.__getitem__, range(len(self.texts)))

    def verdicts(self) -> Iterator[tuple[int, Verdict]]:
        """Yield the places of the lines that have a verdict by themselves, ascending, and these verdicts."""
        known, texts = self._known.verdicts, self.texts
        for place, text in compress(enumerate(texts), map(known.__contains__, texts)):
            yield place, known[text]

    def spans(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield where the lines at these places are in the text, each with its terminator."""
        starts = list(accumulate([len(row) + 1 for row in self._rows], initial=0))
        numbers = self._numbers()
        starts[-1] -= 1  # the last line has no terminator
        for place in places:
            number = numbers[place]
            yield starts[number], starts[number + 1]

    def without(self, places: Collection[int]) -> str:
        """Return the text without the lines at these places and their terminators."""
        numbers, stays = self._numbers(), [True] * len(self._rows)
        for place in places:
            stays[numbers[place]] = False
        rows = list(compress(self._rows, stays))
        if not stays[-1]:
            rows.append("")  # the terminator of the line before the last one stays
        return "\n".join(rows)

    def _numbers(self) -> list[int]:
        """Return the numbers of the lines that are not blank."""
        return [number for number, line in enumerate(self._stripped) if line]


def rows_of(places: Iterable[int]) -> Iterator[list[int]]:
    """Yield ascending places in rows of neighbours.

    >>> list(rows_of([1, 2, 5, 6, 7, 9]))
    [[1, 2], [5, 6, 7], [9]]
    """
    row: list[int] = []
    for place in places:
        if row and place != row[-1] + 1:
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def read_page(text: str, keep: tuple[str, ...] = (), known: Known | None = None) -> Page:
    """Return the lines of `text` that are not blank; those that are `known` already are not looked at again."""
    known = Known() if known is None else known
    rows = text.split("\n")
    if quiet := known.quiet.issuperset(rows):  # then there is no space around them either
        stripped = rows
    else:
        stripped = list(map(str.strip, rows))
        known.look(filterfalse(known.quiet.__contains__, stripped), keep)
        quiet = known.quiet.issuperset(stripped)
    return Page(list(filter(None, stripped)), quiet, known, rows, stripped)
