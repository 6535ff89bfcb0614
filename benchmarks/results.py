"""Results of benchmarks: measured, printed as they come, and written as Markdown and JSON."""

from __future__ import annotations

import json
import platform
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cnclean
from benchmarks.benchmark import Benchmark, Options, benchmark, shown
from benchmarks.peers import versions
from benchmarks.tables import BETWEEN, Table

FOLDER = Path(__file__).parent / "results"


@dataclass
class Result:
    """What one run of one benchmark found."""

    name: str
    about: str
    whole: bool  # of the size and on the texts that floors and README speak of
    tables: list[Table] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: bool = False

    def figures(self) -> Iterator[tuple[str, int | float]]:
        """Yield the full name and the value of each number."""
        for table in self.tables:
            for name, value in table.figures():
                yield f"{self.name}{BETWEEN}{name}", value

    def markdown(self) -> str:
        """Return the whole result as Markdown."""
        parts = [f"# {self.name}", self.about.strip(), *(table.markdown() for table in self.tables)]
        if self.skipped:
            parts.append("\n".join(("### Not measured", "", *(f"* {reason}" for reason in self.skipped))))
        return "\n\n".join((*parts, f"{_surroundings()}\n"))

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return {
            "benchmark": self.name,
            "whole": self.whole,
            "cnclean": cnclean.__version__,
            "python": platform.python_version(),
            "peers": versions(),
            "tables": [table.to_dict() for table in self.tables],
            "skipped": self.skipped,
        }


def _surroundings() -> str:
    peers = ", ".join(f"{name} {version}" for name, version in versions().items())
    return f"cnclean {cnclean.__version__}, Python {platform.python_version()}, {peers}."


def measure(name: str, benchmark: Benchmark, about: str, options: Options) -> Result:
    """Run a benchmark and print its parts as they come; a failure is told and does not stop the others."""
    result = Result(name, about, benchmark.is_whole(options))
    print(f"\n## {name}", flush=True)
    begun = time.monotonic()
    try:
        for part in benchmark.parts(options):
            print(shown(part), flush=True)
            if isinstance(part, Table):
                result.tables.append(part)
            else:
                result.skipped.append(part.reason)
    except Exception as error:  # whatever went wrong in one benchmark, the rest is still worth having
        traceback.print_exc()
        result.failed = True
        result.skipped.append(f"failed: {type(error).__name__}: {error}")
    print(f"\n({name}: {time.monotonic() - begun:.0f} s)", flush=True)
    return result


def measure_alone(name: str, options: Options) -> Result:
    """Measure in a process of its own, where no other benchmark has left anything in memory."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_measure_named, name, options).result()


def _measure_named(name: str, options: Options) -> Result:
    return measure(name, *benchmark(name), options)


def write(result: Result, folder: Path) -> None:
    """Write `NAME.md` and `NAME.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result.name}.md").write_text(result.markdown(), encoding="utf-8")
    written = json.dumps(result.to_dict(), ensure_ascii=False, indent=1)
    (folder / f"{result.name}.json").write_text(written + "\n", encoding="utf-8")


def read_tables(name: str, folder: Path) -> dict[str, Table]:
    """Return the tables of a written result by title; none where there is no such file."""
    path = folder / f"{name}.json"
    if not path.is_file():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {row["title"]: Table(**row) for row in found["tables"]}
