"""Edit: the one unit of change, and how lists of edits are applied and composed.

All positions are code points of the text that a cleaner was given. The vocabulary follows ICU's `Edits` and ruff's
`Edit`: half-open spans, sorted, not overlapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cnclean.errors import EditError


class Evidence(NamedTuple):
    """One reason in figures: the feature that was seen, its weight, and the text that matched."""

    feature: str
    weight: float = 0.0
    matched: str = ""


@dataclass(frozen=True, slots=True, order=True)
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

    def is_flag(self, text: str) -> bool:
        """Whether this edit of `text` leaves it as it is (a flag, "looked at and left")."""
        return len(self.new) == self.end - self.start and text.startswith(self.new, self.start)

    def shifted(self, by: int) -> Edit:
        """Return the same edit, `by` code points further on."""
        return Edit(self.start + by, self.end + by, self.new, self.rules, self.note, self.evidence)


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


class _Span(NamedTuple):
    """An edit seen in the coordinates of the text between two steps."""

    start: int
    end: int
    second: bool
    edit: Edit


def compose_edits(text: str, first: Iterable[Edit], second: Iterable[Edit]) -> list[Edit]:
    """Return the edits of `text` that do what `first` and then `second` (edits of the result of `first`) do.

    Edits that overlap in the text between become one, with the rules, notes and evidence of all of them; edits that
    merely touch stay apart. Changes that cancel out vanish. Flags stay flags, and where a change overlaps one it takes
    over its rules. The idea is ICU's `Edits::mergeAndAppend`.

    >>> compose_edits("ＡＢ", [Edit(0, 2, "AB", ("width",))], [Edit(0, 1, "", ("cut",))])
    [Edit(start=0, end=2, new='B', rules=('width', 'cut'), note='', evidence=())]
    """
    ab, bc = list(first), list(second)
    if not bc:
        return ab
    if not ab:
        return bc
    middle = apply_edits(text, ab)
    out: list[Edit] = []
    delta = 0  # position in `text` minus position in `middle`, before the group
    for group in _groups(_in_middle(ab, bc)):
        start, end = min(s.start for s in group), max(s.end for s in group)
        grow = sum((s.edit.end - s.edit.start) - (s.end - s.start) for s in group if not s.second)
        merged = _merge(text, middle, group, (start + delta, end + delta + grow), start, end)
        if merged is not None:
            out.append(merged)
        delta += grow
    return out


def _in_middle(ab: list[Edit], bc: list[Edit]) -> list[_Span]:
    spans: list[_Span] = []
    shift = 0
    for edit in ab:
        start = edit.start + shift
        spans.append(_Span(start, start + len(edit.new), False, edit))
        shift += len(edit.new) - (edit.end - edit.start)
    spans.extend(_Span(edit.start, edit.end, True, edit) for edit in bc)
    spans.sort(key=lambda s: (s.start, s.end, s.second))
    return spans


def _groups(spans: list[_Span]) -> Iterator[list[_Span]]:
    """Yield the spans that must be merged: those that overlap, and insertions where something has been deleted."""
    group: list[_Span] = []
    end = -1
    for span in spans:
        empty_meet = span.second and span.start == end == span.end and group and group[-1].start == end
        if group and (span.start < end or empty_meet):
            group.append(span)
        else:
            if group:
                yield group
            group = [span]
        end = max(end, span.end)
    if group:
        yield group


def _merge(text: str, middle: str, group: list[_Span], place: tuple[int, int], start: int, end: int) -> Edit | None:
    if len(group) == 1:
        only = group[0].edit
        return Edit(place[0], place[1], only.new, only.rules, only.note, only.evidence)
    local = [Edit(s.start - start, s.end - start, s.edit.new) for s in group if s.second]
    new = apply_edits(middle[start:end], local)
    group = sorted(group, key=lambda s: s.second)  # stable: the first step's rules come first
    edits = [s.edit for s in group]
    if new == text[place[0] : place[1]]:
        edits = [s.edit for s in group if s.edit.is_flag(middle if s.second else text)]
        if not edits:
            return None
    notes = dict.fromkeys(e.note for e in edits if e.note)
    return Edit(
        *place,
        new,
        tuple(dict.fromkeys(rule for e in edits for rule in e.rules)),
        "; ".join(notes),
        tuple(dict.fromkeys(item for e in edits for item in e.evidence)),
    )
