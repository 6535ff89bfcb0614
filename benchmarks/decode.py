"""Encoding detection by encoding and length, beside chardet and charset-normalizer where they are installed.

Without `--data` it reads the sentences of `benchmarks.corruptions`.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterator
from itertools import islice

import cnclean
from benchmarks.benchmark import Benchmark, Part
from benchmarks.corruptions import load, split, windows
from benchmarks.mojibake import HEAD, LENGTHS, share
from benchmarks.peers import absent
from benchmarks.tables import Table
from cnclean.errors import DecodeError

Detector = Callable[[bytes], str]
ENCODINGS = {
    "UTF-8": ("utf-8", False),
    "GB18030, Simplified": ("gb18030", False),
    "GB18030, Traditional": ("gb18030", True),
    "Big5-HKSCS": ("big5hkscs", True),
    "HZ": ("hz", False),
    "UTF-16-LE, no mark": ("utf-16-le", False),
    "UTF-16-BE, no mark": ("utf-16-be", True),
}


def ours(data: bytes) -> str:
    """Return cnclean's text, or nothing where it refuses."""
    try:
        return cnclean.decode(data).text
    except DecodeError:
        return ""


def detectors() -> dict[str, Detector]:
    """Return the detectors that are installed, as functions from bytes to text."""
    found: dict[str, Detector] = {"cnclean": ours}
    for name in ("chardet", "charset_normalizer"):
        try:
            detect = importlib.import_module(name).detect
        except ImportError:
            continue

        def read(data: bytes, detect: Callable[[bytes], dict[str, str | None]] = detect) -> str:
            try:
                return data.decode(detect(data)["encoding"] or "ascii", "ignore")
            except LookupError:
                return ""

        found[name] = read
    return found


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--half", type=int, default=1, choices=(0, 1))
    parser.add_argument("--samples", type=int, default=200)


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the share of texts that come back as they were."""
    yield from absent("chardet", "charset-normalizer")
    simplified = split(load(options.data, "zhihu", "weekly", "reviews"), options.half)
    traditional = split(load(options.data, "traditional_web"), options.half)
    tools = detectors()
    rows = []
    for name, (encoding, is_traditional) in ENCODINGS.items():
        samples = []
        for length in LENGTHS:
            texts = islice(windows(traditional if is_traditional else simplified, length, length), options.samples)
            pairs = [(text, text.encode(encoding, "ignore")) for text in texts]
            samples.append([(text, data) for text, data in pairs if data.decode(encoding) == text])
        for tool, read in tools.items():
            rows.append((name, tool, *(share(read(data) == text for text, data in pairs) for pairs in samples)))
    yield Table("read rightly", ("encoding", "tool", *HEAD), rows, keys=2)


BENCHMARK = Benchmark(tables, "better", add_options, {"samples": 50})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
