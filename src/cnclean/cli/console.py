"""What the command line prints: plain and aligned in a pipe, in colours in a terminal, wide characters counted as two.

Only this module knows `rich`, and loads it when there is a terminal to print to. `NO_COLOR` and `FORCE_COLOR` are
honoured, as `rich` does.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, TextIO, TypeVar

from cnclean.edit import Edit
from cnclean.report import Report
from cnclean.report.audit import Audit, Example, RuleAccount
from cnclean.report.template import cleaner_of
from cnclean.report.visible import show_invisible, show_unsafe

if TYPE_CHECKING:
    from rich.console import Console

Item = TypeVar("Item")

_SHOWN = 60
_SHORT = 24
_WORST = 10
_PATIENCE = 1.0
"""Seconds of work before a progress bar appears."""


def note(message: str) -> None:
    """Print a line to standard error; control characters, in the name of a file perhaps, are shown by number."""
    print(show_unsafe(message), file=sys.stderr)


def _rich(stream: TextIO) -> Console | None:
    """Return a console for a terminal, or None for a pipe, which gets plain text."""
    if not (stream.isatty() or os.environ.get("FORCE_COLOR")):
        return None
    from rich.console import Console

    return Console(file=stream, highlight=False)


def print_text(text: str) -> None:
    """Print a text to standard output; what UTF-8 cannot hold is written as an escape."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def print_diff(diff: str) -> None:
    """Print a unified diff: as it is in a pipe, in colours and with controls made visible in a terminal."""
    console = _rich(sys.stdout)
    if console is None:
        print_text(diff)
        return
    styles = {"+": "green", "-": "red", "@": "cyan", "\\": "dim"}
    for line in diff.removesuffix("\n").split("\n") if diff else []:
        style = "bold" if line.startswith(("--- ", "+++ ")) else styles.get(line[:1], "")
        console.print(show_unsafe(line), style=style or None, markup=False, emoji=False, soft_wrap=True)


def print_table(
    rows: Iterable[Sequence[str]], head: Sequence[str] = (), figures: Iterable[int] = (), cut: int = -1
) -> None:
    """Print rows in aligned columns; `figures` are aligned at their right, `cut` is not wrapped."""
    cells = [tuple(map(show_unsafe, row)) for row in rows]
    right = set(figures)
    console = _rich(sys.stdout)
    if not cells:
        return
    if console is None:
        print_text(table([head, *cells] if head else cells, right))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD if head else None, show_header=bool(head), pad_edge=False, header_style="bold")
    for i in range(len(cells[0])):
        shown.add_column(
            head[i] if head else "",
            justify="right" if i in right else "left",
            style="cyan" if i == 0 else None,
            overflow="ellipsis" if i == cut else "fold",
            no_wrap=i == cut or i in right,
        )
    for row in cells:
        shown.add_row(*map(Text, row))
    console.print(shown)


