"""Whether it is worth while to undo a confusion, as the characters tell before any byte of them is converted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import CHARACTERWISE, CONFUSIONS, Confusion, from_bytes, to_bytes

Span = tuple[int, int]

_IMPOSSIBLE, _UNKNOWN = -(1 << 40), 1 << 50
_ACCENTS_OF_BIG5 = "\u0304\u030c"  # big5hkscs has one code for some letters together with these


class _Gains(dict[str, int]):
    """Character to how much less its original weighs: one character comes of each, so it is the same in all texts."""

    def __init__(self, confusion: Confusion) -> None:
        super().__init__()
        self._confusion = confusion

    def __missing__(self, char: str) -> int:
        weight = character_model().weight
        data = to_bytes(char, self._confusion.wrong)
        original = None if data is None else from_bytes(data, self._confusion.true)
        gain = _IMPOSSIBLE if original is None else weight(char) - weight(original)
        self[char] = gain = _UNKNOWN if char in _ACCENTS_OF_BIG5 else gain
        return gain


class _Possible(dict[str, frozenset[str]]):
    """Character to the names of the confusions whose damage can begin with it."""

    def __missing__(self, char: str) -> frozenset[str]:
        self[char] = names = frozenset(confusion.name for confusion in CONFUSIONS if _can_begin(char, confusion))
        return names


def _can_begin(char: str, confusion: Confusion) -> bool:
    data = to_bytes(char, confusion.wrong)
    if confusion in CHARACTERWISE:
        return True
    if data is None or confusion.true != "utf-8":
        return data is not None
    return data[0] < 0x80 or (0xC2 <= data[0] <= 0xF4 and (len(data) == 1 or 0x80 <= data[1] < 0xC0))


_GAINS = {confusion.name: _Gains(confusion).__getitem__ for confusion in CHARACTERWISE}
_POSSIBLE = _Possible()


def promising(line: str, spans: Iterable[Span], confusions: Sequence[Confusion]) -> list[tuple[int, int, Confusion]]:
    """Return the spans of which `judge` may take the original under a confusion, each with that confusion.

    >>> from cnclean.cleaners.mojibake.codecs import UTF8_AS_GBK
    >>> [span[:2] for span in promising("今天浠婂ぉ", [(0, 5), (0, 2), (2, 5)], [UTF8_AS_GBK])]
    [(2, 5)]
    """
    found: list[tuple[int, int, int]] = []
    for start, end in spans:
        if end - start < 2:  # one character alone proves nothing
            continue
        possible = _POSSIBLE[line[start]]
        for i, confusion in enumerate(confusions):
            name = confusion.name
            if name in possible and (name not in _GAINS or sum(map(_GAINS[name], line[start:end])) > 0):
                found.append((start, end, i))
    found.sort()
    return [(start, end, confusions[i]) for start, end, i in found]
