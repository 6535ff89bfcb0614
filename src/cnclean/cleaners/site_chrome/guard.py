"""The guard: which raw lines are worth a look. Most lines of sound text are not, and cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.cues import cues, is_letter
from cnclean.cleaners.site_chrome.search import alternatives, lines_with
from cnclean.tables import word_table
from cnclean.view import folded_characters, raw_characters

# Longest line that is looked at: in characters that are no spaces, and with annotations in brackets.
_LONGEST = 220
_LONGEST_ANNOTATED = 800
_BRACKETED = r"[a-z\u00e0-\u01dc\u3105-\u3129]{1,8}[\u02c7\u02ca\u02cb\u02d9]?[)）]"
# Two patterns: `re` looks for one character much faster than for one of two.
_ANNOTATED, _ANNOTATED_WIDE = re.compile(rf"\({_BRACKETED}"), re.compile(rf"（{_BRACKETED}")

_SENTENCE_ENDS = "。！？”…"
# The first letter or digit of each line, with what follows it.
_STARTS = re.compile(r"^(?:[^\w\n©]|_)*+(..?|).*", re.MULTILINE)
# What parts the entries of a menu: a mark, or so many spaces.
_PARTING = "|｜>＞»›·•/"
_THREE_SPACES = r" [^ \n]*+ [^ \n]*+ "


def worth_a_look(lines: Sequence[str]) -> list[str]:
    """Return those of these raw lines, stripped and not blank, that are worth a look, in any order.

    They are read together, for what one search finds in many lines it finds much sooner than a search for each.

    >>> worth_a_look(["春耕开始了，村里的人都下了地。", "版权所有"])
    ['版权所有']
    """
    worth: list[str] = []
    text = "\n".join(lines)
    if _ANNOTATED.search(text) or _ANNOTATED_WIDE.search(text):
        annotated = lines_with(_ANNOTATED, lines) | lines_with(_ANNOTATED_WIDE, lines)
        worth += [lines[place] for place in annotated if len(lines[place]) <= _LONGEST_ANNOTATED]
        lines = [line for place, line in enumerate(lines) if place not in annotated]
        text = "\n".join(lines)
    sentences: list[str] = []
    others: list[str] = []
    for line, limit in zip(lines, map(_limits().__getitem__, _STARTS.findall(text)), strict=False):
        if line[-1] in _SENTENCE_ENDS and "。" in line:
            sentences.append(line)
        elif len(line) <= limit:
            worth.append(line)
        else:
            others.append(line)
    return [*worth, *_holding(_words_of_prose(), sentences), *_holding(_words_or_marks(), others)]


def _holding(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, if not too long, in which a pattern finds something."""
    lines = [line for line in lines if len(line) <= _LONGEST or len(line) - line.count(" ") <= _LONGEST]
    return map(lines.__getitem__, lines_with(pattern, lines))


class _Limits(dict[str, int]):
    """How long a line may be to be chrome by its start, by its first letter or digit and what follows that.

    Filled as it is asked: of the pairs of characters that lines start with, few are those of a cue.
    """

    _MOST = 20_000

    def __init__(self) -> None:
        super().__init__({"": _LONGEST})  # a line of marks only
        heads = [(head, cue.limit) for cue in cues() for heads in cue.heads for head in heads]
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
    """Return a pattern that finds what parts menus, their words, and words that cues need that stand anywhere."""
    words = {word for cue in cues() for word in cue.needs if cue.anchor == "any"}
    words |= {*_PARTING, *menus.common_words()}
    return re.compile(f"(?:{_THREE_SPACES}|{_finder(words)}).*")  # up to the end, to be found once in a line


@cache
def _words_of_prose() -> re.Pattern[str]:
    """Return a pattern that finds a word that a cue needs that may be a whole sentence."""
    return re.compile(_finder({word for cue in cues() for word in cue.needs if cue.prose}))


def _finder(words: set[str]) -> str:
    """Return a pattern that finds one of the words in raw lines, in any spelling.

    `re` searches alternatives by their first characters if all start with a literal. So each starts with the rarest
    character of its word, and looks back for what stands before that: most lines hold none of these.
    """
    return alternatives(_rarest_first(spelling) for word in sorted(words) for spelling in spellings(word))


def _rarest_first(word: str) -> tuple[str, str]:
    everyday = "".join(word_table("everyday-characters.txt"))  # commonest first
    at = max(range(len(word)), key=lambda i: everyday.find(word[i]) % (len(everyday) + 1))  # -1: what it lacks is rare
    behind = f"(?<={re.escape(word[: at + 1])})" if at else ""
    return word[at], behind + re.escape(word[at + 1 :])


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
