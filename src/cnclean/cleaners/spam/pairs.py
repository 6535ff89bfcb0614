"""Pairs of neighbouring characters: every word is found by one of its own, and all of them are searched at once.

`data/spam-pairs.txt` (written by `tools/build_spam_pairs.py`) holds the pairs that cost least, each searched by one of
its two characters. `re` passes over text fastest when a pattern begins with one class of characters, so the pattern
begins with the class of these, looks at what stands beside one, and then at both together, in a few groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from cnclean.cleaners.spam.folding import written
from cnclean.cleaners.spam.trie import NOTHING, any_of
from cnclean.tables import word_table


class Group(NamedTuple):
    """Pairs that are searched together, by their `"first"` or their `"second"` character."""

    side: str
    number: int


_OTHERS = Group("first", -1)


def searched_pair(word: str) -> str:
    """Return the pair of characters by which a word is found: one of the table, or its first one."""
    known = pair_groups()
    return next((pair for i in range(len(word) - 1) if (pair := word[i : i + 2]) in known), word[:2])


@cache
def pair_groups() -> Mapping[str, Group]:
    """Return the group of each pair of the table."""
    rows = (line.split("\t") for line in word_table("spam-pairs.txt"))
    return {pair: Group(side, number) for number, (side, *pairs) in enumerate(rows) for pair in pairs}


def pairs_pattern(pairs: Iterable[str]) -> str:
    """Return a pattern that finds the searched character of each of `pairs`, however written, and little else."""
    groups: dict[Group, list[str]] = {}
    for pair in pairs:
        groups.setdefault(pair_groups().get(pair, _OTHERS), []).extend(written(pair))
    ahead = [ways for group, ways in sorted(groups.items()) if group.side == "first"]
    behind = [ways for group, ways in sorted(groups.items()) if group.side == "second"]
    looks = [f"(?={_second(*ahead)}(?<={_either(ahead)}))"] if ahead else []
    looks += [f"(?<={_first(*behind)}.)(?<={_either(behind)})"] if behind else []
    stops = any_of([*(way[0] for ways in ahead for way in ways), *(way[1] for ways in behind for way in ways)])
    return f"{stops}(?:{'|'.join(looks)})" if looks else NOTHING


def _either(groups: Iterable[Iterable[str]]) -> str:
    return "|".join(_first(ways) + _second(ways) for ways in groups)


def _first(*groups: Iterable[str]) -> str:
    return any_of([way[0] for ways in groups for way in ways])


def _second(*groups: Iterable[str]) -> str:
    return any_of([way[1] for ways in groups for way in ways])
