"""The lines of a text as this cleaner sees them: where they are, how they read in the view, how long they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cnclean.cleaner import lines
from cnclean.cleaners.site_chrome.guard import may_be_chrome
from cnclean.view import view

_MOST_REMEMBERED = 50_000
_DECORATION = re.compile(r"(?:[^\w©]|_)+")


@dataclass(slots=True)
class Line:
    """One line that is not blank. `end` is behind its terminator; `tight` is the view without spaces and decoration."""

    start: int
    end: int
    text: str
    seen: str = ""
    tight: str = ""

    @property
    def size(self) -> int:
        """Length in characters, without spaces and annotations where the line is short enough to have a view."""
        return len(self.tight) or len(self.text)


Looks = dict[str, tuple[str, str]]
"""Lines, and what a look at them gave: the view and the tight view, both empty for a line not worth a look."""


def read_lines(text: str, looks: Looks | None = None) -> list[Line]:
    """Return the lines of `text` that are not blank, with their place in it; lines in `looks` are known already."""
    looks = {} if looks is None else looks
    found = []
    at = 0
    for raw in lines(text):
        end = at + len(raw)
        line = raw.strip()
        if line:
            look = looks.get(line)
            if look is None:
                look = _look(line)
                if len(looks) < _MOST_REMEMBERED:
                    looks[line] = look
            found.append(Line(at, end, line, *look))
        at = end
    return found


def _look(line: str) -> tuple[str, str]:
    if not may_be_chrome(line):
        return "", ""
    seen = view(line).text.strip()
    return seen, tighten(seen)


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
