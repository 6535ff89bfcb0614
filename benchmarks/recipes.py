"""Speed of whole recipes beside ftfy alone and a chain of tools: `python -m benchmarks.recipes [--data FOLDER]`.

Everything is measured in CPU time, in turns, so that other work on the machine hits all alike; the figures to read are
the ratios. The mixed corpus is made here, from a seed. With a folder of evaluation data its texts are measured too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ftfy

import cnclean
from cnclean import view
from cnclean.cleaners.site_chrome import judge

try:
    import zhconv
except ImportError:
    zhconv = None

REMEMBERED = (view._short_view, view._short_compact, judge._alone)
Clean = Callable[[str], object]

_SUBJECTS = ("村里的老人", "这家小店", "新来的老师", "河边的渡口", "年轻的木匠", "镇上的图书馆", "两位姑娘", "这条山路")
_TIMES = ("清晨", "去年冬天", "每到周末", "雨停以后", "二十年前", "天快黑的时候", "开春之后")
_DEEDS = ("修好了那座木桥", "把旧书一本本晒在院子里", "讲起从前赶集的事", "又种下一片果树", "只接待熟悉的客人")
_ENDS = (
    "，大家都很高兴。",
    "，谁也没有料到。",
    "；后来的事，没有人说得清。",
    "，这才慢慢安静下来。",
    "，日子一天天好起来。",
)
_MENU = (
    "首页 | 新闻 | 财经 | 体育 | 论坛",
    "首页 > 社会 > 正文",
    "登录 注册 设为首页 加入收藏",
    "上一篇  下一篇  返回列表",
)
_META = (
    "来源：山乡周报　作者：王小明　2023-08-09 10:20",
    "责任编辑：李四",
    "浏览次数：1024 次",
    "分享到：微信 微博 QQ空间",
)
_SPAM = ("百家乐开户 真人娱乐城 送彩金", "股票配资平台 股票配资公司 配资开户", "加微信：abc12345 领取发票代开优惠")
_LINE_FILTER = re.compile("首页|登录|注册|上一篇|下一篇|责任编辑|分享到|版权所有|百家乐|配资|娱乐城|加微信")


def sentence(draw: random.Random) -> str:
    return "".join(map(draw.choice, (_TIMES, _SUBJECTS, _DEEDS))) + draw.choice(_ENDS)


def paragraph(draw: random.Random) -> str:
    return "".join(sentence(draw) for _ in range(draw.randint(1, 7)))


def clean_page(draw: random.Random) -> str:
    return "\n".join(paragraph(draw) for _ in range(draw.randint(4, 20)))


def dirty_page(draw: random.Random) -> str:
    """Return a page with the usual damage: chrome around it, one defect in about every third paragraph."""
    body = [_damaged(paragraph(draw), draw) for _ in range(draw.randint(4, 20))]
    lines = [*draw.sample(_MENU, 2), draw.choice(_META), *body, *draw.sample(_META, 2), draw.choice(_MENU)]
    if draw.random() < 0.2:
        lines.insert(draw.randrange(len(lines)), draw.choice(_SPAM))
    return draw.choice(("\n", "\n\n", "\r\n")).join(lines)


def _damaged(text: str, draw: random.Random) -> str:
    defects: tuple[Callable[[str], str], ...] = (
        lambda s: s.replace("，", ",").replace("；", ";"),
        lambda s: s.replace("，", "，&nbsp;").replace("。", "。&quot;"),
        lambda s: "\u200b".join(s[i : i + 9] for i in range(0, len(s), 9)),
        lambda s: "\u3000\u3000" + s.replace("二十", "２０") + "  ",
        lambda s: s.replace("书", "書").replace("来", "來").replace("开", "開").replace("们", "們"),
        lambda s: s.encode("utf-8").decode("cp1252", "ignore") if len(s) < 60 else s,
    )
    return draw.choice(defects)(text) if draw.random() < 0.35 else text


def corpora(data: Path | None, size: int) -> dict[str, list[str]]:
    """Return the texts by the name of their corpus; those that end in "clean" are fixed points of the recipe."""
    draw = random.Random(9)
    found = {
        "ours, dirty": [dirty_page(draw) for _ in range(size)],
        "ours, clean": [clean_page(draw) for _ in range(size)],
    }
    if data is not None and data.is_dir():
        pages = ["\n".join(line["t"] for line in row["lines"]) for row in _rows(data / "lines/full_page.jsonl.gz")]
        crawl = [json.loads(row["text"])["raw_content"] for row in _rows(data / "web/common_crawl.jsonl.gz")]
        found["web pages, dirty"] = sorted(pages, key=len)[:-1]  # without the longest one, which outweighs the others
        found["the longest web page"] = [max(pages, key=len)]
        found["Common Crawl, dirty"] = crawl
        weekly = [row["text"] for row in _rows(data / "clean/weekly.jsonl.gz")]
        found["weekly"] = ["\n".join(weekly[at : at + 60]) for at in range(0, len(weekly), 60)]
        found["main texts of pages"] = [row["gold"] for row in _rows(data / "pages/pages.jsonl.gz")]
        for name in ("weekly", "main texts of pages"):
            found[f"{name}, clean"] = list(map(cnclean.pipeline("corpus"), found[name]))
    found["ours, clean"] = list(map(cnclean.pipeline("corpus"), found["ours, clean"]))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return list(map(json.loads, file))


def chain(text: str) -> str:
    """Fix the text, convert it, and drop the lines with a word of the filter."""
    text = zhconv.convert(ftfy.fix_text(text), "zh-cn")
    return "\n".join(line for line in text.split("\n") if not _LINE_FILTER.search(line))


def seconds(clean: Clean, texts: Sequence[str]) -> float:
    for remembered in REMEMBERED:  # each round meets every line for the first time
        remembered.cache_clear()
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


def ratio(timed: dict[str, list[float]], above: str, below: str) -> str:
    if above not in timed:
        return "–"
    return f"{statistics.median(a / b for a, b in zip(timed[above], timed[below], strict=True)):.2f}"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    print(f"\n### {title}\n\n| {' | '.join(heads)} |\n|{'|'.join(['---'] * len(heads))}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def beside_peers(found: dict[str, list[str]], recipe: str, rounds: int) -> None:
    pipeline = cnclean.pipeline(recipe)
    ways: dict[str, Clean] = {"clean": pipeline, "explain": pipeline.explain, "ftfy": ftfy.fix_text}
    if zhconv is not None:
        ways["chain"] = chain
    rows = []
    for name, texts in found.items():
        timed = in_turns(ways, texts, rounds)
        rate = megabytes(texts) / statistics.median(timed["clean"])
        compared = (ratio(timed, "ftfy", "clean"), ratio(timed, "chain", "clean"), ratio(timed, "explain", "clean"))
        rows.append([name, f"{megabytes(texts):.2f}", f"{rate:.1f}", *compared])
    heads = ("corpus", "MB", "MB/s", "× ftfy.fix_text", "× ftfy + zhconv + line filter", "explain : clean")
    table(f"Recipe `{recipe}` beside its peers", heads, rows)


def budget(found: dict[str, list[str]], recipe: str, rounds: int) -> None:
    """Print what each stage takes of a text that passes through once; what is left is the check pass."""
    pipeline = cnclean.pipeline(recipe)
    shares: dict[str, list[str]] = {stage.name: [] for stage in pipeline.stages}
    checks = []
    for texts in found.values():
        whole: list[float] = []
        by_stage: dict[str, list[float]] = {name: [] for name in shares}
        for _ in range(rounds):
            current = list(texts)
            for stage in pipeline.stages:
                by_stage[stage.name].append(seconds(stage, current))
                current = list(map(stage, current))
            whole.append(seconds(pipeline, texts))
        total = statistics.median(whole)
        medians = {name: statistics.median(taken) for name, taken in by_stage.items()}
        for name, taken in medians.items():
            shares[name].append(f"{taken / total:.0%} ({megabytes(texts) / max(taken, 1e-9):.0f})")
        checks.append(f"{max(0.0, 1 - sum(medians.values()) / total):.0%}")
    rows = [[name, *row] for name, row in shares.items()]
    table("Share of each stage (and MB/s)", ("stage", *found), [*rows, ["check pass and the pipeline itself", *checks]])


def growth(recipe: str) -> None:
    """Print the time for twice the text."""
    draw = random.Random(4)
    pages = "\n".join(dirty_page(draw) for _ in range(60))
    shapes = {
        "dirty pages": pages,
        "one long line": pages.replace("\n", "").replace("\r", ""),
        "empty lines": "\n" * 500_000,
        "nothing but cues": "\n".join((*_MENU, *_META, *_SPAM) * 300),
        "the same sentence": (sentence(draw) + "\n") * 6000,
    }
    pipeline, rows = cnclean.pipeline(recipe), []
    for name, text in shapes.items():
        timed = in_turns({"once": pipeline, "twice": lambda twice: pipeline(twice + twice)}, [text], 3)
        rows.append([name, f"{megabytes([text]):.2f}", ratio(timed, "twice", "once")])
    table("Time for twice the text", ("text", "MB", "ratio"), rows)


def memory(recipe: str) -> None:
    code = f"from benchmarks.recipes import peak; peak({recipe!r})"
    print("\nPeak memory of a process that cleans 4 MB of our pages, one by one: ", end="", flush=True)
    subprocess.run([sys.executable, "-c", code], check=True)


def peak(recipe: str) -> None:
    draw = random.Random(5)
    pipeline = cnclean.pipeline(recipe)
    done = 0.0
    while done < 4:
        page = dirty_page(draw)
        pipeline(page)
        done += megabytes([page])
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--data", type=Path, help="folder of evaluation data")
    parser.add_argument("--recipe", default="corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=150, help="pages of each of our own corpora")
    given = parser.parse_args()
    found = corpora(given.data, given.pages)
    beside_peers(found, given.recipe, given.rounds)
    budget(found, given.recipe, given.rounds)
    growth(given.recipe)
    memory(given.recipe)


if __name__ == "__main__":
    main()