@contextmanager
def _bar(total: int, what: str) -> Iterator[Iterator[None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(file=sys.stderr), transient=True)
    task = progress.add_task(what, total=total)
    timer = Timer(_PATIENCE, progress.start)
    timer.daemon = True
    timer.start()

    def steps() -> Iterator[None]:
        while True:
            yield
            progress.advance(task)

    try:
        yield steps()
    finally:
        timer.cancel()
        timer.join()
        progress.stop()


def with_progress(items: Sequence[Item], what: str, *, shown: bool = True) -> Iterator[Item]:
    """Yield the items; where it takes more than a second, and standard error is a terminal, show how far it is."""
    if not shown or not sys.stderr.isatty():
        yield from items
        return
    with _bar(len(items), what) as steps:
        for item in items:
            next(steps)
            yield item


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
        total[cleaner_of(rule)] += count
    return total


def print_explanation(name: str, report: Report) -> None:
    """Print the rules with counts and an example each, then every change: line, offset, rule, what, and the reason."""
    print_text(show_unsafe(summary(name, report)) + "\n")
    spans = report.spans()
    if not spans:
        return
    edits, flags = report.counts(), report.flag_counts()
    examples = {rule: edit for edit in reversed(spans) for rule in edit.rules}
    print_table(
        [
            (rule, f"{edits.get(rule, 0):,}", f"{flags.get(rule, 0):,}", _change(report, examples[rule]))
            for rule in dict.fromkeys([*edits, *flags])
            if rule in examples
        ],
        ("Rule", "Edits", "Kept", "Example"),
        (1, 2),
    )
    print_text("\n")
    print_table([_row(report, edit) for edit in spans], ("Line:Offset", "Rules", "Change", "Reason"))


def print_audit(audit: Audit) -> None:
    """Print the totals of an audit, its rules with an example each, and the documents that would lose most."""
    documents = audit.documents()
    before, removed = audit.characters()
    share = f" ({removed / before:.1%})" if before else ""
    print_text(f"{len(documents):,} documents, {before:,} characters, {removed:,} fewer when cleaned{share}\n\n")
    print_table([(label, f"{n:,}") for label, n in audit.shares().items()], ("Share removed", "Documents"), (1,))
    print_text("\n")
    head = ("Edits", "Kept", "Documents", "Fewer characters")
    print_table([_account(row) for row in audit.cleaners()], ("Cleaner", *head), (1, 2, 3, 4))
    print_text("\n")
    rows = [(*_account(row), _in_context(row.examples[0]) if row.examples else "") for row in audit.rules()]
    print_table(rows, ("Rule", *head, "Example"), (1, 2, 3, 4), cut=5)
    print_text("\n")
    worst = [(d.name, f"{d.share:.1%}", f"{d.removed:,}", f"{d.characters:,}") for d in documents[:_WORST] if d.share]
    print_table(worst, ("Loses most", "Share", "Fewer", "Characters"), (1, 2, 3))


def _account(row: RuleAccount) -> tuple[str, str, str, str, str]:
    return row.rule, f"{row.edits:,}", f"{row.flags:,}", f"{row.documents:,}", f"{row.removed:,}"


def _in_context(example: Example) -> str:
    old, new = (
        show_invisible(text if len(text) <= _SHORT else f"{text[:_SHORT]}…") for text in (example.old, example.new)
    )
    change = f"[kept: {old}]" if example.kept else f"[{old} → {new}]"
    return f"{show_invisible(example.before[-10:])}{change}{show_invisible(example.after[:10])}"


def _row(report: Report, edit: Edit) -> tuple[str, str, str, str]:
    where = f"{report.line_of(edit.start)}:{edit.start}"
    return where, " + ".join(edit.rules), _change(report, edit), show_unsafe(edit.note).replace("\n", "⏎")


def _change(report: Report, edit: Edit) -> str:
    old = shorten(report.original[edit.start : edit.end])
    return f"{old} kept" if edit.is_flag(report.original) else f"{old} → {shorten(edit.new)}"


def shorten(text: str) -> str:
    """Return the text in quotes, on one line, its middle left out where it is long."""
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}…{text[-_SHOWN // 3 :]}"
    return f"“{show_invisible(shown)}”"


def table(rows: Iterable[Sequence[str]], figures: Iterable[int] = ()) -> str:
    """Return the rows with their columns aligned, one a line.

    >>> print(table([("规则", "次"), ("width", "12")], figures=[1]), end="")
    规则   次
    width  12
    """
    cells = [tuple(row) for row in rows]
    right = set(figures)
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    out: list[str] = []
    for row in cells:
        gaps = [" " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)]
        shown = [gap + cell if i in right else cell + gap for i, (cell, gap) in enumerate(zip(row, gaps, strict=True))]
        out.append("  ".join(shown).rstrip() + "\n")
    return "".join(out)


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal: wide characters take two, combining marks none."""
    from rich.cells import cell_len

    return cell_len(text)
