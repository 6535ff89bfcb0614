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
_DECORATION = re.compile(r"[^\w、]|_")
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

    @property
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
        return not self.needs or any(word in tight for word in self.needs)

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
    candidates = [cue for cue in _by_head().get(tight[:1], ()) if size <= cue.limit and cue.has_needed(tight)]
    if found := words.findall(tight):
        candidates += [cue for word in set(found) for cue in by_word[word] if size <= cue.limit]
        candidates.sort(key=attrgetter("place"))
    if not candidates:
        return None
    weak = None
    is_sentence = SENTENCE.search(tight) is not None
    for cue in candidates:
        if (is_sentence and not cue.of_sentences) or cue.kind in keep or (cue.weak and weak):
            continue
        matched = cue.match_words(tight)
        if matched is not None:
            hit = Hit(cue, matched)
            if not cue.weak:
                return hit
            weak = hit
    return weak
