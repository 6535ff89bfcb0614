"""The converters: chain, engine and guard of each configuration, built when first needed and shared by all cleaners."""

from __future__ import annotations

from functools import cache, lru_cache

from cnclean.cleaners.script.chain import Chain, build_chain
from cnclean.cleaners.script.compiled import compile_chain
from cnclean.cleaners.script.engine import Engine
from cnclean.cleaners.script.guard import Guard, character_class, spent_characters
from cnclean.opencc_data import dictionary

UserWords = tuple[tuple[str, str | None], ...]


@lru_cache(maxsize=64)
def engine(config: str, segment: str, words: UserWords = ()) -> Engine:
    """Return the engine of a configuration, with the user's words in its dictionaries."""
    chain = _chain(config, words)
    return Engine(chain, compile_chain(chain, {}))


@lru_cache(maxsize=64)
def guard(config: str, words: UserWords = ()) -> Guard:
    """Return the guard of a configuration."""
    evidence = spent_characters(_chain(config, words))
    if config.startswith("s2"):
        return Guard(character_class(evidence & simplified_only()), character_class(traditional_only() - evidence))
    if config.endswith(("2s", "2sp")):
        return Guard(character_class(evidence & traditional_only()), character_class(simplified_only() - evidence))
    return Guard(character_class(evidence), character_class(()))


def _chain(config: str, words: UserWords) -> Chain:
    return build_chain(config, dictionary)


@cache
def simplified_only() -> frozenset[str]:
    """Return the characters that only Simplified text has: s2t always replaces them.

    Left out are the standard forms of Taiwan and Hong Kong, and what Big5 counts among the frequent characters
    (level 1): 晒, 雇 and 并 are everyday Traditional too.
    """
    found = spent_characters(_chain("s2t", ())) - _regional_forms()
    return frozenset(char for char in found if not _in_big5_level_1(char))


@cache
def traditional_only() -> frozenset[str]:
    """Return the characters that only Traditional text has: t2s always replaces them, and they are in common use.

    Rare ones, such as the 罃 of a name, stand in Simplified editions of the classics as well; and what GB 2312 has is
    Simplified too.
    """
    found = spent_characters(_chain("t2s", ()))
    common = (char for char in found if char in _regional_forms() or _in_big5_level_1(char))
    return frozenset(char for char in common if not _encodes(char, "gb2312"))


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
