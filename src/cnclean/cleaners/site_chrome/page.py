"""The lines of a text as this cleaner sees them: where they are, how they read in the view, whether they are prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cnclean.cleaner import lines
from cnclean.view import view

# Longest raw line that can be chrome: annotations in brackets make a line up to five times as long as its view.
LONGEST_RAW = 800
_LONG = 60
_RUNNING = 20
_SENTENCE_END = re.compile("[。！？｡]")
_COMMA = re.compile("[，；,;!?]")
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

    @property
    def prose(self) -> bool:
        """Whether the line is running text: it has a sentence end, or is long, or has commas and some length."""
        size = self.size
        return bool(size > _LONG or _SENTENCE_END.search(self.text) or (size >= _RUNNING and _COMMA.search(self.text)))


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, with their place in it."""
    found = []
    at = 0
    for raw in lines(text):
        end = at + len(raw)
        line = raw.strip()
        if line:
            entry = Line(at, end, line)
            if len(line) <= LONGEST_RAW:
                entry.seen = view(line).text.strip()
                entry.tight = tighten(entry.seen)
            found.append(entry)
        at = end
    return found


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
