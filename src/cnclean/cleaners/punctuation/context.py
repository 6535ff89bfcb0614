"""What a mark sees of its line: classes of characters, protected spans, and whether the neighbourhood is Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from cnclean.tables import toml_table

HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
EAST_ASIAN = "、。〈-】〔-〗（）"
SHARED = "“”‘’…—·"  # Latin text has these too
CHINESE = HAN + EAST_ASIAN + SHARED
"""Insides of a character class: Han and the marks that stand in Chinese sentences."""
SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

IS_HAN = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}][{HAN}]*")
IS_CHINESE = re.compile(f"[{CHINESE}]")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

# Words in alphabets; single letters are variables and options.
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff\uac00-\ud7a3]{2,}+")
_NEIGHBOURHOOD = 24  # characters on each side; spaces do not count, for the stages behind this one take them out
_FARTHEST = 96  # with spaces
_SPACE = re.compile(f"[{SPACES}]")
_REACH = re.compile(rf"[{SPACES}]*+(?:[^{SPACES}][{SPACES}]*+){{0,{_NEIGHBOURHOOD}}}")


class _Protected(NamedTuple):
    """The compiled table: lines and spans in which half-width marks are right."""

    line: re.Pattern[str]
    span: re.Pattern[str]
    """Its group is the span. It begins with one class, which `re` searches much faster than an alternation."""
    common: re.Pattern[str]
    """The same for lines without any of the `rare` strings, in which only these spans can be."""
    rare: tuple[str, ...]


@cache
def _protected() -> _Protected:
    table = toml_table("punctuation.toml")
    common = [rule for rule in table["span"] if "holds" not in rule]
    return _Protected(
        re.compile(_any_of(table["line"])),
        re.compile(f"[ -~](?<=(?=(?=[!-~]|^ )({_any_of(table['span'])})).)"),
        re.compile(f"[{''.join(rule['begins'] for rule in common)}](?<=(?=({_any_of(common)})).)"),
        tuple(dict.fromkeys(string for rule in table["span"] for string in rule.get("holds", ()))),
    )


def _any_of(rules: Iterable[Mapping[str, str]]) -> str:
    return "|".join(f"(?:{rule['pattern']})" for rule in rules).replace("HAN", HAN)


def is_protected(folded: str) -> bool:
    """Return whether the whole line is one in which half-width marks are right."""
    return _protected().line.match(folded) is not None


def without_protected(folded: str) -> str:
    """Return the line with its protected spans crossed out, so that their neighbours see a Latin word.

    >>> without_protected("见 `join(甲,乙)` 一节")
    '见 xxxxxxxxxxx 一节'
    """
    protected = _protected()
    search = (protected.span if any(map(folded.__contains__, protected.rare)) else protected.common).search
    parts: list[str] = []
    done = 0
    while match := search(folded, done):
        start, end = match.span(1)
        parts += (folded[done:start], "x" * (end - start))
        done = end
    return "".join([*parts, folded[done:]]) if parts else folded


def is_chinese_around(text: str, start: int, end: int) -> bool:
    """Return whether the neighbourhood of [start, end) has at least as many Han as words in alphabets."""
    if not _WORD.search(text, max(0, start - _FARTHEST), end + _FARTHEST):
        return True
    near = text[max(0, start - _NEIGHBOURHOOD) : end + _NEIGHBOURHOOD]
    if _SPACE.search(near):
        left, right = text[max(0, start - _FARTHEST) : start], text[end : end + _FARTHEST]
        near = text[start - _reach(left[::-1]) : end + _reach(right)]
    words = len(_WORD.findall(near))
    return not words or len(IS_HAN.findall(near)) >= words


def _reach(text: str) -> int:
    """Return how far the neighbourhood goes into `text`."""
    match = _REACH.match(text)
    return match.end() if match else 0
