"""Cues: the table of words and patterns that give a line of site chrome away, and how a line is compared with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from cnclean.cleaners.site_chrome.heads import END, match_heads
from cnclean.tables import toml_table

TABLE = "site-chrome.toml"
ANCHORS = ("line", "start", "any")

# Sentence punctuation of the view (full width is folded): a line with it is running text, not a label.
SENTENCE = re.compile(r"[。｡]|[!?;](?=[^>»]*$)")

# Decoration at the end of a line; not the sign that numbers items: 1、
_DECORATION = re.compile(r"[^\w、]|_")
_DECORATED_END = re.compile(r"(?:[^\w、]|_)*$")


@dataclass(frozen=True, eq=False)  # one object for each entry: compared and hashed as such
class Cue:
    """One entry of the table: what it matches, where in the line, up to which length, and what that is worth."""

    place: int  # in the table, which is the order of preference
    name: str
    kind: str
    anchor: str
    limit: int
    before: int
    needs: tuple[str, ...]
    heads: frozenset[str]  # what a match at the start of a line starts with: see `match_heads`
    patterns: str  # all patterns of the entry in one
    prose: bool = False
    headline: bool = False
    weak: bool = False
    ends: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The patterns compiled, when first needed: most texts need few of them."""
        return re.compile(self.patterns)

    @cached_property
    def of_sentences(self) -> bool:
        """Whether it counts also where the line holds the end of a sentence."""
        return self.prose or self.headline

    def match(self, tight: str) -> str | None:
        """Return what this cue matches in a tight view, or None."""
        if len(tight) > self.limit or (not self.of_sentences and SENTENCE.search(tight)):
            return None
        return self.match_words(tight) if self.has_needed(tight) else None

    def has_needed(self, tight: str) -> bool:
        """Whether a tight view holds a word that this cue needs."""
        for word in self.needs:  # a loop: `any` takes four times as long, and this runs for most short lines
            if word in tight:
                return True
        return not self.needs

    def match_words(self, tight: str) -> str | None:
        """Return what the patterns match, whatever else the cue asks of a line."""
        if self.anchor == "any":
            found = self.pattern.search(tight)
        elif self.anchor == "start":
            found = self.pattern.match(tight)
        else:
            found = self.pattern.fullmatch(tight)
            if found is None and _DECORATION.match(tight[-1:]):
                found = self.pattern.fullmatch(_DECORATED_END.sub("", tight))
        return found.group() if found and found.start() <= self.before else None


class Hit(NamedTuple):
    """A cue and the words of the line that it matched."""

    cue: Cue
    matched: str


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues of the table, in its order."""
    return tuple(_cue(place, entry) for place, entry in enumerate(toml_table(TABLE)["cue"]))


@cache
def site_name() -> Cue:
    """Return the cue for the name of a site: it counts above the title only."""
    return _cue(0, toml_table(TABLE)["site_name"])


def _cue(place: int, entry: Mapping[str, Any]) -> Cue:
    heads: set[str] = set()
    if entry["anchor"] != "any":
        heads.update(*(match_heads(pattern, whole=entry["anchor"] == "line") for pattern in entry["patterns"]))
    return Cue(
        place,
        entry["name"],
        entry["kind"],
        entry["anchor"],
        entry["limit"],
        entry.get("before", entry["limit"]),
        tuple(entry.get("needs", ())),
        frozenset(heads),
        "|".join(entry["patterns"]),
        entry.get("prose", False),
        entry.get("headline", False),
        entry.get("weak", False),
        entry.get("ends", False),
    )


@cache
def _by_head() -> Mapping[str, tuple[Cue, ...]]:
    """Return the cues that stand at the start of a line, in the table's order, by its first two characters.

    Those that ask for the first character only stand under that character and under all pairs that start with it.
    """
    heads = {head for cue in cues() for head in cue.heads}
    return {head: tuple(cue for cue in cues() if head in cue.heads or head[0] in cue.heads) for head in heads}


@cache
def _by_word() -> tuple[re.Pattern[str], Mapping[str, tuple[Cue, ...]]]:
    """Return the cues that stand anywhere, by the words they need, and a pattern that finds these words.

    No such word overlaps another or lies in it (a test sees to that), so one search finds them all.
    """
    anywhere = [cue for cue in cues() if cue.anchor == "any"]
    words = sorted({word for cue in anywhere for word in cue.needs})
    by_word = {word: tuple(cue for cue in anywhere if word in cue.needs) for word in words}
    return re.compile("|".join(map(re.escape, words))), by_word


def is_letter(char: str) -> bool:
    """Whether a character is no decoration: a letter, a digit, or the sign that numbers items."""
    return char.isalnum() or char == "、"


def find_cue(tight: str) -> Hit | None:
    """Return a cue that matches a tight view, a strong one before a weak one."""
    by_head = _by_head()
    words, by_word = _by_word()
    candidates = by_head.get(tight[:2]) or by_head.get(tight[:1], ())
    more = () if is_letter(tight[1:2]) else by_head.get(tight[:1] + END, ())
    if found := words.findall(tight):
        more += tuple({cue for word in found for cue in by_word[word]})
    if more:
        candidates = tuple(sorted((*candidates, *more), key=attrgetter("place")))
    size, is_sentence, weak = len(tight), None, None
    for cue in candidates:
        if size > cue.limit or (cue.weak and weak) or not cue.has_needed(tight):
            continue
        if not cue.of_sentences:
            if is_sentence is None:
                is_sentence = SENTENCE.search(tight) is not None
            if is_sentence:
                continue
        matched = cue.match_words(tight)
        if matched is not None:
            hit = Hit(cue, matched)
            if not cue.weak:
                return hit
            weak = hit
    return weak
