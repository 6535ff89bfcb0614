"""The guard: which raw lines are worth a look. Most lines of sound text are not, and cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.cues import cues, is_letter
from cnclean.tables import word_table
from cnclean.view import folded_characters, raw_characters

# Longest line that is looked at: in characters that are no spaces, and with annotations in brackets.
_LONGEST = 220
_LONGEST_ANNOTATED = 800
_ANNOTATED = re.compile(r"[(（][a-z\u00e0-\u01dc\u3105-\u3129]{1,8}[\u02c7\u02ca\u02cb\u02d9]?[)）]")

_SENTENCE_ENDS = "。！？”…"
# The first letter or digit of each line, with what follows it.
_STARTS = re.compile(r"^(?:[^\w\n©]|_)*+(..?|).*", re.MULTILINE)
# What parts the entries of a menu: a mark, or so many spaces.
_PARTING = "|｜>＞»›·•/"
_LEAST_SPACES = 3
# One of these is in nearly every menu, whatever it begins with.
_IN_MENUS = ("首页", "联系我们", "关于我们", "加入收藏")


def worth_a_look(lines: Sequence[str]) -> Iterator[bool]:
    """Yield for each of these raw lines, stripped and not blank, whether it is worth a look.

    They are read together, for what one search finds in many lines it finds much sooner than a search for each.

    >>> list(worth_a_look(["春耕开始了，村里的人都下了地。", "版权所有"]))
    [False, True]
    """
    text = "\n".join(lines)
    any_annotated = ("(" in text or "（" in text) and _ANNOTATED.search(text) is not None
    prose, other = _words_of_prose().search, _words_or_marks().search
    for line, limit in zip(lines, map(_limits().__getitem__, _STARTS.findall(text)), strict=False):
        size = len(line)
        if any_annotated and _ANNOTATED.search(line):
            yield size <= _LONGEST_ANNOTATED
        elif size > _LONGEST and size - line.count(" ") > _LONGEST:
            yield False
        elif line[-1] in _SENTENCE_ENDS and "。" in line:
            yield prose(line) is not None
        else:
            yield size <= limit or other(line) is not None or line.count(" ") >= _LEAST_SPACES


class _Limits(dict[str, int]):
    """How long a line may be to be chrome by its start, by its first letter or digit and what follows that.

    Filled as it is asked: of the pairs of characters that lines start with, few are those of a cue.
    """

    _MOST = 20_000

    def __init__(self) -> None:
        super().__init__({"": _LONGEST})  # a line of marks only
        heads = [(head, cue.limit) for cue in cues() for head in cue.heads]
        heads += [(word[:2], limit) for words, limit in menus.words_and_limits() for word in words]
        self._by_head: dict[str, int] = {}
        self._by_first: dict[str, int] = {}
        # Heads of one character come first: what holds whatever follows also holds before each second character.
        for head, limit in sorted(heads, key=lambda each: len(each[0])):
            first = head[0]
            self._by_head[head] = max(self._by_head.get(head, 0), self._by_head.get(first, 0), limit)
            self._by_first[first] = max(self._by_first.get(first, 0), limit)

    def __missing__(self, start: str) -> int:
        limit = self._longest(*start)
        if len(self) < self._MOST:
            self[start] = limit
        return limit

    def _longest(self, first: str, second: str = "") -> int:
        folded = folded_characters()
        first = folded.get(first, first)
        if is_letter(second):
            return self._by_head.get(first + folded.get(second, second)) or self._by_head.get(first, 0)
        return self._by_first.get(first, 0)  # for the view may leave out the second character


@cache
def _limits() -> _Limits:
    return _Limits()


@cache
def _words_or_marks() -> re.Pattern[str]:
    """Return a pattern that finds a mark or a word of menus, or a word that a cue needs that stands anywhere."""
    words = {word for cue in cues() for word in cue.needs if cue.anchor == "any"}
    return _finder({*_PARTING, *_IN_MENUS} | words)


@cache
def _words_of_prose() -> re.Pattern[str]:
    """Return a pattern that finds a word that a cue needs that may be a whole sentence."""
    return _finder({word for cue in cues() for word in cue.needs if cue.prose})


def _finder(words: set[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of the words in raw lines, in any spelling.

    `re` searches alternatives by their first characters if all start with a literal. So each starts with the rarest
    character of its word, and looks back for what stands before that: most lines hold none of these.
    """
    return re.compile("|".join(_rarest_first(spelling) for word in sorted(words) for spelling in spellings(word)))


def _rarest_first(word: str) -> str:
    everyday = "".join(word_table("everyday-characters.txt"))  # commonest first
    at = max(range(len(word)), key=lambda i: everyday.find(word[i]) % (len(everyday) + 1))  # -1: what it lacks is rare
    behind = f"(?<={re.escape(word[: at + 1])})" if at else ""
    return re.escape(word[at]) + behind + re.escape(word[at + 1 :])


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
