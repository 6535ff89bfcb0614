"""The body of a page: the stretch of lines with the greatest sum of weights, between lines that end an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cnclean.cleaners.site_chrome.alone import Verdict
from cnclean.cleaners.site_chrome.judge import META, Verdicts
from cnclean.cleaners.site_chrome.page import Line, Page
from cnclean.cleaners.site_chrome.weight import has_sentence, is_dated, weigh

# An article has at least so much weight in whole sentences, and so large a share of lines that speak for it.
_ARTICLE = 100
_PURE = 0.6

# Title, captions and signatures beside the body: so many lines on each side, each not lighter and not longer.
_MOST_ABOVE = 4
_MOST_BELOW = 2
_LEAST_BESIDE = -6
_LONGEST_BESIDE = 60
# Between the title of a page and its text stand such lines.
_UNDER_TITLE = META | {"counter", "credit", "share", "tools", "repeated-title", "original-title"}


def best_stretch(weights: Sequence[int]) -> tuple[int, int]:
    """Return the first half-open stretch with the greatest sum, (0, 0) where no weight is positive.

    >>> best_stretch([-1, 8, -2, 5, -9, 3])
    (1, 4)
    """
    best, found = 0, (0, 0)
    total, start = 0, 0
    for place, weight in enumerate(weights):
        if total <= 0:
            total, start = 0, place
        total += weight
        if total > best:
            best, found = total, (start, place + 1)
    return found


def find_outside(page: Page, verdicts: Verdicts) -> Verdicts:
    """Return verdicts on all lines outside the body; none where no line speaks for a body.

    From inside a stretch only lines go that have a verdict, and these weigh less than nothing, so that every prefix
    and every suffix of the rest has a sum above zero: the rest is its own best stretch. The lines that parted the page
    into blocks go too, so the rest is one block; the light lines beside it then reach up to the top and down to the
    foot of the page, and stay.
    """
    weights = [_cost(line) if place in verdicts else weigh(line) for place, line in enumerate(page)]
    body = _choose(list(_stretches(page, verdicts, weights)))
    if body is None:
        return {}
    inside = {
        *_above(page, body.start, verdicts, weights),
        *range(body.start, body.end),
        *_below(page, body.end, verdicts, weights),
    }
    outside = (place for place in range(len(page)) if place not in inside and place not in verdicts)
    return {place: Verdict("outside", "outside the body", page[place].text[:20], own=False) for place in outside}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The best stretch of a block: its weight, its weight in whole sentences, the share of lines that speak for it."""

    start: int
    end: int
    weight: int
    sentences: int
    pure: float


def _cost(line: Line) -> int:
    return -5 - min(line.size, 60) // 2


def _stretches(page: Page, verdicts: Verdicts, weights: Sequence[int]) -> Iterator[_Stretch]:
    ending = [place for place, v in verdicts.items() if v.own and v.ends]
    low = 0
    for high in (*sorted(ending), len(page)):
        start, end = best_stretch(weights[low:high])
        if start < end:
            yield _measure(page, verdicts, weights, low + start, low + end)
        low = high + 1


def _measure(page: Page, verdicts: Verdicts, weights: Sequence[int], start: int, end: int) -> _Stretch:
    rest = [place for place in range(start, end) if place not in verdicts]
    whole = [place for place in rest if has_sentence(page[place])]
    return _Stretch(
        start,
        end,
        sum(weights[start:end]),
        sum(weights[place] for place in whole),
        sum(weights[place] > 0 for place in rest) / len(rest),
    )


def _choose(stretches: list[_Stretch]) -> _Stretch | None:
    """Return the first stretch that is an article; if there is none, the heaviest one."""
    first = next((s for s in stretches if s.sentences >= _ARTICLE and s.pure >= _PURE), None)
    return first or max(stretches, key=lambda s: s.weight, default=None)


def _above(page: Page, start: int, verdicts: Verdicts, weights: Sequence[int]) -> list[int]:
    """Return the lines above the body that belong to it: captions up to the next chrome, and the title above that."""
    captions: list[int] = []
    place = start - 1
    while place >= 0 and place not in verdicts and not is_dated(page[place]):
        captions.append(place)
        if len(captions) > _MOST_ABOVE or not _light(page[place], weights[place]):
            return []
        place -= 1
    under_title = place
    while place >= 0 and (verdicts[place].kind in _UNDER_TITLE if place in verdicts else is_dated(page[place])):
        place -= 1
    is_title = 0 <= place < under_title and place not in verdicts and _light(page[place], weights[place])
    return [*captions, place] if is_title and len(captions) < _MOST_ABOVE else captions


def _below(page: Page, end: int, verdicts: Verdicts, weights: Sequence[int]) -> list[int]:
    """Return the lines below the body that belong to it: captions and signatures down to the next chrome."""
    found: list[int] = []
    place = end
    while place < len(page) and place not in verdicts:
        found.append(place)
        if len(found) > _MOST_BELOW or not _light(page[place], weights[place]):
            return []
        place += 1
    return found


def _light(line: Line, weight: int) -> bool:
    return weight >= _LEAST_BESIDE and line.size <= _LONGEST_BESIDE
