"""Brackets: only in pairs, where the pair or what stands before it is Chinese."""

from __future__ import annotations

import re
from typing import NamedTuple

from cnclean.cleaners.punctuation.context import EAST_ASIAN, HAN, IS_CHINESE, IS_HAN, SHARED, is_chinese_around

_CONTENT = re.compile(
    rf"(?P<bracket>[()])|(?P<han>[{HAN}]+)|(?P<word>[A-Za-z0-9\u00c0-\u024f\u0391-\u03c9]+)"
    rf"|(?P<odd>[^\s!-~{EAST_ASIAN}{SHARED}\u3041-\u30ff\u2010-\u2015\u00b0\u00b1\u00d7\u20ac\u2103\uff01-\uff5e])"
)
_FACE = re.compile(r"(\S)[_.]+\1|[oO0][_.][oO0]")
_LONGEST_FACE = 8
_NUMBERS = re.compile(r"[-+]?[0-9.]+(?:, ?[-+]?[0-9.]+)+")  # an interval, a point, a number with separators
_LIST_NUMBER = re.compile(r"[0-9]{1,3}|[A-Za-z]")
_LIST_MARKER = re.compile(
    rf"\s*+(?:[0-9]{{1,2}}|[A-Za-z一二三四五六七八九十甲乙丙丁])\)(?=[{HAN}])"
)  # with a space behind it, it is Markdown's
_PHRASE = re.compile(r"[A-Z][A-Za-z0-9&-]*+(?: [A-Za-z0-9&-]++)+")
_CAPITALISED = re.compile("[A-Z][A-Za-z0-9]*")
_IDENTIFIER = re.compile("[A-Za-z0-9]*_[A-Za-z0-9_]*")


class _Open(NamedTuple):
    """A bracket that waits for its partner, and the kinds of characters seen since."""

    at: int
    kinds: set[str]


def wide_pairs(line: str) -> tuple[list[int], str]:
    """Return the places of all brackets that should be full-width, and the line with these made so.

    In that line, faces such as :) are crossed out: their brackets have no partner.
    """
    waiting: list[_Open] = []
    alone: list[int] = []
    seen = list(line)
    places: list[int] = []
    for match in _CONTENT.finditer(line):
        kind, at = str(match.lastgroup), match.start()
        if kind != "bracket":
            if waiting:
                waiting[-1].kinds.add(kind)
        elif match[0] == "(":
            waiting.append(_Open(at, set()))
        elif waiting:
            start, kinds = waiting.pop()
            if waiting:
                waiting[-1].kinds.update(kinds)
            if _is_wide_pair(line, start, at, kinds):
                seen[start], seen[at] = "（", "）"
                places += (start, at)
        else:
            alone.append(at)
    for at in (*alone, *(opening.at for opening in waiting)):
        eyes = at - 1 if at and line[at - 1] in ":;" else at + 1
        if line[eyes : eyes + 1] in (":", ";"):
            seen[at] = seen[eyes] = "x"
    return places, "".join(seen)


def list_marker(line: str) -> list[int]:
    """Return the place of the bracket of a list marker at the start of the line, 1)…, if there is one."""
    marker = _LIST_MARKER.match(line)
    return [marker.end() - 1] if marker else []


def _is_wide_pair(line: str, start: int, end: int, kinds: set[str]) -> bool:
    if not kinds & {"han", "word"} or not is_chinese_around(line, start, start + 1):
        return False
    if end - start - 1 <= _LONGEST_FACE and ("odd" in kinds or _FACE.search(line, start + 1, end)):
        return False
    before = line[max(0, start - 40) : start]
    if "han" in kinds:
        return not _ends_with(_IDENTIFIER, before)  # f_name(…) is a call
    if _NUMBERS.fullmatch(line, start + 1, end) or (line[end - 1].isdigit() and line[end + 1 : end + 2].isdigit()):
        return False
    if IS_CHINESE.match(before[-4:].rstrip('*,:;?!"')[-1:]):
        return "odd" not in kinds
    if _LIST_NUMBER.fullmatch(line, start + 1, end) and IS_HAN.match(line, end + 1):
        return not before[-1:].isalnum()  # (1)…
    # DiT(Diffusion Transformer)… : an abbreviation inside a Chinese sentence
    return bool(
        IS_CHINESE.match(line, end + 1) and _PHRASE.fullmatch(line, start + 1, end) and _ends_with(_CAPITALISED, before)
    )


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Return whether the Latin word at the end of `text` is of the given form."""
    start = len(text)
    while start and text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return start < len(text) and pattern.fullmatch(text, start) is not None
