"""Repeated titles: the title of a page again in its body, where it was the description of a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import compress, repeat

from cnclean.cleaners.site_chrome.alone import Verdict
from cnclean.cleaners.site_chrome.judge import Verdicts
from cnclean.cleaners.site_chrome.page import Line, Page, rows_of
from cnclean.cleaners.site_chrome.weight import is_prose

_LEAST = 6
_MOST = 60
_LONGEST = 120
_TITLES = 3
# A title holds no full stop and no second comma, and does not break off. (It begins with one class: `re` is faster.)
_NO_TITLE = re.compile("[。，；：、,;:](?:(?<=。)|(?<=[，,]).*[，,]|$)")
_NOT_IN_KEY = re.compile(r"[\W_]+")


def find_repeats(page: Page, verdicts: Verdicts, may_go: Callable[[Line], bool] | None = None) -> Verdicts:
    """Return verdicts on the later copies of one of the first lines that stand beside prose and `may_go`.

    The neighbours looked at are lines that never go in this step, so a copy that is kept now is kept again.
    """
    texts = page.texts
    titles = _titles(text for place, text in enumerate(texts) if place not in verdicts)
    if not titles:
        return {}
    heads = tuple({text[:2] for text in titles.values()})
    alike = compress(range(len(texts)), map(str.startswith, texts, repeat(heads)))
    keys = {place: key for place in alike if place not in verdicts and (key := _key(texts[place])) in titles}
    if len(keys) == len(titles):  # each of them once
        return {}
    rest = [place for place in range(len(texts)) if place not in verdicts]
    titled = [order for order, place in enumerate(rest) if place in keys]
    found: Verdicts = {}
    seen: set[str] = set()
    for row in rows_of(titled):
        copies = []
        for place in map(rest.__getitem__, row):
            if keys[place] in seen and (may_go is None or may_go(page[place])):
                copies.append(place)
            seen.add(keys[place])
        beside = [rest[order] for order in (row[0] - 1, row[-1] + 1) if copies and 0 <= order < len(rest)]
        if any(is_prose(page[place]) for place in beside):
            found |= {place: Verdict("repeated-title", "repeated title", texts[place], own=False) for place in copies}
    return found


def _titles(texts: Iterator[str]) -> dict[str, str]:
    """Return the first distinct lines, as long as each could be a title, by their letters and digits."""
    titles: dict[str, str] = {}
    for text in texts:
        key = _key(text)
        if key not in titles:
            if len(titles) == _TITLES or not _LEAST <= len(key) <= _MOST or _NO_TITLE.search(text):
                break
            titles[key] = text
    return titles


def _key(text: str) -> str:
    return _NOT_IN_KEY.sub("", text) if len(text) <= _LONGEST else ""
