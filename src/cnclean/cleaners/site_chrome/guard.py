"""The guard: whether a raw line is worth a look. Most lines of sound text are not, and cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.cues import cues
from cnclean.view import raw_characters

# Longest line that is looked at: in characters that are no spaces, and with annotations in brackets.
_LONGEST = 220
_LONGEST_ANNOTATED = 800
_ANNOTATED = re.compile(r"[(（][a-z\u00e0-\u01dc\u3105-\u3129]{1,8}[\u02c7\u02ca\u02cb\u02d9]?[)）]")

_SENTENCE_ENDS = "。！？”…"
_FIRST = re.compile(r"(?:[^\w©]|_)*(.)")
# What parts the entries of a menu: a mark, or so many spaces.
_PARTING = re.compile(r"[|｜>＞»›·•/]")
_LEAST_SPACES = 3


def may_be_chrome(line: str) -> bool:
    """Whether a raw line, not blank, is worth a look.

    >>> may_be_chrome("春耕开始了，村里的人都下了地。")
    False
    """
    if ("(" in line or "（" in line) and _ANNOTATED.search(line):
        return len(line) <= _LONGEST_ANNOTATED
    size = len(line)
    if size > _LONGEST:
        size -= line.count(" ")
        if size > _LONGEST:
            return False
    if line[-1] in _SENTENCE_ENDS and "。" in line:
        return _words_of_prose().search(line) is not None
    first = _FIRST.match(line)
    if first is None or size <= _longest_by_head().get(first[1], 0):
        return True
    if line.count(" ") >= _LEAST_SPACES or _PARTING.search(line):
        return True
    return _words().search(line) is not None


@cache
def _longest_by_head() -> Mapping[str, int]:
    """Return how long a line may be by its first character, as raw lines write it, to be chrome by its start."""
    longest: dict[str, int] = {}
    cue_heads = [(head, cue.limit) for cue in cues() for head in cue.heads]
    word_heads = [(word[0], limit) for words, limit in menus.words_and_limits() for word in words]
    for head, limit in cue_heads + word_heads:
        for char in (head, *raw_characters().get(head, "")):
            longest[char] = max(longest.get(char, 0), limit)
    return longest


@cache
def _words() -> re.Pattern[str]:
    """Return a pattern that finds a word that a cue needs: literals, which `re` looks for by their first characters."""
    return _spelled({word for cue in cues() for word in cue.needs if cue.anchor == "any"})


@cache
def _words_of_prose() -> re.Pattern[str]:
    """Return the same for the cues that may be whole sentences."""
    return _spelled({word for cue in cues() for word in cue.needs if cue.prose})


def _spelled(words: set[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(spelling) for word in sorted(words) for spelling in spellings(word)))


def spellings(word: str) -> list[str]:
    """Return how raw lines may write a word: Simplified and Traditional, lower case, upper case, capitalised.

    >>> spellings("版权")
    ['版权', '版權']
    >>> spellings("icp")
    ['icp', 'ICP', 'Icp']
    """
    if word.isascii():
        return list(dict.fromkeys((word, word.upper(), word.capitalize())))
    raw = raw_characters()
    return list(map("".join, product(*(char + raw.get(char, "") for char in word))))
