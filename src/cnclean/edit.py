"""Edit: the one unit of change, and how lists of edits are applied and composed.

All positions are code points of the text that a cleaner was given. The vocabulary follows ICU's `Edits` and ruff's
`Edit`: half-open spans, sorted, not overlapping.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from cnclean.errors import EditError


class Evidence(NamedTuple):
    """One reason in figures: the feature that was seen, its weight, and the text that matched."""

    feature: str
    weight: float = 0.0
    matched: str = ""


@dataclass(frozen=True, slots=True, order=True, init=False)
class Edit:
    """One change: the code points [start, end) are replaced by `new`.

    `rules` are the ids of the rules that asked for it: one where a cleaner proposes it, several where composed edits
    meet. `note` is for people, `evidence` for machines. An edit whose `new` equals the text it covers is a *flag*:
    looked at and left.

    >>> apply_edits("会(huì)议", [Edit(1, 6, "", ("annotations/toned",))])
    '会议'
    """

    start: int
    end: int
    new: str
    rules: tuple[str, ...] = ()
    note: str = field(default="", compare=False)
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)

    def __init__(
        self,
        start: int,
        end: int,
        new: str,
        rules: tuple[str, ...] = (),
        note: str = "",
        evidence: tuple[Evidence, ...] = (),
    ) -> None:
        _set_start(self, start)
        _set_end(self, end)
        _set_new(self, new)
        _set_rules(self, rules)
        _set_note(self, note)
        _set_evidence(self, evidence)

    def is_flag(self, text: str) -> bool:
        """Whether this edit of `text` leaves it as it is (a flag, "looked at and left")."""
        return len(self.new) == self.end - self.start and text.startswith(self.new, self.start)

    def shifted(self, by: int) -> Edit:
        """Return the same edit, `by` code points further on."""
        return Edit(self.start + by, self.end + by, self.new, self.rules, self.note, self.evidence)


# What a frozen dataclass does through `object.__setattr__`, in two thirds of the time: edits are made by the million.
_set_start, _set_end, _set_new, _set_rules, _set_note, _set_evidence = (
    vars(Edit)[name].__set__ for name in ("start", "end", "new", "rules", "note", "evidence")
)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` made; `EditError` if they overlap, are unsorted or lie outside the text.

    >>> apply_edits("你好,世界", [Edit(2, 3, "，"), Edit(5, 5, "！")])
    '你好，世界！'
    """
    out: list[str] = []
    pos = 0
    for edit in edits:
        if edit.start < pos or edit.end < edit.start:
            raise EditError(f"edits overlap or are not sorted at {edit}")
        out.append(text[pos : edit.start])
        out.append(edit.new)
        pos = edit.end
    if not out:
        return text
    if pos > len(text):
        raise EditError(f"an edit ends at {pos}, after the end of the text ({len(text)} code points)")
    out.append(text[pos:])
    return "".join(out)


def diff_edits(old: str, new: str, rules: tuple[str, ...], note: str = "") -> Iterator[Edit]:
    """Yield edits that turn `old` into `new`, for a step that only tells its result.

    Equal lengths are compared code point by code point; equal numbers of lines line by line; anything else becomes
    one span, trimmed on both sides. Linear in the length of the texts.
    """
    if old == new:
        return
    if len(old) == len(new):
        yield from _diff_equal_length(old, new, rules, note)
        return
    if "\n" in old and old.count("\n") == new.count("\n"):
        at = 0
        for a, b in zip(old.split("\n"), new.split("\n"), strict=True):
            for edit in diff_edits(a, b, rules, note):
                yield edit.shifted(at)
            at += len(a) + 1
        return
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    yield Edit(head, len(old) - tail, new[head : len(new) - tail], rules, note)


def _diff_equal_length(old: str, new: str, rules: tuple[str, ...], note: str) -> Iterator[Edit]:
    start = -1
    for i, (a, b) in enumerate(zip(old, new, strict=True)):
        if a != b:
            if start < 0:
                start = i
        elif start >= 0:
            yield Edit(start, i, new[start:i], rules, note)
            start = -1
    if start >= 0:
        yield Edit(start, len(old), new[start:], rules, note)


def _common_prefix(a: str, b: str) -> int:
    low, high = 0, min(len(a), len(b))
    while low < high:  # startswith compares in C; bisection keeps Python steps at log n
        mid = (low + high + 1) // 2
        if a.startswith(b[low:mid], low):
            low = mid
        else:
            high = mid - 1
    return low


