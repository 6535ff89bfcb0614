"""What the command line prints about a report: short lines with aligned columns, wide characters counted as two."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from cnclean.edit import Edit
from cnclean.report import Report

_SHOWN = 60


def note(message: str) -> None:
    """Print a line to standard error."""
    print(message.encode("utf-8", "backslashreplace").decode("utf-8"), file=sys.stderr)


def summary(name: str, report: Report, *, check: bool = False) -> str:
    """Return one short paragraph: how much changed, by which cleaner, and what was only flagged."""
    if report.text == report.original:
        head = f"{name}: {'would not change' if check else 'nothing to change'}"
    else:
        verb = "would change: " if check else ""
        head = f"{name}: {verb}{len(report.original):,} → {len(report.text):,} characters"
    parts = [f"{cleaner} {count:,}" for cleaner, count in _by_cleaner(report.counts()).most_common()]
    lines = [head + (f"  ({', '.join(parts)})" if parts else "")]
    if report.flags:
        flags = _by_cleaner(report.flag_counts()).most_common()
        lines.append("  looked at and left: " + ", ".join(f"{cleaner} {count:,}" for cleaner, count in flags))
    if not report.converged:
        lines.append(f"  did not settle, left as it came: {', '.join(report.unsettled)}")
    return "\n".join(lines)


def _by_cleaner(counts: dict[str, int]) -> Counter[str]:
    total: Counter[str] = Counter()
    for rule, count in counts.items():
        total[rule.partition("/")[0]] += count
    return total


def explanation(name: str, report: Report) -> str:
    """Return the counts by rule, then every change: line, rule, what it was and became, and the reason."""
    out = [summary(name, report) + "\n"]
    counts = [(f"  {rule}", f"{count:,}") for rule, count in report.counts().items()]
    out.append(table(counts))
    out.extend(_row(report, edit) for edit in report.spans())
    return "".join(out)


def _row(report: Report, edit: Edit) -> str:
    old = shorten(report.original[edit.start : edit.end])
    change = f"{old} kept" if edit.is_flag(report.original) else f"{old} → {shorten(edit.new)}"
    reason = f"  ({edit.note})" if edit.note else ""
    return f"{report.line_of(edit.start)}:{edit.start}  {' + '.join(edit.rules)}  {change}{reason}\n"


def shorten(text: str) -> str:
    """Return the text in quotes, on one line, its middle left out where it is long."""
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}…{text[-_SHOWN // 3 :]}"
    return "“" + "".join(_visible(char) for char in shown) + "”"


def _visible(char: str) -> str:
    if char == "\n":
        return "⏎"
    return char if char.isprintable() else f"[U+{ord(char):04X}]"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows with their columns aligned, one a line."""
    cells = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return "".join(
        "  ".join(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in cells
    )


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal: wide and full-width characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
