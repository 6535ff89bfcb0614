"""The converters: engine and guard of each configuration, built when first needed and shared by all cleaners."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from cnclean.cleaners.script.anchors import Anchors
from cnclean.cleaners.script.chain import Chain, UserWords, build_chain
from cnclean.cleaners.script.compiled import Compiled, compile_chain
from cnclean.cleaners.script.engine import Engine
from cnclean.cleaners.script.guard import Guard, spent_characters
from cnclean.cleaners.script.segmentation import TOTAL, weigh_words, word_levels
from cnclean.errors import OptionError
from cnclean.opencc_data import dictionary, kept_state
from cnclean.tables import pair_table

# Words that a region writes otherwise than OpenCC chooses: with segment="weighted" only.
_USAGE = {
    **dict.fromkeys(("s2tw", "s2twp"), "script-taiwan.txt"),
    **dict.fromkeys(("t2s", "hk2s", "hk2sp"), "script-simplified.txt"),
}
_EVERYDAY_VARIANTS = frozenset("晒雇肴扑挂洒")


def engine(config: str, segment: str, words: UserWords = ()) -> Engine:
    """Return the engine of a configuration, with the user's words in its dictionaries."""
    return _engine(config, segment == "weighted", words)


@lru_cache(maxsize=64)
def _engine(config: str, weighted: bool, words: UserWords) -> Engine:
    weighs = weighted and config.startswith("s2")  # to Simplified there is next to nothing to weigh

    def build() -> tuple[Any, ...]:
        chain = _chain(config, weighted, words)
        compiled = compile_chain(weigh_words(chain) if weighs else chain)
        return (*compiled[:-1], tuple(compiled.anchors))

    state = build() if words else kept_state(f"{config}-{'weighted' if weighted else 'opencc'}", build)
    compiled = Compiled._make((*state[:-1], Anchors._make(state[-1])))
    if not weighs:
        return Engine(compiled)
    certain = {word: TOTAL for word, becomes in words if becomes is not None}
    return Engine(compiled, {**word_levels(), **certain} if certain else word_levels())


@lru_cache(maxsize=64)
def guard(config: str, words: UserWords = ()) -> Guard:
    """Return the guard of a configuration."""

    def build() -> tuple[str, str]:
        evidence = spent_characters(_chain(config, True, words))
        if config.startswith("s2"):
            source, target = evidence & simplified_only(), traditional_only() - evidence
        elif config.endswith(("2s", "2sp")):
            source, target = evidence & traditional_only(), simplified_only() - evidence
        else:
            source, target = evidence, frozenset()
        return "".join(sorted(source)), "".join(sorted(target))

    source, target = build() if words else kept_state(f"{config}-guard", build)
    return Guard(source, target)


def check_words(config: str, words: UserWords) -> None:
    """Raise `OptionError` that names the user's words whose results would be converted again."""
    source = guard(config).source
    wrong = [f"{word} -> {becomes}" for word, becomes in words if becomes and source.search(becomes)]
    if wrong:
        raise OptionError(
            f"dictionary: the results of {', '.join(wrong)} hold characters that {config} takes as evidence of the "
            "source script, so a second run would convert them again; to keep a word as it is, use protect_words"
        )


def _chain(config: str, weighted: bool, words: UserWords = ()) -> Chain:
    usage = pair_table(_USAGE[config]).items() if weighted and config in _USAGE else ()
    return build_chain(config, dictionary, (*usage, *words))


@cache
def simplified_only() -> frozenset[str]:
    """Return the characters that only Simplified text has: s2t always replaces them.

    Left out are the standard forms of Taiwan and Hong Kong, and some variants that are everyday Traditional too.
    """

    def build() -> str:
        found = spent_characters(_chain("s2t", False)) - _regional_forms()
        return "".join(sorted(found - _EVERYDAY_VARIANTS))

    return frozenset(kept_state("simplified", build))


@cache
def traditional_only() -> frozenset[str]:
    """Return the characters that only Traditional text has: t2s always replaces them, and they are in common use.

    Rare ones, such as the 罃 of a name, stand in Simplified editions of the classics as well; and what GB 2312 has is
    Simplified too.
    """

    def build() -> str:
        found = spent_characters(_chain("t2s", False))
        common = (char for char in found if char in _regional_forms() or _in_big5_level_1(char))
        return "".join(sorted(char for char in common if not _encodes(char, "gb2312")))

    return frozenset(kept_state("traditional", build))


def _regional_forms() -> set[str]:
    forms = set[str]()
    for name in ("TWVariants", "HKVariants"):
        pairs = dictionary(name)
        forms.update(*pairs, *pairs.values())
    return forms


def _in_big5_level_1(char: str) -> bool:
    return b"\xa4\x40" <= _encodes(char, "big5") <= b"\xc6\x7e"


def _encodes(char: str, charset: str) -> bytes:
    try:
        return char.encode(charset)
    except UnicodeEncodeError:
        return b""
