"""What the wrong charsets did, undone exactly: byte maps of the encodings and the pairs that occur."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

# cp1252 as browsers read it: the five holes and all of C1 keep their latin-1 values, so every byte has a character.
HIGH_CP1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ\u2018\u2019\u201c\u201d•–—˜™š›œžŸ"
BYTE_OF_CP1252 = {chr(byte): bytes((byte,)) for byte in range(256)}
BYTE_OF_CP1252 |= {char: char.encode("cp1252") for char in HIGH_CP1252}
"""Each character that a browser reads in cp1252, and its byte."""


class Confusion(NamedTuple):
    """Text of the charset `true` that was read as `wrong`, and the handicap that its repair has to overcome."""

    name: str
    wrong: str
    true: str
    handicap: int
    """In hundredths of a nat: rarer confusions must show more."""
    per_char: int = 0
    """More handicap for every character: scripts whose sound text resembles the damage."""


CONFUSIONS = (
    Confusion("utf8-as-cp1252", "cp1252", "utf-8", 0),
    Confusion("utf8-as-gbk", "gb18030", "utf-8", 0),
    Confusion("gbk-as-cp1252", "cp1252", "gb18030", 100),
    Confusion("big5-as-cp1252", "cp1252", "big5hkscs", 100),
    Confusion("gbk-as-big5", "big5hkscs", "gb18030", 150),
    Confusion("big5-as-gbk", "gb18030", "big5hkscs", 200),
    Confusion("gbk-as-euc-kr", "cp949", "gb18030", 0, 50),
    Confusion("gbk-as-shift-jis", "cp932", "gb18030", 400, 150),
    Confusion("big5-as-shift-jis", "cp932", "big5hkscs", 600, 150),
    Confusion("utf8-as-big5", "cp950", "utf-8", 200),
    Confusion("utf8-as-shift-jis", "cp932", "utf-8", 200),
    Confusion("utf8-as-euc-kr", "cp949", "utf-8", 200),
)
UTF8_AS_CP1252, UTF8_AS_GBK = CONFUSIONS[:2]
CHARACTERWISE = tuple(c for c in CONFUSIONS if c.name in ("gbk-as-big5", "big5-as-gbk", "gbk-as-euc-kr"))
"""Confusions that turn two bytes into one character on both sides: each character has one original."""


BREAKS = re.compile(r"[\x00-\x08\n\x0b-\x1f\x7f\u2028\u2029\ufffd]")
"""What no original holds: the separators that the stages before have settled, controls, and lost characters."""


class Candidate(NamedTuple):
    """A span of the line and what stood there if the confusions (the last one first) are undone."""

    start: int
    end: int
    new: str
    confusions: tuple[Confusion, ...]
    guesses: int = 0
    """What the reading of lost bytes costs, in hundredths of a nat."""
    evidence: int = 0
    """What speaks for it beside the characters themselves, in hundredths of a nat."""


def to_bytes(text: str, charset: str) -> bytes | None:
    """Return the bytes that `charset` reads as `text`, or None where there are none."""
    try:
        return text.encode("latin-1" if charset == "cp1252" else charset)
    except UnicodeEncodeError:
        return _cp1252_bytes(text) if charset == "cp1252" else None


def _cp1252_bytes(text: str) -> bytes | None:
    """Return the bytes of a text that latin-1 does not have."""
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:  # what neither has alone, both together may have
        known = all(map(BYTE_OF_CP1252.__contains__, text))
        return b"".join(map(BYTE_OF_CP1252.__getitem__, text)) if known else None


def from_bytes(data: bytes, charset: str) -> str | None:
    """Return what `charset` reads, or None where it cannot."""
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def undo(text: str, confusion: Confusion) -> str | None:
    """Return what `text` was before the confusion, or None where it cannot have come from it.

    >>> undo("浣犲ソ", CONFUSIONS[1])
    '你好'
    """
    data = to_bytes(text, confusion.wrong)
    original = None if data is None else from_bytes(data, confusion.true)
    return None if original == text else original


class _Originals(dict[str, str]):
    """Character to its original under one confusion; the empty string where there is none."""

    def __init__(self, confusion: Confusion) -> None:
        super().__init__()
        self._confusion = confusion

    def __missing__(self, char: str) -> str:
        original = undo(char, self._confusion) or ""
        if len(original) != 1 or len(to_bytes(char, self._confusion.wrong) or b"") != 2:
            original = ""
        self[char] = original
        return original


@cache
def original_character(name: str) -> Callable[[str], str]:
    """Return the map of single characters to their originals under the characterwise confusion `name`."""
    return _Originals(next(c for c in CHARACTERWISE if c.name == name)).__getitem__
