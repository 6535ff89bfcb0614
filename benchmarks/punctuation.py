"""How well half-width punctuation is restored: fold sound text to half width, restore it, compare mark by mark.

AutoCorrect is measured beside cnclean where
`autocorrect-py` is installed. Lines are split by hash into a tuning and a checking half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from benchmarks.benchmark import Benchmark, Part
from benchmarks.material import texts
from benchmarks.peers import absent
from benchmarks.tables import Table
from cnclean.cleaners.punctuation import Punctuation

SETS = ("weekly", "classical", "traditional_web", "zhihu", "reviews", "common_crawl")
FOLD = str.maketrans("，：；？！（）", ",:;?!()")
MARK = re.compile("[，：；？！（）,:;?!()]")
HALF = frozenset(",:;?!()")


def lines(data: Path, name: str) -> Iterator[str]:
    """Yield the non-empty lines of one set."""
    for text in texts(data, f"web/{name}" if name == "common_crawl" else f"clean/{name}"):
        if name == "common_crawl":
            try:
                text = json.loads(text).get("raw_content") or ""
            except ValueError:
                continue
        yield from (line for line in text.split("\n") if line.strip())


def tools() -> dict[str, Callable[[str], str]]:
    """Return what is measured, by name."""
    found: dict[str, Callable[[str], str]] = {"cnclean": Punctuation()}
    try:
        import autocorrect_py
    except ImportError:
        return found
    return {**found, "AutoCorrect": autocorrect_py.format}


class Score:
    """Right, wrong and missed marks, lines that a second run changes, lines without a count, and CPU time."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = self.unstable = self.skipped = 0
        self.seconds = 0.0

    def add(self, line: str, clean: Callable[[str], str]) -> None:
        """Count one line."""
        folded = line.translate(FOLD)
        start = process_time()
        result = clean(folded)
        self.seconds += process_time() - start
        self.unstable += clean(result) != result
        before, after = MARK.findall(line), MARK.findall(result)
        if len(before) != len(after):
            self.skipped += 1
            return
        for mark, got in zip(before, after, strict=True):
            if mark in HALF:
                self.wrong += got not in HALF
            elif got in HALF:
                self.missed += 1
            else:
                self.right += 1

    def row(self) -> tuple[int | float, ...]:
        """Return the figures."""
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        return self.right + self.missed, precision, recall, self.unstable, self.skipped


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the figures by set, half and tool, and the speed on restored text."""
    yield from absent("autocorrect-py")
    measured = tools()
    rows = []
    for name in SETS:
        scores = {(tool, half): Score() for half in (0, 1) for tool in measured}
        sizes = [0, 0]
        for line in lines(options.data, name):
            half = hashlib.sha1(line.encode()).digest()[0] & 1
            sizes[half] += len(line.encode())
            for tool, clean in measured.items():
                scores[tool, half].add(line, clean)
        for (tool, half), score in scores.items():
            rate = sizes[half] / 1e6 / max(score.seconds, 1e-9)
            rows.append((name, ("tuning", "checking")[half], tool, *score.row(), rate))
    counts = ("lines not idempotent", "lines not comparable")
    heads = ("set", "half", "tool", "marks", "precision", "recall", *counts, "MB/s")
    yield Table("marks restored", heads, rows, keys=3, form=".4f", forms={"MB/s": ".1f"})
    yield speed(options.data)


def speed(data: Path) -> Table:
    """Return the speed on text that is restored, so that nothing is left to do."""
    text = "\n".join(Punctuation()(line) for name in SETS[:3] for line in lines(data, name))
    size = len(text.encode()) / 1e6
    seconds = []
    for _ in range(5):
        start = process_time()
        Punctuation()(text)
        seconds.append(process_time() - start)
    return Table("speed on restored text", ("tool", "MB", "MB/s"), [("cnclean", size, size / min(seconds))], form=".1f")


BENCHMARK = Benchmark(tables)

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
