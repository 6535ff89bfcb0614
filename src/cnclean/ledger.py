"""Ledger: the account of a run, kept in coordinates of the text that it began with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cnclean.edit import Edit, apply_edits, compose_edits
from cnclean.offsets import OffsetMap


class Mark(NamedTuple):
    """A place in a ledger to go back to."""

    current: str
    edits: list[Edit]
    n_flags: int


class Ledger:
    """All edits so far, composed, and all flags so far, in coordinates of `text`.

    >>> ledger = Ledger("ＡＢ，")
    >>> ledger.add([Edit(0, 2, "AB", ("width",))])
    'AB，'
    >>> ledger.add([Edit(2, 3, "", ("cut",))])
    'AB'
    >>> [(e.start, e.end, e.new) for e in ledger.edits]
    [(0, 2, 'AB'), (2, 3, '')]
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.current = text
        self.edits: list[Edit] = []
        self._flags: dict[Edit, Edit] = {}

    @property
    def flags(self) -> list[Edit]:
        """The flags, sorted; the same place flagged for the same reason in two passes counts once."""
        return sorted(self._flags)

    def add(self, edits: Iterable[Edit]) -> str:
        """Take in edits of the current text and return the text that they make of it."""
        changes = list(edits)
        if flags := [edit for edit in changes if edit.is_flag(self.current)]:
            self._add_flags(flags)
            changes = [edit for edit in changes if not edit.is_flag(self.current)]
        if changes:
            self.current = apply_edits(self.current, changes)
            self.edits = compose_edits(self.text, self.edits, changes)
        return self.current

    def _add_flags(self, flags: list[Edit]) -> None:
        offsets = OffsetMap(self.edits)
        for flag in flags:
            start, end = offsets.to_old(flag.start, flag.end)
            moved = Edit(start, end, self.text[start:end], flag.rules, flag.note, flag.evidence)
            self._flags.setdefault(moved, moved)

    def spans(self, *, keep_edits: bool = True) -> list[Edit]:
        """Return edits and those flags that overlap no edit and no other flag, sorted."""
        return merge_flags(self.edits if keep_edits else [], self.flags)

    def mark(self) -> Mark:
        """Return a mark that `reset` can go back to."""
        return Mark(self.current, self.edits, len(self._flags))

    def reset(self, mark: Mark) -> None:
        """Forget all that was added since `mark`."""
        self.current, self.edits = mark.current, mark.edits
        for flag in list(self._flags)[mark.n_flags :]:
            del self._flags[flag]


def merge_flags(edits: Iterable[Edit], flags: Iterable[Edit]) -> list[Edit]:
    """Return `edits` and those of `flags` that overlap none of them and no earlier flag, sorted."""
    out: list[Edit] = []
    changes = list(edits)
    at = end = 0
    for flag in sorted(flags):
        while at < len(changes) and changes[at].start < flag.end:
            out.append(changes[at])
            end = max(end, changes[at].end)
            at += 1
        if flag.start >= end:
            out.append(flag)
            end = flag.end
    out.extend(changes[at:])
    return sorted(out, key=lambda edit: (edit.start, edit.end))
