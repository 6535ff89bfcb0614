"""Menus: a line that is a menu word, a row of them with separators, or many glued together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cnclean.cleaners.site_chrome.cues import SENTENCE, TABLE
from cnclean.cleaners.site_chrome.search import SPACES, alternative_words, lines_with
from cnclean.tables import toml_table

_LONGEST = 160
_SEPARATORS = rf"{SPACES}|/·>»›•,、:;<«*+\-–—_\[\]()【】\N{{MIDDLE DOT}}"
_SEPARATOR = re.compile(rf"[{_SEPARATORS}]+")
_MOST_IN_PART = 8
# A row with words of its own in it: so many parts, so large a share of them known.
_LEAST_PARTS = 5
_SHARE = 0.6
# A row needs so many parts if none of its words is sure.
_LEAST_WEAK = 4
# It begins with the line feed before the row: `re` looks for one character much faster than for the start of a line.
_ROW = re.compile(
    rf"\n[{_SEPARATORS}]*+(?:[^{_SEPARATORS}\n]{{1,{_MOST_IN_PART}}}+[{_SEPARATORS}]++){{{_LEAST_WEAK - 1},}}+"
    rf"[^{_SEPARATORS}\n]{{0,{_MOST_IN_PART}}}$",
    re.MULTILINE,
)


@cache
def _sure() -> frozenset[str]:
    return frozenset(toml_table(TABLE)["menu"]["sure"].split())


@cache
def weak_words() -> frozenset[str]:
    """Return the words that menus use, but headings too."""
    return frozenset(toml_table(TABLE)["menu"]["weak"].split())


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return a pattern that finds a sure word, and one that finds any menu word; the longest word wins."""
    sure = sorted((word for word in _sure() if len(word) > 1), key=len, reverse=True)
    every = sorted((word for word in _sure() | weak_words() if len(word) > 1), key=len, reverse=True)
    return re.compile(alternative_words(sure)), re.compile(alternative_words(every))


@cache
def common_words() -> tuple[str, ...]:
    """Return the words of which one is in nearly every menu, whatever it begins with."""
    return tuple(toml_table(TABLE)["menu"]["common"].split())


def words_and_limits() -> list[tuple[frozenset[str], int]]:
    """Return the words that a menu starts with, and how long a line that starts so may be."""
    return [(_sure(), _LONGEST), (weak_words(), max(map(len, weak_words())))]


def may_be_menus(seens: Sequence[str], tights: Sequence[str]) -> set[int]:
    """Return the places of views, given with and without spaces, that may be menus: few others need be read.

    A menu has a sure word in it, or so many short parts that weak ones will do.
    """
    return lines_with(_words()[0], tights) | lines_with(_ROW, seens, before="\n")


def find_menu(seen: str) -> str | None:
    """Return the menu words that make a line a menu, joined by spaces, or None. The line is given as its view.

    >>> find_menu("首页 | 新闻 | 财经 | 联系我们")
    '首页 新闻 财经 联系我们'
    >>> find_menu("网站首页新闻中心产品展示关于我们联系我们在线留言")
    '网站首页 新闻中心 产品展示 关于我们 联系我们 留言'
    """
    if len(seen) > _LONGEST or SENTENCE.search(seen):
        return None
    word = seen.strip("|>»· ").rstrip(":.…").replace(" ", "")
    if word in _sure():
        return word
    parts = [part for part in _SEPARATOR.split(seen) if part]
    if len(parts) > 1 and max(map(len, parts)) <= _MOST_IN_PART:
        return _row(parts)
    return _glued(seen.replace(" ", "")) if len(parts) <= 2 else None


def _row(parts: list[str]) -> str | None:
    sure, weak = _sure(), weak_words()
    known = [part for part in parts if part in sure or part in weak]
    certain = any(part in sure for part in known)
    all_known = len(known) == len(parts) and (certain or len(parts) >= _LEAST_WEAK)
    mostly = len(parts) >= _LEAST_PARTS and len(known) >= _SHARE * len(parts) and (certain or len(known) >= _LEAST_WEAK)
    return " ".join(known) if all_known or mostly else None


def _glued(tight: str) -> str | None:
    """Read a line without separators as menu words from left to right; unknown stretches are stepped over."""
    sure_word, any_word = _words()
    if not sure_word.search(tight):
        return None
    known = any_word.findall(tight)
    covered = sum(map(len, known))
    certain = sum(word in _sure() for word in known)
    if covered == len(tight) and certain and (len(known) > 2 or certain == len(known) == 2):
        return " ".join(known)
    if len(known) >= _LEAST_PARTS and certain >= 2 and covered >= _SHARE * len(tight):
        return " ".join(known)
    return None
