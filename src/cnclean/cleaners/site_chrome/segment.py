"""The body of a page: stretches of lines with the greatest sum of weights, between the lines that end a page.

The weight of a line is about its length where it reads like prose, and zero or less where it does not; it depends on
nothing but the line. The constants were tuned on one half of the labelled pages and checked on the other half
(`benchmarks/chrome.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cnclean.cleaners.site_chrome.judge import META, Verdict, Verdicts
from cnclean.cleaners.site_chrome.page import Line

# Kinds that end a page for good. Others (promotion, a tag line, "more") also stand inside an article.
_ENDING = frozenset({"related", "comments", "prev-next", "copyright", "licence", "disclaimer", "about"})

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

_SHORT = 20
_HEADLINE = 40
_LABEL = -3
_DATED_LABEL = -5
_ROW = -10
_DATE_ALONE = -60

_PAUSE = re.compile("[，。！？；：、…,;!?]")
_END = re.compile("[。！？!?…]")
_SENTENCE = re.compile("[。！？!?]")
_CLOSED = '。！？!?…”"」’：:；;，、'
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}:\d{2}")
_DATED = re.compile(
    r"(?:(?:19|20)?\d\d[-/.])?\d{1,2}[-/.]\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?|\d{4}年.{3,6}\d{1,2}:\d{2}.*"
)
_DATED_ROW = re.compile(r"\W.*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日? ?\d{1,2}:\d\d")
_PART = re.compile(r"[^\s|·•丨]*[\u4e00-\u9fff][^\s|·•丨]*[\u4e00-\u9fff][^\s|·•丨]*")
_MANY_PARTS = 5
_HAN = re.compile("[\u3400-\u9fff]")


def weigh(line: Line) -> int:
    """Return how much a line speaks for (> 0) or against (< 0) running text."""
    text, size = line.text, line.size
    if _DATED.fullmatch(line.tight):
        return _DATE_ALONE
    if "。" not in text and (len(_PART.findall(text)) >= _MANY_PARTS or len(_DATE.findall(text)) > 1):
        return -size // 2 - 5  # headlines or links in one line
    if not _PAUSE.search(text):
        return _DATED_LABEL if _DATE.search(text) else _LABEL
    if "。" not in text and _DATED_ROW.match(line.seen):
        return _ROW
    if text[-1] not in _CLOSED:
        if not _HAN.search(text) and text[-1] != ".":
            return _LABEL
        if size < _HEADLINE:
            return -2
        if not _SENTENCE.search(text):
            return size // 2
    return size if size >= _SHORT or _END.search(text) else size // 2


def weightless(line: Line) -> bool:
    """Whether a line does not speak for running text, so that the best stretch stays the best without it."""
    return weigh(line) <= 0


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


def find_outside(page: Sequence[Line], verdicts: Verdicts) -> Verdicts:
    """Return verdicts on all lines outside the body; none where no line speaks for a body.

    From inside a stretch only lines go that have a verdict, and these weigh nothing or less, so that no prefix and no
    suffix of the rest has a sum below one: the rest is its own best stretch. The lines that parted the page into
    blocks go too, so the rest is one block.
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


def _stretches(page: Sequence[Line], verdicts: Verdicts, weights: Sequence[int]) -> Iterator[_Stretch]:
    ending = [place for place, v in verdicts.items() if v.own and v.ends and v.kind in _ENDING]
    low = 0
    for high in (*sorted(ending), len(page)):
        start, end = best_stretch(weights[low:high])
        if start < end:
            yield _measure(page, verdicts, weights, low + start, low + end)
        low = high + 1


def _measure(page: Sequence[Line], verdicts: Verdicts, weights: Sequence[int], start: int, end: int) -> _Stretch:
    rest = [place for place in range(start, end) if place not in verdicts]
    whole = [place for place in rest if page[place].size >= _SHORT and _SENTENCE.search(page[place].text)]
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


def _above(page: Sequence[Line], start: int, verdicts: Verdicts, weights: Sequence[int]) -> list[int]:
    """Return the lines above the body that belong to it: captions up to the next chrome, and the title above that."""
    captions: list[int] = []
    place = start - 1
    while place >= 0 and place not in verdicts and not _dated(page[place]):
        captions.append(place)
        if len(captions) > _MOST_ABOVE or not _light(page[place], weights[place]):
            return []
        place -= 1
    under_title = place
    while place >= 0 and (verdicts[place].kind in _UNDER_TITLE if place in verdicts else _dated(page[place])):
        place -= 1
    is_title = 0 <= place < under_title and place not in verdicts and _light(page[place], weights[place])
    return [*captions, place] if is_title and len(captions) < _MOST_ABOVE else captions


def _below(page: Sequence[Line], end: int, verdicts: Verdicts, weights: Sequence[int]) -> list[int]:
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


def _dated(line: Line) -> bool:
    return line.size < _HEADLINE and bool(_DATE.search(line.text))
