"""Cues: the table of words and patterns that give a line of site chrome away, and how a line is compared with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cnclean.tables import toml_table

TABLE = "site-chrome.toml"
ANCHORS = ("line", "start", "any")

# Sentence punctuation of the view (full width is folded): a line with it is running text, not a label.
SENTENCE = re.compile(r"[。｡]|[!?;](?=[^>»]*$)")

_DECORATED_END = re.compile(r"[\W_]+$")


@dataclass(frozen=True)
class Cue:
    """One entry of the table: what it matches, where in the line, up to which length, and what that is worth."""

    name: str
    kind: str
    anchor: str
    limit: int
    pattern: re.Pattern[str]  # all patterns of the entry in one
    prose: bool = False
    weak: bool = False
    ends: bool = False

    def match(self, tight: str) -> str | None:
        """Return what this cue matches in a tight view, or None."""
        if len(tight) > self.limit or (not self.prose and SENTENCE.search(tight)):
            return None
        if self.anchor == "any":
            found = self.pattern.search(tight)
        elif self.anchor == "start":
            found = self.pattern.match(tight)
        else:
            found = self.pattern.fullmatch(tight) or self.pattern.fullmatch(_DECORATED_END.sub("", tight))
        return found.group() if found else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue and the words of the line that it matched."""

    cue: Cue
    matched: str


@cache
def cues() -> tuple[Cue, ...]:
    """Return all cues of the table, in its order, which is the order of preference."""
    return tuple(map(_cue, toml_table(TABLE)["cue"]))


@cache
def site_name() -> Cue:
    """Return the cue for the name of a site: it counts above the title only."""
    return _cue(toml_table(TABLE)["site_name"])


def _cue(entry: Mapping[str, Any]) -> Cue:
    return Cue(
        entry["name"],
        entry["kind"],
        entry["anchor"],
        entry["limit"],
        re.compile("|".join(entry["patterns"])),
        entry.get("prose", False),
        entry.get("weak", False),
        entry.get("ends", False),
    )


@cache
def longest() -> int:
    """Return the length of the longest line that any cue looks at."""
    return max(cue.limit for cue in cues())


def find_cue(tight: str, keep: tuple[str, ...] = ()) -> Hit | None:
    """Return the first cue that matches a tight view; a strong one before a weak one; kinds in `keep` do not count."""
    weak = None
    for cue in cues():
        if cue.kind in keep or (cue.weak and weak):
            continue
        matched = cue.match(tight)
        if matched is not None:
            hit = Hit(cue, matched)
            if not cue.weak:
                return hit
            weak = hit
    return weak
