"""The HTML form of a report: one self-contained page, no network, everything of the text escaped.

The page is readable without its script, which adds what moves: switches, tooltips, the list of changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from cnclean.edit import Edit
from cnclean.report.rows import Changed, Kept, Row, Stretch, rows
from cnclean.report.template import cleaner_of, data_script, fill_page, hue, leading_cleaner, safe
from cnclean.report.visible import show_invisible

_SECTION = 40
"""Rows in one section: the browser lays out only those sections that are near the window."""


@dataclass(frozen=True)
class Account:
    """What the page shows of a report."""

    original: str
    text: str
    spans: Sequence[Edit]
    """Edits and flags of `original`, sorted, not overlapping."""
    covered: Sequence[Edit]
    """Flags that lie under edits: told where the edit is told."""
    counts: Mapping[str, int]
    flag_counts: Mapping[str, int]
    warning: str = ""


def report_page(title: str, account: Account) -> str:
    """Return the page: original with every change in place, result beside it, legend, and list of changes."""
    marks = _Marks(account)
    listing = _sections(rows(account.original, account.spans), marks)
    rules = [*account.counts, *(rule for rule in account.flag_counts if rule not in account.counts)]
    values = {
        "title": safe(title),
        "summary": safe(summary(account)),
        "warning": f'<p class="warning" role="alert">{safe(account.warning)}</p>' if account.warning else "",
        "legend": _legend(rules, account),
        "rows": listing,
        "data": data_script({"reasons": marks.reasons(), "groups": marks.groups()}),
    }
    return fill_page("report.html", values, scripts=("report.js",), own_style=marks.style())


class _Marks:
    """How spans are written: each names its reason and its group, and both are listed once."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._also = _covering(account.spans, account.covered)
        self._reasons: dict[str, int] = {}
        self._groups: dict[tuple[str, ...], int] = {}

    def left(self, part: Changed) -> str:
        """Return a part of a span in the original: what went, what came, or what was looked at and left."""
        edit = self._account.spans[part.number]
        flag = edit.is_flag(self._account.original)
        if not part.first and not part.old:
            return ""
        old = escape(show_invisible(part.old))
        inner = old if flag else (f"<del>{old}</del>" if old else "") + self._inserted(part.new)
        name = f'id="c{part.number}" data-at="{edit.start}–{edit.end}"' if part.first else f'data-of="{part.number}"'
        group, reason = self._group(edit), self._reason(part.number, edit)
        kind = f"flag k{group}" if flag else f"k{group}"
        return f'<mark {name} class="{kind}" data-why="{reason}" tabindex="{0 if part.first else -1}">{inner}</mark>'

    def right(self, part: Changed) -> str:
        """Return what a span brought into the result."""
        edit = self._account.spans[part.number]
        if edit.is_flag(self._account.original):
            return safe(part.old)
        if not part.new:
            return ""
        return f'<ins class="k{self._group(edit)}" data-of="{part.number}">{safe(part.new)}</ins>'

    def _inserted(self, new: str) -> str:
        return f"<ins>{escape(show_invisible(new))}</ins>" if new else ""

    def _group(self, edit: Edit) -> int:
        return self._groups.setdefault(edit.rules or ("?",), len(self._groups))

    def _reason(self, number: int, edit: Edit) -> int:
        evidence = [[item.feature, item.weight, item.matched] for item in edit.evidence]
        also = [[list(flag.rules), flag.note] for flag in self._also.get(number, ())]
        key = json.dumps([list(edit.rules), edit.note, evidence, also])
        return self._reasons.setdefault(key, len(self._reasons))

    def reasons(self) -> list[Any]:
        """Return rules, note, evidence and flags below, for each reason."""
        return [json.loads(key) for key in self._reasons]

    def groups(self) -> list[list[str]]:
        """Return the rules of each group."""
        return [list(rules) for rules in self._groups]

    def style(self) -> str:
        """Return the colours of the groups and of the legend's entries."""
        cleaners = dict.fromkeys(map(cleaner_of, [*self._account.counts, *self._account.flag_counts]))
        own = [f".h{hue(name)}{{--hue:{hue(name)}}}" for name in cleaners]
        return "\n".join([*own, *(f".k{n}{{--hue:{hue(leading_cleaner(k))}}}" for k, n in self._groups.items()), ""])


