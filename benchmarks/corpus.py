"""How fast and how large whole corpora run, on data made here.

`--memory 10 100` also measures the peak memory on files of so many megabytes, `--one-file 100` the time that one file
of so many takes with one worker and with two. MB are UTF-8 bytes of text. Processor time, so that a busy machine does
not count, but for the rows with workers, which need two free cores. With `--data` also the speed on real pages.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import ftfy

import cnclean
from benchmarks.benchmark import Benchmark, Part
from benchmarks.made_corpus import make, make_longest
from benchmarks.material import peak_memory, rows, texts
from benchmarks.peers import absent, is_there
from benchmarks.tables import Table
from cnclean.corpus.document import clean_documents
from cnclean.corpus.engine import Done, Failure, Tell, attempt
from cnclean.corpus.job import MAX_CHARACTERS, Job
from cnclean.corpus.run import clean_corpus
from cnclean.corpus.shard import Shard

LONGEST = MAX_CHARACTERS - 1


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


def speeds(folder: Path, recipe: str, megabytes: float) -> Table:
    """Return the table of speeds."""
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
    found: list[tuple[str, float, float | None]] = [  # what, seconds, how many times another row's
        ("`clean` in a loop, JSON in and out (processor)", plain, None),
        ("the runner with `--no-rules` (processor)", runner, runner / plain),
        ("the runner (processor)", rules, rules / plain),
        ("the runner with `--extras` (processor)", extras, extras / plain),
        ("`ftfy.fix_text` in a loop (processor)", fix, fix / plain),
        ("`cnclean corpus --workers 1` (clock)", one, None),
        ("`cnclean corpus --workers 2` (clock)", two, two / one),
        ("pool of 2 over `ftfy.fix_text` (clock)", pooled, pooled / one),
    ]
    for package, what, load in PEERS:
        if is_there(package):
            step = load()
            taken = processor_time(lambda step=step: step(source))
            found.append((f"{what} (processor)", taken, taken / plain))
    heads = ("what", "seconds", "MB/s", "× the loop, or one worker")
    timed = [(what, seconds, size / seconds, ratio) for what, seconds, ratio in found]
    note = f"{size:.1f} MB of text made here, recipe `{recipe}`."
    return Table("speed", heads, timed, form=".2f", forms={"seconds": ".1f"}, note=note)


def read_rows(source: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of all files."""
    for path in source.iterdir():
        yield from map(json.loads, path.open(encoding="utf-8"))


def datatrove_ftfy() -> Callable[[Path], None]:
    """Return a function that brings texts through datatrove's formatter with ftfy."""
    from datatrove.data import Document
    from datatrove.pipeline.formatters import FTFYFormatter

    def run(source: Path) -> None:
        for _ in FTFYFormatter().run(Document(row["text"], str(row["id"])) for row in read_rows(source)):
            pass

    return run


def data_juicer_ftfy() -> Callable[[Path], None]:
    """Return a function that brings texts through data-juicer's mapper with ftfy, in batches of its own size."""
    from data_juicer.ops.mapper.fix_unicode_mapper import FixUnicodeMapper

    mapper = FixUnicodeMapper()

    def run(source: Path) -> None:
        found = [row["text"] for row in read_rows(source)]
        for at in range(0, len(found), mapper.batch_size):
            mapper.process_batched({"text": found[at : at + mapper.batch_size]})

    return run


PEERS = (
    ("datatrove", "datatrove `FTFYFormatter`", datatrove_ftfy),
    ("py-data-juicer", "data-juicer `fix_unicode_mapper`", data_juicer_ftfy),
)


def one_file(folder: Path, recipe: str, megabytes: float) -> Table:
    """Return how long a corpus takes that is all in one file; needs as many free cores as workers."""
    source = folder / "single"
    size = make(source, megabytes, 1)
    found: list[tuple[str, float, float, float, float]] = []
    for n in (1, 2):
        used = -time_of_children()
        seconds = wall(lambda n=n: clean_corpus([source], folder / f"single{n}", recipe, workers=n))
        used += time_of_children()
        found.append((str(n), used, seconds, size / seconds, (found[0][2] if found else seconds) / seconds))
    heads = ("workers", "processor seconds in all", "seconds", "MB/s", "times one worker")
    note = f"{size:.0f} MB of text in one file, recipe `{recipe}`."
    return Table("one file", heads, found, form=".2f", forms={"seconds": ".1f", heads[1]: ".1f"}, note=note)


def time_of_children() -> float:
    """Return the processor seconds of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def real_pages(data: Path) -> Table:
    """Return how fast a worker is on pages of the evaluation data, in processor time."""
    crawl = [json.loads(text)["raw_content"] for text in texts(data, "web/common_crawl")]
    html = [row["html"] for row in rows(data / "pages" / "pages.jsonl.gz")]
    jobs = [
        ("extracted text, recipe `web`", crawl, Job.of("web")),
        ("extracted text, recipe `corpus`", crawl, Job.of("corpus")),
        ("HTML, recipe `web`", html, Job.of("web", html_field="html")),
    ]
    found = []
    for what, documents, job in jobs:
        clean_documents(documents[:3], job)
        seconds = min(processor_time(lambda d=documents, j=job: clean_documents(d, j)) for _ in range(3))
        size = sum(len(document.encode()) for document in documents) / 1e6
        found.append((what, len(documents), size, size / seconds, len(documents) / seconds))
    return Table("real pages", ("what", "pages", "MB", "MB/s", "pages/s"), found, form=".1f")


def peak_of(source: Path, out: Path, recipe: str) -> None:
    """Run in a fresh process and print its peak memory in MB; the worker is this process."""
    clean_corpus([source], out, recipe, engine=here)
    (out / "peak").write_text(str(peak_memory()))


def memory(folder: Path, recipe: str, sizes: list[float]) -> Table:
    """Return how large a worker gets on one file of each size, and on the longest documents that it takes."""
    sources: dict[str, Path] = {}
    for size in sizes:
        sources[f"one file of {size:g} MB"] = source = folder / f"m{size}"
        make(source, size, 1)
    for damaged in (False, True):
        what = f"one document of {LONGEST:,} characters, {'damaged everywhere' if damaged else 'sound pages'}"
        sources[what] = source = folder / f"longest{damaged}"
        make_longest(source, LONGEST, damaged=damaged)
    peaks = []
    for what, source in sources.items():
        out = source.with_suffix(".out")
        process = multiprocessing.get_context("spawn").Process(target=peak_of, args=(source, out, recipe))
        process.start()
        process.join()
        peaks.append((what, float((out / "peak").read_text())))
    return Table("memory", ("input", "worker's peak memory, MB"), peaks, form=".0f")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--memory", type=float, nargs="*", default=[])
    parser.add_argument("--one-file", type=float, default=0)
    parser.add_argument("--recipe", default="web")


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the figures."""
    yield from absent(*(package for package, _, _ in PEERS))
    with tempfile.TemporaryDirectory() as name:
        if options.megabytes:
            yield speeds(Path(name), options.recipe, options.megabytes)
        if options.data:
            yield real_pages(options.data)
        if options.memory:
            yield memory(Path(name), options.recipe, options.memory)
        if options.one_file:
            yield one_file(Path(name), options.recipe, options.one_file)


BENCHMARK = Benchmark(tables, "more", add_options, {"megabytes": 1})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
