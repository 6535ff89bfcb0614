"""How fast and how large whole corpora run, on data made here.

Run with `python -m benchmarks.corpus [--megabytes 4] [--memory 10 100] [--recipe web]`. MB are UTF-8 bytes of text.
Processor time, so that a busy machine does not count, but for the row on two workers, which needs two free cores.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import ftfy

import cnclean
from cnclean.corpus.engine import Done, Failure, Tell, attempt
from cnclean.corpus.run import clean_corpus
from cnclean.corpus.shard import Shard

SUBJECTS = "村里的老人 刚开学的孩子们 河边的渔民 这家小店 山上的果园 图书馆的读者 邻居王阿姨 新来的邮递员".split()
VERBS = "早早起了床 说起去年的雨水 把门前的路扫干净 记下每天的天气 在树下喝茶聊天 等着春天的第一班船".split()
ENDS = ["。", "，", "，", "；", "！"]
MENUS = [
    "首页 | 新闻 | 图片 | 论坛\n",
    "登录 | 注册\n",
    "上一篇：春天的故事\n下一篇：夏天的雨\n",
    "分享到：微信 微博\n",
]
DAMAGE = [("，", ","), ("的", "的\u200b"), ("春", "&ldquo;春"), ("1", "１")]


def page(chance: random.Random) -> str:
    """Return one page: a title, paragraphs, in one of two pages menus, in one of four some damage."""
    lines = [chance.choice(SUBJECTS) + "与1件小事\n"]
    for _ in range(chance.randrange(3, 12)):
        parts = [
            chance.choice(SUBJECTS) + chance.choice(VERBS) + chance.choice(ENDS) for _ in range(chance.randrange(3, 14))
        ]
        lines.append("".join(parts)[:-1] + "。\n")
    if chance.random() < 0.5:
        lines = [chance.choice(MENUS), *lines, chance.choice(MENUS)]
    text = "".join(lines)
    if chance.random() < 0.25:
        text = text.replace(*chance.choice(DAMAGE))
    return text


def make(folder: Path, megabytes: float, files: int, seed: int = 8) -> float:
    """Write a corpus of JSON Lines; return how many megabytes of text it holds."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    size = 0
    for k in range(files):
        until = megabytes * 1e6 * (k + 1) / files
        with (folder / f"part-{k}.jsonl").open("w", encoding="utf-8") as file:
            while size < until:
                text = page(chance)
                size += len(text.encode())
                file.write(
                    json.dumps({"id": size, "url": "http://example.cn/", "text": text}, ensure_ascii=False) + "\n"
                )
    return size / 1e6


def processor_time(run: Callable[[], object]) -> float:
    """Return the processor seconds of a call, in this process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def here(shards: Iterable[Shard], tell: Tell) -> Iterator[Done | Failure]:
    """Work in this process, so that its time can be told from that of a loop."""
    for shard in shards:
        done = attempt(shard, 0)
        assert isinstance(done, Done), done
        yield done


def loop(folder: Path, out: Path, function: Callable[[str], str]) -> None:
    """Do what most scripts do: read a line, clean, write a line."""
    out.mkdir()
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8") as source, (out / path.name).open("w", encoding="utf-8") as file:
            for line in source:
                row = json.loads(line)
                row["text"] = function(row["text"])
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def fix_file(path: Path) -> int:
    """Bring one file through ftfy, as a pool of processes does."""
    with path.open(encoding="utf-8") as source:
        return sum(len(ftfy.fix_text(json.loads(line)["text"])) for line in source)


def wall(run: Callable[[], object]) -> float:
    """Return the seconds on the clock of a call."""
    start = time.monotonic()
    run()
    return time.monotonic() - start


def speeds(folder: Path, recipe: str, megabytes: float) -> None:
    """Print the table of speeds."""
    source = folder / "in"
    size = make(source, megabytes, 4)
    stages = cnclean.pipeline(recipe)
    stages("你好，世界")
    rounds: list[tuple[float, ...]] = []
    for i in range(3):  # interleaved
        plain = processor_time(lambda i=i: loop(source, folder / f"loop{i}", stages))
        told = (
            processor_time(lambda i=i, o=o: clean_corpus([source], folder / f"{o}{i}", recipe, engine=here, **o))
            for o in ({"rules": False}, {"rules": True}, {"extras": True})
        )
        rounds.append((plain, *told))
    plain, runner, rules, extras = (min(column) for column in zip(*rounds, strict=True))
    fix = processor_time(lambda: [fix_file(path) for path in source.iterdir()])
    one = wall(lambda: clean_corpus([source], folder / "one", recipe, workers=1))
    two = wall(lambda: clean_corpus([source], folder / "two", recipe, workers=2))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pooled = wall(lambda: pool.map(fix_file, sorted(source.iterdir()), chunksize=1))
    print(f"\n{size:.1f} MB of text, recipe {recipe}\n\n| what | seconds | MB/s | beside |\n|---|---|---|---|")
    rows = [
        ("`clean` in a loop, JSON in and out (processor)", plain, ""),
        ("the runner with `--no-rules` (processor)", runner, f"{runner / plain - 1:+.1%} on the loop"),
        ("the runner (processor)", rules, f"{rules / plain - 1:+.1%}"),
        ("the runner with `--extras` (processor)", extras, f"{extras / plain - 1:+.1%}"),
        ("`ftfy.fix_text` in a loop (processor)", fix, ""),
        ("`cnclean corpus --workers 1` (clock)", one, ""),
        ("`cnclean corpus --workers 2` (clock)", two, f"{one / two:.2f} times one worker"),
        ("pool of 2 over `ftfy.fix_text` (clock)", pooled, ""),
    ]
    if find_spec("datatrove") and find_spec("regex"):
        rows.append(("datatrove `FTFYFormatter` (processor)", processor_time(lambda: datatrove_ftfy(source)), ""))
    for what, seconds, beside in rows:
        print(f"| {what} | {seconds:.1f} | {size / seconds:.2f} | {beside} |")


def datatrove_ftfy(source: Path) -> None:
    """Bring the texts through datatrove's formatter with ftfy."""
    from datatrove.data import Document
    from datatrove.pipeline.formatters import FTFYFormatter

    for path in source.iterdir():
        rows = map(json.loads, path.open(encoding="utf-8"))
        for _ in FTFYFormatter().run(Document(row["text"], str(row["id"])) for row in rows):
            pass


def peak_of(source: Path, out: Path, recipe: str) -> None:
    """Run in a fresh process and print its peak memory in MB; the worker is this process."""
    clean_corpus([source], out, recipe, engine=here)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=(out / "peak").open("w"))


def memory(folder: Path, recipe: str, sizes: list[float]) -> None:
    """Print how large a worker gets on one file of each size."""
    print("\n| text in one file, MB | worker's peak memory, MB |\n|---|---|")
    for size in sizes:
        source, out = folder / f"m{size}", folder / f"m{size}-out"
        made = make(source, size, 1)
        process = multiprocessing.get_context("spawn").Process(target=peak_of, args=(source, out, recipe))
        process.start()
        process.join()
        print(f"| {made:.0f} | {float((out / 'peak').read_text()):.0f} |")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--memory", type=float, nargs="*", default=[])
    parser.add_argument("--recipe", default="web")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.megabytes:
            speeds(Path(name), options.recipe, options.megabytes)
        if options.memory:
            memory(Path(name), options.recipe, options.memory)


if __name__ == "__main__":
    main()
