"""The matching view of a line: folded so that cues and terms are found however they are written.

A view is only for looking. It folds width and case, Traditional to Simplified character by character, look-alike
letters and odd spaces, and leaves out zero-width characters and inline annotations; an offset map leads every place
back to the line. The view itself is never written into a text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

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


class View(NamedTuple):
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
def folded_characters() -> dict[str, str]:
    """Return what a view makes of each character that it folds.

    >>> folded_characters()["後"]
    '后'
    """
    table = {chr(code): folded for code, folded in simplified_characters().items()}
    for code in range(0xFF01, 0xFF5F):
        table[chr(code)] = chr(code - 0xFEE0).lower()
    for code in (0x00A0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x09):
        table[chr(code)] = " "
    table |= pair_table("look-alikes.txt")
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        table[letter] = letter.lower()
    return {char: folded for char, folded in table.items() if char != folded}


@cache
def _foldable() -> re.Pattern[str]:
    """Return a pattern that finds what a view folds: a range beyond the BMP, where `re` is slow with single ones."""
    chars = "".join(char for char in folded_characters() if char < "\U00010000")
    return re.compile(f"[{re.escape(chars)}\U00010000-\U0003ffff]")


def fold(line: str) -> str:
    """Return a line with every character folded, and as long as before.

    >>> fold("來源：ＡＢ")
    '来源:ab'
    """
    folded = folded_characters()
    return _foldable().sub(lambda match: folded.get(match[0], match[0]), line)


@cache
def raw_characters() -> dict[str, str]:
    """Return what a view folds to each character, for guards that read raw lines.

    >>> raw_characters()["后"]
    '後'
    """
    raw: dict[str, str] = {}
    for char, folded in folded_characters().items():
        raw[folded] = raw.get(folded, "") + char
    return raw


def view(line: str) -> View:
    """Return the view of a line: folded, without annotations and zero-width characters; spaces stay.

    >>> view("來(lái)源:互聯網　ＡＢ").text
    '来源:互联网 ab'
    """
    return _short_view(line) if len(line) <= _SHORT else _view(line)


def view_text(line: str) -> str:
    """Return the text of the view of a line, for those who need no way back.

    >>> view_text("來(lái)源：互聯網")
    '来源:互联网'
    """
    return _read(line)[0]


def _view(line: str) -> View:
    text, kept = _read(line)
    return View(text, range(len(line) + 1) if kept is None else (*kept, len(line)))


def _read(line: str) -> tuple[str, list[int] | None]:
    """Return the text of the view of a line, and the places of what is kept; None where nothing is left out."""
    folded = fold(line)
    kept: list[int] = []
    at = 0
    for match in _CUT.finditer(line) if _CUT_BEGINS.search(line) else ():
        kept.extend(range(at, match.start()))
        at = match.end()
    if not at:
        return folded, None
    kept.extend(range(at, len(line)))
    return "".join([folded[i] for i in kept]), kept


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
