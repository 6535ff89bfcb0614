"""The verdict on every line: which lines are site chrome, of which kind, and why.

Every step here keeps one discipline, and it is the reason why cleaning twice is cleaning once: a line goes either for
what it is by itself, or for a line beside it that goes as well. After one pass the evidence is gone with the lines,
and the second pass finds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.cues import find_cue, site_name
from cnclean.cleaners.site_chrome.page import Line

# A few lines between two chrome lines, none of them prose, belong to them.
_MOST_BETWEEN = 2
_LEAST_RUN = 6
# The meta line of a page stands among its first lines.
_HEAD = 40
META = frozenset({"source", "date", "author", "views"})


@dataclass(frozen=True, slots=True)
class Verdict:
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


def judge(page: Sequence[Line], keep: tuple[str, ...] = ()) -> Verdicts:
    """Return the verdicts on the lines that are chrome, by the line's place in `page`."""
    weak: Verdicts = {}
    verdicts: Verdicts = {}
    for place, line in enumerate(page):
        verdict = _alone(line, keep)
        if verdict is not None:
            (verdicts if verdict.own else weak)[place] = verdict
    verdicts.update(_between(page, verdicts, keep))
    verdicts.update(_tail(page, verdicts, keep))
    if "site-name" not in keep:
        verdicts.update(_site_name(page, verdicts))
    for run in _runs(page, verdicts, weak):
        verdicts.update((place, weak[place]) for place in run)
    return verdicts


def _alone(line: Line, keep: tuple[str, ...]) -> Verdict | None:
    if not line.seen:
        return None
    hit = find_cue(line.tight, keep)
    if hit is not None and not hit.cue.weak:
        return Verdict(hit.cue.kind, hit.cue.name, hit.matched, ends=hit.cue.ends)
    if "menu" not in keep:
        words = menus.find_menu(line.seen)
        if words is not None:
            return Verdict("menu", "menu words", words)
    if hit is not None:
        return Verdict(hit.cue.kind, hit.cue.name, hit.matched, own=False)
    if "menu" not in keep and menus.is_weak_word(line.tight):
        return Verdict("menu", "menu word", line.tight, own=False)
    return None


def _between(page: Sequence[Line], verdicts: Verdicts, keep: tuple[str, ...]) -> Verdicts:
    """Return verdicts on few lines between two that end a page: they belong to its foot, unless one is a sentence."""
    if "tail" in keep:
        return {}
    found: Verdicts = {}
    ending = sorted(place for place, verdict in verdicts.items() if verdict.ends)
    for before, after in pairwise(ending):
        rest = [place for place in range(before + 1, after) if place not in verdicts]
        if 0 < len(rest) <= _MOST_BETWEEN and not any("。" in page[place].text for place in rest):
            opened = verdicts[before]
            found.update((place, Verdict("tail", f"after {opened.cue}", opened.matched, own=False)) for place in rest)
    return found


def _site_name(page: Sequence[Line], verdicts: Verdicts) -> Verdicts:
    """Return a verdict on the first line if it is a name of a site, and the title and the meta line follow."""
    rest = [place for place in range(min(len(page), _HEAD)) if place not in verdicts or verdicts[place].kind in META]
    if len(rest) < 3 or rest[0] in verdicts or rest[1] in verdicts or rest[2] not in verdicts:
        return {}
    name = site_name().match(page[rest[0]].tight)
    return {rest[0]: Verdict("site-name", "site name above the title", name, own=False)} if name else {}


def _tail(page: Sequence[Line], verdicts: Verdicts, keep: tuple[str, ...]) -> Verdicts:
    """Return verdicts on all lines from the first that ends a page, after the last prose."""
    if "tail" in keep:
        return {}
    prose = [place for place, line in enumerate(page) if place not in verdicts and line.prose]
    if not prose:
        return {}
    ending = [place for place, verdict in verdicts.items() if verdict.ends and place > prose[-1]]
    if not ending:
        return {}
    first = min(ending)
    opened = verdicts[first]
    rest = (place for place in range(first + 1, len(page)) if place not in verdicts)
    return {place: Verdict("tail", f"after {opened.cue}", opened.matched, own=False) for place in rest}


def _runs(page: Sequence[Line], verdicts: Verdicts, weak: Verdicts) -> Iterator[list[int]]:
    """Yield runs of weak lines that go: one line of chrome goes by itself among them, or they are many."""
    run: list[int] = []
    chrome = 0
    for place in range(len(page) + 1):
        if place in verdicts:
            chrome += verdicts[place].own
        elif place in weak:
            run.append(place)
        else:
            if run and (chrome or len(run) >= _LEAST_RUN):
                yield run
            run, chrome = [], 0
