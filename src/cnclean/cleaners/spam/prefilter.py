"""Where advertising can be at all: the quick look that makes clean text cheap.

For every word of the lexicon one pair of neighbouring characters is searched, the pair that is rarest in clean text
(`data/spam-anchors.txt`; `tools/build_spam_anchors.py` writes it). A class of first characters with a look-ahead for a
class of second ones finds the places, a look-up decides.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cnclean.cleaner import lines
from cnclean.edit import Edit
from cnclean.opencc_data import simplified_characters
from cnclean.tables import word_table

# Words in disguise: 本.章.未.完 with separators, zero-width characters inside, mathematical letters. One pattern each:
# `re` searches a single class much faster than an alternation.
_DISGUISES = (
    re.compile(r"[|.·⊥_*~°/•?\-\uff0d](?=[\u4e00-\u9fff][|.·⊥_*~°/•?\-\uff0d])"),
    re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\U0001d400-\U0001d7ff]"),
)
_TO_FULL_WIDTH = 0xFEE0


class Prefilter:
    """Finds the places that a lexicon with the given `words` has to look at."""

    def __init__(self, words: Iterable[str]) -> None:
        found: dict[str, dict[tuple[int, int], set[str]]] = {}
        for word in words:
            pair = anchor(word)
            found.setdefault(pair, {}).setdefault((word.index(pair), len(word)), set()).add(word)
        checks = {
            pair: tuple((at, size, frozenset(words)) for (at, size), words in ways.items())
            for pair, ways in found.items()
        }
        self._words = {written: checks[pair] for pair in found for written in _written(pair)}
        self._pairs = [re.compile(_group_pattern(group)) for group in _groups(found)]

    def places(self, text: str, searched: tuple[str, list[int]] | None = None) -> list[int]:
        """Return the places of words, and of what may be a word in disguise, in order.

        Lines of a text that was `searched` before are not searched again: it is given with its places.
        """
        if searched is None:
            return self._search(text)
        parts = lines(text)
        known = _by_line(*searched)
        new = "".join([line for line in parts if line not in known])
        known |= _by_line(new, self._search(new))
        places: list[int] = []
        start = 0
        for line in parts:
            if found := known[line]:
                places += [start + at for at in found]
            start += len(line)
        return places

    def _search(self, text: str) -> list[int]:
        words, fold = self._words, _fold_table()
        found = [match.start() for disguise in _DISGUISES for match in disguise.finditer(text)]
        for pattern in self._pairs:
            for match in pattern.finditer(text):
                at = match.start()
                for back, size, known in words.get(text[at : at + 2], ()):
                    if at >= back and text[at - back : at - back + size].translate(fold) in known:
                        found.append(at)
                        break
        return sorted(set(found))


def _by_line(text: str, places: Iterable[int]) -> dict[str, Sequence[int]]:
    """Return the places of each line of `text`, counted from its start; the places are sorted."""
    known: dict[str, Sequence[int]] = dict.fromkeys(lines(text), ())
    start = end = 0
    found: list[int] = []
    for place in places:
        if place >= end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place) + 1 or len(text)
            known[text[start:end]] = found = []
        found.append(place - start)
    return known


def places_after(places: list[int], removals: list[Edit], text: str, prefilter: Prefilter) -> list[int]:
    """Return the places in `text`, which `removals` made of a text with the known `places`.

    Only the lines in which something was removed are searched again; elsewhere the places have only moved.
    """
    kept: list[int] = []
    searched: list[tuple[int, int]] = []
    gone, number = 0, 0
    for place in [*places, None]:
        while number < len(removals) and (place is None or removals[number].start <= place):
            removal = removals[number]
            at, number, gone = removal.start - gone, number + 1, gone + removal.end - removal.start
            if not searched or at > searched[-1][1]:
                end = text.find("\n", at)
                searched.append((text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end))
        if place is not None and (number == 0 or place >= removals[number - 1].end):
            kept.append(place - gone)
    found = [start + at for start, end in searched for at in prefilter.places(text[start:end])]
    return sorted({*(at for at in kept if not _inside(at, searched)), *found})


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect_right(spans, (at, sys.maxsize)) - 1
    return number >= 0 and spans[number][0] <= at < spans[number][1]


def _group_pattern(pairs: Iterable[str]) -> str:
    written = [way for pair in pairs for way in _written(pair)]
    first, second = ("".join(sorted({re.escape(way[i]) for way in written})) for i in (0, 1))
    return f"[{first}](?=[{second}])"


def _groups(pairs: Iterable[str]) -> list[list[str]]:
    """Return the pairs in the groups of the table: together a group has few chance combinations."""
    number = {pair: i for i, line in enumerate(word_table("spam-anchors.txt")) for pair in line.split("\t")}
    groups: dict[int, list[str]] = {}
    for pair in pairs:
        groups.setdefault(number.get(pair, len(number)), []).append(pair)
    return [groups[i] for i in sorted(groups)]


def anchor(word: str) -> str:
    """Return the pair of characters by which a word is found."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    return next((pair for pair in pairs if pair in anchors()), pairs[0])


@cache
def anchors() -> frozenset[str]:
    """Return the pairs of characters that stand for the words of our own tables."""
    return frozenset(pair for line in word_table("spam-anchors.txt") for pair in line.split("\t"))


def _written(pair: str) -> list[str]:
    """Return how a folded pair may be written: Traditional, in capital letters, full width."""
    ways = [dict.fromkeys((char, *_variants().get(char, ()))) for char in pair]
    return [first + second for first in ways[0] for second in ways[1]]


@cache
def _fold_table() -> Mapping[int, str]:
    table = dict(simplified_characters())
    for code in range(0x21, 0x7F):
        table[code] = table[code + _TO_FULL_WIDTH] = chr(code).lower()
    return table


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, folded in _fold_table().items():
        found.setdefault(folded, []).append(chr(code))
    return {char: tuple(written) for char, written in found.items()}
