"""Weighted segmentation: words are found by their frequency, not greedily from left to right.

OpenCC takes the longest word at each place, from left to right. So 手机制造商 is cut 手|机制|造商, and 制 is not
converted to 製. Here the cut with the least sum of costs wins (a unigram model, solved by dynamic programming); the cost
of a word falls with its frequency. Common words that overlap a phrase of the dictionary (`rivals`: 如何 keeps 了如 of
展示了如何 from matching) take part as well; they become what their characters become.

Costs are whole decibels below the sum of all frequencies, so that the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from cnclean.cleaners.script.chain import Dictionary
from cnclean.tables import pair_table

TOTAL = 78
"""10 log10 of the sum of all frequencies in jieba's dictionary, 60 million."""
RARE_CHARACTER = -3
"""What a character counts for that is not listed."""
RARE_WORD = 17
"""What a phrase of two characters counts for at least: it is in the dictionary because it occurs."""
RARE_LONG_WORD = 25
"""The same from three characters on: a long match is seldom an accident."""
_TABLE = "script-words.txt"


@cache
def word_levels() -> Mapping[str, int]:
    """Return the frequency of words and characters, in decibels; what is not listed is rare."""
    return {word: int(level) for level, words in pair_table(_TABLE).items() for word in words.split(" ")}


@cache
def rivals(words: frozenset[str]) -> tuple[str, ...]:
    """Return the listed words that are not in `words`: those that keep a phrase from matching across them."""
    return tuple(word for word in word_levels() if len(word) > 1 and word not in words)


class WeightedWords(Dictionary):
    """Words that are matched where the text as a whole is cut at least cost."""

    def __init__(self, pairs: Mapping[str, str], levels: Mapping[str, int]) -> None:
        super().__init__(pairs)
        self._levels = levels

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield place and word of the cut with the least cost; of two equal ones that with the longer first word."""
        length = len(text)
        pairs, lengths, level = self.pairs, self.lengths, self._levels.get
        cost = [0] * (length + 1)  # of the text from here on
        step = [1] * length
        for at in range(length - 1, -1, -1):
            char = text[at]
            least = cost[at + 1] - level(char, RARE_CHARACTER)
            for size in reversed(lengths.get(char, ())):
                word = text[at : at + size]
                if word in pairs and at + size <= length:
                    total = cost[at + size] - level(word, RARE_WORD if size == 2 else RARE_LONG_WORD)
                    if total <= least:
                        least, step[at] = total, size
            cost[at] = least + TOTAL
        at = 0
        while at < length:
            size = step[at]
            if size > 1:
                yield at, text[at : at + size]
            at += size
