"""Blank lines: one at most between two lines, none at the ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cnclean.cleaner import Scope
from cnclean.edit import Edit, apply_edits
from cnclean.errors import OptionError

_LEADING = re.compile(r"\s*\n")


@cache
def _surplus(most: int) -> re.Pattern[str]:
    """Return the pattern of a run of blank lines that is too long, or has white space in it.

    The first line feed ends the line before the run. Possessive quantifiers keep it linear.
    """
    return re.compile(rf"\n(?:\n{{0,{most}}}[^\S\n]++\n|\n{{{most + 1}}})(?:[^\S\n]*+\n)*+")


@dataclass(frozen=True)
class BlankLines:
    r"""Keep at most one blank line in a row, and none at the start and the end.

    A line of nothing but white space is blank. `most` is how many blank lines may stand in a row; 0 removes all. Where
    the text ended with a line feed it still ends with one. Scope: document. Idempotent because the result has no run
    of blank lines that is too long, none with white space in it, and none at the ends; the rest is left as it is.

    >>> BlankLines()("\n题目\n\n \n\n正文\n\n")
    '题目\n\n正文\n'
    """

    most: int = 1
    name = "blank-lines"
    scope = Scope.DOCUMENT

    def __post_init__(self) -> None:
        if isinstance(self.most, bool) or not isinstance(self.most, int) or not 0 <= self.most <= 100:
            raise OptionError(f"blank-lines: most must be a whole number from 0 to 100, not {self.most!r}")

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for the blank lines at each end, and one for each run that is too long."""
        end = len(text.rstrip())
        if not end:
            if text:
                yield Edit(0, len(text), "", ("blank-lines/start",))
            return
        start = match.end() if (match := _LEADING.match(text, 0, end)) else 0
        if start:
            yield Edit(0, start, "", ("blank-lines/start",))
        for match in _surplus(self.most).finditer(text, start, end):
            yield Edit(
                match.start() + 1, match.end(), "\n" * min(self.most, match[0].count("\n") - 1), ("blank-lines/run",)
            )
        last = text.find("\n", end) + 1  # after the terminator of the last line that is not blank
        if 0 < last < len(text):
            yield Edit(last, len(text), "", ("blank-lines/end",))

    def __call__(self, text: str, /) -> str:
        """Return the text with its blank lines reduced."""
        return apply_edits(text, self.edits(text))
