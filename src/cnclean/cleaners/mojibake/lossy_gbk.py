"""GBK of which bytes are lost, so that what follows was read one byte off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.lattice import Reading

HOLE = -1
"""Stands for one lost byte that left a mark."""

_MARKED = 200  # cost of a character with a marked lost byte, in hundredths of a nat
_MOST = 200  # candidates for a character
_PUNCTUATION = "，。、；：？！“”‘’（）《》…—"


@cache
def _matching(traditional: bool) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """Return the characters with each first byte, and with each second byte, the likeliest first."""
    model = character_model()
    first: defaultdict[int, list[str]] = defaultdict(list)
    second: defaultdict[int, list[str]] = defaultdict(list)
    for char in sorted((*model.inventory(traditional), *_PUNCTUATION), key=lambda c: (model.weight(c), c)):
        data = char.encode("gb18030")
        if len(data) == 2:
            first[data[0]].append(char)
            second[data[1]].append(char)
    return {b: tuple(c[:_MOST]) for b, c in first.items()}, {b: tuple(c[:_MOST]) for b, c in second.items()}


def gbk_readings(tokens: Sequence[int], at: int, traditional: bool) -> Iterator[Reading]:
    """Yield the ways to read one character from the place `at`."""
    x = tokens[at]
    y = tokens[at + 1] if at + 1 < len(tokens) else 0
    first, second = _matching(traditional)
    if x == HOLE:
        if y >= 0x40:
            yield at + 2, second.get(y, ()), _MARKED, False
        yield at + 1, ("",), _MARKED, False
    elif x < 0x80:
        yield at + 1, (chr(x),), 0, False
    elif y == HOLE:
        yield at + 2, first.get(x, ()), _MARKED, False
    elif y >= 0x40 and (char := bytes((x, y)).decode("gb18030", "ignore")):
        yield at + 2, (char,), 0, False
    else:  # what follows cannot be a second byte: it is lost for certain
        yield at + 1, first.get(x, ()), _MARKED, False
        if y == 0x3F:
            yield at + 2, first.get(x, ()), _MARKED, False  # the question mark stands for the second byte
