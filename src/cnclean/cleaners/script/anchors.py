"""Anchors: a few hundred characters that give away every place where character by character would be wrong.

Of the 49,000 phrases of s2t only 9,800 differ from what their characters would become one by one, and in running text
such a phrase begins at one place in thirty. To find these places without looking up every position, choose a set of
characters that hits every such pattern (a *hitting set*); one regular expression of that set finds the candidates at
the speed of C. A candidate counts only if its neighbour fits too: most are turned down by that.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

Pattern = Sequence[str]
"""One string for each position: the characters that may stand there. A plain phrase is such a sequence."""
Neighbours = tuple[str, str] | None
"""The characters that must stand left, or right, of an anchor for it to count; None: it always counts."""


def choose_anchors(patterns: Sequence[Pattern], cost: Mapping[str, float]) -> set[str]:
    """Return characters such that every pattern has a position all of whose characters are among them.

    The weighted greedy cover: take the character with the lowest cost for each pattern that it hits, again and again.
    `cost` is the frequency of a character in running text; what is not listed is rare.
    """
    anchors: set[str] = set()
    plain: list[Pattern] = []
    for pattern in patterns:
        if all(len(position) == 1 for position in pattern):
            plain.append(pattern)
        elif not _hit(pattern, anchors):
            anchors.update(
                min(pattern, key=lambda position: sum(cost.get(c, _RARE) for c in position if c not in anchors))
            )
    open_patterns = {number for number, pattern in enumerate(plain) if not _hit(pattern, anchors)}
    where: dict[str, set[int]] = {}
    for number in open_patterns:
        for char in plain[number]:
            where.setdefault(char, set()).add(number)
    heap = [(cost.get(char, _RARE) / len(hits), char) for char, hits in where.items()]
    heapq.heapify(heap)
    while open_patterns:
        _, char = heapq.heappop(heap)
        hits = where[char] & open_patterns
        if not hits:
            continue
        price = cost.get(char, _RARE) / len(hits)
        if heap and price > heap[0][0]:
            heapq.heappush(heap, (price, char))
            continue
        anchors.add(char)
        open_patterns -= hits
    return anchors


_RARE = 0.02


def _hit(pattern: Pattern, anchors: set[str]) -> bool:
    return any(anchors.issuperset(position) for position in pattern)


def neighbour_tests(patterns: Iterable[Pattern], anchors: set[str], cost: Mapping[str, float]) -> dict[str, Neighbours]:
    """Return for each anchor which neighbours it needs, so that every pattern still has an anchor that counts."""
    left: dict[str, set[str]] = {}
    right: dict[str, set[str]] = {}
    always: set[str] = set()
    for pattern in patterns:
        place = next(i for i, position in enumerate(pattern) if anchors.issuperset(position))
        if place + 1 < len(pattern):
            side, near = right, pattern[place + 1]
        elif place:
            side, near = left, pattern[place - 1]
        else:
            always.update(pattern[place])
            continue
        for char in pattern[place]:
            side.setdefault(char, set()).update(near)
    return {
        char: None if char in always else ("".join(sorted(left.get(char, ()))), "".join(sorted(right.get(char, ()))))
        for char in anchors
    }
