"""What a benchmark says: tables of figures, and what was passed over; both as Markdown and as JSON.

A figure has a name that other files use: `benchmark > table > row > column`, for example
`extract > article > cnclean > mean F`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = str | int | float | None
BETWEEN = " > "


@dataclass(frozen=True)
class Table:
    """Rows of figures under heads; the first `keys` cells of a row are its name. A cell that is None is empty.

    >>> table = Table("speed", ("tool", "MB/s", "texts"), [("cnclean", 31.4159, 2000)], forms={"MB/s": ".1f"})
    >>> print(table.markdown())
    ### speed
    <BLANKLINE>
    | tool | MB/s | texts |
    |---|---:|---:|
    | cnclean | 31.4 | 2,000 |
    >>> dict(table.figures())
    {'speed > cnclean > MB/s': 31.4159, 'speed > cnclean > texts': 2000}
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    keys: int = 1
    form: str = ".3f"  # how a fraction is written, where `forms` does not name its column
    forms: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def markdown(self) -> str:
        """Return the table under its title, as Markdown."""
        rules = ["---"] * self.keys + ["---:"] * (len(self.heads) - self.keys)
        lines = [f"### {self.title}", "", *([self.note, ""] if self.note else [])]
        lines += [f"| {' | '.join(self.heads)} |", f"|{'|'.join(rules)}|"]
        for row in self.rows:
            cells = (self._written(head, cell) for head, cell in zip(self.heads, row, strict=True))
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join(lines)

    def _written(self, head: str, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell.replace("|", "\\|")
        form = self.forms.get(head, self.form if isinstance(cell, float) else ",")
        return format(cell, form)

    def figures(self) -> Iterator[tuple[str, int | float]]:
        """Yield the name and the value of each number."""
        for row in self.rows:
            name = map(str, row[: self.keys])
            place = BETWEEN.join((self.title, *name))
            for head, cell in zip(self.heads[self.keys :], row[self.keys :], strict=True):
                if isinstance(cell, int | float):
                    yield f"{place}{BETWEEN}{head}", cell

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold; `Table(**…)` takes it back."""
        rows = [[round(cell, 6) if isinstance(cell, float) else cell for cell in row] for row in self.rows]
        return {
            "title": self.title,
            "heads": list(self.heads),
            "rows": rows,
            "keys": self.keys,
            "form": self.form,
            "forms": dict(self.forms),
            "note": self.note,
        }


@dataclass(frozen=True)
class Skipped:
    """What a benchmark could not measure, and why."""

    reason: str
