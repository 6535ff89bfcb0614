"""Audit: what cleaning would do to many documents, in totals, examples and a list of those that would lose most."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from cnclean.edit import Edit
from cnclean.report.audit_page import Tables, audit_page
from cnclean.report.report import Report
from cnclean.report.template import cleaner_of, leading_cleaner
from cnclean.report.visible import without_surrogates

_Key = tuple[bool, bytes]

_AROUND = 24
_LONGEST = 120
_BORDERS = (0.0, 0.01, 0.05, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Example:
    """One place where a rule was at work, with what stands around it; `new` equals `old` where it was kept."""

    document: str
    line: int
    before: str
    old: str
    new: str
    after: str
    kept: bool
    note: str


@dataclass(slots=True)
class RuleAccount:
    """What one rule (or cleaner) did in all documents. A composed edit counts for each rule that had a part in it."""

    rule: str
    edits: int = 0
    flags: int = 0
    documents: int = 0
    removed: int = 0
    """Code points that its edits took away, less those that they put in their place. A composed edit counts here only
    for the weightiest cleaner in it."""
    examples: list[Example] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DocumentAccount:
    """What happened to one document; `share` is the part of its code points that went, from 0 to 1."""

    name: str
    characters: int
    removed: int
    share: float
    edits: int
    flags: int
    converged: bool
    page: str = ""
    """The address of its own report, where one was written."""


class Audit:
    """Totals over the reports that were added. The examples are drawn by a hash of `seed` and the place, so the same
    documents give the same examples, in whatever order they come.

    >>> import cnclean
    >>> audit = Audit()
    >>> audit.add("a.txt", cnclean.explain("你好,世界", recipe="minimal"))
    >>> [(rule.rule, rule.edits, rule.examples[0].before) for rule in audit.rules()]
    [('punctuation/comma', 1, '你好')]
    """

    def __init__(self, *, examples: int = 3, seed: int = 0) -> None:
        self.examples = examples
        self.seed = seed
        self._documents: list[DocumentAccount] = []
        self._rules: dict[str, RuleAccount] = {}
        self._cleaners: dict[str, RuleAccount] = {}
        self._drawn: dict[str, list[tuple[_Key, Example]]] = {}

    def add(self, name: str, report: Report, page: str = "") -> None:
        """Take in the report of one document."""
        removed = report.removed()
        share = max(0, removed) / len(report.original) if report.original else 0.0
        size = (len(report.original), removed, share)
        counts = (len(report.edits), len(report.flags))
        self._documents.append(DocumentAccount(name, *size, *counts, report.converged, page))
        rules: set[str] = set()
        for edit in report.edits:
            self._count(edit, flag=False)
            rules.update(edit.rules)
            self._draw(name, report, edit, kept=False)
        for flag in report.flags:
            self._count(flag, flag=True)
            rules.update(flag.rules)
            self._draw(name, report, flag, kept=True)
        for rule in rules:
            self._rules[rule].documents += 1
        for cleaner in set(map(cleaner_of, rules)):
            self._cleaners[cleaner].documents += 1

    def _count(self, edit: Edit, *, flag: bool) -> None:
        removed = edit.end - edit.start - len(edit.new)
        leading = leading_cleaner(edit.rules)
        cleaners = dict.fromkeys(map(cleaner_of, edit.rules))
        for table, names in ((self._rules, edit.rules), (self._cleaners, cleaners)):
            for name in names:
                account = table.setdefault(name, RuleAccount(name))
                account.flags += flag
                account.edits += not flag
                account.removed += removed if cleaner_of(name) == leading else 0

    def _draw(self, name: str, report: Report, edit: Edit, *, kept: bool) -> None:
        place = f"{self.seed}\0{name}\0{edit.start}".encode("utf-8", "surrogatepass")
        key = (len(edit.rules) > 1, blake2b(place, digest_size=8).digest())  # what one rule did alone is clearer
        for rule in edit.rules:
            drawn = self._drawn.setdefault(rule, [])
            if len(drawn) == self.examples and (not drawn or key >= drawn[-1][0]):
                continue
            drawn.append((key, _example(name, report, edit, kept)))
            drawn.sort(key=lambda item: item[0])
            del drawn[self.examples :]

    def documents(self) -> list[DocumentAccount]:
        """Return the documents, those that lose the greatest share first."""
        return sorted(self._documents, key=lambda d: (-d.share, -d.removed, d.name))

    def rules(self) -> list[RuleAccount]:
        """Return the rules with their examples, the busiest first."""
        for rule, drawn in self._drawn.items():
            self._rules[rule].examples = [example for _, example in drawn]
        return _busiest(self._rules)

    def cleaners(self) -> list[RuleAccount]:
        """Return the totals by cleaner, the busiest first."""
        return _busiest(self._cleaners)

    def characters(self) -> tuple[int, int]:
        """Return how many code points the documents had and how many are gone."""
        return sum(d.characters for d in self._documents), sum(d.removed for d in self._documents)

    def shares(self) -> dict[str, int]:
        """Return how many documents lose how much of themselves, in classes from none to more than half."""
        labels = ["nothing", "under 1%", "1–5%", "5–20%", "20–50%", "50% and more"]
        counts = Counter(
            sum(d.share > 0 if i == 0 else d.share >= b for i, b in enumerate(_BORDERS)) for d in self._documents
        )
        return {label: counts[i] for i, label in enumerate(labels)}

    def to_dict(self) -> dict[str, Any]:
        """Return the audit as plain values, ready for JSON."""
        before, removed = self.characters()
        return {
            "documents": len(self._documents),
            "characters": before,
            "removed": removed,
            "seed": self.seed,
            "shares": self.shares(),
            "cleaners": [{k: v for k, v in asdict(row).items() if k != "examples"} for row in self.cleaners()],
            "rules": [asdict(row) for row in self.rules()],
            "by_document": [asdict(row) for row in self.documents()],
        }

    def to_json(self, indent: int | None = None) -> str:
        """Return the audit as JSON text; lone surrogates are written as escapes, so the text is always UTF-8."""
        return without_surrogates(json.dumps(self.to_dict(), ensure_ascii=False, indent=indent))

    def to_html(self, title: str = "cnclean audit") -> str:
        """Return a self-contained page: totals, rules with examples, and the documents, sortable, worst first."""
        before, removed = self.characters()
        share = f" ({removed / before:.1%})" if before else ""
        n = len(self._documents)
        summary = f"{n:,} document{'s' * (n != 1)} · {before:,} characters, {removed:,} fewer when cleaned{share}"
        tables = Tables(self.cleaners(), self.rules(), self.documents(), self.shares())
        return audit_page(title, summary, tables)


def _busiest(accounts: dict[str, RuleAccount]) -> list[RuleAccount]:
    return sorted(accounts.values(), key=lambda row: (-row.edits, -row.flags, row.rule))


def _example(name: str, report: Report, edit: Edit, kept: bool) -> Example:
    text = report.original
    return Example(
        document=name,
        line=report.line_of(edit.start),
        before=text[max(0, edit.start - _AROUND) : edit.start],
        old=_cut(text[edit.start : edit.end]),
        new=_cut(edit.new),
        after=text[edit.end : edit.end + _AROUND],
        kept=kept,
        note=edit.note,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
