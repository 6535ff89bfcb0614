"""A page that is nothing but search phrases: its few unknown ones go with the known ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.edit import Edit, Evidence

_FEWEST_LINES = 8
_SHARE = 0.7
_PHRASE = 12  # characters of a short line without stops
_STOPS = re.compile(r"[。！？!?，,；;：:…”」]")


def keyword_page_edits(text: str, removed: list[tuple[int, int]]) -> Iterator[Edit]:
    r"""Yield the short lines that are left when `removed` spans leave nothing but short lines of a page.

    >>> removed = [(4 * i, 4 * i + 4) for i in range(8)]
    >>> [edit.start for edit in keyword_page_edits("甲乙丙\n" * 8 + "东方大厅\n", removed)]
    [32]
    """
    starts = {start for start, _ in removed}
    left: list[tuple[int, int]] = []
    gone = at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if start in starts:
            gone += 1
        elif line.strip():
            if len(line.strip()) > _PHRASE or _STOPS.search(line):
                return  # a page with text of its own
            left.append((start, min(at, len(text))))
    if gone < _FEWEST_LINES or gone < _SHARE * (gone + len(left)):
        return
    for start, end in left:
        evidence = (Evidence("keyword-page", 3.0, f"{gone} of {gone + len(left)} lines"),)
        yield Edit(start, end, "", ("spam/keyword-page",), "a line of a page of search phrases", evidence)
