"""Repeated titles: the title of a page again in its body, where it was the description of a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from cnclean.cleaners.site_chrome.judge import Verdict, Verdicts
from cnclean.cleaners.site_chrome.page import Line
from cnclean.cleaners.site_chrome.weight import is_prose

_LEAST = 6
_MOST = 60
_LONGEST = 120
_TITLES = 3
# A title holds no full stop and no second comma, and does not break off.
_NO_TITLE = re.compile("。|[，,].*[，,]|[，；：、,;:]$")


def find_repeats(page: Sequence[Line], verdicts: Verdicts, may_go: Callable[[Line], bool] | None = None) -> Verdicts:
    """Return verdicts on the later copies of one of the first lines that stand beside prose and `may_go`.

    The neighbours looked at are lines that never go in this step, so a copy that is kept now is kept again.
    """
    rest = [place for place in range(len(page)) if place not in verdicts]
    titles = _titles(page[place] for place in rest)
    if not titles:
        return {}
    heads = {text[:2] for text in titles.values()}
    found: Verdicts = {}
    seen: set[str] = set()
    others = [-1]  # lines that are no title, up to here
    copies: list[tuple[int, int]] = []  # a copy, and how many others stand before it
    for place in rest:
        line = page[place]
        key = _key(line) if line.text[:2] in heads else ""
        if key not in titles:
            others.append(place)
        elif key in seen and (may_go is None or may_go(line)):
            copies.append((place, len(others)))
        seen.add(key)
    others.append(-1)
    for place, after in copies:
        if any(beside >= 0 and is_prose(page[beside]) for beside in others[after - 1 : after + 1]):
            found[place] = Verdict("repeated-title", "repeated title", page[place].text, own=False)
    return found


def _titles(lines: Iterator[Line]) -> dict[str, str]:
    """Return the first distinct lines, as long as each could be a title, by their letters and digits."""
    titles: dict[str, str] = {}
    for line in lines:
        key = _key(line)
        if key not in titles:
            if len(titles) == _TITLES or not _LEAST <= len(key) <= _MOST or _NO_TITLE.search(line.text):
                break
            titles[key] = line.text
    return titles


def _key(line: Line) -> str:
    return "".join(filter(str.isalnum, line.text)) if len(line.text) <= _LONGEST else ""
