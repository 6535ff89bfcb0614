"""Script conversion: accuracy, idempotence, speed, load and memory of cnclean and of its peers, in one run.

    python -m benchmarks.script [--data ../shared/eval] [--rounds 5] [--strings 100000] [--quick]

Run it in an environment of its own, with cnclean and, in this order, `opencc==1.4.2`, `opencc-purepy`, `zhconv`; what
is not installed is left out. (`opencc` and `opencc-python-reimplemented` own the same package; installed last, the C++
one is `import opencc`, and the port, which cnclean brings, is still found as `opencc.opencc`.) Peers that convert with
a cache of texts gain nothing here: every round cuts the lines anew. Times are CPU times.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cnclean.cleaners.script import Script
from cnclean.cleaners.script.chain import CONFIGS
from cnclean.cleaners.script.converters import engine
from cnclean.opencc_data import candidates, dictionary, dictionary_names

Convert = Callable[[str], str]
Maker = Callable[[str], Convert]
HALF_MEGABYTE = 170_000


def cnclean_default(config: str) -> Convert:
    return Script(config)


def cnclean_weighted(config: str) -> Convert:
    return Script(config, assume="source")


def cnclean_exact(config: str) -> Convert:
    return Script(config, assume="source", segment="opencc")


def cnclean_guarded(config: str) -> Convert:
    return Script(config, segment="opencc")


def cpp(config: str) -> Convert:
    importlib.import_module("opencc.clib")  # only the C++ package has it
    return importlib.import_module("opencc").OpenCC(config).convert


def port(config: str) -> Convert:
    return importlib.import_module("opencc.opencc").OpenCC(config).convert


def purepy(config: str) -> Convert:
    return importlib.import_module("opencc_purepy").OpenCC(config).convert


def zhconv(config: str) -> Convert:
    target = {"t2s": "zh-cn", "tw2s": "zh-cn", "hk2s": "zh-cn", "s2t": "zh-hant", "s2tw": "zh-tw", "s2hk": "zh-hk"}[
        config
    ]
    convert = importlib.import_module("zhconv").convert
    return lambda text: convert(text, target)


MAKERS: dict[str, Maker] = {
    "cnclean": cnclean_default,
    "cnclean segment=opencc": cnclean_guarded,
    "cnclean assume=source": cnclean_weighted,
    "cnclean source, opencc": cnclean_exact,
    "OpenCC C++ 1.4.2": cpp,
    "opencc-python-reimplemented": port,
    "opencc-purepy": purepy,
    "zhconv": zhconv,
}


def available() -> dict[str, Maker]:
    found = {}
    for name, make in MAKERS.items():
        try:
            make("t2s")("發")
        except ImportError:
            print(f"({name} is not installed)", file=sys.stderr)
        else:
            found[name] = make
    return found


def records(data: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(data / "script" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fold(text: str, table: dict[int, str] = {}) -> str:  # noqa: B006 - filled once
    """Taiwan's variants, 臺/台 and 佈/布 are norms, not errors."""
    if not table:
        table.update({ord(k): v for k, v in dictionary("TWVariants").items() if len(k) == 1 == len(v)})
        table.update({ord("臺"): "台", ord("佈"): "布"})
    return text.translate(table)


