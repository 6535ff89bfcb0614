"""Spam: the cleaner that puts lexicon, evidence and document rules together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from cnclean.cleaner import Scope
from cnclean.cleaners.spam.document import Known, Page
from cnclean.cleaners.spam.lexicon import check_kept, lexicon
from cnclean.cleaners.spam.prefilter import places_after
from cnclean.edit import Edit, apply_edits, compose_edits
from cnclean.errors import OptionError, one_of

_MAX_LOOKS = 16


@dataclass(frozen=True)
class Spam:
    r"""Takes injected advertising out: whole lines, and spans inside lines, with the evidence for each.

    `level`: "balanced" needs two independent kinds of evidence, "strict" also takes what balanced only flags, "flag"
    removes nothing. `keep`: classes to leave alone. `table`: path of a TOML file with the keys `extend`, `drop`,
    `guard`, laid over the tables that ship.

    Scope: document. Idempotent because it looks at its own result until it finds nothing more to remove: every look
    only deletes, so the text gets shorter each time; a text that does not settle is given back as it came.

    >>> print(Spam()("股票配资平台\n股票配资公司 城市公园本月开放\n市民周末可以免费入园。"))
    城市公园本月开放
    市民周末可以免费入园。
    """

    level: Literal["strict", "balanced", "flag"] = "balanced"
    keep: tuple[str, ...] = ()
    table: str = ""
    name = "spam"
    scope = Scope.DOCUMENT

    def __post_init__(self) -> None:
        one_of("spam level", self.level, ("strict", "balanced", "flag"))
        if isinstance(self.keep, str):
            raise OptionError(f"keep must be a sequence of classes, not {self.keep!r}")
        object.__setattr__(self, "keep", tuple(self.keep))
        check_kept(self.keep)
        if self.table:
            lexicon(self.keep, self.table)

    def __call__(self, text: str, /) -> str:
        """Return the text without advertising."""
        return apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield the removals, and flags for what was looked at and left."""
        return self.edits_with(text, {})

    def edits_with(self, text: str, memory: dict[str, Any], /) -> Iterator[Edit]:
        """Yield the same edits; lines that `memory` knows are not searched and judged again."""
        words = lexicon(self.keep, self.table)
        known: Known = memory.setdefault("known", Known())
        removals: list[Edit] = []
        current, places = text, words.prefilter.places(text, memory.get("searched"))
        for _ in range(_MAX_LOOKS):
            page = Page(current, places, words, self.level, known)
            found = page.edits()
            if self.level == "flag":
                yield from _all_flags(text, found, page.flags())
                return
            if not found:
                memory["searched"] = current, places
                yield from compose_edits(text, removals, _untouched(page.flags(), removals))
                return
            removals = compose_edits(text, removals, found)
            current = apply_edits(current, found)
            places = places_after(places, found, current, words.prefilter)
        yield Edit(0, 0, "", ("spam/unsettled",), f"not settled after {_MAX_LOOKS} looks: nothing removed")


def _all_flags(text: str, found: list[Edit], flags: Iterator[Edit]) -> list[Edit]:
    """Return what would be removed, and what would be flagged anyway, as flags."""
    chosen = [replace(edit, new=text[edit.start : edit.end]) for edit in found]
    ends = [edit.end for edit in chosen]
    for flag in flags:
        at = bisect_right(ends, flag.start)  # the first removal that ends behind the start of the flag
        if at == len(found) or found[at].start >= flag.end:
            chosen.append(flag)
    return sorted(chosen, key=lambda edit: edit.start)


def _untouched(flags: Iterator[Edit], removals: list[Edit]) -> list[Edit]:
    """Return the flags, in coordinates of the cleaned text, of lines in which nothing was removed."""
    gaps: list[int] = []
    gone = 0
    for edit in removals:
        gaps.append(edit.start - gone)
        gone += edit.end - edit.start
    return [flag for flag in flags if bisect_right(gaps, flag.start) == bisect_left(gaps, flag.end)]
