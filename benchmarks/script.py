"""Script conversion: accuracy, idempotence, speed, load and memory of cnclean and of its peers, in one run.

    python -m benchmarks.script [--data ../shared/eval] [--rounds 5] [--strings 100000] [--quick]

Run it in an environment of its own, with cnclean and, in this order, `opencc==1.4.2`, `opencc-purepy`, `zhconv`; what
is not installed is left out. (`opencc` and `opencc-python-reimplemented` own the same package; installed last, the C++
one is `import opencc`, and the port, which cnclean brings, is still found as `opencc.opencc`.) Peers that convert with
a cache of texts gain nothing here: every round cuts the lines anew. Times are CPU times.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from benchmarks.script_peers import Convert, Maker, available, cpp, exact, records, supported, table
from benchmarks.script_speed import load, short_lines, speed
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


def accuracy(makers: dict[str, Maker], data: Path) -> None:
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
        rows.append([name, f"{passed}/{len(checks)}", f"{right}/{len(crossing)}", *(f"{n:.1f}" for n in figures)])
    heads = ["", "OpenCC's own expectations", "cross-word cases", "tw_lit", "hk_lit", "human text, round trip"]
    table("Accuracy (the last three: errors in 10,000 Han)", heads, rows)


def dictionary_entries() -> list[str]:
    pairs = (pair for name in dictionary_names() for pair in candidates(name).items())
    return sorted({word for key, values in pairs for word in (key, *values.split())})


def idempotence(makers: dict[str, Maker], data: Path, quick: bool) -> None:
    entries = dictionary_entries()[:: 20 if quick else 1]
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
        heads += [f"{config}: of {len(entries):,} entries changed again", f"{config}: target lines changed"]
    table("Twice is once, and what is converted stays", heads, rows)


def equality(count: int) -> None:
    """Compare with C++ OpenCC on random strings of dictionary entries."""
    draw = random.Random(1)
    entries = dictionary_entries()
    strings = ["".join(draw.choices(entries, k=draw.randint(1, 5))) for _ in range(count)]
    total = 0
    for number, config in enumerate(CONFIGS):
        ours, theirs = exact(config), cpp(config)
        total += sum(ours(text) != theirs(text) for text in strings[number :: len(CONFIGS)])
    print(f"\n{total} of {count:,} random strings of entries, shared out to all configurations, differ from C++ OpenCC")


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
