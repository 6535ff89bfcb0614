"""What OpenCC does, said plainly: the dictionaries of every configuration and the exact, slow way through them.

A conversion has three steps. Compatibility ideographs are replaced by the character meant. The text is cut into words
by longest match from left to right (`words`; not in every configuration). Then each word, and each run of characters
between words, goes through one or two dictionaries (`stages`), again by longest match from left to right.

`Chain` follows this definition to the letter and is the yardstick for `engine`, which gives the same answer faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cnclean.edit import Edit

_NORMAL = "CJK_Compatibility_Ideographs"
COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")

Layer = tuple[str, ...]
"""Dictionaries asked together: the longest match of all of them wins."""
Group = tuple[Layer, ...]
"""Layers asked one after the other: the first that matches at all wins, with its longest match."""


class Config(NamedTuple):
    """One OpenCC configuration: the dictionaries that cut text into words, and the stages of the conversion."""

    words: Layer
    stages: tuple[Group, ...]


_ST_WORDS: Layer = ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases")
_ST: Group = (_ST_WORDS, ("STCharacters",))
_TS_WORDS: Layer = ("TSPhrases",)
_TS: Group = (_TS_WORDS, ("TSCharactersExt",), ("TSCharacters",))
_TO_TW: Group = (("TWVariantsPhrases",), ("TWVariants",))
_TO_HK: Group = (("HKVariantsPhrases",), ("HKVariants",))
_FROM_TW: Group = (("TWVariantsRevPhrases",), ("TWVariantsRev",))
_FROM_HK: Group = (("HKVariantsRevPhrases",), ("HKVariantsRev",))

CONFIGS: Mapping[str, Config] = {
    "s2t": Config((), (_ST,)),
    "s2tw": Config(_ST_WORDS, (_ST, _TO_TW)),
    "s2twp": Config(_ST_WORDS, (_ST, (("TWPhrases",), *_TO_TW))),
    "s2hk": Config(_ST_WORDS, (_ST, _TO_HK)),
    "s2hkp": Config(_ST_WORDS, (_ST, (("HKPhrases",), *_TO_HK))),
    "t2s": Config((), (_TS,)),
    "tw2s": Config(_TS_WORDS, (_FROM_TW, _TS)),
    "tw2sp": Config(_TS_WORDS, ((("TWPhrasesRev",), *_FROM_TW), _TS)),
    "hk2s": Config(_TS_WORDS, (_FROM_HK, _TS)),
    "hk2sp": Config(_TS_WORDS, ((("HKPhrasesRev",), *_FROM_HK), _TS)),
    "t2tw": Config((), (_TO_TW,)),
    "tw2t": Config((), (_FROM_TW,)),
    "t2hk": Config((), (_TO_HK,)),
    "hk2t": Config((), (_FROM_HK,)),
    "t2jp": Config((), ((("JPShinjitaiCharactersRev",),),)),
    "jp2t": Config((), ((("JPShinjitaiPhrases",), ("JPShinjitaiCharacters",)),)),
}


class Dictionary:
    """Keys and values, with longest match at a place of a text.

    >>> Dictionary({"干": "幹", "干净": "乾淨"}).longest("不干净", 1)
    '干净'
    """

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self.pairs = pairs

    @cached_property
    def lengths(self) -> Mapping[str, tuple[int, ...]]:
        """The lengths of the keys that begin with a character, longest first."""
        heads: dict[str, set[int]] = {}
        for head, length in {(key[0], len(key)) for key in self.pairs}:
            heads.setdefault(head, set()).add(length)
        return {head: tuple(sorted(found, reverse=True)) for head, found in heads.items()}

    def longest(self, text: str, start: int) -> str:
        """Return the longest key that `text` has at `start`, or an empty string."""
        for length in self.lengths.get(text[start], ()):
            key = text[start : start + length]
            if key in self.pairs:
                return key
        return ""

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield place and key of each match, from left to right, the longest at each place, not overlapping."""
        at = 0
        while at < len(text):
            key = self.longest(text, at)
            if key:
                yield at, key
                at += len(key)
            else:
                at += 1

    def edits(self, text: str) -> list[Edit]:
        """Return what this dictionary changes in `text`."""
        found = ((at, key, self.pairs[key]) for at, key in self.matches(text))
        return [Edit(at, at + len(key), value) for at, key, value in found if key != value]

    def convert(self, text: str) -> str:
        """Return `text` with every match replaced."""
        out: list[str] = []
        done = 0
        for at, key in self.matches(text):
            out += (text[done:at], self.pairs[key])
            done = at + len(key)
        return "".join(out) + text[done:] if out else text


