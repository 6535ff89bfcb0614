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
IS_CHINESE = re.compile(f"[{CHINESE}]")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

# Words in alphabets; single letters are variables and options.
_WORD = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff\uac00-\ud7a3]{2,}+")
_NEIGHBOURHOOD = 24


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rules = toml_table("punctuation.toml")[kind]
    alternatives = "|".join(f"(?:{rule['pattern']})" for rule in rules).replace("HAN", HAN)
    return re.compile(f"(?=[ -~])(?:{alternatives})" if kind == "span" else alternatives)


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
    return len(IS_HAN.findall(near)) >= len(_WORD.findall(near))
