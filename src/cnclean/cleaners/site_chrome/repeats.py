"""Repeated titles: the title of a page again in its body, where it was the description of a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cnclean.cleaners.site_chrome.judge import Verdict, Verdicts
from cnclean.cleaners.site_chrome.page import Line

_LEAST = 6
_MOST = 60
_TITLES = 3


def find_repeats(page: Sequence[Line], verdicts: Verdicts, may_go: Callable[[Line], bool] | None = None) -> Verdicts:
    """Return verdicts on the later copies of one of the first lines that stand beside prose and `may_go`.

    The neighbours looked at are lines that never go in this step, so a copy that is kept now is kept again.
    """
    rest = [(place, line, _key(line)) for place, line in enumerate(page) if place not in verdicts]
    titles = _titles([(line, key) for _, line, key in rest])
    found: Verdicts = {}
    seen: set[str] = set()
    before = False  # whether the nearest line before that is no title is prose
    waiting: list[int] = []  # copies whose neighbour before is not prose: the next line decides
    for place, line, key in rest:
        if key not in titles:
            before = line.prose
            if before:
                found.update((copy, _verdict(page[copy])) for copy in waiting)
            waiting.clear()
        elif key in seen and (may_go is None or may_go(line)):
            if before:
                found[place] = _verdict(line)
            else:
                waiting.append(place)
        seen.add(key)
    return found


def _titles(rest: Sequence[tuple[Line, str]]) -> set[str]:
    """Return the keys of the first distinct lines, as long as each could be a title."""
    titles: set[str] = set()
    for line, key in rest:
        if len(titles) == _TITLES:
            break
        if key in titles:
            continue
        if not _LEAST <= len(key) <= _MOST or line.text[-1] in "。，；：,;:":
            break
        titles.add(key)
    return titles


def _key(line: Line) -> str:
    return "".join(filter(str.isalnum, line.seen)) if len(line.text) <= 4 * _MOST else ""


def _verdict(line: Line) -> Verdict:
    return Verdict("repeated-title", "repeated title", line.text, own=False)