def compose_edits(text: str, first: Iterable[Edit], second: Iterable[Edit]) -> list[Edit]:
    """Return the edits of `text` that do what `first` and then `second` (edits of the result of `first`) do.

    Edits that overlap in the text between become one, with the rules, notes and evidence of all of them; edits that
    merely touch stay apart. Changes that cancel out vanish. Flags stay flags, and where a change overlaps one it takes
    over its rules. The idea is ICU's `Edits::mergeAndAppend`. `EditError` if edits of one step overlap.

    >>> compose_edits("ＡＢ", [Edit(0, 2, "AB", ("width",))], [Edit(0, 1, "", ("cut",))])
    [Edit(start=0, end=2, new='B', rules=('width', 'cut'), note='', evidence=())]
    """
    ab, bc = list(first), sorted(second, key=_PLACE)
    if not bc:
        return ab
    if not ab:
        return bc
    _require_apart(ab)
    _require_apart(bc)
    out: list[Edit] = []
    delta = 0  # position in `text` minus position in the text between, after the edits that are done
    i = j = 0
    while i < len(ab) and j < len(bc):
        a, b = ab[i], bc[j]
        at = a.start - delta
        if at + len(a.new) < b.start:
            out.append(a)
            delta += a.end - a.start - len(a.new)
            i += 1
        elif b.end < at:
            out.append(b.shifted(delta))
            j += 1
        else:
            firsts, seconds = _meeting(ab, bc, i, j, delta)
            if merged := _merge(text, firsts, seconds, delta):
                out.append(merged)
            delta += sum(edit.end - edit.start - len(edit.new) for edit in firsts)
            i += len(firsts)
            j += len(seconds)
    out.extend(ab[i:])
    out.extend([edit.shifted(delta) for edit in bc[j:]])
    return out


_PLACE = attrgetter("start", "end")
_NEVER = (sys.maxsize, sys.maxsize)


def _require_apart(edits: list[Edit]) -> None:
    pos = 0
    for edit in edits:
        if edit.start < pos or edit.end < edit.start:
            raise EditError(f"edits overlap or are not sorted at {edit}")
        pos = edit.end


def _meeting(ab: list[Edit], bc: list[Edit], i: int, j: int, delta: int) -> tuple[list[Edit], list[Edit]]:
    """Return the next edit, and those that must be merged with it: those that overlap, and insertions where something
    has been deleted. `ab[i:]` and `bc[j:]` are still to be done.
    """
    firsts, seconds = i, j
    last = end = -1  # where the last of them starts, and where all of them end, in the text between
    while i < len(ab) or j < len(bc):
        a = (ab[i].start - delta, ab[i].start - delta + len(ab[i].new)) if i < len(ab) else _NEVER
        b = (bc[j].start, bc[j].end) if j < len(bc) else _NEVER
        is_second, span = b < a, min(a, b)
        inserted = is_second and span == (end, end) and last == end
        if end >= 0 and span[0] >= end and not inserted:
            break
        last, end = span[0], max(end, span[1])
        if is_second:
            j += 1
        else:
            delta += ab[i].end - ab[i].start - len(ab[i].new)
            i += 1
    return ab[firsts:i], bc[seconds:j]


def _merge(text: str, firsts: list[Edit], seconds: list[Edit], delta: int) -> Edit | None:
    """Return the one edit of `text` that does what edits of both steps do, or None if they cancel out."""
    if not seconds and len(firsts) == 1:
        return firsts[0]
    if not firsts and len(seconds) == 1:
        return seconds[0].shifted(delta)
    grown = delta + sum(edit.end - edit.start - len(edit.new) for edit in firsts)
    start = min([edit.start for edit in firsts[:1]] + [edit.start + delta for edit in seconds[:1]])
    end = max([edit.end for edit in firsts[-1:]] + [edit.end + grown for edit in seconds[-1:]])
    old = text[start:end]
    middle = apply_edits(old, [edit.shifted(-start) for edit in firsts])
    moved = [edit.shifted(delta - start) for edit in seconds]
    new = apply_edits(middle, moved)
    edits = [*firsts, *seconds]
    if new == old:
        edits = [edit for edit in firsts if edit.is_flag(text)]
        edits += [edit for edit in moved if edit.is_flag(middle)]
        if not edits:
            return None
    return Edit(
        start,
        end,
        new,
        tuple(dict.fromkeys(rule for edit in edits for rule in edit.rules)),
        "; ".join(dict.fromkeys(edit.note for edit in edits if edit.note)),
        tuple(dict.fromkeys(item for edit in edits for item in edit.evidence)),
    )
