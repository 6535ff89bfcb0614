"""Width: full-width letters and digits, half-width katakana. Punctuation keeps its width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from cnclean.cleaner import Scope
from cnclean.edit import Edit, apply_edits

_FULL_TO_ASCII = 0xFEE0  # from U+FF01-FF5E down to U+0021-007E
_LETTERS = r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_HALF_KANA = r"\uff66-\uff9d"
_MARKS = r"\uff9e\uff9f"
_FULL_KANA = r"\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe"
# A class and then its repetition: `re` searches that twice as fast as a repetition alone.
_RUN = re.compile(f"[{_LETTERS}{_HALF_KANA}{_MARKS}][{_LETTERS}{_HALF_KANA}{_MARKS}]*")
# A kana takes all half-width voicing marks after it along, so that none is left to meet the kana again.
_FORM = re.compile(f"([{_LETTERS}]+)|([{_HALF_KANA}])([{_MARKS}]*)|([{_FULL_KANA}])([{_MARKS}]+)")
_COMBINING = {"\uff9e": "\u3099", "\uff9f": "\u309a"}  # half-width voicing mark: the one that joins the kana before it
_SPACING = {0xFF9E: "\u309b", 0xFF9F: "\u309c"}  # and the one that stands alone


def _voice(kana: str, marks: str) -> str:
    """Return a full-width kana with its half-width voicing marks, joined to one character where there is one."""
    if marks and len(joined := unicodedata.normalize("NFC", kana + _COMBINING[marks[0]])) == 1:
        kana, marks = joined, marks[1:]
    return kana + marks.translate(_SPACING)


@cache
def _ascii_table() -> dict[int, int]:
    return {code: code - _FULL_TO_ASCII for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()}


def _fold(match: re.Match[str]) -> str:
    letters, half, half_marks, full, full_marks = match.groups("")
    if letters:
        return letters.translate(_ascii_table())
    if half:
        return _voice(unicodedata.normalize("NFKC", half), half_marks)
    return _voice(full, full_marks)


@dataclass(frozen=True)
class Width:
    """Give letters and digits in their ordinary width, and katakana in theirs.

    Full-width letters and digits become ASCII, half-width katakana become full-width together with their voicing
    marks. Punctuation and symbols are never touched. Scope: line. Idempotent because no result holds a full-width
    letter or digit, a half-width kana, or a kana with a half-width mark after it.

    >>> Width()("ＡＢＣ１２３，ｶﾞｲﾄﾞ")
    'ABC123，ガイド'
    """

    name = "width"
    scope = Scope.LINE
    whole_text = True
    triggers = _LETTERS + _HALF_KANA + _MARKS

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each run of full-width letters or digits and for each half-width kana."""
        for run in _RUN.finditer(text):
            start = run.start() - (text[run.start()] in "\uff9e\uff9f" and run.start() > 0)
            for match in _FORM.finditer(text, start, run.end()):
                rule = "width/alphanumeric" if match[1] else "width/katakana"
                yield Edit(match.start(), match.end(), _fold(match), (rule,))

    def __call__(self, text: str, /) -> str:
        """Return the text with letters, digits and kana in their ordinary width."""
        return apply_edits(text, self.edits(text))
