"""Report: what a pipeline changed and why, in coordinates of the original text, for people and for machines."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from cnclean.cleaner import lines
from cnclean.edit import Edit, apply_edits
from cnclean.errors import MissingExtraError
from cnclean.ledger import merge_flags
from cnclean.offsets import OffsetMap
from cnclean.report.visible import without_surrogates

if TYPE_CHECKING:
    import pandas

    from cnclean.report.page import Account

_COLUMNS = ("start", "end", "line", "old", "new", "rules", "note", "evidence")


class LineChange(NamedTuple):
    """Neighbouring lines of the original that changed together, and what became of them."""

    number: int
    """The first line, counted from 1."""
    before: str
    after: str
    rules: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A cleaned text with the account of every change.

    `edits` are the changes and `flags` the places that were looked at and left, both sorted, in code points of
    `original`. `converged` is false where something did not settle and was handed back; `unsettled` names the stages.

    >>> import cnclean
    >>> report = cnclean.explain("ＡＢ公司,你好", recipe="minimal")
    >>> report.text, report.counts()
    ('AB公司，你好', {'punctuation/comma': 1, 'width/alphanumeric': 1})
    """

    original: str
    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[Edit, ...] = ()
    converged: bool = True
    passes: int = 1
    unsettled: tuple[str, ...] = ()

    def spans(self) -> list[Edit]:
        """Return the edits and those flags that overlap none of them, sorted: they lead from `original` to `text`."""
        return merge_flags(self.edits, self.flags)

    def counts(self) -> dict[str, int]:
        """Return how many edits each rule had a part in, most first."""
        return _by_rule(self.edits)

    def flag_counts(self) -> dict[str, int]:
        """Return how many places each rule flagged and left, most first."""
        return _by_rule(self.flags)

    def removed(self) -> int:
        """Return how many code points the text is shorter than the original (negative where it grew)."""
        return len(self.original) - len(self.text)

    def lines(self) -> list[LineChange]:
        """Return the changed lines, neighbours together, each with rules and notes."""
        return list(self._line_changes())

    def line_of(self, position: int) -> int:
        """Return the number of the line, counted from 1, that holds a position of the original."""
        return bisect_right(self._line_starts, position)

    def to_original(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Return the span of the original that a span of `text` came from (of one character if `end` is left out)."""
        return self._offsets.to_old(start, start + 1 if end is None else end)

    def to_clean(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Return the span of `text` that a span of the original became (of one character if `end` is left out)."""
        return self._offsets.to_new(start, start + 1 if end is None else end)

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.edits)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in lines(self.original):
            starts.append(starts[-1] + len(line))
        return starts[:-1] or [0]

    def _line_changes(self) -> Iterator[LineChange]:
        starts = [*self._line_starts, len(self.original)]
        for first, last, edits in self._touched_lines():
            begin, end = starts[first], starts[last]
            before = self.original[begin:end]
            after = apply_edits(before, [edit.shifted(-begin) for edit in edits])
            rules = dict.fromkeys(rule for edit in edits for rule in edit.rules)
            notes = dict.fromkeys(edit.note for edit in edits if edit.note)
            yield LineChange(first + 1, before, after, tuple(rules), tuple(notes))

    def _touched_lines(self) -> Iterator[tuple[int, int, list[Edit]]]:
        """Yield (first line, line after the last, edits), counted from 0, for edits that share lines."""
        group: list[Edit] = []
        first = last = -1
        for edit in self.edits:
            a = self.line_of(edit.start) - 1
            b = self.line_of(max(edit.start, edit.end - 1)) if edit.end > edit.start else a + 1
            if group and a >= last:
                yield first, last, group
                group = []
            if not group:
                first = a
            group.append(edit)
            last = max(last, b) if len(group) > 1 else b
        if group:
            yield first, last, group

    def diff(self, name: str = "text", context: int = 2) -> str:
        """Return the changes as a unified diff; empty if there are none."""
        changes = self.lines()
        if not changes:
            return ""
        source = lines(self.original)
        out = [f"--- {name}\n", f"+++ {name} (cleaned)\n"]
        shift = 0
        for hunk in _hunks(changes, context):
            body, old, new = _hunk_lines(source, hunk, context)
            start = max(1, hunk[0].number - context)
            out.append(f"@@ -{start},{old} +{start + shift},{new} @@\n")
            out.extend(body)
            shift += new - old
        return "".join(out)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, ready for JSON; offsets are code points of the original."""
        return {
            "text": self.text,
            "converged": self.converged,
            "passes": self.passes,
            "unsettled": list(self.unsettled),
            "counts": self.counts(),
            "edits": [self._row(edit) for edit in self.edits],
            "flags": [self._row(edit) for edit in self.flags],
        }

    def to_json(self, indent: int | None = None) -> str:
        """Return the report as JSON text; lone surrogates are written as escapes, so the text is always UTF-8."""
        return without_surrogates(json.dumps(self.to_dict(), ensure_ascii=False, indent=indent))

    def to_html(self, title: str = "cnclean report") -> str:
        """Return a self-contained page that shows every change in place; everything in it is escaped."""
        from cnclean.report.page import report_page  # only for those who want a page

        return report_page(title, self._account())

    def _account(self) -> Account:
        from cnclean.report.page import Account

        spans = self.spans()
        inside = set(spans)
        return Account(
            original=self.original,
            text=self.text,
            spans=spans,
            covered=[flag for flag in self.flags if flag not in inside],
            counts=self.counts(),
            flag_counts=self.flag_counts(),
            warning="" if self.converged else f"Did not settle, left as it came: {', '.join(self.unsettled)}",
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return a table of edits and flags with the columns of `to_dict`, and `kind`: edit or flag.

        Needs pandas: `pip install 'cnclean[pandas]'`.
        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("Report.to_pandas", "pandas") from error

        rows = [{"kind": kind, **self._row(e)} for kind, es in (("edit", self.edits), ("flag", self.flags)) for e in es]
        return pandas.DataFrame(rows, columns=["kind", *_COLUMNS]).sort_values(["start", "end"], ignore_index=True)

    def _repr_html_(self) -> str:
        """Return the form that notebooks show: the counts, and the first changed lines."""
        from cnclean.report.fragment import report_fragment

        return report_fragment(self._account())

    def _row(self, edit: Edit) -> dict[str, Any]:
        return {
            "start": edit.start,
            "end": edit.end,
            "line": self.line_of(edit.start),
            "old": self.original[edit.start : edit.end],
            "new": edit.new,
            "rules": list(edit.rules),
            "note": edit.note,
            "evidence": [list(item) for item in edit.evidence],
        }


def _by_rule(edits: tuple[Edit, ...]) -> dict[str, int]:
    counts = Counter(rule for edit in edits for rule in edit.rules)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _hunks(changes: list[LineChange], context: int) -> Iterator[list[LineChange]]:
    hunk: list[LineChange] = []
    for change in changes:
        if hunk and change.number - (hunk[-1].number + len(lines(hunk[-1].before))) > 2 * context:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _hunk_lines(source: list[str], hunk: list[LineChange], context: int) -> tuple[list[str], int, int]:
    """Return the lines of one hunk with their marks, and how many old and new lines it covers."""
    body: list[str] = []
    at = max(0, hunk[0].number - 1 - context)
    old = new = 0
    for change in hunk:
        kept = source[at : change.number - 1]
        before, after = lines(change.before), lines(change.after)
        body += [_marked(" ", s) for s in kept] + [_marked("-", s) for s in before] + [_marked("+", s) for s in after]
        old += len(kept) + len(before)
        new += len(kept) + len(after)
        at = change.number - 1 + len(before)
    kept = source[at : at + context]
    body += [_marked(" ", line) for line in kept]
    return body, old + len(kept), new + len(kept)


def _marked(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
