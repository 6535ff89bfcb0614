"""From a chain of dictionaries to the tables that the engine runs on.

The engine converts character by character and then mends the few places where that is wrong. For that it must know
what each character becomes alone (`characters`), what each word becomes (`words`), where to look (`anchors`), and how
far a place reaches (`followers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from cnclean.cleaners.script.anchors import Anchors, Pattern, find_anchors
from cnclean.cleaners.script.chain import Chain
from cnclean.cleaners.script.matching import Dictionary, Lengths, convert_through


class Compiled(NamedTuple):
    """The tables of one conversion: plain data, so that they can be kept on disk.

    `followers` gives for a character those that stand behind it inside any key of the chain. Between two characters
    that no key has side by side no key reaches across, so longest match from left to right begins anew there, whatever
    stands before: a *sync point*. A window from sync point to sync point may be converted alone.
    """

    normal: Mapping[str, str]
    """Compatibility ideographs and what they stand for."""
    characters: Mapping[str, str]
    """What a character becomes where no word is; only those that change."""
    words: Mapping[str, str]
    """What a word becomes; empty where that is what its characters become."""
    lengths: Lengths
    runs: tuple[Mapping[str, str], ...]
    """The dictionaries that runs between words go through; none where character by character is right."""
    followers: Mapping[str, str]
    anchors: Anchors


def compile_chain(chain: Chain) -> Compiled:
    """Return the tables for the engine."""
    characters = _character_results(chain.run_stages)
    words = _word_results(chain, characters)
    bonds = set(_pairs(chain.words.pairs))
    patterns: list[Pattern] = [word for word, result in words.items() if result]
    first = chain.run_stages[0]
    for key in first.pairs:
        if len(key) > 1:  # phrases of the first stage inside a run: only where they are not words as well
            bonds.update(_pairs([key]))
            patterns.append(key)
    for second in chain.run_stages[1:]:
        behind = _Sources(first)
        for key, value in second.pairs.items():
            if len(key) > 1:
                bonds.update(behind.bonds(key))
                if value != "".join([second.pairs.get(char, char) for char in key]):
                    patterns.append([behind.alone(char) for char in key])
    patterns.extend([char] for char, result in characters.items() if len(result) != 1)
    plain = len(chain.run_stages) == 1 and all(len(key) == 1 for key in first.pairs)
    return Compiled(
        chain.normal,
        characters,
        words,
        chain.words.lengths,
        () if plain else tuple(stage.pairs for stage in chain.run_stages),
        _followers(bonds),
        find_anchors(patterns),
    )


def _followers(bonds: Iterable[str]) -> dict[str, str]:
    followers: dict[str, str] = {}
    for bond in sorted(bonds):
        followers[bond[0]] = followers.get(bond[0], "") + bond[1]
    return followers


def _character_results(stages: tuple[Dictionary, ...]) -> dict[str, str]:
    keys = {key for stage in stages for key in stage.pairs if len(key) == 1}
    results = ((key, convert_through(stages, key)) for key in sorted(keys))
    return {key: result for key, result in results if result != key}


def _word_results(chain: Chain, characters: Mapping[str, str]) -> dict[str, str]:
    words = list(chain.words.pairs)
    if not words:
        return {}
    first = chain.stages[0].pairs
    if first.keys() >= chain.words.pairs.keys() - chain.fixed.keys():
        results: Sequence[str] = [first.get(word, word) for word in words]
        rest = chain.stages[1:]
    else:
        results, rest = words, chain.stages
    for stage in rest:
        results = _convert_all(stage, results)
    plain = "\n".join(words).translate({ord(char): result for char, result in characters.items()}).split("\n")
    rows = zip(words, results, plain, strict=True)
    return {word: "" if result == alone else result for word, result, alone in rows} | dict(chain.fixed)


def _convert_all(stage: Dictionary, texts: Sequence[str]) -> list[str]:
    """Return all short `texts` converted, most of them at once, character by character."""
    table = {ord(key): value for key, value in stage.pairs.items() if len(key) == 1}
    out = "\n".join(texts).translate(table).split("\n")
    starts = {key[:2] for key in stage.pairs if len(key) > 1}
    if starts:
        heads, seconds = ("".join({re.escape(start[i]) for start in starts}) for i in (0, 1))
        may_match = re.compile(f"[{heads}][{seconds}]").search
        for number, text in enumerate(texts):
            if may_match(text):
                out[number] = stage.convert(text)
    return out


def _pairs(keys: Iterable[str]) -> Iterator[str]:
    joined = "\n".join(keys)
    return (pair for pair in set(map(str.__add__, joined, joined[1:])) if "\n" not in pair)


class _Sources:
    """Which characters of the text the second stage may see as a given one, after the first."""

    def __init__(self, first: Dictionary) -> None:
        self.first = first.pairs
        self.begin: dict[str, set[str]] = {}
        self.end: dict[str, set[str]] = {}
        self.single: dict[str, set[str]] = {}
        for key, value in first.pairs.items():
            self.begin.setdefault(value[0], set()).add(key[0])
            self.end.setdefault(value[-1], set()).add(key[-1])
            if len(key) == 1:
                self.single.setdefault(value, set()).add(key)

    def _with_itself(self, sources: Mapping[str, set[str]], char: str) -> set[str]:
        found = sources.get(char, set())
        return found | {char} if self.first.get(char, char) == char else found

    def alone(self, char: str) -> str:
        """Return the characters that become `char` one by one."""
        return "".join(sorted(self._with_itself(self.single, char)))

    def bonds(self, key: str) -> Iterator[str]:
        """Yield the pairs of the text that the second stage may see inside `key`."""
        for one, two in pairwise(key):
            for before in self._with_itself(self.end, one):
                for after in self._with_itself(self.begin, two):
                    yield before + after
