"""Anchors: a few hundred characters that give away every place where character by character would be wrong.

Of the 49,000 phrases of s2t only 9,800 differ from what their characters would become one by one, and in running text
such a phrase begins at one place in thirty. To find these places without looking up every position, choose a set of
characters that hits every such pattern (a *hitting set*); one regular expression of that set finds the candidates at
the speed of C. A candidate counts only if a neighbour fits too: most are turned down by that.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Pattern = Sequence[str]
"""One string for each position: the characters that may stand there. A plain phrase is such a sequence."""

# The most frequent characters of modern Chinese, the first ones first: an anchor had better be none of them.
_COMMON = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当"
    "想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问"
    "力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九",
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當"
    "想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問"
    "力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九",
)
_RARE = 0.001
_COST: Mapping[str, float] = {char: 0.35 / (10 + rank) for chars in _COMMON for rank, char in enumerate(chars)}


class Anchors(NamedTuple):
    """The anchors, and what must stand beside one for it to count."""

    characters: frozenset[str]
    openings: frozenset[str]
    """An anchor with its right neighbour."""
    closings: frozenset[str]
    """An anchor with its left neighbour."""
    alone: frozenset[str]
    """Anchors that always count."""


def find_anchors(patterns: Sequence[Pattern]) -> Anchors:
    """Return anchors such that each of `patterns` has one that counts."""
    characters = _hitting_set(patterns)
    openings, closings, alone = set[str](), set[str](), set[str]()
    for pattern in patterns:
        place = next(i for i, position in enumerate(pattern) if characters.issuperset(position))
        if place + 1 < len(pattern):
            openings.update(_pairs(pattern[place], pattern[place + 1]))
        elif place:
            closings.update(_pairs(pattern[place - 1], pattern[place]))
        else:
            alone.update(pattern[place])
    return Anchors(frozenset(characters), frozenset(openings), frozenset(closings), frozenset(alone))


def _pairs(left: Iterable[str], right: Iterable[str]) -> Iterable[str]:
    right = list(right)
    return [one + other for one in left for other in right]


def _hitting_set(patterns: Sequence[Pattern]) -> set[str]:
    """Return characters such that every pattern has a position all of whose characters are among them.

    The weighted greedy cover: take the character with the least cost for each pattern that it hits, again and again.
    The cost of a character is its frequency in running text.
    """
    anchors: set[str] = set()
    plain: list[Pattern] = []
    for pattern in patterns:
        if all(len(position) == 1 for position in pattern):
            plain.append(pattern)
        elif not _hit(pattern, anchors):
            anchors.update(min(pattern, key=lambda position: _cost(set(position) - anchors)))
    missing = {number for number, pattern in enumerate(plain) if not _hit(pattern, anchors)}
    where: dict[str, set[int]] = {}
    for number in sorted(missing):
        for char in plain[number]:
            where.setdefault(char, set()).add(number)
    heap = [(_cost(char) / len(hits), char) for char, hits in where.items()]
    heapq.heapify(heap)
    while missing:
        _, char = heapq.heappop(heap)
        hits = where[char] & missing
        if not hits:
            continue
        price = _cost(char) / len(hits)
        if heap and price > heap[0][0]:  # it hits fewer patterns than when it was priced
            heapq.heappush(heap, (price, char))
            continue
        anchors.add(char)
        missing -= hits
    return anchors


def _cost(characters: Iterable[str]) -> float:
    return sum(sorted(_COST.get(char, _RARE) for char in characters))  # sorted: the same sum in every run


def _hit(pattern: Pattern, anchors: set[str]) -> bool:
    return any(anchors.issuperset(position) for position in pattern)
