"""Speed of whole recipes beside ftfy alone and a chain of tools, the share of each stage, growth and memory.

Everything is measured in CPU time, in turns, so that other work on the machine hits all alike; the figures to read are
the ratios. The mixed corpus is made here, from a seed. With a folder of evaluation data its texts are measured too.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import ftfy

import cnclean
from benchmarks.benchmark import Benchmark, Part
from benchmarks.material import peak_memory
from benchmarks.peers import absent
from benchmarks.recipe_texts import MENU, META, SPAM, corpora, dirty_page, megabytes, sentence
from benchmarks.tables import Cell, Table
from cnclean.passes import Run

try:
    import zhconv  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    zhconv = None

MANY = 1000  # a cache with a bound above this holds texts; those without one, or with a low one, hold tables
OF_CHARACTERS = frozenset(("_like", "_likeliest"))  # … or what the character model says, warm after a few pages
Clean = Callable[[str], object]

_LINE_FILTER = re.compile("首页|登录|注册|上一篇|下一篇|责任编辑|分享到|版权所有|百家乐|配资|娱乐城|加微信")


def chain(text: str) -> str:
    """Fix the text, convert it, and drop the lines with a word of the filter."""
    text = zhconv.convert(ftfy.fix_text(text), "zh-cn")
    return "\n".join(line for line in text.split("\n") if not _LINE_FILTER.search(line))


def remembered() -> Iterator[Any]:
    """Yield the caches in which cnclean's modules remember lines and parts of lines between texts."""
    for name in [name for name in sys.modules if name.startswith("cnclean.")]:
        for value in vars(sys.modules[name]).values():
            if not hasattr(value, "cache_parameters") or value.__name__ in OF_CHARACTERS:
                continue
            if (value.cache_parameters()["maxsize"] or 0) >= MANY:
                yield value


def seconds(clean: Clean, texts: Sequence[str]) -> float:
    for cache in remembered():  # each round meets every line for the first time
        cache.cache_clear()
    start = time.process_time()
    for text in texts:
        clean(text)
    return time.process_time() - start


