"""How UTF-8 may be read of which bytes are lost: the characters that fit what is left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.lattice import Reading

HOLE = -1
"""Stands for one or two lost bytes, marked by U+FFFD or a question mark."""

END = 0, 0, 0
"""Stands behind the bytes, so that there are four from each place on."""

_MARKED = 200  # cost of a character with marked lost bytes, in hundredths of a nat
_UNMARKED = 500  # of one with bytes that are simply gone
_MORE = 150  # of each further lost byte
_UNEXPECTED = 500  # of one whose bytes need not have been lost
_SKIP = 1200  # of a byte that belongs to nothing
_MOST = 300  # candidates for a character
_PUNCTUATION = "，。、；：？！“”‘’（）《》【】「」『』—…"

_LEADS = range(0xE4, 0xEA)  # first bytes of Han

_Pattern = tuple[int | None, int | None, int | None]


class Losses(NamedTuple):
    """What is known of the lost text: its script, and which bytes can be lost (all, if none are named)."""

    traditional: bool = False
    bytes: frozenset[int] = frozenset()


@cache
def _matching(traditional: bool) -> dict[_Pattern, tuple[str, ...]]:
    """Return the characters that fit each pattern of known and lost bytes, the likeliest first."""
    model = character_model()
    found: defaultdict[_Pattern, list[str]] = defaultdict(list)
    for char in (*model.inventory(traditional), *_PUNCTUATION):
        a, b, c = char.encode("utf-8")
        for pattern in ((a, b, None), (a, None, c), (None, b, c), (a, None, None), (None, None, c)):
            found[pattern].append(char)
    return {p: tuple(sorted(chars, key=model.weight)[:_MOST]) for p, chars in found.items()}


@lru_cache(maxsize=4096)
def _like(first: int | None, second: int | None, third: int | None, lost: Losses) -> tuple[str, ...]:
    known = (first, second, third)
    chars = _matching(lost.traditional).get(known, ())
    if not lost.bytes:
        return chars
    lost_at = [i for i, byte in enumerate(known) if byte is None]
    return tuple([char for char in chars if lost.bytes.issuperset([char.encode()[i] for i in lost_at])])


def utf8_readings(tokens: Sequence[int], at: int, lost: Losses) -> list[Reading]:
    """Return the ways to read one character from the place `at`; `lost` says what can be, `END` ends the tokens."""
    x, y, z, after = tokens[at : at + 4]
    if 0 <= x < 0x80:
        return [(at + 1, (chr(x),), 0, False)]
    if 0xE2 <= x <= 0xEF:
        return _after_lead(at, x, y, z, after, lost)
    if x == HOLE:
        return _after_hole(at, y, z, lost)
    return _stray(at, x, y, lost)


def _after_hole(at: int, y: int, z: int, lost: Losses) -> list[Reading]:
    found: list[Reading] = [(at + 1, ("",), _MARKED + _MORE, False)]
    if _continues(y) and _continues(z):
        found.append((at + 3, _like(None, y, z, lost), _MARKED, False))
    if _continues(y):
        found.append((at + 2, _like(None, None, y, lost), _MARKED + _MORE, False))
    return found


def _after_lead(at: int, x: int, y: int, z: int, after: int, lost: Losses) -> list[Reading]:
    found: list[Reading] = []
    if _continues(y) and _continues(z) and (char := bytes((x, y, z)).decode("utf-8", "ignore")):
        found.append((at + 3, (char,), 0, False))
        if lost.bytes:  # no first byte can be lost, so the third one is of this character
            return found
    if _continues(y):
        if z == HOLE:
            found += _guesses(at + 3, (x, y, None), after, _MARKED, lost)
            found += _guesses(at + 2, (x, y, None), HOLE, _MARKED, lost)  # the hole took the next lead byte too
        else:
            found += _guesses(at + 2, (x, y, None), z, _UNMARKED, lost)
            found += _guesses(at + 2, (x, None, y), z, _UNMARKED, lost)
    elif y == HOLE:
        if _continues(z):
            found += _guesses(at + 3, (x, None, z), after, _MARKED, lost)
        found += _guesses(at + 2, (x, None, None), z, _MARKED + _MORE, lost)
    else:
        found += _guesses(at + 1, (x, None, None), y, _UNMARKED + _MORE, lost)
    return found


def _guesses(end: int, known: _Pattern, after: int, cost: int, lost: Losses) -> Iterator[Reading]:
    """Yield the readings of a character with lost bytes: those first that GBK, where it was read, would lose."""
    if not lost.bytes:
        if expected := _expected(known, after, lost):
            yield end, expected, cost, False
        cost += _UNEXPECTED
    yield end, _like(*known, lost), cost, False


@lru_cache(maxsize=4096)
def _expected(known: _Pattern, after: int, lost: Losses) -> tuple[str, ...]:
    """Return the characters whose lost bytes make no pair of GBK with what follows; `after` is the next byte."""

    def goes(char: str) -> bool:
        _, second, third = char.encode()
        if known[1] is None:
            return _no_pair(second, third)
        return any(_no_pair(third, byte) for byte in ((after,) if after >= 0x40 else _LEADS if after == HOLE else ()))

    return tuple(char for char in _like(*known, lost) if after in range(0x40) or goes(char))


@lru_cache(maxsize=8192)
def _no_pair(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False


def _stray(at: int, x: int, y: int, lost: Losses) -> list[Reading]:
    found: list[Reading] = []
    if 0xC2 <= x < 0xE0 and _continues(y):
        found.append((at + 2, (bytes((x, y)).decode("utf-8"),), 0, False))
    if _continues(x) and not lost.bytes:  # if these are named, the first byte is none of them
        if _continues(y):
            found.append((at + 2, _like(None, x, y, lost), _UNMARKED, False))
        found.append((at + 1, _like(None, None, x, lost), _UNMARKED + _MORE, False))
    found.append((at + 1, ("",), _SKIP, False))
    return found


def _continues(byte: int) -> bool:
    return 0x80 <= byte < 0xC0
