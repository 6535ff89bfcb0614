"""Where advertising can be at all: the quick look that makes clean text cheap.

For every word of the lexicon one pair of neighbouring characters is searched, the pair that is rarest in clean text
(`data/spam-anchors.txt`; `tools/build_spam_anchors.py` writes it). `re` passes over text fastest when a pattern begins
with one class of characters, so all pairs together are one pattern: the class of first characters, then the classes of
second ones in a few groups, each with its first ones. A look-up decides.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cnclean.cleaner import lines
from cnclean.cleaners.spam.trie import NOTHING, any_of
from cnclean.edit import Edit
from cnclean.opencc_data import simplified_characters
from cnclean.tables import word_table
from cnclean.view import folded_characters

# Words in disguise: 本.章.未.完 with separators, or zero-width characters inside, or mathematical letters.
_SEPARATORS = r"|.·⊥_*~°/•?\-\uff0d"
_HIDDEN = r"\u00ad\u200b-\u200f\u2060\ufeff\U0001d400-\U0001d7ff"
_DISGUISE = re.compile(
    rf"[{_SEPARATORS}{_HIDDEN}](?:(?=[\u4e00-\u9fff][{_SEPARATORS}])(?<=[{_SEPARATORS}])|(?<=[{_HIDDEN}]))"
)
_TO_FULL_WIDTH = 0xFEE0
_Ways = tuple[tuple[int, int, frozenset[str]], ...]
"""How a pair may stand in words: (characters before it, length of the words, the words)."""


class Prefilter:
    """Finds the places that a lexicon with the given `words` has to look at."""

    def __init__(self, words: Iterable[str]) -> None:
        by_pair: dict[str, list[str]] = {}
        self.reach = 3
        """How many characters on each side of a place it hangs on at most: a disguise on two, a word on its length."""
        for word in words:
            self.reach = max(self.reach, len(word))
            by_pair.setdefault(anchor(word), []).append(word)
        ways = {pair: _ways(pair, by_pair[pair]) for pair in by_pair}
        self._ways = {written: ways[pair] for pair in ways for written in _written(pair)}
        self._pairs = re.compile(_pairs_pattern(by_pair))

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

    def words(self, folded: str) -> set[str]:
        """Return the words that stand in a text that is folded already."""
        found: set[str] = set()
        for at in self._meetings(folded):
            for back, size, known in self._ways_at(folded, at):
                if at >= back and (word := folded[at - back : at - back + size]) in known:
                    found.add(word)
        return found

    def _search(self, text: str) -> list[int]:
        foldable = _foldable().search
        found = [match.start() for match in _DISGUISE.finditer(text)]
        for at in self._meetings(text):
            for back, size, known in self._ways_at(text, at):
                word = text[at - back : at - back + size] if at >= back else ""
                if word in known or (foldable(word) and _fold(word) in known):
                    found.append(at)
                    break
        return sorted(set(found))

    def _meetings(self, text: str) -> list[int]:
        """Return the places of pairs in a text."""
        known = self._ways
        return [at for match in self._pairs.finditer(text) if text[(at := match.start()) : at + 2] in known]

    def _ways_at(self, text: str, at: int) -> _Ways:
        """Return how the pair at a place may stand in words, by the character behind it."""
        ways, more = self._ways[text[at : at + 2]], text[at + 2 : at + 3]
        return ways.get(_folded().get(more, more)) or ways.get("", ())


def _ways(pair: str, words: Iterable[str]) -> dict[str, _Ways]:
    """Return how a pair stands in words, by the character behind it; "" for words of which the pair is the end."""
    found: dict[str, dict[tuple[int, int], set[str]]] = {}
    for word in words:
        at = word.index(pair)
        found.setdefault(word[at + 2 : at + 3], {}).setdefault((at, len(word)), set()).add(word)
    ways = {more: tuple((*way, frozenset(words)) for way, words in lengths.items()) for more, lengths in found.items()}
    ends = ways.get("", ())
    return {more: those + ends if more else those for more, those in ways.items()}


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

    Only what stands around a removal is searched again; elsewhere the places have only moved.
    """
    reach = prefilter.reach
    kept: list[int] = []
    searched: list[tuple[int, int]] = []
    gone, number = 0, 0
    for place in [*places, None]:
        while number < len(removals) and (place is None or removals[number].start <= place):
            removal = removals[number]
            at, number, gone = removal.start - gone, number + 1, gone + removal.end - removal.start
            if searched and at - reach <= searched[-1][1]:
                searched[-1] = (searched[-1][0], at + reach)
            else:
                searched.append((max(0, at - reach), at + reach))
        if place is not None and (number == 0 or place >= removals[number - 1].end):
            kept.append(place - gone)
    found: list[int] = []
    for start, end in searched:
        first = max(0, start - reach)  # what is found at the edges may be cut off, and is known
        places_there = (first + at for at in prefilter.places(text[first : end + reach]))
        found += [at for at in places_there if start <= at < end]
    return sorted({*(at for at in kept if not _inside(at, searched)), *found})


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    number = bisect_right(spans, (at, sys.maxsize)) - 1
    return number >= 0 and spans[number][0] <= at < spans[number][1]


def _pairs_pattern(pairs: Iterable[str]) -> str:
    """Return the pattern of the first characters of pairs with second ones behind them, and little else."""
    groups = [[way for pair in group for way in _written(pair)] for group in _groups(pairs)]
    seconds = (f"{any_of([way[1] for way in ways])}(?<={any_of([way[0] for way in ways])}.)" for ways in groups)
    return f"{any_of([way[0] for ways in groups for way in ways])}(?={'|'.join(seconds)})" if groups else NOTHING


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
def _folded() -> Mapping[str, str]:
    """Return what is folded here: less than in a view, which costs more."""
    table = {chr(code): folded for code, folded in simplified_characters().items()}
    for code in range(0x21, 0x7F):
        table[chr(code)] = table[chr(code + _TO_FULL_WIDTH)] = chr(code).lower()
    return {char: folded for char, folded in table.items() if char != folded}


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile(any_of(_folded()))


def _fold(text: str) -> str:
    return _foldable().sub(lambda match: _folded()[match[0]], text)


@cache
def read_otherwise() -> re.Pattern[str]:
    """Return a pattern of what a view reads otherwise than the quick look, or leaves out; spaces do not count."""
    others = {char for char, folded in folded_characters().items() if folded not in (" ", _folded().get(char))}
    in_bmp = "".join(sorted(char for char in others if char < "\U00010000"))  # beyond it only ranges are searched fast
    left_out = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    annotation = r"(?=[a-z\u00e0-\u01dc\u1e3f\u3105-\u3129\u02c7\u02ca\u02cb\u02d9])"
    return re.compile(rf"[(\uff08{re.escape(in_bmp)}{left_out}\U00010000-\U0003ffff](?:(?<![(\uff08])|{annotation})")


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for char, folded in _folded().items():
        found.setdefault(folded, []).append(char)
    return {char: tuple(written) for char, written in found.items()}
