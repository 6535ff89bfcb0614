"""The verdict on every line: which lines are site chrome, of which kind, and why.

Every step here keeps one discipline, and it is the reason why cleaning twice is cleaning once: a line goes either for
what it is by itself, or for a line beside it that goes as well. After one pass the evidence is gone with the lines,
and the second pass finds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from cnclean.cleaners.site_chrome.alone import Verdict, tighten
from cnclean.cleaners.site_chrome.cues import site_name
from cnclean.cleaners.site_chrome.page import Page
from cnclean.cleaners.site_chrome.weight import is_prose, may_be_prose
from cnclean.view import view_text

# Lines of chrome in a row that make a menu word one of them.
_LEAST_RUN = 3
# The foot of a page has at least so many lines of chrome, or at most so many others.
_LEAST_OWN = 2
_FEW = 3
# The meta line of a page stands among its first lines.
_HEAD = 40
META = frozenset({"source", "date", "author", "views"})

Verdicts = dict[int, Verdict]


def judge(page: Page, keep: tuple[str, ...] = (), protected: frozenset[int] = frozenset()) -> Verdicts:
    """Return the verdicts on the lines that are chrome, by the line's place in `page`; `protected` places have none."""
    if page.quiet:  # then there is no evidence for other lines either
        return {}
    own: Verdicts = {}
    weak: Verdicts = {}
    for place, verdict in page.verdicts():
        if place not in protected:
            (own if verdict.own else weak)[place] = verdict
    if not own:
        return {}
    verdicts = own.copy()
    if "tail" not in keep:
        verdicts.update(_tail(page, own, protected))
    if "site-name" not in keep:
        verdicts.update(_site_name(page, verdicts))
    if weak:
        verdicts.update({place: weak[place] for place in _runs(verdicts, own, weak)})
    return verdicts


def _site_name(page: Page, verdicts: Verdicts) -> Verdicts:
    """Return a verdict on the first line if it is a name of a site, and the title and the meta line follow."""
    head = range(min(len(page), _HEAD))
    rest = list(islice((place for place in head if place not in verdicts or verdicts[place].kind in META), 3))
    if len(rest) < 3 or rest[0] in verdicts or rest[1] in verdicts or rest[2] not in verdicts:
        return {}
    name = site_name().match(tighten(view_text(page.texts[rest[0]])))
    return {rest[0]: Verdict("site-name", "site name above the title", name, own=False)} if name else {}


def _tail(page: Page, own: Verdicts, protected: frozenset[int]) -> Verdicts:
    """Return verdicts on all lines from the first that ends an article, after the last prose."""
    ends = [place for place, verdict in own.items() if verdict.ends]
    if not ends:
        return {}
    prose = _last_prose(page, own, protected)
    first = min((place for place in ends if place > prose), default=None)
    if prose < 0 or first is None:
        return {}
    opened = own[first]
    rest = [place for place in range(first + 1, len(page)) if place not in own]
    if len(rest) > _FEW and sum(place >= first for place in own) < _LEAST_OWN:
        return {}
    return dict.fromkeys(rest, Verdict("tail", f"after {opened.cue}", opened.matched, own=False))


def _last_prose(page: Page, own: Verdicts, protected: frozenset[int]) -> int:
    """Return the place of the last line that is prose or protected, and stays; -1 if there is none."""
    last = max(protected, default=-1)
    for place in range(len(page) - 1, last, -1):
        if place not in own and may_be_prose(page.texts[place]) and is_prose(page[place]):
            return place
    return last


def _runs(verdicts: Verdicts, own: Verdicts, weak: Verdicts) -> Iterator[int]:
    """Yield the places of weak lines that go, because in their run a line goes by itself.

    A word that could be a heading needs one line more. The places of `weak` are ascending.
    """
    end = 0
    for place in weak:
        if place < end:
            continue
        start, end = place, place + 1
        while start - 1 in verdicts:
            start -= 1
        while end in verdicts or end in weak:
            end += 1
        if not own.keys().isdisjoint(range(start, end)):
            mine = (each for each in range(place, end) if each not in verdicts)
            yield from (each for each in mine if end - start >= _LEAST_RUN or weak[each].kind != "menu")
