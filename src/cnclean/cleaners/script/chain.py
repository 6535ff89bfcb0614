"""What OpenCC does, said plainly: the dictionaries of every configuration and the exact, slow way through them.

A conversion has three steps. Compatibility ideographs are replaced by the character meant. The text is cut into words
by longest match from left to right (`words`; not in every configuration). Then each word, and each run of characters
between words, goes through one or two dictionaries (`stages`), again by longest match from left to right.

`Chain` follows this definition to the letter and is the yardstick for `engine`, which gives the same answer faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cnclean.cleaners.script.matching import Dictionary, Segment, convert_through

_NORMAL = "CJK_Compatibility_Ideographs"
# What few texts hold and what needs care: kana, ideographic description characters, compatibility ideographs, and all
# outside the BMP. Said by what it is not: sre finds that three times faster.
UNUSUAL = re.compile("[^\u3100-\uf8ff\x00-\u2fef\u3000-\u3040\ufb00-\uffff]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")

Layer = tuple[str, ...]
"""Dictionaries asked together: the longest match of all of them wins."""
Group = tuple[Layer, ...]
"""Layers asked one after the other: the first that matches at all wins, with its longest match."""


UserWords = tuple[tuple[str, str | None], ...]
"""Words of the user and what they become; None deletes a word from the dictionaries."""


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

ConfigName = Literal[
    "s2t",
    "s2tw",
    "s2twp",
    "s2hk",
    "s2hkp",
    "t2s",
    "tw2s",
    "tw2sp",
    "hk2s",
    "hk2sp",
    "t2tw",
    "tw2t",
    "t2hk",
    "hk2t",
    "t2jp",
    "jp2t",
]
"""The keys of `CONFIGS`."""

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


@dataclass(frozen=True)
class Chain:
    """One conversion as OpenCC defines it, exact and slow.

    `words` cuts the text into words and the runs between them; words go through `stages`, runs through `run_stages`
    (the same, without what can never match in a run). `fixed` are words of the user, which become what is written
    there. Values need not have the length of their keys.

    >>> from cnclean.opencc_data import dictionary
    >>> build_chain("s2twp", dictionary).convert("软件里的头发")
    '軟體裡的頭髮'
    """

    normal: Mapping[str, str]
    words: Dictionary
    stages: tuple[Dictionary, ...]
    run_stages: tuple[Dictionary, ...]
    fixed: Mapping[str, str]

    def convert(self, text: str) -> str:
        """Return `text` converted."""
        return "".join(map(self._convert_segment, self.words.segments(normalise(self.normal, text))))

    def _convert_segment(self, segment: Segment) -> str:
        if segment.text in self.fixed and segment.is_word:
            return self.fixed[segment.text]
        return convert_through(self.stages if segment.is_word else self.run_stages, segment.text)


def normalise(normal: Mapping[str, str], text: str) -> str:
    """Return `text` with compatibility ideographs replaced; its length stays."""
    if not _COMPATIBILITY.search(text):
        return text
    return _COMPATIBILITY.sub(lambda match: normal.get(match[0], match[0]), text)


def build_chain(config: str, read: Callable[[str], Mapping[str, str]], user_words: UserWords = ()) -> Chain:
    """Return the conversion `config`; `read` gives a dictionary by its name.

    `user_words` are added to the dictionaries, or taken out of them where their value is None.
    """
    layer, groups = CONFIGS[config]
    deleted = {key for key, value in user_words if value is None}
    fixed = {key: value for key, value in user_words if value is not None}
    stages = tuple(Dictionary(_leave_out(flatten(group, read), deleted)) for group in groups)
    first = stages[0].pairs
    phrases = {key: value for key, value in first.items() if len(key) > 1}
    words = _leave_out(flatten((layer,), read), deleted) if layer else phrases
    run_stages = stages
    if phrases.keys() <= words.keys():  # whatever the first stage could match as a phrase has been cut out as a word
        run_stages = (Dictionary({key: value for key, value in first.items() if len(key) == 1}), *stages[1:])
    return Chain(read(_NORMAL), Dictionary({**words, **fixed}), stages, run_stages, fixed)


def _leave_out(pairs: dict[str, str], keys: set[str]) -> dict[str, str]:
    return {key: value for key, value in pairs.items() if key not in keys} if keys else pairs
