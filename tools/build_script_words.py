"""Rebuild `src/cnclean/data/script-words.txt`: the word frequencies of weighted segmentation, from jieba's dictionary.

    python tools/build_script_words.py path/to/jieba/dict.txt

`pip download --no-deps --no-binary jieba jieba==0.42.1` brings the file (MIT). Three kinds of entries are kept:

* phrases of OpenCC's STPhrases that are more frequent than the floor every phrase counts for;
* the characters of those phrases;
* rivals: common words that overlap a phrase which differs from what its characters become one by one. A rival is kept
  if it changes the conversion of the two written over one another (展示 + 了如 -> 展示如…), and ranked by how often
  that can be expected in running text: its frequency times the frequency of the characters that it leaves over.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cnclean.cleaners.script.segmentation import RARE_LONG_WORD, RARE_WORD, WeightedWords
from cnclean.opencc_data import dictionary

TABLE = Path(__file__).resolve().parents[1] / "src" / "cnclean" / "data" / "script-words.txt"
HEADER = """\
# source: jieba 0.42.1 (https://github.com/fxsjy/jieba), dict.txt; chosen and rounded by tools/build_script_words.py
# licence: MIT
# Frequency in decibels (10 log10 of jieba's count), tab, the words and characters of that frequency.
"""
RIVALS = 6000
LEAST_FREQUENCY = 20
LONGEST_RIVAL = 5
MOST_OF_A_CHARACTER = 35  # a count of 3,000: a more frequent one would outbid every word that it stands in


def level(word: str, count: int) -> int:
    """Return a count on the scale of the table, decibels."""
    decibels = round(10 * math.log10(count))
    return min(decibels, MOST_OF_A_CHARACTER) if len(word) == 1 else decibels


class Rivals:
    """Finds the common words that would be cut apart by a phrase that overlaps them."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.characters = dictionary("STCharacters")
        self.phrases = {**dictionary("STPhrases_GeneratedFromRegionalPhrases"), **dictionary("STPhrases")}
        self.levels = {word: level(word, count) for word, count in counts.items()}
        self.seen = Counter[str]()
        for word, count in counts.items():
            for char in word:
                self.seen[char] += count
        self.heads: dict[str, list[str]] = defaultdict(list)
        self.tails: dict[str, list[str]] = defaultdict(list)
        for phrase, value in self.phrases.items():
            if value != self.plain(phrase):
                for cut in range(1, len(phrase)):
                    self.heads[phrase[:cut]].append(phrase)
                    self.tails[phrase[cut:]].append(phrase)
        self.without = WeightedWords(self.phrases, self.levels)

    def plain(self, text: str) -> str:
        """Return what the characters of `text` become one by one."""
        return "".join([self.characters.get(char, char) for char in text])

    def overlaps(self, word: str) -> Iterator[tuple[str, str]]:
        """Yield each phrase written over `word`, and the characters that are left over of the phrase."""
        for cut in range(1, len(word)):
            for phrase in self.heads.get(word[-cut:], ()):
                yield word + phrase[cut:], phrase[cut:]
            for phrase in self.tails.get(word[:cut], ()):
                yield phrase + word[cut:], phrase[:-cut]

    def importance(self, word: str) -> float:
        """Return how often `word` can be expected to change a conversion, on an arbitrary scale."""
        lengths = {**self.without.lengths, word[0]: self.lengths_with(word)}
        with_it = WeightedWords(_With(self.phrases, word, self.plain(word)), self.levels, lengths)
        total = self.seen.total()
        return self.counts[word] * sum(
            math.prod(self.seen[char] / total for char in rest)
            for text, rest in self.overlaps(word)
            if self.convert(with_it, text) != self.convert(self.without, text)
        )

    def lengths_with(self, word: str) -> tuple[int, ...]:
        """Return the lengths of the phrases that begin as `word` does, and its own."""
        return tuple(sorted({*self.without.lengths.get(word[0], ()), len(word)}, reverse=True))

    def convert(self, words: WeightedWords, text: str) -> str:
        """Return `text` converted by the given words."""
        out = []
        done = 0
        for at, word in words.matches(text):
            out += (self.plain(text[done:at]), words.pairs[word])
            done = at + len(word)
        return "".join(out) + self.plain(text[done:])

    def best(self, number: int) -> list[str]:
        """Return the rivals that matter most."""
        candidates = [
            word
            for word, count in self.counts.items()
            if count >= LEAST_FREQUENCY and 2 <= len(word) <= LONGEST_RIVAL and word not in self.phrases
            if all("\u4e00" <= char <= "\u9fff" for char in word)
        ]
        ranked = {word: self.importance(word) for word in candidates}
        return sorted(filter(ranked.get, ranked), key=lambda word: (-ranked[word], word))[:number]


class _With(dict[str, str]):
    """A dictionary with one entry more, without copying it."""

    def __init__(self, pairs: dict[str, str], key: str, value: str) -> None:
        super().__init__({key: value})
        self._pairs = pairs

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or key in self._pairs

    def __missing__(self, key: str) -> str:
        return self._pairs[key]


def build(counts: dict[str, int]) -> str:
    """Return the text of the table."""
    rivals = Rivals(counts)
    floors = {2: RARE_WORD}
    kept = {word for word in rivals.phrases if rivals.levels.get(word, -99) > floors.get(len(word), RARE_LONG_WORD)}
    kept.update(rivals.best(RIVALS))
    kept.update(char for word in [*rivals.phrases, *kept] for char in word if char in rivals.levels)
    lines: dict[int, list[str]] = defaultdict(list)
    for word in sorted(kept):
        lines[rivals.levels[word]].append(word)
    return HEADER + "".join(f"{level}\t{' '.join(lines[level])}\n" for level in sorted(lines, reverse=True))


def read_counts(path: Path) -> dict[str, int]:
    """Return the words of jieba's dictionary with their counts."""
    rows = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) > 1 and int(row[1])}


if __name__ == "__main__":
    text = build(read_counts(Path(sys.argv[1])))
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(
        f"{TABLE}: {len(text.encode()) // 1000} KB, {sum(len(line.split()) - 1 for line in text.splitlines())} entries"
    )
