"""How fast the cleaners of characters and spaces are, beside the tools that do a like job.

Run as `python -m benchmarks.characters [--data ../shared/eval]`; the folder holds `script/bench_simplified.txt.gz`, any
Chinese text. Megabytes of UTF-8 for each second of processor time, best of five, all tools in turn; "clean" is what the
cleaner itself gives back, so nothing is left to do.
"""

from __future__ import annotations

import argparse
import gzip
import html
import re
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import cnclean

NAMES = ("line-endings", "entities", "invisibles", "width", "unicode-form", "whitespace", "blank-lines")
ROUNDS = 5


def peers() -> dict[str, Callable[[str], str]]:
    """Return functions of other tools, by name; ftfy only where it is installed."""
    found: dict[str, Callable[[str], str]] = {
        "html.unescape": html.unescape,
        "unicodedata NFKC": lambda text: unicodedata.normalize("NFKC", text),
        "re.sub of white space runs": lambda text: re.sub(r"[ \t\u00a0\u3000]+", " ", text),
        "str.translate full to half width": lambda text: text.translate({c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}),
    }
    try:
        import ftfy
    except ImportError:
        return found
    return {**found, "ftfy.fix_text": ftfy.fix_text}


def seconds(work: Callable[[str], str], text: str) -> float:
    """Return the processor time that one call takes."""
    start = time.process_time()
    work(text)
    return max(time.process_time() - start, 1e-6)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    path = parser.parse_args().data / "script" / "bench_simplified.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        raw = file.read()
    megabytes = len(raw.encode()) / 1e6
    cleaners = {name: cnclean.build(name) for name in NAMES}
    tools: dict[str, Callable[[str], str]] = {**cleaners, **peers()}
    texts = {name: (tool(raw) if name in NAMES else raw, raw) for name, tool in tools.items()}
    best: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for name, tool in tools.items():
            for kind, text in zip(("clean", "raw"), texts[name], strict=True):
                best[name, kind] = min(best.get((name, kind), 9e9), seconds(tool, text))
    print("| tool | clean text, MB/s | raw text, MB/s | edits in the raw text |")
    print("|---|---|---|---|")
    for name in NAMES:
        edits = sum(1 for _ in cleaners[name].edits(raw))
        print(f"| {name} | {megabytes / best[name, 'clean']:.0f} | {megabytes / best[name, 'raw']:.0f} | {edits} |")
    for name in peers():
        print(f"| {name} | | {megabytes / best[name, 'raw']:.1f} | |")


if __name__ == "__main__":
    main()
