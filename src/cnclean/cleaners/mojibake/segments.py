"""Stretches of a sequence of scores whose sum is high."""

from __future__ import annotations

from collections.abc import Iterable


def reach(scores: Iterable[int], drop: int) -> int:
    """Return how many scores to take until their sum has fallen more than `drop` below its maximum.

    >>> reach([5, -3, 4, -9, -9, 7], 10)
    4
    """
    total = best = taken = 0
    for score in scores:
        total += score
        if total < best - drop:
            break
        best = max(best, total)
        taken += 1
    return taken


def highest_sum(scores: Iterable[int]) -> int:
    """Return the sum of the segment that scores most, 0 if none scores more.

    >>> highest_sum([5, -2, 5, -20, 7])
    8
    """
    total = best = 0
    for score in scores:
        total += score
        if total < 0:
            total = 0
        elif total > best:
            best = total
    return best


def maximal_segments(scores: list[int], least: int) -> list[tuple[int, int]]:
    """Return all maximal scoring segments that score `least` or more, in linear time.

    Ruzzo and Tompa, "A linear time algorithm for finding all maximal scoring subsequences" (1999).

    >>> maximal_segments([5, -2, 5, -20, 7], 6)
    [(0, 3), (4, 5)]
    """
    stack: list[tuple[int, int, int, int]] = []  # start, end, sum before the start, sum up to the end
    links: list[int] = []  # the nearest segment below whose sum before its start is lower
    total = 0
    for i, score in enumerate(scores):
        before, total = total, total + score
        if score <= 0:
            continue
        start, end, left, right = i, i + 1, before, total
        while True:
            j = len(stack) - 1
            while j >= 0 and stack[j][2] >= left:
                j = links[j]
            if j < 0 or stack[j][3] >= right:
                stack.append((start, end, left, right))
                links.append(j)
                break
            start, left = stack[j][0], stack[j][2]
            del stack[j:], links[j:]
    return [(start, end) for start, end, left, right in stack if right - left >= least]
