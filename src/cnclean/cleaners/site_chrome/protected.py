"""Lines that are never site chrome, whatever words they hold: code between fences, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cnclean.cleaners.site_chrome.page import Line

_FENCE = re.compile(r"`{3,}|~{3,}")
# The line under the head of a Markdown table: |---|:--:|, or --- | ---
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?|\|\s*:?-{2,}:?\s*\|")
_FIGURE = re.compile(r"[-+]?[\d.,]*\d%?")


def may_hold_protected(text: str) -> bool:
    """Whether a text has what fences and tables are made of: a quick look at the whole."""
    return "```" in text or "~~~" in text or ("--" in text and "|" in text) or "\t" in text


def protected_places(page: Sequence[Line]) -> frozenset[int]:
    """Return the places of the lines between fences and in tables, with the fences and rules themselves.

    All of them stay, so what makes them stay is there again the next time.
    """
    return frozenset((*_fenced(page), *_ruled(page), *_columns(page)))


def _fenced(page: Sequence[Line]) -> Iterator[int]:
    """Yield the places from each fence to the next of its kind; a fence that is not closed protects nothing."""
    opened: tuple[int, str] | None = None
    for place, line in enumerate(page):
        if line.text[0] in "`~" and (fence := _FENCE.match(line.text)):
            if opened is None:
                opened = place, fence[0]
            elif line.text == opened[1]:
                yield from range(opened[0], place + 1)
                opened = None


def _ruled(page: Sequence[Line]) -> Iterator[int]:
    """Yield the places of Markdown tables: the head, the rule, and the rows below it."""
    for place, line in enumerate(page):
        if place and line.text[0] in "|:-" and "|" in page[place - 1].text and _RULE.fullmatch(line.text):
            yield place - 1
            while place < len(page) and "|" in page[place].text:
                yield place
                place += 1


def _columns(page: Sequence[Line]) -> Iterator[int]:
    """Yield the places of rows of as many cells between tabs, one below the other, where a row has figures in it."""
    rows: list[int] = []
    for place in range(len(page) + 1):
        tabs = page[place].text.count("\t") if place < len(page) else 0
        if rows and tabs != page[rows[0]].text.count("\t"):
            if len(rows) > 1 and any(_has_figures(page[row].text) for row in rows):
                yield from rows
            rows = []
        if tabs:
            rows.append(place)


def _has_figures(text: str) -> bool:
    """Whether at least half of the cells of a row are figures."""
    cells = text.split("\t")
    return 2 * sum(_FIGURE.fullmatch(cell.strip()) is not None for cell in cells) >= len(cells)
