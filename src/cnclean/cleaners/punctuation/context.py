"""What a mark sees of its line: classes of characters, protected spans, and whether the neighbourhood is Chinese."""

from __future__ import annotations

import re
from functools import cache

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


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rules = toml_table("punctuation.toml")[kind]
    alternatives = "|".join(f"(?:{rule['pattern']})" for rule in rules).replace("HAN", HAN)
    # A span begins with a printable ASCII character, and with a space only at the start of the line.
    return re.compile(f"(?=[!-~]|^ )(?:{alternatives})" if kind == "span" else alternatives)


def is_protected(folded: str) -> bool:
    """Return whether the whole line is one in which half-width marks are right."""
    return _pattern("line").match(folded) is not None


def without_protected(folded: str) -> str:
    """Return the line with its protected spans crossed out, so that their neighbours see a Latin word.

    >>> without_protected("见 `join(甲,乙)` 一节")
    '见 xxxxxxxxxxx 一节'
    """
    return _pattern("span").sub(lambda match: "x" * len(match[0]), folded)


def is_chinese_around(text: str, start: int, end: int) -> bool:
    """Return whether the neighbourhood of [start, end) has at least as many Han as words in alphabets."""
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
