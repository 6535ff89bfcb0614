"""Where advertising can be at all: the quick look that makes clean text cheap.

For every word of the lexicon one pair of neighbouring characters is searched, the pair that is rarest in clean text
(`data/spam-anchors.txt`; `tools/build_spam_anchors.py` writes it). A class of first characters with a look-ahead for a
class of second ones finds the places, a look-up decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cnclean.opencc_data import simplified_characters
from cnclean.tables import word_table

# Words in disguise: 本.章.未.完 with separators, zero-width characters between Han, full-width or mathematical letters.
_DISGUISE = re.compile(
    r"[|.·⊥_*~°/•?](?=[\u4e00-\u9fff][|.·⊥_*~°/•?])"
    r"|[\u00ad\u200b-\u200f\u2060\ufeff](?=[\u4e00-\u9fff])"
    r"|[\uff21-\uff3a\uff41-\uff5a]"
    r"|[\U0001d400-\U0001d7ff]"
)


class Prefilter:
    """Finds the places that a lexicon with the given `literals` has to look at."""

    def __init__(self, literals: Iterable[str]) -> None:
        found: dict[str, dict[tuple[int, int], set[str]]] = {}
        for word in literals:
            pair = _anchor(word)
            found.setdefault(pair, {}).setdefault((word.index(pair), len(word)), set()).add(word)
        checks = {
            pair: tuple((at, size, frozenset(words)) for (at, size), words in ways.items())
            for pair, ways in found.items()
        }
        self._words = {a + b: checks[pair] for pair in found for a in _written(pair[0]) for b in _written(pair[1])}
        firsts, seconds = ({pair[i] for pair in self._words} for i in (0, 1))
        self._pair = re.compile(f"{_char_class(firsts)}(?={_char_class(seconds)})")

    def places(self, text: str) -> list[int]:
        """Return the places of words, and of what may be a word in disguise, in order."""
        words, fold = self._words, simplified_characters()
        found = [match.start() for match in _DISGUISE.finditer(text)]
        for match in self._pair.finditer(text):
            at = match.start()
            for back, size, known in words.get(text[at : at + 2], ()):
                if at >= back and text[at - back : at - back + size].translate(fold).lower() in known:
                    found.append(at)
                    break
        found.sort()
        return found


def _char_class(chars: Iterable[str]) -> str:
    return f"[{''.join(re.escape(char) for char in sorted(chars))}]"


def _anchor(word: str) -> str:
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    rare = anchors()
    return next((pair for pair in pairs if pair in rare), pairs[0])


@cache
def anchors() -> frozenset[str]:
    """Return the pairs of characters that stand for the words of our own tables."""
    return frozenset(word_table("spam-anchors.txt"))


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, simplified in simplified_characters().items():
        found.setdefault(simplified, []).append(chr(code))
    return {char: tuple(written) for char, written in found.items()}


def _written(char: str) -> tuple[str, ...]:
    """Return how a folded character may be written: itself, Traditional forms, the capital letter."""
    return tuple(dict.fromkeys((char, char.upper(), *_variants().get(char, ()))))
