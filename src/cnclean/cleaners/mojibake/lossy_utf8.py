"""UTF-8 of which bytes are lost: what may have stood where a character was replaced or dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.lattice import Reading

HOLE = -1
"""Stands for one or two lost bytes, marked by U+FFFD or a question mark."""

_MARKED = 300  # cost of a character with marked lost bytes, in hundredths of a nat
_UNMARKED = 900  # of one with bytes that are simply gone
_MORE = 150  # of each further lost byte
_SKIP = 1400  # of a byte that belongs to nothing
_MOST = 64  # candidates for a character
_PUNCTUATION = "，。、；：？！“”‘’（）《》【】「」『』—…"

_Pattern = tuple[int | None, int | None, int | None]


@cache
def _matching() -> dict[_Pattern, tuple[str, ...]]:
    """Return the characters that fit each pattern of known and lost bytes, the likeliest first."""
    model = character_model()
    found: defaultdict[_Pattern, list[str]] = defaultdict(list)
    for char in (*model.inventory(), *_PUNCTUATION):
        a, b, c = char.encode("utf-8")
        for pattern in ((a, b, None), (a, None, c), (None, b, c), (a, None, None), (None, b, None), (None, None, c)):
            found[pattern].append(char)
    return {p: tuple(sorted(chars, key=lambda c: model[c].weight)[:_MOST]) for p, chars in found.items()}


def _like(first: int | None, second: int | None, third: int | None, lost: frozenset[int]) -> tuple[str, ...]:
    chars = _matching().get((first, second, third), ())
    if not lost:
        return chars
    known = (first, second, third)
    return tuple(c for c in chars if all(k is not None or byte in lost for k, byte in zip(known, c.encode(), strict=True)))


def utf8_readings(tokens: Sequence[int], at: int, lost: frozenset[int] = frozenset()) -> Iterator[Reading]:
    """Yield the ways to read one character from the place `at`; `lost` limits which bytes can be lost."""
    x, y, z = (tokens[i] if i < len(tokens) else 0 for i in range(at, at + 3))
    if 0 <= x < 0x80:
        yield Reading(at + 1, (chr(x),), 0)
    elif 0xE2 <= x <= 0xEF:
        yield from _after_lead(at, x, y, z, lost)
    elif x == HOLE:
        yield Reading(at + 1, ("",), _MARKED + _MORE)
        if _continues(y) and _continues(z):
            yield Reading(at + 3, _like(None, y, z, lost), _MARKED)
        if _continues(y):
            yield Reading(at + 2, _like(None, None, y, lost), _MARKED + _MORE)
    else:
        yield from _stray(at, x, y, lost)


def _after_lead(at: int, x: int, y: int, z: int, lost: frozenset[int]) -> Iterator[Reading]:
    if _continues(y) and _continues(z):
        char = bytes((x, y, z)).decode("utf-8", "ignore")
        if char:
            yield Reading(at + 3, (char,), 0)
    if _continues(y):
        if z == HOLE:
            yield Reading(at + 3, _like(x, y, None, lost), _MARKED)
            yield Reading(at + 2, _like(x, y, None, lost), _MARKED)  # the hole took the next lead byte too
        else:
            yield Reading(at + 2, _like(x, y, None, lost), _UNMARKED)
            yield Reading(at + 2, _like(x, None, y, lost), _UNMARKED)
    elif y == HOLE:
        if _continues(z):
            yield Reading(at + 3, _like(x, None, z, lost), _MARKED)
        yield Reading(at + 2, _like(x, None, None, lost), _MARKED + _MORE)
    else:
        yield Reading(at + 1, _like(x, None, None, lost), _UNMARKED + _MORE)


def _stray(at: int, x: int, y: int, lost: frozenset[int]) -> Iterator[Reading]:
    if x in (0xC2, 0xC3) and _continues(y):
        yield Reading(at + 2, (bytes((x, y)).decode("utf-8"),), 0)
    if _continues(x):
        if _continues(y):
            yield Reading(at + 2, _like(None, x, y, lost), _UNMARKED)
        yield Reading(at + 1, _like(None, None, x, lost), _UNMARKED + _MORE)
    yield Reading(at + 1, ("",), _SKIP)


def _continues(byte: int) -> bool:
    return 0x80 <= byte < 0xC0
