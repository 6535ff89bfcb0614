"""The lines of a text as this cleaner sees them: how they read in the view, how long they are, where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from cnclean.cleaner import lines
from cnclean.cleaners.site_chrome.guard import worth_a_look
from cnclean.view import view_text

_SHORT = 80
_DECORATION = re.compile(r"(?:[^\w©]|_)+")


@dataclass(slots=True, eq=False)
class Line:
    """How a line reads, wherever it stands: `text` is without the space around it and empty for a blank line.

    `seen` is the view, `tight` the view without spaces and decoration; both are empty for a line not worth a look.
    """

    text: str
    seen: str = ""
    tight: str = ""

    @property
    def size(self) -> int:
        """Length in characters, without spaces and annotations where the line is short enough to have a view."""
        return len(self.tight) or len(self.text)


Known = dict[str, Line]
"""Lines without the space around them, and how they read."""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text that are not blank; the places in this sequence are what verdicts speak of."""

    lines: list[Line]
    _numbers: list[int]
    _all: list[str]

    def spans(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield where the lines at these places are in the text, each with its terminator."""
        starts = list(accumulate(map(len, self._all), initial=0)) if places else []
        for place in places:
            number = self._numbers[place]
            yield starts[number], starts[number + 1]


def read_page(text: str, known: Known | None = None) -> Page:
    """Return the lines of `text` that are not blank; those that are `known` already are not looked at again."""
    known = {} if known is None else known
    raws = lines(text)
    stripped = list(map(str.strip, raws))
    new = [line for line in dict.fromkeys(stripped) if line and line not in known]
    for line, is_worth in zip(new, worth_a_look(new), strict=True):
        known[line] = (_short_look if len(line) <= _SHORT else _look)(line) if is_worth else Line(line)
    numbers = [number for number, line in enumerate(stripped) if line]
    return Page([known[line] for line in stripped if line], numbers, raws)


def _look(line: str) -> Line:
    seen = view_text(line).strip()
    return Line(line, seen, tighten(seen))


# The pages of a site have their chrome in common. Only short lines are kept, or long ones would fill the memory.
_short_look = lru_cache(maxsize=8192)(_look)


def tighten(seen: str) -> str:
    """Return a view without its spaces and without decoration before its first word.

    >>> tighten("◎ 未 审 核:")
    '未审核:'
    """
    tight = "".join(seen.split())
    decoration = _DECORATION.match(tight)
    if decoration and decoration.end() < len(tight):
        return tight[decoration.end() :]
    return tight
