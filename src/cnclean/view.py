"""The matching view of a line: folded so that cues and terms are found however they are written.

A view is only for looking. It folds width and case, Traditional to Simplified character by character, look-alike
letters and odd spaces, and leaves out zero-width characters and inline annotations; an offset map leads every place
back to the line. The view itself is never written into a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cnclean.opencc_data import simplified_characters
from cnclean.tables import pair_table

# 會(huì) and 會(ㄏㄨㄟˋ): an annotation in brackets right after a Han character.
_ANNOTATION = re.compile(
    r"(?<=[\u3400-\u4dbf\u4e00-\u9fff])[(\N{FULLWIDTH LEFT PARENTHESIS}]"
    r"(?:[a-z\u00e0-\u01dc\u1e3f]*[\u00e0-\u01dc\u1e3f][a-z\u00e0-\u01dc]*|[\u3105-\u3129\u02c7\u02ca\u02cb\u02d9]{1,5})"
    r"[)\N{FULLWIDTH RIGHT PARENTHESIS}]"
)
_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
_CUT = re.compile(f"{_ANNOTATION.pattern}|[{_INVISIBLE}]+")
_CUT_BEGINS = re.compile(rf"[(\N{{FULLWIDTH LEFT PARENTHESIS}}{_INVISIBLE}]")  # one class: `re` searches it much faster
_NOT_WORD = re.compile(r"[\W_]+")
# Several cleaners look at the same line; only short lines are remembered, or a few long ones would fill the memory.
_SHORT = 400


@dataclass(frozen=True, slots=True)
class View:
    """A folded line and the way back: `offsets[i]` is the place in the line of the i-th character of `text`.

    `offsets` has one more entry, the end of the line.
    """

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the line that the view's [start, end) stands for; cut-out characters inside go along."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


@cache
def _fold_table() -> dict[int, str]:
    table: dict[int, str] = dict(simplified_characters())
    for code in range(0xFF01, 0xFF5F):
        table[code] = chr(code - 0xFEE0).lower()
    for code in (0x00A0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x09):
        table[code] = " "
    for look, letter in pair_table("look-alikes.txt").items():
        table[ord(look)] = letter
    for code in range(ord("A"), ord("Z") + 1):
        table[code] = chr(code).lower()
    return table


@cache
def raw_characters() -> dict[str, str]:
    """Return what a view folds to each character, for guards that read raw lines.

    >>> raw_characters()["后"]
    '後'
    """
    raw: dict[str, str] = {}
    for code, folded in _fold_table().items():
        if chr(code) != folded:
            raw[folded] = raw.get(folded, "") + chr(code)
    return raw


def view(line: str) -> View:
    """Return the view of a line: folded, without annotations and zero-width characters; spaces stay.

    >>> view("來(lái)源:互聯網　ＡＢ").text
    '来源:互联网 ab'
    """
    return _short_view(line) if len(line) <= _SHORT else _view(line)


def _view(line: str) -> View:
    folded = line.translate(_fold_table())
    if not _CUT_BEGINS.search(line):
        return View(folded, range(len(line) + 1))
    kept: list[int] = []
    at = 0
    for match in _CUT.finditer(line):
        kept.extend(range(at, match.start()))
        at = match.end()
    if not at:
        return View(folded, range(len(line) + 1))
    kept.extend(range(at, len(line)))
    return View("".join([folded[i] for i in kept]), (*kept, len(line)))


_short_view = lru_cache(maxsize=4096)(_view)


def compact(line: str) -> View:
    """Return the view with nothing but letters, digits and Han: for words written with separators inside.

    >>> compact("本.章.未.完").text
    '本章未完'
    """
    return _short_compact(line) if len(line) <= _SHORT else _compact(line)


def _compact(line: str) -> View:
    seen = view(line)
    if not _NOT_WORD.search(seen.text):
        return seen
    keep = [i for i, char in enumerate(seen.text) if char.isalnum()]
    offsets = seen.offsets
    return View("".join([seen.text[i] for i in keep]), (*[offsets[i] for i in keep], offsets[-1]))


_short_compact = lru_cache(maxsize=4096)(_compact)