def flatten(group: Group, read: Callable[[str], Mapping[str, str]]) -> dict[str, str]:
    """Return one flat dictionary whose longest match is what the `group` of dictionaries would answer.

    An entry can never be reached where an earlier layer has a prefix of its key: that layer matches first, however
    short. Such entries are left out; then longest match alone gives the answer.
    """
    flat: dict[str, str] = {}
    for layer in group:
        united: dict[str, str] = {}
        for name in reversed(layer):
            united.update(read(name))
        if flat:
            longest = max(map(len, flat))
            united = {
                key: value
                for key, value in united.items()
                if not any(key[:end] in flat for end in range(1, min(len(key), longest) + 1))
            }
        flat.update(united)
    return flat


class Segment(NamedTuple):
    """A word, or a run of characters between two words."""

    start: int
    text: str
    is_word: bool


@dataclass(frozen=True)
class Chain:
    """One conversion as OpenCC defines it, exact and slow.

    `words` cuts the text into words and the runs between them; words go through `stages`, runs through `run_stages`
    (the same, without what can never match in a run). Values need not have the length of their keys.

    >>> from cnclean.opencc_data import dictionary
    >>> build_chain("s2twp", dictionary).convert("软件里的头发")
    '軟體裡的頭髮'
    """

    normal: Mapping[str, str]
    words: Dictionary
    stages: tuple[Dictionary, ...]
    run_stages: tuple[Dictionary, ...]

    def normalise(self, text: str) -> str:
        """Return `text` with compatibility ideographs replaced; its length stays."""
        if not COMPATIBILITY.search(text):
            return text
        return COMPATIBILITY.sub(lambda match: self.normal.get(match[0], match[0]), text)

    def segments(self, text: str) -> Iterator[Segment]:
        """Yield the words of `text` and the runs between them."""
        run = 0
        for at, word in self.words.matches(text):
            if run < at:
                yield Segment(run, text[run:at], False)
            yield Segment(at, word, True)
            run = at + len(word)
        if run < len(text):
            yield Segment(run, text[run:], False)

    def stages_for(self, segment: Segment) -> tuple[Dictionary, ...]:
        """Return the stages that a segment goes through."""
        return self.stages if segment.is_word else self.run_stages

    def convert(self, text: str) -> str:
        """Return `text` converted."""
        segments = self.segments(self.normalise(text))
        return "".join([convert_through(self.stages_for(segment), segment.text) for segment in segments])


def convert_through(stages: tuple[Dictionary, ...], segment: str) -> str:
    """Return the text of one segment after all `stages`."""
    for stage in stages:
        segment = stage.convert(segment)
    return segment


def build_chain(config: str, read: Callable[[str], Mapping[str, str]]) -> Chain:
    """Return the conversion `config`; `read` gives a dictionary by its name."""
    layer, groups = CONFIGS[config]
    stages = tuple(Dictionary(flatten(group, read)) for group in groups)
    first = stages[0].pairs
    phrases = {key: value for key, value in first.items() if len(key) > 1}
    words = flatten((layer,), read) if layer else phrases
    run_stages = stages
    if phrases.keys() <= words.keys():  # whatever the first stage could match as a phrase has been cut out as a word
        run_stages = (Dictionary({key: value for key, value in first.items() if len(key) == 1}), *stages[1:])
    return Chain(read(_NORMAL), Dictionary(words), stages, run_stages)
