"""Mojibake repair by class and length, beside ftfy and brute force; false positives; speed.

`--data` is a folder of compressed JSON lines with a `text` each; without it the sentences of `benchmarks.corruptions`
are used. Texts are split in two halves by CRC-32 of the line: thresholds were set on half 0, half 1 checks.
"""

from __future__ import annotations

import argparse
import time
import zlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import ftfy

import cnclean
from benchmarks.benchmark import Benchmark
from benchmarks.corruptions import LOSSLESS, LOSSY, Corruption, load, samples, split, windows
from benchmarks.tables import Table
from cnclean.cleaners.mojibake.codecs import CONFUSIONS, undo

LENGTHS = (2, 4, 8, 16, 32)
HEAD = tuple(f"{n} characters" for n in LENGTHS)
ALL = "mean of the classes"


def brute_force(text: str) -> str:
    """Undo the confusion whose result has most characters of GB2312 level 1: it always finds something."""

    def common(candidate: str) -> float:
        return sum(0xB0 <= (c.encode("gb2312", "ignore") or b"\0")[0] <= 0xD7 for c in candidate) / len(candidate)

    return max([text, *filter(None, (undo(text, confusion) for confusion in CONFUSIONS))], key=common)


def right(got: str, text: str) -> float:
    """Return the share of the characters of `text` that `got` has, in order."""
    blocks = SequenceMatcher(None, got, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(text)


def share(hits: Iterable[float | None]) -> float | None:
    """Return the mean; of nothing, nothing."""
    found = [hit for hit in hits if hit is not None]
    return sum(found) / len(found) if found else None


def repair(data: Path | None, half: int, count: int) -> Iterator[Table]:
    """Yield exact repair of lossless classes by cnclean and two others."""
    tools: dict[str, Corruption] = {
        "cnclean": cnclean.build("mojibake"),
        "ftfy": ftfy.fix_encoding,
        "brute force": brute_force,
    }
    simplified = split(load(data, "zhihu", "weekly", "reviews"), half)
    traditional = split(load(data, "traditional_web"), half)
    shares: dict[str, dict[str, list[float | None]]] = {tool: {} for tool in tools}
    sizes = []
    for name, (corrupt, is_traditional) in LOSSLESS.items():
        for length in LENGTHS:
            pairs = samples(traditional if is_traditional else simplified, corrupt, length, count)
            sizes.append(len(pairs))
            for tool, fix in tools.items():
                restored = share(fix(broken) == text for text, broken in pairs)
                shares[tool].setdefault(name, []).append(restored)
    for by_class in shares.values():
        by_class[ALL] = [share(column) for column in zip(*by_class.values(), strict=True)]
    rows = [(name, tool, *by_class[name]) for name in (*LOSSLESS, ALL) for tool, by_class in shares.items()]
    note = f"Share of the samples; {min(sizes)} to {max(sizes)} samples a cell."
    yield Table("exactly restored", ("class", "tool", *HEAD), rows, keys=2, note=note)


def lossy(data: Path | None, half: int, count: int) -> Iterator[Table]:
    """Yield the share of characters that are right after repair of lossy classes, and of embedded runs restored."""
    fix = cnclean.build("mojibake")
    lines = split(load(data, "zhihu", "weekly", "reviews"), half)
    rows: list[tuple[str | float | None, ...]] = []
    for name, corrupt in LOSSY.items():
        by_length = [samples(lines, corrupt, length, count) for length in LENGTHS]
        rows.append((name, *(share(right(fix(b), t) for t, b in pairs) for pairs in by_length)))
    yield Table("characters right after repair", ("class", *HEAD), rows)
    rows = []
    sound = windows(lines, 12, 5)
    for name, (corrupt, _) in list(LOSSLESS.items())[:8]:
        for separator in ("", "，"):
            cells = []
            for length in LENGTHS:
                hits = []
                for text, broken in samples(lines, corrupt, length, count):
                    a, b = next(sound) + separator, separator + next(sound)
                    hits.append(fix(a + broken + b) == a + text + b)
                cells.append(share(hits))
            rows.append((name, "between commas" if separator else "no separator", *cells))
    yield Table("embedded in sound text, exactly restored", ("class", "how", *HEAD), rows, keys=2)


# Hotel reviews in the evaluation data that were really damaged (GBK as Big5, Big5 as GBK), judged by reading: the
# CRC-32 of their lines.
TRUE_REPAIRS = frozenset((0xA3F2FA1B, 0x43A85643, 0x95C3B2C6))


def false_positives(data: Path) -> Iterator[Table]:
    """Yield the changes of sound text, by CRC-32 of the line; those that are true repairs are counted apart."""
    fix = cnclean.build("mojibake")
    rows = []
    for path in sorted([*data.glob("clean/*.gz"), *data.glob("spam/ham_*.gz")]):
        name = path.name.removesuffix(".jsonl.gz")
        lines = load(data, name)
        changed = [zlib.crc32(line.encode()) for line in lines if fix(line) != line]
        wrong = [crc for crc in changed if crc not in TRUE_REPAIRS]
        which = " ".join(f"{crc:08x}" for crc in wrong)
        rows.append((name, sum(map(len, lines)), len(changed) - len(wrong), len(wrong), which))
    total = [sum(row[column] for row in rows) for column in (1, 2, 3)]  # type: ignore[misc]
    heads = ("set", "characters", "lines truly repaired", "lines wrongly changed", "CRC-32 of these")
    yield Table("changes of sound text", heads, [*rows, ("all", *total, "")])


def speed(data: Path | None) -> Iterator[Table]:
    """Yield speed on clean and on broken text beside ftfy's, both in this run and taking turns."""
    clean = "\n".join(load(data, "weekly", "zhihu"))[:700_000]
    clean = clean if data else clean * 3000
    texts = {"clean": clean}
    for name in ("UTF-8 as cp1252", "UTF-8 as GB18030", "GBK as cp1252", "GBK as Big5"):
        corrupt = LOSSLESS[name][0]
        texts[name] = "\n".join(filter(None, map(corrupt, clean[:200_000].split("\n"))))[:150_000]
    fix = cnclean.build("mojibake")
    fix("浣犲ソ")  # tables are loaded once
    rows = []
    for name, text in filter(lambda named: named[1], texts.items()):  # three sentences may lose bytes in every class
        size = len(text.encode()) / 1e6
        best = {"cnclean": 0.0, "ftfy": 0.0}
        for _ in range(3):
            for tool, call in (("cnclean", fix), ("ftfy", ftfy.fix_text)):
                start = time.process_time()
                call(text)
                best[tool] = max(best[tool], size / max(1e-9, time.process_time() - start))
        rows.append((name, size, best["cnclean"], best["ftfy"], best["cnclean"] / best["ftfy"]))
    heads = ("text", "MB", "cnclean", "ftfy.fix_text", "ratio")
    yield Table("speed, MB/s of CPU time", heads, rows, form=".2f", forms={"cnclean": ".1f"})


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--half", type=int, default=1, choices=(0, 1))
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--only", choices=("repair", "lossy", "false", "speed"))


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """Yield what is asked for."""
    if options.only in (None, "repair"):
        yield from repair(options.data, options.half, options.samples)
    if options.only in (None, "lossy"):
        yield from lossy(options.data, options.half, options.samples)
    if options.only in (None, "false") and options.data:
        yield from false_positives(options.data)
    if options.only in (None, "speed"):
        yield from speed(options.data)


BENCHMARK = Benchmark(tables, "better", add_options, {"samples": 20})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