def attempt(convert: Convert, text: str) -> str:
    try:
        return convert(text)
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


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    print(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def accuracy(makers: dict[str, Maker], data: Path) -> None:
    cases = json.loads((data / "script" / "opencc_1.4.2_testcases.json").read_text(encoding="utf-8"))["cases"]
    checks = [(case["input"], config, want) for case in cases for config, want in case["expected"].items()]
    crossing = [(row["input"], row["s2tw"]) for row in records(data, "cross_word_cases")]
    human = [row["traditional"] for row in records(data, "human_traditional_lines")]
    lines = {name: [(r["simplified"], r["traditional"]) for r in records(data, name)] for name in ("tw_lit", "hk_lit")}
    rows = []
    for name, make in makers.items():
        engines: dict[str, Convert] = {}
        passed = 0
        for text, config, want in checks:
            try:
                convert = engines.setdefault(config, make(config)) if config not in engines else engines[config]
            except Exception:  # a configuration that the peer does not have
                continue
            passed += attempt(convert, text) == want
        s2tw, s2hk, t2s = make("s2tw"), make("s2hk"), make("t2s")
        right = sum(fold(attempt(s2tw, text)) == fold(want) for text, want in crossing)
        back = [(t2s(line), line) for line in human]
        figures = (errors(s2tw, lines["tw_lit"]), errors(s2hk, lines["hk_lit"]), errors(s2tw, back))
        rows.append([name, f"{passed}/{len(checks)}", f"{right}/{len(crossing)}", *(f"{n:.1f}" for n in figures)])
    heads = [
        "",
        "OpenCC's expectations",
        "cross-word cases",
        "tw_lit errors/10k Han",
        "hk_lit",
        "human text, round trip",
    ]
    table("Accuracy", heads, rows)


def idempotence(makers: dict[str, Maker], data: Path, quick: bool) -> None:
    pairs = (pair for name in dictionary_names() for pair in candidates(name).items())
    entries = sorted({word for key, values in pairs for word in (key, *values.split())})[:: 20 if quick else 1]
    human = records(data, "human_traditional_lines")
    target = {"s2tw": [row["traditional"] for row in human], "t2s": [row["simplified"] for row in human]}
    rows = []
    for name, make in makers.items():
        row = [name]
        for config, lines in target.items():
            convert = make(config)
            results = ((text, attempt(convert, text)) for text in entries)
            row.append(str(sum(done != text and attempt(convert, done) != done for text, done in results)))
            row.append(f"{100 * sum(convert(line) != line for line in lines) / len(lines):.2f} %")
        rows.append(row)
    heads = [""]
    for config in target:
        heads += [
            f"{config}: of {len(entries):,} entries changed again",
            f"{config}: lines of the target script changed",
        ]
    table("Twice is once, and what is converted stays", heads, rows)


def equality(count: int) -> None:
    """Compare with C++ OpenCC on random strings of dictionary entries."""
    draw = random.Random(1)
    pairs = (pair for name in dictionary_names() for pair in candidates(name).items())
    entries = sorted({word for key, values in pairs for word in (key, *values.split())})
    strings = ["".join(draw.choices(entries, k=draw.randint(1, 5))) for _ in range(count)]
    differ = {}
    for config in CONFIGS:
        ours, theirs = cnclean_exact(config), cpp(config)
        differ[config] = sum(ours(text) != theirs(text) for text in strings[:: len(CONFIGS)])
    total = sum(differ.values())
    print(
        f"\n{total} of {count:,} random strings of dictionary entries differ from C++ OpenCC, in all configurations together"
    )


def speed(makers: dict[str, Maker], data: Path, rounds: int) -> None:
    rows: dict[str, list[str]] = {name: [name] for name in makers}
    draw = random.Random(2)
    heads = [""]
    for config in ("t2s", "s2t", "s2tw", "s2twp"):
        script, other = ("simplified", "traditional") if config[0] == "s" else ("traditional", "simplified")
        texts = {}
        for kind in (script, other):
            with gzip.open(data / "script" / f"bench_{kind}.txt.gz", "rt", encoding="utf-8") as file:
                texts[kind] = file.read().split("\n")
        for title, lines, chunk in ((config, texts[script], None), (f"{config}, target text", texts[other], None)):
            if title != config and config != "t2s":
                continue
            timed = measure(makers, config, lines, rounds, draw, chunk)
            base = timed.get("OpenCC C++ 1.4.2")
            heads += [f"{title} MB/s", "× C++"]
            for name in makers:
                rate = timed.get(name)
                rows[name] += [f"{rate:.1f}" if rate else "", f"{rate / base:.2f}" if rate and base else ""]
    table("Speed (CPU time, interleaved, median of the rounds)", heads, list(rows.values()))


def measure(
    makers: dict[str, Maker], config: str, lines: list[str], rounds: int, draw: random.Random, chunk: int | None
) -> dict[str, float]:
    converters: dict[str, Convert] = {}
    for name, make in makers.items():
        try:
            converters[name] = make(config)
            converters[name]("发發")
        except Exception:  # a configuration that the peer does not have
            converters.pop(name, None)
    rates: dict[str, list[float]] = {name: [] for name in converters}
    for _ in range(rounds):
        draw.shuffle(lines)
        text = "\n".join(lines)[: chunk or 10**9]
        for name, convert in converters.items():
            part = text[:HALF_MEGABYTE] if name in ("opencc-python-reimplemented", "opencc-purepy", "zhconv") else text
            size = len(part.encode()) / 1e6
            start = time.process_time()
            convert(part)
            rates[name].append(size / (time.process_time() - start))
    return {name: statistics.median(found) for name, found in rates.items()}


LOAD = """
import sys, time, benchmarks.script as b
def memory():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
make = b.MAKERS[sys.argv[1]]
make("t2jp" if sys.argv[1].startswith("cnclean") else "t2s")("a")
before, start = memory(), time.process_time()
make(sys.argv[2])("发發")
print((time.process_time() - start) * 1e3, memory() - before)
"""


def load(makers: dict[str, Maker]) -> None:
    """Time and memory of the first call, in processes of their own; cnclean's compiled state is in the cache."""
    rows = []
    for name in makers:
        row = [name]
        for config in ("t2s", "s2t", "s2twp"):
            runs = [
                subprocess.run([sys.executable, "-c", LOAD, name, config], capture_output=True, text=True)
                for _ in range(3)
            ]
            found = [tuple(map(float, run.stdout.split())) for run in runs if run.returncode == 0]
            row.append(f"{min(found)[0]:.0f} ms, {max(m for _, m in found):.0f} MB" if found else "")
        rows.append(row)
    table("Load: first call, memory it takes", ["", "t2s", "s2t", "s2twp"], rows)


def short_lines(data: Path) -> None:
    rows = []
    for config, name in (("t2s", "traditional"), ("s2t", "simplified"), ("s2twp", "simplified")):
        text = gzip.open(data / "script" / f"bench_{name}.txt.gz", "rt", encoding="utf-8").read().replace("\n", "")
        lines = [text[at : at + 50] for at in range(0, 500_000, 50)]
        row = [config]
        for make in (cnclean_default, cnclean_exact):
            convert = make(config)
            convert(text[-100_000:])
            start = time.process_time()
            for line in lines:
                convert(line)
            row.append(f"{(time.process_time() - start) / len(lines) * 1e6:.1f} µs")
        rows.append(row)
    table(
        "Lines of 50 characters (150 bytes), each seen for the first time",
        ["", "cnclean", "cnclean source, opencc"],
        rows,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--strings", type=int, default=100_000)
    parser.add_argument("--quick", action="store_true", help="one dictionary entry in twenty, for a first look")
    options = parser.parse_args()
    makers = available()
    for config in CONFIGS:
        engine(config, "weighted")  # the compiled state is in the cache from here on
    accuracy(makers, options.data)
    idempotence({n: m for n, m in makers.items() if n != "zhconv" or options.quick}, options.data, options.quick)
    if "OpenCC C++ 1.4.2" in makers:
        equality(options.strings)
    speed(makers, options.data, options.rounds)
    short_lines(options.data)
    load(makers)


if __name__ == "__main__":
    main()
