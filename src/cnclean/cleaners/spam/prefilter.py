"""Where advertising can be at all: the quick look that makes clean text cheap.

Every word of the lexicon is searched by one pair of its characters (`pairs`); where a pair is found, a look-up of the
characters around it decides.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import compress, count, filterfalse

from cnclean.cleaners.spam.folding import fold, foldable, written
from cnclean.cleaners.spam.pairs import pairs_pattern, searched_pair
from cnclean.edit import Edit
from cnclean.tables import word_table

# Words in disguise: 本.章.未.完 with separators, or zero-width characters inside, or mathematical letters.
_SEPARATORS = r"|.·⊥_*~°/•?\-\uff0d"
_HIDDEN = r"\u00ad\u200b-\u200f\u2060\ufeff\U0001d400-\U0001d7ff"
_DISGUISE = re.compile(
    rf"[{_SEPARATORS}{_HIDDEN}](?:[\u4e00-\u9fff](?<=[{_SEPARATORS}].)(?=[{_SEPARATORS}])|(?<=[{_HIDDEN}]))"
)
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
            by_pair.setdefault(searched_pair(word), []).append(word)
        ways = {pair: _ways(pair, by_pair[pair]) for pair in by_pair}
        self._ways = {way: ways[pair] for pair in ways for way in written(pair)}
        self._pairs = re.compile(pairs_pattern(by_pair))

    def places(self, text: str, searched: tuple[str, list[int]] | None = None) -> list[int]:
        """Return the places of words, and of what may be a word in disguise, in order.

        Lines of a text that was `searched` before are not searched again: it is given with its places.
        """
        if searched is None:
            return self._search(text)
        parts = text.split("\n")
        new = "\n".join(filterfalse(set(searched[0].split("\n")).__contains__, parts))
        hot = _by_line(*searched) | _by_line(new, self._search(new))
        if not hot:
            return []
        found: list[int] = []
        start = before = 0
        for number in compress(count(), map(hot.__contains__, parts)):
            start += sum(map(len, parts[before:number])) + number - before
            before = number
            found += [start + at for at in hot[parts[number]]]
        return found

    def words(self, folded: str) -> frozenset[str]:
        """Return the words that stand in a text that is folded already."""
        found: set[str] = set()
        for at, ways in self._meetings(folded):
            for back, size, known in ways:
                if at >= back and (word := folded[at - back : at - back + size]) in known:
                    found.add(word)
        return frozenset(found)

    def _search(self, text: str) -> list[int]:
        found = {match.start() for match in _DISGUISE.finditer(text)}
        may_fold = foldable().search
        for at, ways in self._meetings(text):
            for back, size, known in ways:
                word = text[at - back : at - back + size] if at >= back else ""
                if word in known or (may_fold(word) and (word := fold(word)) in known):
                    found.add(at - back + mark(word))
        return sorted(found)

    def _meetings(self, text: str) -> list[tuple[int, _Ways]]:
        """Return the places of pairs in a text, and how they may stand in words by the character behind them."""
        known = self._ways.get
        found: list[tuple[int, _Ways]] = []
        for match in self._pairs.finditer(text):
            at = match.start()
            if ways := known(text[at : at + 2]):
                found.append((at, ways.get(text[at + 2 : at + 3]) or ways[""]))
            if ways := known(text[at - 1 : at + 1]):
                found.append((at - 1, ways.get(text[at + 1 : at + 2]) or ways[""]))
        return found


def _ways(pair: str, words: Iterable[str]) -> dict[str, _Ways]:
    """Return how a pair stands in words, by the character behind it; "" for words of which the pair is the end."""
    found: dict[str, dict[tuple[int, int], set[str]]] = {"": {}}
    for word in words:
        at = word.index(pair)
        for more in written(word[at + 2 : at + 3]):
            found.setdefault(more, {}).setdefault((at, len(word)), set()).add(word)
    ways = {more: tuple((*way, frozenset(words)) for way, words in lengths.items()) for more, lengths in found.items()}
    ends = ways[""]
    return {more: those + ends if more else those for more, those in ways.items()}


@cache
def mark(word: str) -> int:
    """Return how far behind the start of a word its place is: where the first pair of the table of anchors stands."""
    return next((i for i in range(len(word) - 1) if word[i : i + 2] in anchors()), 0)


@cache
def anchors() -> frozenset[str]:
    """Return the pairs of characters where the words of our own tables have their place."""
    return frozenset(pair for line in word_table("spam-anchors.txt") for pair in line.split("\t"))


def _by_line(text: str, places: Iterable[int]) -> dict[str, Sequence[int]]:
    """Return the places of each line of `text` that has any, counted from its start; all places are sorted."""
    known: dict[str, Sequence[int]] = {}
    start = end = 0
    found: list[int] = []
    for place in places:
        if place >= end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = len(text) if end < 0 else end
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
