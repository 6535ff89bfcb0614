"""The figures that are kept in the repository: those that the floors and the README name, and nothing of the texts."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import cnclean
from benchmarks.peers import versions
from benchmarks.results import Result

NAME = "summary.json"
Figures = dict[str, int | float]


def read(folder: Path) -> Figures:
    """Return the kept figures by name; none where nothing was measured yet."""
    path = folder / NAME
    return dict(json.loads(path.read_text(encoding="utf-8"))["figures"]) if path.is_file() else {}


def wanted(name: str, patterns: Iterable[str]) -> bool:
    """Whether a figure is one of those that the patterns name, in which `*` stands for anything."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def update(kept: Mapping[str, int | float], results: Iterable[Result], patterns: list[str]) -> Figures:
    """Return the kept figures with what the results found.

    A result that is whole replaces all figures of its benchmark; where something was skipped, only those it has.
    A quick one, or one on other texts, replaces none.
    """
    figures = {name: value for name, value in kept.items() if wanted(name, patterns)}
    for result in results:
        if not result.whole or result.failed:
            continue
        if not result.skipped:
            figures = {name: value for name, value in figures.items() if not name.startswith(f"{result.name} > ")}
        figures |= {name: value for name, value in result.figures() if wanted(name, patterns)}
    return figures


def write(figures: Figures, folder: Path) -> None:
    """Write the figures, with the versions that are installed now."""
    rounded = {name: round(value, 6) for name, value in sorted(figures.items())}
    surroundings: dict[str, Any] = {"cnclean": cnclean.__version__, "python": platform.python_version()}
    content = surroundings | {"peers": versions(), "figures": rounded}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
