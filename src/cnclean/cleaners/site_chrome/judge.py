"""The verdict on every line: which lines are site chrome, of which kind, and why.

Every step here keeps one discipline, and it is the reason why cleaning twice is cleaning once: a line goes either for
what it is by itself, or for a line beside it that goes as well. After one pass the evidence is gone with the lines,
and the second pass finds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.cues import find_cue, site_name
from cnclean.cleaners.site_chrome.page import Line, tighten
from cnclean.cleaners.site_chrome.weight import is_prose
from cnclean.view import view

# Lines of chrome in a row that make a menu word one of them.
_LEAST_RUN = 3
# The foot of a page has at least so many lines of chrome, or at most so many others.
_LEAST_OWN = 2
_FEW = 3
# The meta line of a page stands among its first lines.
_HEAD = 40
META = frozenset({"source", "date", "author", "views"})


class Verdict(NamedTuple):
    """Why a line goes: the kind of chrome, the cue (entry of the table or structural rule), the words that matched.

    `own` says that the line goes for what it is by itself; only such lines are evidence against others. `ends` says
    that it opens the tail of a page.
    """

    kind: str
    cue: str
    matched: str
    own: bool = True
    ends: bool = False


Verdicts = dict[int, Verdict]


def judge(page: Sequence[Line], keep: tuple[str, ...] = (), protected: frozenset[int] = frozenset()) -> Verdicts:
    """Return the verdicts on the lines that are chrome, by the line's place in `page`; `protected` places have none."""
    weak: Verdicts = {}
    verdicts: Verdicts = {}
    for place, line in enumerate(page):
        if line.seen and place not in protected and (verdict := _alone(line, keep)):
            (verdicts if verdict.own else weak)[place] = verdict
    if "tail" not in keep:
        verdicts.update(_tail(page, verdicts, protected))
    if "site-name" not in keep:
        verdicts.update(_site_name(page, verdicts))
    if weak:
        verdicts.update({place: weak[place] for place in _runs(page, verdicts, weak)})
    return verdicts


@lru_cache(maxsize=8192)  # as many as lines that are kept from text to text
def _alone(line: Line, keep: tuple[str, ...]) -> Verdict | None:
    seen, tight = line.seen, line.tight
    hit = find_cue(tight)
    if hit is not None and hit.cue.kind in keep:
        return None  # whatever else it looks like
    if hit is not None and not hit.cue.weak:
        return Verdict(hit.cue.kind, hit.cue.name, hit.matched, ends=hit.cue.ends)
    if "menu" not in keep:
        words = menus.find_menu(seen)
        if words is not None:
            return Verdict("menu", "menu words", words)
    if hit is not None:
        return Verdict(hit.cue.kind, hit.cue.name, hit.matched, own=False)
    if "menu" not in keep and menus.is_weak_word(tight):
        return Verdict("menu", "menu word", tight, own=False)
    return None


def _site_name(page: Sequence[Line], verdicts: Verdicts) -> Verdicts:
    """Return a verdict on the first line if it is a name of a site, and the title and the meta line follow."""
    rest = [place for place in range(min(len(page), _HEAD)) if place not in verdicts or verdicts[place].kind in META]
    if len(rest) < 3 or rest[0] in verdicts or rest[1] in verdicts or rest[2] not in verdicts:
        return {}
    name = site_name().match(tighten(view(page[rest[0]].text).text))
    return {rest[0]: Verdict("site-name", "site name above the title", name, own=False)} if name else {}


def _tail(page: Sequence[Line], verdicts: Verdicts, protected: frozenset[int]) -> Verdicts:
    """Return verdicts on all lines from the first that ends an article, after the last prose."""
    if not any(verdict.ends for verdict in verdicts.values()):
        return {}
    places = range(len(page) - 1, -1, -1)
    stays = (place for place in places if place not in verdicts and (place in protected or is_prose(page[place])))
    prose = next(stays, None)
    if prose is None:
        return {}
    own = [place for place, verdict in verdicts.items() if verdict.own and place > prose]
    first = min((place for place in own if verdicts[place].ends), default=None)
    if first is None:
        return {}
    opened = verdicts[first]
    rest = [place for place in range(first + 1, len(page)) if place not in verdicts]
    if len(rest) > _FEW and sum(place >= first for place in own) < _LEAST_OWN:
        return {}
    return {place: Verdict("tail", f"after {opened.cue}", opened.matched, own=False) for place in rest}


def _runs(page: Sequence[Line], verdicts: Verdicts, weak: Verdicts) -> Iterator[int]:
    """Yield the places of weak lines that go, because in their run a line goes by itself.

    A word that could be a heading needs one line more.
    """
    run: list[int] = []
    size, own = 0, False
    for place in range(len(page) + 1):
        if place in verdicts:
            size += 1
            own = own or verdicts[place].own
        elif place in weak:
            size += 1
            run.append(place)
        else:
            if own:
                yield from (each for each in run if size >= _LEAST_RUN or weak[each].kind != "menu")
            run, size, own = [], 0, False
