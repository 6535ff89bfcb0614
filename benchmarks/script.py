"""Script conversion: accuracy, idempotence, speed, load and memory of cnclean and of its peers, in one run.

`opencc` and `opencc-python-reimplemented` own the same package; installed last, the C++ one is `import opencc`, and the
port, which cnclean brings, is still found as `opencc.opencc`. So measure in an environment of its own. Peers that
convert with a cache of texts gain nothing here: every round cuts the lines anew. Times are CPU times.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.benchmark import Benchmark, Part
from benchmarks.script_peers import CPP, Convert, Maker, available, cpp, exact, missing, records, supported
from benchmarks.script_speed import load, short_lines, speed
from benchmarks.tables import Cell, Table
from cnclean.cleaners.script.chain import CONFIGS
from cnclean.cleaners.script.converters import engine
from cnclean.opencc_data import candidates, dictionary, dictionary_names


def fold(text: str, table: dict[int, str] = {}) -> str:  # noqa: B006 - filled once
    """Taiwan's variants, 臺/台 and 佈/布 are norms, not errors."""
    if not table:
        table.update({ord(k): v for k, v in dictionary("TWVariants").items() if len(k) == 1 == len(v)})
        table.update({ord("臺"): "台", ord("佈"): "布"})
    return text.translate(table)


def attempt(convert: Convert | None, text: str) -> str:
    try:
        return convert(text) if convert else ""
    except Exception:  # a peer that cannot take a text has not converted it
        return ""


def errors(convert: Convert, pairs: list[tuple[str, str]]) -> float:
    """Return wrong characters for 10,000 Han, over the pairs whose length agrees."""
    wrong = han = 0
    for source, gold in pairs:
        got, want = fold(convert(source)), fold(gold)
        if len(got) == len(want):
            wrong += sum(a != b for a, b in zip(got, want, strict=True))
            han += sum("\u3400" <= char <= "\u9fff" for char in want)
    return 1e4 * wrong / han


def accuracy(makers: dict[str, Maker], data: Path) -> Table:
    cases = json.loads((data / "script" / "opencc_1.4.2_testcases.json").read_text(encoding="utf-8"))["cases"]
    checks = [(case["input"], config, want) for case in cases for config, want in case["expected"].items()]
    crossing = [(row["input"], row["s2tw"]) for row in records(data, "cross_word_cases")]
    human = [row["traditional"] for row in records(data, "human_traditional_lines")]
    lines = {name: [(r["simplified"], r["traditional"]) for r in records(data, name)] for name in ("tw_lit", "hk_lit")}
    rows = []
    for name, make in makers.items():
        engines = {config: supported(make, config) for config in CONFIGS}
        passed = sum(attempt(engines[config], text) == want for text, config, want in checks)
        s2tw, s2hk, t2s = make("s2tw"), make("s2hk"), make("t2s")
        right = sum(fold(attempt(s2tw, text)) == fold(want) for text, want in crossing)
        back = [(t2s(line), line) for line in human]
        figures = (errors(s2tw, lines["tw_lit"]), errors(s2hk, lines["hk_lit"]), errors(s2tw, back))
        rows.append((name, passed, right, *figures))
    heads = ("tool", "OpenCC's own expectations", "cross-word cases", "tw_lit", "hk_lit", "human text, round trip")
    note = (
        f"Right of {len(checks)} expectations and of {len(crossing)} cases; then errors in 10,000 Han: Taiwan "
        "literature (s2tw), Hong Kong literature (s2hk), Taiwan text to Simplified and back."
    )
    return Table("accuracy", heads, rows, form=".1f", note=note)


def dictionary_entries() -> list[str]:
    pairs = (pair for name in dictionary_names() for pair in candidates(name).items())
    return sorted({word for key, values in pairs for word in (key, *values.split())})


def idempotence(makers: dict[str, Maker], data: Path, every: int) -> Table:
    entries = dictionary_entries()[::every]
    human = records(data, "human_traditional_lines")
    target = {"s2tw": [row["traditional"] for row in human], "t2s": [row["simplified"] for row in human]}
    rows = []
    for name, make in makers.items():
        row: list[Cell] = [name]
        for config, lines in target.items():
            convert = make(config)
            results = ((text, attempt(convert, text)) for text in entries)
            row.append(sum(done != text and attempt(convert, done) != done for text, done in results))
            row.append(100 * sum(convert(line) != line for line in lines) / len(lines))
        rows.append(row)
    columns = ("changed again", "target lines changed, %")
    heads = ("tool", *(f"{config}: {column}" for config in target for column in columns))
    note = f"Of {len(entries):,} dictionary entries, changed again by a second run; lines by people in the script."
    return Table("twice is once", heads, rows, form=".2f", note=note)


def equality(count: int) -> Table:
    """Compare with C++ OpenCC on random strings of dictionary entries."""
    draw = random.Random(1)
    entries = dictionary_entries()
    strings = ["".join(draw.choices(entries, k=draw.randint(1, 5))) for _ in range(count)]
    total = 0
    for number, config in enumerate(CONFIGS):
        ours, theirs = exact(config), cpp(config)
        total += sum(ours(text) != theirs(text) for text in strings[number :: len(CONFIGS)])
    note = "Random strings of dictionary entries, shared out to all configurations."
    heads = ("tool", "strings", "differ from C++ OpenCC")
    return Table("exactness", heads, [("cnclean source, opencc", count, total)], note=note)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--strings", type=int, default=100_000)
    parser.add_argument("--every", type=int, default=1, help="take every n-th dictionary entry")


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield all tables."""
    yield from missing()
    makers = available()
    for config in CONFIGS:
        engine(config, "weighted")  # the compiled state is in the cache from here on
    yield accuracy(makers, options.data)
    slow = () if options.quick else ("zhconv",)
    yield idempotence({n: m for n, m in makers.items() if n not in slow}, options.data, options.every)
    if CPP in makers:
        yield equality(options.strings)
    yield speed(makers, options.data, options.rounds)
    yield short_lines(options.data)
    yield load(makers)


BENCHMARK = Benchmark(tables, add_options=add_options, quick={"rounds": 2, "strings": 10_000, "every": 20})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
