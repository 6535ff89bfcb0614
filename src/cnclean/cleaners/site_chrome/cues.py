"""Cues: the table of words and patterns that give a line of site chrome away, and how a line is compared with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from cnclean.cleaners.site_chrome.heads import first_characters
from cnclean.tables import toml_table

TABLE = "site-chrome.toml"
ANCHORS = ("line", "start", "any")

# Sentence punctuation of the view (full width is folded): a line with it is running text, not a label.
SENTENCE = re.compile(r"[。｡]|[!?;](?=[^>»]*$)")

# Decoration at the end of a line; not the sign that numbers items: 1、
_DECORATED_END = re.compile(r"(?:[^\w、]|_)*$")


@dataclass(frozen=True)
class Cue:
    """One entry of the table: what it matches, where in the line, up to which length, and what that is worth."""

    place: int  # in the table, which is the order of preference
    name: str
    kind: str
    anchor: str
    limit: int
    before: int
    needs: tuple[str, ...]
    heads: frozenset[str]  # what a match at the start of a line starts with
    pattern: re.Pattern[str]  # all patterns of the entry in one
    prose: bool = False
    headline: bool = False
    weak: bool = False
    ends: bool = False

    def match(self, tight: str) -> str | None:
        """Return what this cue matches in a tight view, or None."""
        if len(tight) > self.limit or (not (self.prose or self.headline) and SENTENCE.search(tight)):
            return None
        if self.needs and not any(word in tight for word in self.needs):
            return None
        if self.anchor == "any":
            found = self.pattern.search(tight)
        elif self.anchor == "start":
            found = self.pattern.match(tight)
        else:
            found = self.pattern.fullmatch(tight) or self.pattern.fullmatch(_DECORATED_END.sub("", tight))
        return found.group() if found and found.start() <= self.before else None


@dataclass(frozen=True, slots=True)
class Hit:
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
        heads.update(*map(first_characters, entry["patterns"]))
    return Cue(
        place,
        entry["name"],
        entry["kind"],
        entry["anchor"],
        entry["limit"],
        entry.get("before", entry["limit"]),
        tuple(entry.get("needs", ())),
        frozenset(heads),
        re.compile("|".join(entry["patterns"])),
        entry.get("prose", False),
        entry.get("headline", False),
        entry.get("weak", False),
        entry.get("ends", False),
    )


@cache
def _by_head() -> Mapping[str, tuple[Cue, ...]]:
    """Return the cues that stand at the start of a line, by its first character."""
    heads = {head for cue in cues() for head in cue.heads}
    return {head: tuple(cue for cue in cues() if head in cue.heads) for head in heads}


@cache
def _by_word() -> tuple[re.Pattern[str], Mapping[str, tuple[Cue, ...]]]:
    """Return the cues that stand anywhere, by the words they need, and a pattern that finds these words.

    No such word overlaps another or lies in it (a test sees to that), so one search finds them all.
    """
    anywhere = [cue for cue in cues() if cue.anchor == "any"]
    words = sorted({word for cue in anywhere for word in cue.needs})
    by_word = {word: tuple(cue for cue in anywhere if word in cue.needs) for word in words}
    return re.compile("|".join(map(re.escape, words))), by_word


def find_cue(tight: str, keep: tuple[str, ...] = ()) -> Hit | None:
    """Return a cue that matches a tight view, a strong one before a weak one; kinds in `keep` do not count."""
    size = len(tight)
    words, by_word = _by_word()
    weak = None
    candidates = [*_by_head().get(tight[:1], ())]
    for word in set(words.findall(tight)):
        candidates += by_word[word]
    for cue in sorted(candidates, key=attrgetter("place")) if len(candidates) > 1 else candidates:
        if size > cue.limit or cue.kind in keep or (cue.weak and weak):
            continue
        matched = cue.match(tight)
        if matched is not None:
            hit = Hit(cue, matched)
            if not cue.weak:
                return hit
            weak = hit
    return weak
