"""Encoding detection by encoding and length, beside chardet and charset-normalizer where they are installed.

usage: python -m benchmarks.decode [--data ../shared/eval] [--half 0|1] [--samples 200]
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import cnclean
from benchmarks.mojibake import HEAD, LENGTHS, load, split, table, windows
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


def main() -> None:
    """Print one table: the share of texts that come back as they were."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--half", type=int, default=1, choices=(0, 1))
    parser.add_argument("--samples", type=int, default=200)
    args = parser.parse_args()
    simplified = split(load(args.data, "zhihu", "weekly", "reviews"), args.half)
    traditional = split(load(args.data, "traditional_web"), args.half)
    tools = detectors()
    rows: dict[str, list[str]] = {}
    for name, (encoding, is_traditional) in ENCODINGS.items():
        rows[name] = []
        for length in LENGTHS:
            texts = islice(windows(traditional if is_traditional else simplified, length, length), args.samples)
            pairs = [(text, text.encode(encoding, "ignore")) for text in texts]
            pairs = [(text, data) for text, data in pairs if data.decode(encoding) == text]
            shares = [sum(read(data) == text for text, data in pairs) / len(pairs) for read in tools.values()]
            rows[name].append(" / ".join(f"{share:.3f}" for share in shares))
    table(f"Read rightly: {' / '.join(tools)}", rows, HEAD)


if __name__ == "__main__":
    main()