def in_turns(ways: dict[str, Clean], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each way, round by round; one round before them warms up."""
    timed: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, clean in ways.items():
            taken = seconds(clean, texts)
            if number:
                timed[name].append(taken)
    return timed


def ratio(timed: dict[str, list[float]], above: str, below: str) -> float | None:
    if above not in timed:
        return None
    return statistics.median(a / b for a, b in zip(timed[above], timed[below], strict=True))


def beside_peers(found: dict[str, list[str]], recipe: str, rounds: int) -> Table:
    pipeline = cnclean.pipeline(recipe)
    ways: dict[str, Clean] = {"clean": pipeline, "explain": pipeline.explain, "ftfy": ftfy.fix_text}
    if zhconv is not None:
        ways["chain"] = chain
    rows = []
    for name, texts in found.items():
        timed = in_turns(ways, texts, rounds)
        rate = megabytes(texts) / statistics.median(timed["clean"])
        compared = (ratio(timed, "ftfy", "clean"), ratio(timed, "chain", "clean"), ratio(timed, "explain", "clean"))
        rows.append((name, megabytes(texts), rate, *compared))
    heads = ("corpus", "MB", "MB/s", "× ftfy.fix_text", "× ftfy + zhconv + line filter", "explain : clean")
    return Table("beside peers", heads, rows, form=".2f", forms={"MB/s": ".1f"}, note=f"Recipe `{recipe}`.")


class Checking:
    """A pipeline that tells how long the passes after the first take: those that check."""

    def __init__(self, pipeline: cnclean.Pipeline) -> None:
        self.pipeline = pipeline
        self.seconds = 0.0

    def __call__(self, text: str) -> None:
        """Clean a text, and add the time from its second pass to the end."""
        begun: list[float] = []
        begin_pass = Run.begin_pass

        def begin(run: Run) -> str:
            begun.append(time.process_time())
            return begin_pass(run)

        Run.begin_pass = begin  # type: ignore[method-assign]
        try:
            self.pipeline(text)
        finally:
            Run.begin_pass = begin_pass  # type: ignore[method-assign]
        if len(begun) > 1:
            self.seconds += time.process_time() - begun[1]


def checking_share(pipeline: cnclean.Pipeline, texts: Sequence[str]) -> float:
    checking = Checking(pipeline)
    whole = seconds(checking, texts)
    return checking.seconds / whole


def budget(found: dict[str, list[str]], recipe: str, rounds: int) -> Iterator[Table]:
    """Yield what each stage takes of a text that passes through once, and what the check pass takes."""
    pipeline = cnclean.pipeline(recipe)
    check, rest = "check pass", "the pipeline itself"
    rates: dict[str, list[Cell]] = {stage.name: [stage.name] for stage in pipeline.stages}
    shares: dict[str, list[Cell]] = {name: [name] for name in (*rates, check, rest)}
    for texts in found.values():
        whole: list[float] = []
        checks: list[float] = []
        by_stage: dict[str, list[float]] = {name: [] for name in rates}
        for _ in range(rounds):
            current = list(texts)
            for stage in pipeline.stages:
                by_stage[stage.name].append(seconds(stage, current))
                current = list(map(stage, current))
            whole.append(seconds(pipeline, texts))
            checks.append(checking_share(pipeline, texts))
        total = statistics.median(whole)
        medians = {name: statistics.median(taken) for name, taken in by_stage.items()}
        for name, taken in medians.items():
            shares[name].append(taken / total)
            rates[name].append(megabytes(texts) / max(taken, 1e-9))
        shares[check].append(statistics.median(checks))
        shares[rest].append(max(0.0, 1 - sum(medians.values()) / total - statistics.median(checks)))
    heads = ("stage", *found)
    note = f"Recipe `{recipe}`; the stages of a text that passes through once."
    yield Table("share of each stage", heads, list(shares.values()), form=".0%", note=note)
    yield Table("speed of each stage, MB/s", heads, list(rates.values()), form=".0f", note=note)


def growth(recipe: str) -> Table:
    """Return the time for twice the text."""
    draw = random.Random(4)
    pages = "\n".join(dirty_page(draw) for _ in range(60))
    shapes = {
        "dirty pages": pages,
        "one long line": pages.replace("\n", "").replace("\r", ""),
        "empty lines": "\n" * 500_000,
        "nothing but cues": "\n".join((*MENU, *META, *SPAM) * 300),
        "the same sentence": (sentence(draw) + "\n") * 6000,
    }
    pipeline, rows = cnclean.pipeline(recipe), []
    for name, text in shapes.items():
        timed = in_turns({"once": pipeline, "twice": lambda twice: pipeline(twice + twice)}, [text], 3)
        rows.append((name, megabytes([text]), ratio(timed, "twice", "once")))
    return Table("time for twice the text", ("text", "MB", "ratio"), rows, form=".2f")


def memory(recipe: str) -> Table:
    code = f"from benchmarks.recipes import peak; peak({recipe!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    note = "Of a process that cleans 4 MB of our pages, one by one."
    return Table("peak memory", ("recipe", "MB"), [(recipe, float(done.stdout))], form=".0f", note=note)


def peak(recipe: str) -> None:
    draw = random.Random(5)
    pipeline = cnclean.pipeline(recipe)
    done = 0.0
    while done < 4:
        page = dirty_page(draw)
        pipeline(page)
        done += megabytes([page])
    print(peak_memory())


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--recipe", default="corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=150, help="pages of each of our own corpora")


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield all tables."""
    yield from absent("zhconv")
    found = corpora(options.data, options.pages)
    yield beside_peers(found, options.recipe, options.rounds)
    yield from budget(found, options.recipe, options.rounds)
    yield growth(options.recipe)
    yield memory(options.recipe)


BENCHMARK = Benchmark(tables, "more", add_options, {"rounds": 1, "pages": 40})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
