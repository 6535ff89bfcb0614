"""How fast the cleaners of characters and spaces are, beside the tools that do a like job.

Megabytes of UTF-8 for each second of processor time, best of five, all tools in turn; "clean" is what the cleaner
itself gives back, so nothing is left to do.
"""

from __future__ import annotations

import argparse
import html
import re
import time
import unicodedata
from collections.abc import Callable, Iterator

import ftfy

import cnclean
from benchmarks.benchmark import Benchmark
from benchmarks.material import bench_text
from benchmarks.tables import Table

NAMES = ("line-endings", "entities", "invisibles", "width", "unicode-form", "whitespace", "blank-lines")


def peers() -> dict[str, Callable[[str], str]]:
    """Return functions of other tools, by name."""
    return {
        "html.unescape": html.unescape,
        "unicodedata NFKC": lambda text: unicodedata.normalize("NFKC", text),
        "re.sub of white space runs": lambda text: re.sub(r"[ \t\u00a0\u3000]+", " ", text),
        "str.translate full to half width": lambda text: text.translate({c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}),
        "ftfy.fix_text": ftfy.fix_text,
    }


def seconds(work: Callable[[str], str], text: str) -> float:
    """Return the processor time that one call takes."""
    start = time.process_time()
    work(text)
    return max(time.process_time() - start, 1e-6)


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """Yield the table."""
    raw = bench_text(options.data, "simplified")
    megabytes = len(raw.encode()) / 1e6
    cleaners = {name: cnclean.build(name) for name in NAMES}
    tools: dict[str, Callable[[str], str]] = {**cleaners, **peers()}
    texts = {name: (tool(raw) if name in NAMES else raw, raw) for name, tool in tools.items()}
    best: dict[tuple[str, str], float] = {}
    for _ in range(options.rounds):
        for name, tool in tools.items():
            for kind, text in zip(("clean", "raw"), texts[name], strict=True):
                best[name, kind] = min(best.get((name, kind), 9e9), seconds(tool, text))
    slow = best["ftfy.fix_text", "raw"]
    rows: list[tuple[str | float | None, ...]] = []
    for name in NAMES:
        edits = sum(1 for _ in cleaners[name].edits(raw))
        taken = best[name, "raw"]
        rows.append((name, megabytes / best[name, "clean"], megabytes / taken, slow / taken, edits))
    rows += [(name, None, megabytes / best[name, "raw"], slow / best[name, "raw"], None) for name in peers()]
    heads = ("tool", "clean text, MB/s", "raw text, MB/s", "raw text, × ftfy.fix_text", "edits in the raw text")
    yield Table("speed", heads, rows, form=".1f")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--rounds", type=int, default=5)


BENCHMARK = Benchmark(tables, add_options=add_options, quick={"rounds": 1})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
