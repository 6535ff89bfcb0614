"""Lines that are never site chrome, whatever words they hold: code between fences, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"`{3,}|~{3,}")
# The line under the head of a Markdown table: |---|:--:|, or --- | ---
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?|\|\s*:?-{2,}:?\s*\|")
_FIGURE = re.compile(r"[-+]?[\d.,]*\d%?")


def protected_places(text: str, texts: Sequence[str]) -> frozenset[int]:
    """Return the places of the lines between fences and in tables, with the fences and rules themselves.

    All of them stay, so what makes them stay is there again the next time. `texts` are the lines of `text`, which is
    asked first whether it has what fences and tables are made of.
    """
    places: set[int] = set()
    if ("`" in text and "```" in text) or ("~" in text and "~~~" in text):  # a single character is found faster
        places.update(_fenced(texts))
    if "|" in text and "--" in text:
        places.update(_ruled(texts))
    if "\t" in text:
        places.update(_columns(texts))
    return frozenset(places)


def _fenced(texts: Sequence[str]) -> Iterator[int]:
    """Yield the places from each fence to the next of its kind; a fence that is not closed protects nothing."""
    opened: tuple[int, str] | None = None
    for place, text in enumerate(texts):
        if text[0] in "`~" and (fence := _FENCE.match(text)):
            if opened is None:
                opened = place, fence[0]
            elif text == opened[1]:
                yield from range(opened[0], place + 1)
                opened = None


def _ruled(texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of Markdown tables: the head, the rule, and the rows below it."""
    end = 1
    for place, text in enumerate(texts):
        if place >= end and text[0] in "|:-" and "|" in texts[place - 1] and _RULE.fullmatch(text):
            end = next((row for row in range(place, len(texts)) if "|" not in texts[row]), len(texts))
            yield from range(place - 1, end)


def _columns(texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of rows of as many cells between tabs, one below the other, where a row has figures in it."""
    rows: list[int] = []
    for place in range(len(texts) + 1):
        tabs = texts[place].count("\t") if place < len(texts) else 0
        if rows and tabs != texts[rows[0]].count("\t"):
            if len(rows) > 1 and any(_has_figures(texts[row]) for row in rows):
                yield from rows
            rows = []
        if tabs:
            rows.append(place)


def _has_figures(text: str) -> bool:
    """Whether at least half of the cells of a row are figures."""
    cells = text.split("\t")
    return 2 * sum(_FIGURE.fullmatch(cell.strip()) is not None for cell in cells) >= len(cells)
