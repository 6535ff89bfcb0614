"""The lines of a text as this cleaner sees them: how they read in the view, how long they are, where they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import NamedTuple

from cnclean.cleaners.site_chrome.alone import Look, look_at

_NOT_SEEN: Look = ("", "", None)

Looks = dict[str, Look | None]
"""Lines without the space around them, and the looks at them; None for those not worth one."""


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

    `texts` are these lines without the space around them, `looks` what was found out about each that is worth a look.
    """

    texts: list[str]
    looks: list[Look | None]
    _rows: list[str]
    _stripped: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, place: int) -> Line:
        seen, tight, _ = self.looks[place] or _NOT_SEEN
        return Line(self.texts[place], seen, tight)

    def __iter__(self) -> Iterator[Line]:
        return map(self.__getitem__, range(len(self.texts)))

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


def read_page(text: str, keep: tuple[str, ...] = (), known: Looks | None = None) -> Page:
    """Return the lines of `text` that are not blank; those that are `known` already are not looked at again."""
    known = {} if known is None else known
    rows = text.split("\n")
    stripped = list(map(str.strip, rows))
    texts = list(filter(None, stripped))
    new = list(dict.fromkeys([line for line in texts if line not in known] if known else texts))
    if new:
        known.update(dict.fromkeys(new))
        known.update(look_at(new, keep))
    return Page(texts, list(map(known.__getitem__, texts)), rows, stripped)
