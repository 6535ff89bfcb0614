"""Brackets: only in pairs, where the pair or what stands before it is Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cnclean.cleaners.punctuation.context import EAST_ASIAN, HAN, IS_CHINESE, IS_HAN, SHARED, is_chinese_around

# Letters of any script that Chinese text quotes; times and division signs, and what faces are made of, are none.
_LETTERS = (
    "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0300-\u036f\u0391-\u03c9\u0400-\u04ff\u1e00-\u1eff"
    "\u3041-\u30fe\uac00-\ud7a3"
)
_ORDINARY = rf"\s!-~{EAST_ASIAN}{SHARED}{_LETTERS}\u00b0\u00b1\u00d7\u2010-\u2015\u20ac\u2103\uff01-\uff5e"
_BRACKET = re.compile(r"[()]")
_HAS_HAN, _HAS_WORD, _HAS_ODD = 1, 2, 4
_WORD = re.compile(f"[{_LETTERS}]")
_ODD = re.compile(f"[^{_ORDINARY}{HAN}]")
_FACE = re.compile(r"(\S)[_.]+\1|[oO0][_.][oO0]")
_LONGEST_FACE = 8
_POINT = re.compile(r"[-+]?[0-9.]{1,9}, ?(?![0-9]{3}\Z)[-+]?[0-9.]{1,9}")  # or an interval; no number with separators
_LIST_NUMBER = re.compile(r"[0-9]{1,6}|[A-Za-z]")
_LIST_MARKER = re.compile(
    rf"\s*+(?:[0-9]{{1,2}}|[A-Za-z一二三四五六七八九十甲乙丙丁])\)(?=[{HAN}])"
)  # with a space behind it, it is Markdown's
_PHRASE = re.compile(r"[A-Z][A-Za-z0-9&-]*+(?: [A-Za-z0-9&-]++)+")
_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9_])[A-Z][A-Za-z0-9]*+\Z")


def wide_pairs(line: str) -> tuple[list[int], str]:
    """Return the places of all brackets that should be full-width, and the line with these made so.

    In that line, faces such as :) are crossed out: their brackets have no partner.
    """
    waiting: list[int] = []  # opening brackets without a partner yet
    inside: list[int] = []  # and the kinds of characters since, as bits
    alone: list[int] = []
    places: list[int] = []
    seen: dict[int, str] = {}
    done = 0
    for match in _BRACKET.finditer(line):
        at = match.start()
        if inside:
            inside[-1] |= _kinds(line, done, at)
        done = at + 1
        if match[0] == "(":
            waiting.append(at)
            inside.append(0)
        elif waiting:
            start, kinds = waiting.pop(), inside.pop()
            if inside:
                inside[-1] |= kinds
            if _is_wide_pair(line, start, at, kinds):
                seen[start], seen[at] = "（", "）"
                places += (start, at)
        else:
            alone.append(at)
    for at in alone + waiting:
        eyes = at - 1 if at and line[at - 1] in ":;" else at + 1
        if line[eyes : eyes + 1] in (":", ";"):
            seen[at] = seen[eyes] = "x"
    return places, _with(line, seen)


def _with(line: str, new: Mapping[int, str]) -> str:
    """Return the line with other characters at some places."""
    parts: list[str] = []
    done = 0
    for at in sorted(new):
        parts += (line[done:at], new[at])
        done = at + 1
    return "".join([*parts, line[done:]])


def _kinds(line: str, start: int, end: int) -> int:
    """Return the kinds of characters in a stretch without brackets, as bits."""
    han = _HAS_HAN if IS_HAN.search(line, start, end) else 0
    word = _HAS_WORD if _WORD.search(line, start, end) else 0
    return han | word | (_HAS_ODD if _ODD.search(line, start, end) else 0)


def list_marker(line: str) -> list[int]:
    """Return the place of the bracket of a list marker at the start of the line, 1)…, if there is one."""
    marker = _LIST_MARKER.match(line)
    return [marker.end() - 1] if marker else []


def _is_wide_pair(line: str, start: int, end: int, kinds: int) -> bool:
    if not kinds & (_HAS_HAN | _HAS_WORD) or not is_chinese_around(line, start, start + 1):
        return False
    if end - start - 1 <= _LONGEST_FACE and (kinds & _HAS_ODD or _FACE.search(line, start + 1, end)):
        return False
    before = line[max(0, start - 40) : start]
    if kinds & _HAS_HAN:
        return True
    if _POINT.fullmatch(line, start + 1, end) or (line[end - 1].isdigit() and line[end + 1 : end + 2].isdigit()):
        return False
    if IS_CHINESE.match(before[-4:].rstrip('*,:;?!"')[-1:]):
        return not kinds & _HAS_ODD
    if _LIST_NUMBER.fullmatch(line, start + 1, end) and IS_HAN.match(line, end + 1):
        return not before[-1:].isalnum()  # (1)…
    # DiT(Diffusion Transformer)… : an abbreviation inside a Chinese sentence
    return bool(
        IS_CHINESE.match(line, end + 1) and _PHRASE.fullmatch(line, start + 1, end) and _ABBREVIATION.search(before)
    )
