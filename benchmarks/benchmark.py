"""What every benchmark is, and how one is run: `python -m benchmarks NAME` and `python -m benchmarks.NAME`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Literal

from benchmarks.tables import Skipped, Table

Options = argparse.Namespace
Part = Table | Skipped

NAMES = (
    "annotations",
    "characters",
    "chrome",
    "corpus",
    "damage",
    "decode",
    "extract",
    "mojibake",
    "punctuation",
    "recipes",
    "report",
    "script",
    "spam",
)


@dataclass(frozen=True)
class Benchmark:
    """One module's measurements: the function that makes the tables, the options it reads, and what it needs.

    `data` says what the folder of evaluation data is to it: `needed` (there is nothing to measure without), `better`
    (without, sentences of our own stand in for it, and the figures mean little), `more` (it adds rows) or `unused`.
    """

    tables: Callable[[Options], Iterable[Part]]
    data: Literal["needed", "better", "more", "unused"] = "needed"
    add_options: Callable[[argparse.ArgumentParser], None] = lambda parser: None
    quick: Mapping[str, object] = field(default_factory=dict)  # what the options are in a quick run

    def parser(self, about: str | None) -> argparse.ArgumentParser:
        """Return the parser of its options, without `--output`."""
        parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder of evaluation data")
        parser.add_argument("--quick", action="store_true", help="fewer rounds and samples, for a first look")
        self.add_options(parser)
        return parser

    def is_whole(self, options: Options) -> bool:
        """Whether a run measures what floors and README speak of: with the data, and nothing else chosen."""
        usual = vars(self.parser(None).parse_args([]))
        chosen = any(getattr(options, name) != value for name, value in usual.items() if name != "data")
        return not chosen and (options.data is not None or self.data == "unused")

    def parts(self, options: Options) -> Iterable[Part]:
        """Yield the tables, or why there are none."""
        if options.data is not None and not options.data.is_dir():
            raise SystemExit(f"no such folder: {options.data}")
        if options.data is None and self.data == "needed":
            yield Skipped("it measures texts of the evaluation data: say where they are with --data FOLDER")
            return
        if options.quick:
            vars(options).update(self.quick)
        yield from self.tables(options)

    def main(self, about: str | None) -> None:
        """Print the tables: what `python -m benchmarks.NAME` does."""
        for part in self.parts(self.parser(about).parse_args()):
            print(shown(part), flush=True)


def shown(part: Part) -> str:
    """Return a part of a result as Markdown."""
    return f"\n{part.markdown()}" if isinstance(part, Table) else f"\nskipped: {part.reason}"


def benchmark(name: str) -> tuple[Benchmark, str]:
    """Return a benchmark by its name, and what its module says about it."""
    module = import_module(f"benchmarks.{name}")
    return module.BENCHMARK, module.__doc__ or ""
