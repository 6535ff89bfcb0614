"""Which parts of a text are judged in one piece: lines, sentences of long lines, the first and the last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.cleaners.spam.evidence import LONG_LINE

WHOLE_LINE = LONG_LINE + LONG_LINE // 4
"""Characters up to which a line is judged in one piece; of a longer one the sentences around a place."""

_SENTENCE_STOP = re.compile(r"[。！？!?]+[”」』）)]*")
_SENTENCE_SIGNS = "。！？!?”"


def windows(text: str, places: list[int]) -> Iterator[tuple[int, int, bool]]:
    """Yield what to judge as (start, end, part): the lines that hold `places`, of long lines the sentences there."""
    done = 0
    start, end = 0, -1
    for place in places:
        if place < done:
            continue
        if place > end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = len(text) if end < 0 else end
        if end - start <= WHOLE_LINE:
            yield start, end, False
            done = end + 1
        else:
            first = max(start, done, place - LONG_LINE)
            first += max(map(text[first:place].rfind, _SENTENCE_SIGNS)) + 1
            stop = _SENTENCE_STOP.search(text, place, min(end, place + LONG_LINE))
            done = stop.end() if stop else min(end, place + LONG_LINE)
            yield first, done, True


def first_lines(text: str, count: int) -> list[tuple[int, int]]:
    """Return the spans of the first `count` lines that hold anything but space."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text) and len(found) < count:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end > at and not text[at:end].isspace():
            found.append((at, end))
        at = end + 1
    return found


def last_lines(text: str, count: int) -> list[tuple[int, int]]:
    """Return the spans of the last `count` lines that hold anything but space, in the order of the text."""
    found: list[tuple[int, int]] = []
    end = len(text)
    while end > 0 and len(found) < count:
        start = text.rfind("\n", 0, end) + 1
        if end > start and not text[start:end].isspace():
            found.append((start, end))
        end = start - 1
    return found[::-1]
