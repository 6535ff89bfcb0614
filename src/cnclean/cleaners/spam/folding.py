"""The quick fold: Traditional to Simplified, full width and capital letters; less than a view does, and cheaper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from cnclean.opencc_data import simplified_characters
from cnclean.view import folded_characters

_TO_FULL_WIDTH = 0xFEE0


@cache
def folded() -> Mapping[str, str]:
    """Return what becomes of each character that is folded."""
    table = {chr(code): char for code, char in simplified_characters().items()}
    for code in range(0x21, 0x7F):
        table[chr(code)] = table[chr(code + _TO_FULL_WIDTH)] = chr(code).lower()
    return {char: other for char, other in table.items() if char != other}


@cache
def foldable() -> re.Pattern[str]:
    """Return a pattern of the characters that are folded, and of all beyond the BMP: `re` is slow with single ones."""
    in_bmp = "".join(sorted(char for char in folded() if char < "\U00010000"))
    return re.compile(f"[{re.escape(in_bmp)}\U00010000-\U0003ffff]")


def fold(text: str) -> str:
    """Return a text with every character folded.

    >>> fold("ＡＢ股票配資")
    'ab股票配资'
    """
    others = folded()
    return foldable().sub(lambda match: others.get(match[0], match[0]), text)


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for char, other in folded().items():
        found.setdefault(other, []).append(char)
    return {char: tuple(others) for char, others in found.items()}


def written(word: str) -> list[str]:
    """Return how a folded word may be written: Traditional, in capital letters, full width.

    >>> written("出u")
    ['出u', '出U', '出Ｕ', '出ｕ', '齣u', '齣U', '齣Ｕ', '齣ｕ']
    """
    ways = [""]
    for char in word:
        ways = [way + other for way in ways for other in (char, *_variants().get(char, ()))]
    return ways


@cache
def read_otherwise() -> re.Pattern[str]:
    """Return a pattern of what a view reads otherwise than the quick fold, or leaves out; spaces do not count."""
    others = {char for char, other in folded_characters().items() if other not in (" ", folded().get(char))}
    in_bmp = "".join(sorted(char for char in others if char < "\U00010000"))  # beyond it only ranges are searched fast
    left_out = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    annotation = r"(?=[a-z\u00e0-\u01dc\u1e3f\u3105-\u3129\u02c7\u02ca\u02cb\u02d9])"
    return re.compile(rf"[(\uff08{re.escape(in_bmp)}{left_out}\U00010000-\U0003ffff](?:(?<![(\uff08])|{annotation})")
