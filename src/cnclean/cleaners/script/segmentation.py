"""Weighted segmentation: words are found by their frequency, not greedily from left to right.

OpenCC takes the longest word at each place, from left to right. So 手机制造商 is cut 手|机制|造商, and 制 does not
become 製. Here the cut with the least sum of costs wins (a unigram model, solved by dynamic programming); the cost of a
word falls with its frequency. Common words that overlap a phrase of the dictionary take part as well (*rivals*: 如何
keeps 了如 from matching in 展示了如何); they become what their characters become.

Costs are whole decibels below the sum of all frequencies, so that the answer is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from cnclean.cleaners.script.chain import Chain
from cnclean.cleaners.script.matching import Dictionary, Lengths
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


class WeightedWords(Dictionary):
    """Words that are matched where the text as a whole is cut at least cost."""

    def __init__(
        self,
        pairs: Mapping[str, str],
        levels: Mapping[str, int],
        lengths: Lengths | None = None,
    ) -> None:
        super().__init__(pairs, lengths)
        self._levels = levels

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield place and word of the cut with the least cost; of two equal ones that with the longer first word."""
        length = len(text)
        pairs, lengths, level = self.pairs, self.lengths, self._levels.get
        cost = [0] * (length + 1)  # of the text from here on
        best = [0] * length  # the size of the word here, 0 for none
        for at in range(length - 1, -1, -1):
            char = text[at]
            least = cost[at + 1] - level(char, RARE_CHARACTER)
            for size in reversed(lengths.get(char, ())):
                word = text[at : at + size]
                if word in pairs and at + size <= length:
                    total = cost[at + size] - level(word, RARE_WORD if size == 2 else RARE_LONG_WORD)
                    if total <= least:
                        least, best[at] = total, size
            cost[at] = least + TOTAL
        at = 0
        while at < length:
            if size := best[at]:
                yield at, text[at : at + size]
            at += size or 1


def weigh_words(chain: Chain) -> Chain:
    """Return the same conversion with words found by weight; its words must hold every phrase of its first stage."""
    levels = word_levels()
    first = chain.stages[0].pairs
    words = chain.words.pairs
    rivals = {
        word: "".join([first.get(char, char) for char in word])
        for word in levels
        if len(word) > 1 and word not in words
    }
    return Chain(
        chain.normal,
        WeightedWords({**rivals, **words}, levels),
        (Dictionary({**rivals, **first}), *chain.stages[1:]),
        chain.run_stages,
        chain.fixed,
    )
