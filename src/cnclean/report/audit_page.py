"""The HTML form of an audit, and of the index of several reports: totals, rules with examples, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol
from urllib.parse import quote

from cnclean.report.template import cleaner_of, fill_page, hue, safe
from cnclean.report.visible import show_invisible

_MOST = 5000
"""Most documents that the page lists; the totals count all."""


class _RuleRow(Protocol):
    rule: str
    edits: int
    flags: int
    documents: int
    removed: int
    examples: list[Any]


@dataclass(frozen=True)
class Tables:
    """What the page shows of an audit."""

    cleaners: Sequence[_RuleRow]
    rules: Sequence[_RuleRow]
    documents: Sequence[Any]
    """Those that lose the greatest share first."""
    shares: Mapping[str, int]


def audit_page(title: str, summary: str, tables: Tables) -> str:
    """Return the page."""
    names = dict.fromkeys(cleaner_of(row.rule) for row in [*tables.cleaners, *tables.rules])
    listed = tables.documents[:_MOST]
    values = {
        "title": safe(title),
        "summary": safe(summary),
        "shares": _shares(tables.shares),
        "cleaners": "".join(map(_rule_row, tables.cleaners)),
        "rules": "".join(map(_rule_row, tables.rules)),
        "documents": "".join(map(_document_row, listed)),
        "cut": f"The {_MOST:,} that lose most." if len(listed) < len(tables.documents) else "",
        "examples": "".join(_examples(row) for row in tables.rules if row.examples),
    }
    own = "".join(f".h{hue(name)}{{--hue:{hue(name)}}}\n" for name in names)
    return fill_page("audit.html", values, scripts=("audit.js",), own_style=own)


def _shares(shares: Mapping[str, int]) -> str:
    most = max(shares.values(), default=0) or 1
    return "".join(
        f'<tr><th scope="row">{safe(label)}</th><td class="number">{count:,}</td>'
        f'<td><meter min="0" max="{most}" value="{count}" aria-hidden="true"></meter></td></tr>'
        for label, count in shares.items()
    )


def _rule_row(row: _RuleRow) -> str:
    name = f'<span class="swatch"></span> {safe(row.rule)}'
    if row.examples:
        name = f'<a href="#{_anchor(row.rule)}">{name}</a>'
    cells = _numbers(row.edits, row.flags, row.documents, row.removed)
    return f'<tr class="h{hue(cleaner_of(row.rule))}"><th scope="row">{name}</th>{cells}</tr>'


def _document_row(row: Any) -> str:
    name = safe(row.name)
    if row.page:
        name = f'<a href="{quote(row.page, errors="surrogateescape")}">{name}</a>'
    if not row.converged:
        name += ' <span class="kept">did not settle</span>'
    share = f'<td class="number" data-value="{row.share:.6f}">{row.share:.1%}</td>'
    return f'<tr><th scope="row">{name}</th>{share}{_numbers(row.removed, row.characters, row.edits, row.flags)}</tr>'


def _numbers(*numbers: int) -> str:
    return "".join(f'<td class="number" data-value="{number}">{number:,}</td>' for number in numbers)


def _anchor(rule: str) -> str:
    return "rule-" + safe(rule.replace(" ", "-"))


def _examples(row: _RuleRow) -> str:
    return (
        f'<details class="h{hue(cleaner_of(row.rule))}" id="{_anchor(row.rule)}"><summary><span class="swatch"></span> '
        f"{safe(row.rule)}</summary><ul>{''.join(map(_example, row.examples))}</ul></details>"
    )


def _example(example: Any) -> str:
    old, new = escape(show_invisible(example.old)), escape(show_invisible(example.new))
    if example.kept:
        change = f'<span class="flag">{old}</span>'
    else:
        change = (f"<del>{old}</del>" if old else "") + (f"<ins>{new}</ins>" if new else "")
    around = [f'<span class="around">{escape(show_invisible(part))}</span>' for part in (example.before, example.after)]
    where = f"{safe(example.document)}, line {example.line:,}" + (f": {safe(example.note)}" if example.note else "")
    return f'<li lang="zh">{around[0]}{change}{around[1]}<p class="note" lang="en">{where}</p></li>'
