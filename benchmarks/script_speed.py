"""Speed, load time and memory of script conversion; run by `benchmarks.script`."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.material import bench_text
from benchmarks.script_peers import CPP, Maker, exact, supported
from benchmarks.tables import Cell, Table
from cnclean.cleaners.script import Script

HALF_MEGABYTE = 170_000  # characters
SLOW = ("opencc-python-reimplemented", "opencc-purepy", "zhconv")
SPEED_CONFIGS = ("t2s", "s2t", "s2tw", "s2twp")


def speed(makers: dict[str, Maker], data: Path, rounds: int) -> Table:
    texts = {name: bench_text(data, name).split("\n") for name in ("simplified", "traditional")}
    converted = {  # text that is wholly in the target script
        "t2s": "\n".join(map(exact("t2s"), texts["simplified"])).split("\n"),
        "s2t": "\n".join(map(Script("s2t"), texts["traditional"])).split("\n"),
    }
    sources = {config: texts["traditional" if config == "t2s" else "simplified"] for config in SPEED_CONFIGS}
    rows: dict[str, list[Cell]] = {name: [name] for name in makers}
    heads = ["tool"]
    for kind, table_of_texts in (("", sources), (", target text", converted)):
        for config, lines in table_of_texts.items():
            timed = measure(makers, config, lines, rounds)
            base = timed.get(CPP)
            heads += [f"{config}{kind}, MB/s", f"{config}{kind}, × C++"]
            for name in makers:
                rate = timed.get(name)
                rows[name] += [rate, rate / base if rate and base else None]
    forms = {head: ".2f" for head in heads if head.endswith("C++")}
    note = "CPU time, interleaved, median of the rounds."
    return Table("speed", heads, list(rows.values()), form=".1f", forms=forms, note=note)


def measure(makers: dict[str, Maker], config: str, lines: list[str], rounds: int) -> dict[str, float]:
    """Return MB/s; every round has the lines in another order, slow peers get the first half megabyte."""
    converters = {name: convert for name, make in makers.items() if (convert := supported(make, config))}
    draw = random.Random(2)
    rates: dict[str, list[float]] = {name: [] for name in converters}
    for _ in range(rounds):
        draw.shuffle(lines)
        text = "\n".join(lines)
        for name, convert in converters.items():
            part = text[:HALF_MEGABYTE] if name in SLOW else text
            start = time.process_time()
            convert(part)
            rates[name].append(len(part.encode()) / 1e6 / (time.process_time() - start))
    return {name: statistics.median(found) for name, found in rates.items()}


LOAD = """
import sys, time, benchmarks.script_peers as b
def memory():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
make = b.MAKERS[sys.argv[1]]
make("t2jp" if sys.argv[1].startswith("cnclean") else "t2s")("a")
before, start = memory(), time.process_time()
make(sys.argv[2])("发發")
print((time.process_time() - start) * 1e3, memory() - before)
"""


def load(makers: dict[str, Maker]) -> Table:
    """Time and memory of the first call, in processes of their own; cnclean's compiled state is in the cache."""
    configs = ("t2s", "s2t", "s2twp")
    rows = []
    for name in makers:
        row: list[Cell] = [name]
        for config in configs:
            command = [sys.executable, "-c", LOAD, name, config]
            runs = [subprocess.run(command, check=False, capture_output=True, text=True) for _ in range(3)]
            found = [tuple(map(float, run.stdout.split())) for run in runs if run.returncode == 0]
            row += [min(found)[0], max(memory for _, memory in found)] if found else [None, None]
        rows.append(row)
    heads = ("tool", *(f"{config}, {unit}" for config in configs for unit in ("ms", "MB")))
    return Table("load", heads, rows, form=".0f", note="The first call, and the memory it takes.")


def short_lines(data: Path) -> Table:
    rows = []
    for config, name in (("t2s", "traditional"), ("s2t", "simplified"), ("s2twp", "simplified")):
        text = bench_text(data, name).replace("\n", "")
        lines = [text[at : at + 50] for at in range(0, 500_000, 50)]
        row: list[Cell] = [config]
        for convert in (Script(config), exact(config)):
            convert(text[-100_000:])
            start = time.process_time()
            for line in lines:
                convert(line)
            row.append((time.process_time() - start) / len(lines) * 1e6)
        rows.append(row)
    note = "Microseconds for a line of 50 characters (150 bytes), each seen for the first time."
    return Table("short lines", ("config", "cnclean", "cnclean source, opencc"), rows, form=".1f", note=note)