def _covering(spans: Sequence[Edit], covered: Sequence[Edit]) -> dict[int, list[Edit]]:
    """Return the covered flags by the number of the first span that they overlap."""
    found: dict[int, list[Edit]] = {}
    at = 0
    for flag in sorted(covered):
        while at < len(spans) and spans[at].end <= flag.start:
            at += 1
        if at < len(spans):
            found.setdefault(at, []).append(flag)
    return found


def summary(account: Account) -> str:
    """Return one line: how long the text was and is, how many changes, how many places looked at and kept."""
    changed = sum(not edit.is_flag(account.original) for edit in account.spans)
    before, after = len(account.original), len(account.text)
    share = f" ({(after - before) / before:+.1%})" if before else ""
    flags = sum(account.flag_counts.values())
    parts = [f"{before:,} → {after:,} characters{share}", f"{changed:,} change{'s' * (changed != 1)}"]
    return " · ".join([*parts, f"{flags:,} looked at and kept"] if flags else parts)


def _legend(rules: Sequence[str], account: Account) -> str:
    out: list[str] = []
    for cleaner in dict.fromkeys(map(cleaner_of, rules)):
        entries = [rule for rule in rules if cleaner_of(rule) == cleaner]
        out.append(
            f'<li class="h{hue(cleaner)}"><label><input type="checkbox" checked data-cleaner="{safe(cleaner)}">'
            f'<span class="swatch"></span><span class="name">{safe(cleaner)}</span>{_counted(entries, account)}</label>'
        )
        out.append("<ul>")
        out.extend(
            f'<li><label><input type="checkbox" checked data-rule="{safe(rule)}">'
            f'<span class="name">{safe(rule.partition("/")[2] or rule)}</span>{_counted([rule], account)}</label></li>'
            for rule in entries
        )
        out.append("</ul></li>")
    return "".join(out)


def _counted(rules: Sequence[str], account: Account) -> str:
    edits = sum(account.counts.get(rule, 0) for rule in rules)
    flags = sum(account.flag_counts.get(rule, 0) for rule in rules)
    kept = f'<span class="kept" title="looked at and kept">{flags:,} kept</span>' if flags else ""
    return kept + (f'<span class="count">{edits:,}</span>' if edits or not flags else "")


def _sections(listing: Iterable[Row | Stretch], marks: _Marks) -> str:
    out: list[str] = []
    for is_row, group in groupby(listing, key=lambda entry: isinstance(entry, Row)):
        entries = list(group)
        if not is_row:
            out.extend(_stretch(entry) for entry in entries if isinstance(entry, Stretch))
            continue
        cells = [_row(entry, marks) for entry in entries if isinstance(entry, Row)]
        out.extend(
            f'<section class="rows">{"".join(cells[i : i + _SECTION])}</section>'
            for i in range(0, len(cells), _SECTION)
        )
    return "\n".join(out)


def _row(row: Row, marks: _Marks) -> str:
    left = "".join([safe(p.text) if isinstance(p, Kept) else marks.left(p) for p in row.pieces])
    right = "".join([safe(p.text) if isinstance(p, Kept) else marks.right(p) for p in row.pieces])
    left, right = left.removesuffix("\n"), right.removesuffix("\n")
    number = row.result_number or ""
    changed = any(isinstance(p, Changed) for p in row.pieces)
    gone = " gone" if changed and not row.new() else ""
    kind = f"row{' changed' * changed}{' goes-on' * row.goes_on}"
    return (
        f'<div class="{kind}"><p data-line="{row.number}">{left}</p>'
        f'<p class="result{gone}" data-line="{number}">{right}</p></div>\n'
    )


def _stretch(stretch: Stretch) -> str:
    n = len(stretch.lines)
    last = stretch.number + n - 1
    where = f"line {last:,}" if n == 1 else f"lines {stretch.number:,}–{last:,}"
    return (
        f'<details class="stretch" data-line="{stretch.number}" data-result="{stretch.result_number}"><summary>'
        f"{n:,} unchanged line{'s' * (n != 1)} <span>({where})</span></summary>"
        f"<pre>\n{safe(''.join(stretch.lines).removesuffix(chr(10)))}</pre></details>"
    )
