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

_LEFT = r"(\N{FULLWIDTH LEFT PARENTHESIS}"
_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
# 會(huì) and 會(ㄏㄨㄟˋ): what stands in the brackets of an annotation.
_READING = (
    r"[a-z\u00e0-\u01dc\u1e3f]*[\u00e0-\u01dc\u1e3f][a-z\u00e0-\u01dc]*|[\u3105-\u3129\u02c7\u02ca\u02cb\u02d9]{1,5}"
)
# Such brackets right after a Han character, and zero-width characters. It begins with one class, for `re` searches that
# much faster, and then looks back at what it was.
_CUT = re.compile(
    rf"[{_LEFT}{_INVISIBLE}]"
    rf"(?:(?<=[\u3400-\u4dbf\u4e00-\u9fff][{_LEFT}])(?:{_READING})[)\N{{FULLWIDTH RIGHT PARENTHESIS}}]"
    rf"|(?<=[{_INVISIBLE}])[{_INVISIBLE}]*)"
)
_FREQUENT = "，：（）！？；"
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
    for char in _FREQUENT:  # half of what is to be folded: quickly done
        if char in line:
            line = line.replace(char, folded[char])
    return _foldable().sub(lambda match: folded.get(char := match[0], char), line)


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


def view_text(text: str) -> str:
    r"""Return the text of the view of a line, for those who need no way back; of many lines at once, line by line.

    >>> view_text("來(lái)源：互聯網\n版權")
    '来源:互联网\n版权'
    """
    folded = fold(text)
    return "".join([folded[start:end] for start, end in _kept(text)])


def _view(line: str) -> View:
    kept = _kept(line)
    if len(kept) == 1:
        return View(fold(line), range(len(line) + 1))
    offsets = [i for start, end in kept for i in range(start, end)]
    return View(view_text(line), (*offsets, len(line)))


def _kept(text: str) -> list[tuple[int, int]]:
    """Return the spans that a view keeps: all between annotations and zero-width characters."""
    cuts = [match.span() for match in _CUT.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return list(zip(starts, ends, strict=True))


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
