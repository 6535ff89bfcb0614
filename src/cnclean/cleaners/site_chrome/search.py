"""One search for many lines: what `re` finds in all of them together costs far less than a call for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

SPACES = r" \t\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""The inside of a character class: what `\\s` matches, but for the line feed."""


def find_in_lines(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what a pattern finds in lines without terminators, each with the place of its line.

    The pattern must neither match nor look at a line feed, but for `^` and `$` with MULTILINE.

    >>> list(find_in_lines(re.compile("山."), ["山上", "河", "下山 山下"]))
    [(0, '山上'), (2, '山 '), (2, '山下')]
    """
    text = "\n".join(lines)
    place = before = 0
    for match in pattern.finditer(text):
        at = match.start()
        place += text.count("\n", before, at)
        before = at
        yield place, match[0]


def lines_with(pattern: re.Pattern[str], lines: Sequence[str], before: str = "") -> set[int]:
    r"""Return the places of the lines in which a pattern finds something, under the same condition.

    With `before="\n"` the pattern begins with the line feed before a line.
    """
    text, places = before + "\n".join(lines), set[int]()
    place = counted = 0
    for match in pattern.finditer(text):
        at = match.start()
        place += text.count("\n", counted, at)
        counted = at
        places.add(place)
    return places


def alternatives(pieces: Iterable[tuple[str, str]]) -> str:
    """Return a pattern of alternatives, each a character and the pattern behind it; those of a character in order.

    `re` tells by one look at a character whether any of them can begin there, and then tries few.

    >>> alternatives([("首", "页"), ("登", "录"), ("首", "发")])
    '首(?:页|发)|登(?:录)'
    """
    behind: dict[str, list[str]] = {}
    for char, rest in pieces:
        behind.setdefault(char, []).append(rest)
    return "|".join([f"{re.escape(char)}(?:{'|'.join(rests)})" for char, rests in behind.items()])


def alternative_words(words: Iterable[str]) -> str:
    """Return a pattern that matches one of the words; of those with the same first character, the first in order."""
    return alternatives((word[0], re.escape(word[1:])) for word in words)
