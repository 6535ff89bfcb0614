"""Menus: a line that is a menu word, a row of them with separators, or many glued together."""

from __future__ import annotations

import re
from functools import cache

from cnclean.cleaners.site_chrome.cues import SENTENCE, TABLE
from cnclean.tables import toml_table

_LONGEST = 200
_SEPARATOR = re.compile(r"[\s|/·>»›•,、:;<«*+\-–—_\[\]()【】\N{MIDDLE DOT}]+")
_MOST_IN_SEGMENT = 8


@cache
def _words() -> tuple[frozenset[str], frozenset[str], int]:
    menu = toml_table(TABLE)["menu"]
    sure, weak = (frozenset(menu[key].split()) for key in ("sure", "weak"))
    return sure, weak, max(map(len, sure | weak))


def is_sure_word(word: str) -> bool:
    """Whether a line of nothing but this word is a menu entry, wherever it stands."""
    return word in _words()[0]


def is_weak_word(word: str) -> bool:
    """Whether this word is one that menus use, but headings too."""
    return word in _words()[1]


def find_menu(seen: str) -> str | None:
    """Return the menu words that make a line a menu, joined by spaces, or None. The line is given as its view.

    >>> find_menu("首页 | 新闻 | 财经 | 联系我们")
    '首页 新闻 财经 联系我们'
    >>> find_menu("网站首页新闻中心产品展示关于我们联系我们在线留言")
    '网站首页 新闻中心 产品展示 关于我们 联系我们 留言'
    """
    if len(seen) > _LONGEST or SENTENCE.search(seen):
        return None
    word = seen.strip("|>»· ").rstrip(":.…")
    if is_sure_word(word) or is_sure_word(word.replace(" ", "")):
        return word
    parts = [part for part in _SEPARATOR.split(seen) if part]
    if len(parts) > 1 and max(map(len, parts)) <= _MOST_IN_SEGMENT:
        return _row(parts)
    return _glued(seen) if len(parts) <= 2 else None


def _row(parts: list[str]) -> str | None:
    sure, weak, _ = _words()
    known = [part for part in parts if part in sure or part in weak]
    certain = sum(part in sure for part in known)
    all_known = len(known) == len(parts) and (certain or len(parts) >= 4)
    mostly = len(parts) >= 5 and len(known) >= 0.6 * len(parts) and (certain or len(known) >= 4)
    return " ".join(known) if all_known or mostly else None


def _glued(seen: str) -> str | None:
    """Cut a line without separators into the longest known words; unknown stretches are stepped over."""
    sure, weak, longest = _words()
    tight = seen.replace(" ", "")
    known: list[str] = []
    at = 0
    while at < len(tight):
        for size in range(min(longest, len(tight) - at), 1, -1):
            word = tight[at : at + size]
            if word in sure or word in weak:
                known.append(word)
                at += size
                break
        else:
            at += 1
    covered = sum(map(len, known))
    certain = sum(word in sure for word in known)
    if covered == len(tight) and certain and len(known) >= 2:
        return " ".join(known)
    if len(known) >= 5 and certain >= 2 and covered >= 0.6 * len(tight):
        return " ".join(known)
    return None
