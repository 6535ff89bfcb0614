"""Cues: the table of words and patterns that give a line of site chrome away, and how a line is compared with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from cnclean.cleaners.site_chrome.heads import match_heads
from cnclean.tables import toml_table

TABLE = "site-chrome.toml"
ANCHORS = ("line", "start", "any")

# Sentence punctuation of the view (full width is folded): a line with it is running text, not a label.
SENTENCE = re.compile(r"[。｡!?;](?:(?<=[。｡])|(?=[^>»\n]*$))", re.MULTILINE)

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
    then: tuple[str, ...]  # for speed: patterns of what follows these words, the first, the second …
    also: tuple[str, ...]  # for speed: one of these words is in the line as well
    patterns: tuple[str, ...]
    heads: tuple[frozenset[str], ...]  # what a match of each pattern at the start of a line starts with: `match_heads`
    prose: bool = False
    headline: bool = False
    weak: bool = False
    ends: bool = False

    @cached_property
    def of_sentences(self) -> bool:
        """Whether it counts also where the line holds the end of a sentence."""
        return self.prose or self.headline

    def match(self, tight: str) -> str | None:
        """Return what this cue matches in a tight view, or None."""
        if len(tight) > self.limit or (not self.of_sentences and SENTENCE.search(tight)):
            return None
        return self.match_words(tight) if holds(tight, self.needs) else None

    def match_words(self, tight: str) -> str | None:
        """Return what the patterns match, whatever else the cue asks of a line."""
        found = self.finder(self.patterns)(tight)
        return found.group() if found and found.start() <= self.before else None

    def finder(self, patterns: tuple[str, ...]) -> Finder:
        """Return what finds the first of some patterns of this cue in a tight view, where the anchor says."""
        return _finder("|".join(patterns), self.anchor)


def holds(tight: str, words: tuple[str, ...]) -> bool:
    """Whether a tight view holds one of the words, or none are asked for."""
    for word in words:  # a loop: `any` takes four times as long, and this runs for most short lines
        if word in tight:
            return True
    return not words


Finder = Callable[[str], re.Match[str] | None]


@cache  # compiled when first needed: most texts need few of them
def _finder(patterns: str, anchor: str) -> Finder:
    pattern = re.compile(patterns)
    if anchor != "line":
        return pattern.search if anchor == "any" else pattern.match

    def find_line(tight: str) -> re.Match[str] | None:
        found = pattern.fullmatch(tight)
        if found is None and _DECORATION.match(tight[-1:]):
            found = pattern.fullmatch(_DECORATED_END.sub("", tight))
        return found

    return find_line


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues of the table, in its order."""
    return tuple(_cue(place, entry) for place, entry in enumerate(toml_table(TABLE)["cue"]))


@cache
def site_name() -> Cue:
    """Return the cue for the name of a site: it counts above the title only."""
    return _cue(0, toml_table(TABLE)["site_name"])


def _cue(place: int, entry: Mapping[str, Any]) -> Cue:
    anchor, patterns = entry["anchor"], tuple(entry["patterns"])
    return Cue(
        place,
        entry["name"],
        entry["kind"],
        anchor,
        entry["limit"],
        entry.get("before", entry["limit"]),
        tuple(entry.get("needs", ())),
        tuple(entry.get("then", ())),
        tuple(entry.get("also", ())),
        patterns,
        () if anchor == "any" else tuple(match_heads(pattern, whole=anchor == "line") for pattern in patterns),
        entry.get("prose", False),
        entry.get("headline", False),
        entry.get("weak", False),
        entry.get("ends", False),
    )


def is_letter(char: str) -> bool:
    """Whether a character is no decoration: a letter, a digit, or the sign that numbers items."""
    return char.isalnum() or char == "、"
