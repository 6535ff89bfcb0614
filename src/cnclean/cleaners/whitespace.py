"""Whitespace: one plain space where a space belongs, none where only layout put it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from cnclean.character_model import character_model
from cnclean.cleaner import Scope
from cnclean.edit import Edit, apply_edits, compose_edits
from cnclean.errors import one_of
from cnclean.tables import toml_table

_ODD = r"\u00a0\u2000-\u200a\u202f\u205f\u3000"
_ANY = rf" \t{_ODD}"
_SPACE = f"[{_ANY}]"
_HAN = r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_OPENING = "（《〈「『【〔［｛"
_BRACKET_END = "）》〉」』】〕］｝"
_CLOSING = "，。：；？！、" + _BRACKET_END
_PAUSES = "，：；、"  # never the end of a sentence, so a space after one is no lost line break
# What may stand before or after a character that is a word of its own: white space and punctuation of both widths.
_EDGE = (
    r"\s!-/:-@\[-`{-~\u2010-\u201f\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301b\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65"
)

# A place that may need work. It begins with one class, so that text without such a place is passed over in C; a single
# plain space between two words, the commonest case, is none.
_GUARD = re.compile(
    rf"{_SPACE}(?:(?<=[{_ODD}])|(?={_SPACE}|\n|\Z)|(?<=\n.)|(?<=\A.)|(?<=[{_PAUSES}{_OPENING}].)|(?=[{_CLOSING}])"
    rf"|(?<=[{_EDGE}]{_HAN}.)(?={_HAN}(?:[{_EDGE}]|\Z))|(?<=\A{_HAN}.)(?={_HAN}(?:[{_EDGE}]|\Z)))"
)
_SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GAP = re.compile(rf"{_SPACE}+")
_ODD_SPACE = re.compile(rf"[{_ODD}]")
_WIDE = re.compile(r"[\u2001\u2003\u3000]")  # as wide as a Han character: what indents a paragraph
_FIRST_HAN = re.compile(_HAN)
_CODE = re.compile(
    r"[-+*] |\d{1,3}[.)] |#|//|/\*|--|<!|(?=.*\w)(?=.*(?:[\"'=(){}\[\];<>*`|#]|//|\w: ))"
    r"|(?:return|if|elif|for|while|def|class|with|raise|yield|case|throw|new|var|let|const|func|public|private|static) "
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*\Z|[\w.+-]+@[\w.-]+\Z", re.ASCII)
_APART = re.compile(rf"(?<![^{_EDGE}]){_HAN}(?: {_HAN})+(?![^{_EDGE}])")
# A run is words if nearly all its characters form pairs, or if the pairs by far outweigh the places without one. Gain
# is how much likelier the pairs are than their characters by chance, in hundredths of a nat. Of runs of characters
# drawn by chance from reviews one in a thousand passes (tests/test_whitespace.py).
_COVERED, _SOME_GAIN = 0.85, 400
_MUCH_GAIN, _NO_PAIR = 1100, 100


@cache
def _sequences() -> tuple[str, ...]:
    return tuple(sequence for entry in toml_table("whitespace.toml")["listing"] for sequence in entry["sequences"])


def _is_listing(chars: str) -> bool:
    """Whether single characters are each a word: a piece of a known sequence, numerals, or names written apart."""
    table = toml_table("whitespace.toml")
    if any(chars in sequence for sequence in _sequences()) or all(char in table["numerals"] for char in chars):
        return True
    surnames = table["surnames"]["characters"]
    return len(chars) > 2 and len(chars) % 2 == 0 and all(char in surnames for char in chars[::2])


def _reads_as_words(chars: str) -> bool:
    """Whether the characters of a run belong together, by the pairs that words are made of."""
    model = character_model()
    pairs = [(model.pair(left, right), model.by_chance(left, right)) for left, right in pairwise(chars)]
    costs = [cost for cost, _ in pairs]
    gain = sum(by_chance - cost for cost, by_chance in pairs if cost is not None)
    covered = sum(a is not None or b is not None for a, b in pairwise([None, *costs, None]))
    if covered >= _COVERED * len(chars):
        return gain >= _SOME_GAIN
    return gain - _NO_PAIR * costs.count(None) >= _MUCH_GAIN


def _closes(line: str, match: re.Match[str]) -> bool:
    """Whether a run of single characters is one letter-spaced phrase.

    Two characters are too few to tell unless nothing but punctuation or the ends of the line stand around them.
    """
    chars = match[0][::2]
    if _is_listing(chars):
        return False
    if len(chars) > 2:
        return _reads_as_words(chars)
    around = line[max(0, match.start() - 1) : match.start()] + line[match.end() : match.end() + 1]
    return " " not in around and "\t" not in around


def _new_gap(line: str, start: int, end: int) -> str:
    """Return what stands between two words of a line instead of the white space [start, end)."""
    gap, left, right = line[start:end], line[start - 1], line[end]
    if "\t" in gap:
        return "\t"
    if gap == "\u202f" and "\u1820" <= right <= "\u18aa":
        return gap  # joins a Mongolian ending to its word
    if right in _CLOSING:
        is_blank = left in _OPENING and right in _BRACKET_END  # a place to fill in
        return " " if is_blank or _ADDRESS.search(line, max(0, start - 300), start) else ""
    return "" if left in _PAUSES or left in _OPENING else " "


def _is_code(line: str, start: int) -> bool:
    """Whether an indented line is code or a nested list, whose spaces mean something: judged by what precedes Han."""
    indent = line[:start]
    if _WIDE.search(indent) or (len(indent) < 2 and "\t" not in indent):
        return False
    han = _FIRST_HAN.search(line, start)
    return not han or bool(_CODE.match(line, start, han.start()))


def _rule(old: str, new: str) -> str:
    if not new:
        return "whitespace/punctuation"
    return "whitespace/run" if len(new) < len(old) else "whitespace/odd-space"


def _closing_edits(line: str) -> Iterator[Edit]:
    for match in _APART.finditer(line):
        if _closes(line, match):
            for at in range(match.start() + 1, match.end(), 2):
                yield Edit(at, at + 1, "", ("whitespace/letter-spaced",))


KeepIndent = Literal["code", "all", "none"]


@dataclass(frozen=True)
class Whitespace:
    """Put one plain space where a space belongs, and none where only layout put it.

    No-break, ideographic and other odd spaces become plain ones, runs become one space (a tab where there is a tab in
    them), and spaces at the end of a line go. So do the indentation of a paragraph, spaces that full-width
    punctuation makes needless, and the spaces of a letter-spaced phrase. `keep_indent` says which lines keep their
    indentation: those that look like `"code"`, `"all"`, or `"none"`. Scope: line. Idempotent because the second look
    finds the same indentation or none, every gap in its final form, and every run of single characters that it would
    close already closed.

    >>> Whitespace()("\u3000\u3000中 国 人 民　银行 ，北京  上海 ")
    '中国人民 银行，北京 上海'
    """

    keep_indent: KeepIndent = "code"
    name = "whitespace"
    scope = Scope.LINE
    whole_text = True
    triggers = _ANY

    def __post_init__(self) -> None:
        one_of("value of keep_indent", self.keep_indent, get_args(KeepIndent))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each gap that changes."""
        for start, _, edits in self._lines(text):
            for edit in edits:
                yield edit.shifted(start)

    def __call__(self, text: str, /) -> str:
        """Return the text with its spaces in order."""
        parts: list[str] = []
        done = 0
        for start, end, edits in self._lines(text):
            parts += (text[done:start], apply_edits(text[start:end], edits))
            done = end
        return "".join([*parts, text[done:]]) if parts else text

    def _lines(self, text: str) -> Iterator[tuple[int, int, list[Edit]]]:
        """Yield the span of each line that may need work, and its edits, counted from its start."""
        end = -1
        for found in _GUARD.finditer(text):
            if found.start() < end:
                continue
            start = text.rfind("\n", 0, found.start()) + 1
            end = text.find("\n", found.start())
            end = len(text) if end < 0 else end
            yield start, end, self._line_edits(text[start:end])

    def _line_edits(self, line: str) -> list[Edit]:
        start, end = len(line) - len(line.lstrip(_SPACES)), len(line.rstrip(_SPACES))
        if start >= end:
            return [Edit(0, len(line), "", ("whitespace/trailing",))]
        is_code = self.keep_indent != "none" and _is_code(line, start)
        edits = []
        indent = _ODD_SPACE.sub(" ", line[:start]) if is_code else ""
        if indent != line[:start] and self.keep_indent != "all":
            edits.append(Edit(0, start, indent, ("whitespace/indent",)))
        for gap in _GAP.finditer(line, start, end):
            old = gap[0]
            new = _ODD_SPACE.sub(" ", old) if is_code else _new_gap(line, *gap.span())
            if new != old:
                edits.append(Edit(*gap.span(), new, (_rule(old, new),)))
        if end < len(line):
            edits.append(Edit(end, len(line), "", ("whitespace/trailing",)))
        return edits if is_code else compose_edits(line, edits, _closing_edits(apply_edits(line, edits)))
