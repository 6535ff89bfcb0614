"""Which cue matches a line: many lines are compared with few cues each, those that may match by how the line begins
and by the words in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import zip_longest

from cnclean.cleaners.site_chrome.cues import SENTENCE, Cue, Finder, cues, holds, is_letter
from cnclean.cleaners.site_chrome.heads import END
from cnclean.cleaners.site_chrome.search import alternatives, find_in_lines, lines_with

Hit = tuple[Cue, str]
"""A cue and the words of the line that it matched."""

Candidates = Sequence[tuple[Cue, Finder]]
"""Cues that may match a line, in the table's order, and what finds their words."""


class _ByStart(dict[str, Candidates]):
    """What may match a line at its start, by the first two characters of the line: only patterns that can start so.

    Filled as it is asked: of the pairs of characters that lines start with, few are those of a cue.
    """

    _MOST = 20_000

    def __init__(self) -> None:
        super().__init__()
        self._by_head: dict[str, list[tuple[Cue, int]]] = {}
        for cue in cues():
            for number, heads in enumerate(cue.heads):
                for head in heads:
                    self._by_head.setdefault(head, []).append((cue, number))

    def __missing__(self, start: str) -> Candidates:
        heads = {start, start[:1]}
        if not is_letter(start[1:]):
            heads.add(start[:1] + END)
        found = {each for head in heads for each in self._by_head.get(head, ())}
        patterns: dict[Cue, tuple[str, ...]] = {}
        for cue, number in sorted(found, key=lambda each: (each[0].place, each[1])):
            patterns[cue] = (*patterns.get(cue, ()), cue.patterns[number])
        candidates = [(cue, cue.finder(some)) for cue, some in patterns.items()]
        if len(self) < self._MOST:
            self[start] = candidates
        return candidates


@cache
def _by_start() -> _ByStart:
    return _ByStart()


@cache
def _by_word() -> tuple[re.Pattern[str], Mapping[str, Candidates]]:
    """Return the cues that stand anywhere, by the words they need, and a pattern that finds these words, each where it
    is followed by what one of its cues tells of that.

    No such word overlaps another or lies in it (a test sees to that), so one search finds them all.
    """
    anywhere = [(cue, cue.finder(cue.patterns)) for cue in cues() if cue.anchor == "any"]
    by_word: dict[str, list[tuple[Cue, Finder]]] = {}
    follows: dict[str, set[str]] = {}
    for cue, find in anywhere:
        for word, then in zip_longest(cue.needs, cue.then, fillvalue=""):
            by_word.setdefault(word, []).append((cue, find))
            follows.setdefault(word, set()).add(then)
    pieces = ((word[0], f"{re.escape(word[1:])}(?={'|'.join(sorted(thens))})") for word, thens in follows.items())
    return re.compile(alternatives(pieces)), by_word


def find_cues(tights: Sequence[str]) -> dict[int, Hit]:
    """Return for tight views the cue that matches each, by the place of the view: a strong one before a weak one."""
    words, by_word = _by_word()
    sentences = lines_with(SENTENCE, tights)
    hits: dict[int, Hit] = {}
    for place, candidates in enumerate(map(_by_start().__getitem__, [tight[:2] for tight in tights])):
        if candidates and (hit := _best(candidates, tights[place], place in sentences)):
            hits[place] = hit
    for place, word in dict.fromkeys(find_in_lines(words, tights)):
        if hit := _best(by_word[word], tights[place], place in sentences):
            hits[place] = min(hits.get(place, hit), hit, key=_preference)
    return hits


def _best(candidates: Candidates, tight: str, is_sentence: bool) -> Hit | None:
    size, weak = len(tight), None
    for cue, find in candidates:
        if size > cue.limit or (is_sentence and not cue.of_sentences) or (cue.also and not holds(tight, cue.also)):
            continue
        found = find(tight)
        if found and found.start() <= cue.before and holds(tight, cue.needs):
            hit = cue, found.group()
            if not cue.weak:
                return hit
            weak = weak or hit
    return weak


def _preference(hit: Hit) -> tuple[bool, int]:
    return hit[0].weak, hit[0].place
