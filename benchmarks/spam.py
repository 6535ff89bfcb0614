"""Spam: recall, false removals, injections and speed, beside a plain word-list filter and a flagged-word ratio.

The word-list filter drops every line that contains a word of our own table; the flagged-word ratio drops a text when
flagged words make up more than 4.5 % of its characters (the rule and the threshold of data-juicer's
`flagged_words_filter`, counted in characters because Chinese has no spaces). Both get the same words as the cleaner:
the difference is the evidence. `--half` takes only the texts whose SHA-1 is even or odd.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import ftfy

from benchmarks import material
from benchmarks.benchmark import Benchmark
from benchmarks.tables import Cell, Table
from cnclean.cleaners.spam import Spam
from cnclean.cleaners.spam.lexicon import PLAIN, lexicon
from cnclean.cleaners.spam.trie import alternation

Clean = Callable[[str], str]
SPAM = Spam()
WORDS = re.compile(
    alternation(term.word for term in lexicon().terms.values() if term.weight >= PLAIN and term.cls != "promotion")
)
FLAGGED_RATIO = 0.045
ADVERTS = ("spam_gambling", "spam_leverage", "spam_novel_ads")
SOUND = ("spam/ham_hard", "spam/ham_headlines", "spam/ham_news", "spam/ham_wiki", "spam/ham_reviews")
SOUND_TOO = ("clean/weekly", "clean/zhihu", "clean/classical", "clean/traditional_web", "clean/japanese")
# Search phrases of honest trades: no table holds them, only the document can tell.
UNKNOWN = (
    "办公室装修公司 搬家公司电话 二手叉车转让 空调维修上门 开锁公司电话 空压机厂家 月嫂培训中心 别墅电梯厂家 "
    "写字楼出租信息 防水补漏公司 小型榨油机价格 不锈钢水箱厂家 注塑机回收 电动伸缩门厂家 婚纱摄影排行 铝型材批发 "
    "塑料托盘厂家 火锅底料批发 实木家具定制 甲醛检测治理"
).split()


def word_list(text: str) -> str:
    """Drop every line that contains a word of the table."""
    return "\n".join(line for line in text.split("\n") if not WORDS.search(line))


def flagged_ratio(text: str) -> str:
    """Drop the text if flagged words make up too much of it."""
    return "" if sum(map(len, WORDS.findall(text))) > FLAGGED_RATIO * max(1, len(text)) else text


TOOLS: dict[str, Clean] = {"cnclean": SPAM, "word list": word_list, "flagged ratio": flagged_ratio}


def texts(data: Path, name: str, half: int | None) -> list[str]:
    """Return the texts of one set, or of one half of it."""
    return [text for text in material.texts(data, name) if half is None or _half(text) == half]


def _half(text: str) -> int:
    return hashlib.sha1(text.encode("utf-8", "surrogatepass")).digest()[-1] % 2


def adverts(data: Path, half: int | None) -> Table:
    """Return which share of the advertising lines goes, alone and as one document."""
    rows: list[tuple[Cell, ...]] = []
    for name in ADVERTS:
        lines = texts(data, f"spam/{name}", half)
        document = "\n".join(lines)
        for tool, clean in TOOLS.items():
            alone = sum(not clean(line).strip() for line in lines) / len(lines)
            left = len(clean(document).replace("\n", "")) / len(document.replace("\n", ""))
            rows.append((name, tool, len(lines), alone, 1 - left))
    heads = ("set", "tool", "lines", "single lines", "characters as one document")
    return Table("advertising removed", heads, rows, keys=2)


def sound(data: Path, half: int | None) -> Table:
    """Return how much sound text is removed."""
    rows: list[tuple[Cell, ...]] = []
    sizes, removals = 0.0, 0
    for name in (*SOUND, *SOUND_TOO):
        found = texts(data, name, half)
        size = sum(len(text.encode()) for text in found) / 1e6
        changed = [sum(clean(text) != text for text in found) for clean in TOOLS.values()]
        edits = sum(not edit.is_flag(text) for text in found for edit in SPAM.edits(text))
        rows.append((name, len(found), size, *changed, edits / size))
        sizes, removals = sizes + size, removals + edits
    totals = [sum(row[column] for row in rows) for column in range(1, 6)]  # type: ignore[misc]
    heads = ("set", "texts", "MB", *(f"changed by {tool}" for tool in TOOLS), "removals per MB")
    return Table("sound texts changed", heads, [*rows, ("all", *totals, removals / sizes)], form=".2f")


def injections(data: Path, half: int | None) -> Table:
    """Return how much of what is injected into news goes, and what goes with it."""
    news = [text for text in texts(data, "spam/ham_news", half) if len(text) <= 3000]
    known = [w for n in ADVERTS[:2] for w in texts(data, f"spam/{n}", half) if len(w) <= 14]
    rng = random.Random(20)
    rows = []
    for name, words, inject in (
        ("head line, title prefix and glued tail", known, head_and_tail),
        ("head line alone", known, head_line),
        ("five lines in the body", known, body_lines),
        ("glued tail alone", known, glued_tail),
        ("unknown words: head line, prefix and tail", UNKNOWN, head_and_tail),
    ):
        put = gone = wrong = exact = 0
        chosen = rng.sample(news, min(200, len(news)))
        for text in chosen:
            dirty, parts = inject(rng, text, words)
            clean = SPAM(dirty)
            if clean.strip() == text.strip():
                exact += 1
                lost = left = 0
            else:
                same = sum(
                    block.size for block in SequenceMatcher(None, text, clean, autojunk=False).get_matching_blocks()
                )
                lost, left = len(text.strip()) - same, len(clean.strip()) - same
            size = sum(map(len, parts))
            put, gone, wrong = put + size, gone + max(0, size - max(0, left)), wrong + max(0, lost)
        rows.append((name, len(chosen), gone / put, wrong / len(chosen), exact / len(chosen)))
    heads = ("kind", "texts", "characters removed", "wrong characters a text", "restored exactly")
    return Table("injected into news", heads, rows)


def head_and_tail(rng: random.Random, text: str, words: list[str]) -> tuple[str, list[str]]:
    """Put a keyword line on top, another keyword before the title and behind the end."""
    first, key = rng.sample(words, 2)
    return f"{first}\n{key} {text.rstrip()}{key}", [first, key, key]


def head_line(rng: random.Random, text: str, words: list[str]) -> tuple[str, list[str]]:
    """Put a keyword line on top."""
    word = rng.choice(words)
    return f"{word}\n{text}", [word]


def glued_tail(rng: random.Random, text: str, words: list[str]) -> tuple[str, list[str]]:
    """Glue a keyword to the end."""
    word = rng.choice(words)
    return text.rstrip() + word, [word]


def body_lines(rng: random.Random, text: str, words: list[str]) -> tuple[str, list[str]]:
    """Put five keyword lines between the lines."""
    chosen, lines = rng.sample(words, 5), text.split("\n")
    at = rng.randint(1, len(lines))
    return "\n".join([*lines[:at], *chosen, *lines[at:]]), chosen


def speed(data: Path) -> Table:
    """Return CPU speed, interleaved with `ftfy.fix_text`, and the ratio."""
    sets = {name: "\n".join(texts(data, name, None))[:400_000] for name in (*SOUND[1:], "clean/zhihu")}
    news, ads = texts(data, SOUND[2], None), [line for name in ADVERTS for line in texts(data, f"spam/{name}", None)]
    rng = random.Random(20)
    sets["news, a line of advertising after each text"] = "\n".join(f"{n}\n{rng.choice(ads)}" for n in news)[:400_000]
    SPAM("")
    rows = []
    for name, text in sets.items():
        best = {"cnclean": 9e9, "ftfy": 9e9}
        for _ in range(3):
            for tool, run in (("cnclean", SPAM), ("ftfy", ftfy.fix_text)):
                start = time.process_time()
                run(text)
                best[tool] = min(best[tool], time.process_time() - start)
        size = len(text.encode()) / 1e6
        own, other = size / best["cnclean"], size / best["ftfy"]
        rows.append((name, own, other, own / other))
    return Table("speed, MB/s of CPU time", ("text", "cnclean", "ftfy.fix_text", "ratio"), rows, form=".1f")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--half", type=int, choices=(0, 1))


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """Measure and yield."""
    yield adverts(options.data, options.half)
    yield sound(options.data, options.half)
    yield injections(options.data, options.half)
    yield speed(options.data)


BENCHMARK = Benchmark(tables, add_options=add_options)

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
