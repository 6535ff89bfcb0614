"""Rebuild src/cnclean/data/character-model.txt, the statistics behind mojibake repair and charset detection.

usage: pip install jieba==0.42.1 && python tools/build_character_model.py

Source of the counts: the word list of jieba 0.42.1 (MIT). Its words are folded to Simplified character by character
with the installed OpenCC table, and taken as a language of independent words: the chance that b follows a is

    P(b | a) = n(a b inside a word) / n(a)  +  n(a ends a word) / n(a) * P(b begins a word)

so each character needs three figures (how often it occurs, begins a word, ends a word) and the pairs that this does not
foretell. The pairs that save most are kept, as many as fit into the size that the wheel can afford.
"""

from __future__ import annotations

import math
from collections import Counter
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

from cnclean.character_model import LEVEL_STEP, LEVELS
from cnclean.opencc_data import simplified_characters

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/character-model.txt"
MAX_BYTES = 200_000
MIX = 0.15  # weight of the plain frequency beside the word model
HEAD = """\
# One character a line: the levels of "occurs", "begins a word" and "ends a word", then the characters that follow it
# more often than chance, each after the letter of its level. Level A is 0 nats (-ln P), every letter 0.5 nats more.
# Rebuilt by tools/build_character_model.py, which says how.
# source: word frequencies of jieba 0.42.1, dict.txt, https://github.com/fxsjy/jieba
# licence: MIT, Copyright (c) 2013 Sun Junyi
"""


def main() -> None:
    """Count, choose the pairs, write the table."""
    model = WordCounts(Path(str(distribution("jieba").locate_file("jieba/dict.txt"))))
    chars = [c for c, n in sorted(model.occurs.items(), key=lambda item: (-item[1], item[0])) if n >= 60]
    pairs = model.best_pairs()
    low, high = 0, len(pairs)
    while low < high:
        middle = (low + high + 1) // 2
        if len(table(model, chars, pairs[:middle]).encode()) <= MAX_BYTES:
            low = middle
        else:
            high = middle - 1
    TARGET.write_text(table(model, chars, pairs[:low]), encoding="utf-8")
    print(f"{len(chars)} characters, {low} pairs, {TARGET.stat().st_size} bytes")


class WordCounts:
    """Counts of characters, of their places in words, and of pairs inside words."""

    def __init__(self, path: Path) -> None:
        self.occurs: Counter[str] = Counter()
        self.begins: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        fold = simplified_characters()
        for line in path.read_text(encoding="utf-8").splitlines():
            word, count, *_ = line.split(" ")
            word, n = word.translate(fold), int(count)
            if not all("\u4e00" <= char <= "\u9fff" for char in word):
                continue
            self.begins[word[0]] += n
            self.ends[word[-1]] += n
            for char in word:
                self.occurs[char] += n
            for first, second in pairwise(word):
                self.pairs[first + second] += n
        self.total = sum(self.occurs.values())
        self.words = sum(self.begins.values())
        self.floor = 0.5 * self.total / 1e6

    def p_occurs(self, char: str) -> float:
        """Return how often the character occurs at all."""
        return (self.occurs[char] + self.floor) / (self.total + 21000 * self.floor)

    def p_begins(self, char: str) -> float:
        """Return how often a word, where one begins, begins with the character (smoothed)."""
        begins = (self.begins[char] + self.floor) / (self.words + 21000 * self.floor)
        return 0.6 * begins + 0.4 * self.p_occurs(char)

    def p_ends(self, char: str) -> float:
        """Return how often a word ends with this occurrence of the character."""
        return (self.ends[char] + self.floor) / (self.occurs[char] + 2 * self.floor)

    def best_pairs(self) -> list[tuple[str, float]]:
        """Return the pairs with their probability, those first that save most over the model without them."""
        found: list[tuple[float, str, float]] = []
        for pair, n in self.pairs.items():
            first, second = pair
            begins = (self.begins[second] + self.floor) / (self.words + 21000 * self.floor)
            rest = (1 - MIX) * self.p_ends(first) * begins + MIX * self.p_occurs(second)
            p = (1 - MIX) * n / self.occurs[first] + rest
            found.append((-n * math.log(p / rest), pair, p))
        return [(pair, p) for _, pair, p in sorted(found)]


def level(p: float) -> str:
    """Return the letter of a probability."""
    return LEVELS[min(len(LEVELS) - 1, round(-math.log(p) * 100 / LEVEL_STEP))]


def table(model: WordCounts, chars: list[str], pairs: list[tuple[str, float]]) -> str:
    """Return the text of the table."""
    successors: dict[str, list[tuple[str, str]]] = {}
    known = set(chars)
    for (first, second), p in pairs:
        if first in known and second in known:
            successors.setdefault(first, []).append((level(p), second))
    rows = [HEAD]
    for char in chars:
        row = [char, "\t", level(model.p_occurs(char)), level(model.p_begins(char)), level(model.p_ends(char))]
        last = ""
        for letter, second in sorted(successors.get(char, ())):
            if letter != last:
                row.append(letter)
                last = letter
            row.append(second)
        rows.append("".join(row) + "\n")
    return "".join(rows)


if __name__ == "__main__":
    main()
