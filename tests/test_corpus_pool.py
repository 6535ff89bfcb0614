"""Several processes on one file: the output is the same, and a helper that dies costs nothing but its time."""

import json
import os
import sys
import time

import pytest

pytest.importorskip("pyarrow", reason="needs the extra corpus")

from cnclean.corpus import local_engine
from cnclean.corpus.formats.rows import Chunk
from cnclean.corpus.job import Job
from cnclean.corpus.local_engine import LocalEngine
from cnclean.corpus.pool import pooled
from cnclean.corpus.run import clean_corpus

STAGES = """
import os
from multiprocessing import parent_process
from pathlib import Path

def signed(text):
    return text if " " in text else f"{text} {os.getpid()}"

def deadly_to_helpers(text):
    if parent_process() is not None:
        Path(os.environ["CNCLEAN_TEST_MARKER"]).touch()
        os._exit(3)
    return text.rstrip("!") + "!"
"""
PATIENCE = 100_000
"""So many chunks, a millisecond each, must be enough for a process to start."""


@pytest.fixture
def stages(tmp_path, monkeypatch):
    """Stages in a module that other processes can import."""
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "pool_stages.py").write_text(STAGES, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "module"))
    monkeypatch.setenv("CNCLEAN_TEST_MARKER", str(tmp_path / "marker"))
    yield __import__("pool_stages")
    sys.modules.pop("pool_stages")


def chunks_until(is_enough):
    """Yield chunks of two documents, until it is enough and for some more."""
    more = 20
    for number in range(PATIENCE):
        time.sleep(0.001)
        yield Chunk([f"第{number}段", f"又{number}段"], [2 * number + 1, 2 * number + 2])
        more -= is_enough()
        if not more:
            return
    pytest.fail("the helper has never begun")


def test_chunks_come_back_in_order_whoever_has_cleaned_them(stages):
    workers = set()
    spent = []
    job = Job.of([stages.signed])
    with pooled(job, lambda: 1) as clean:
        for number, (chunk, outcomes) in enumerate(clean(chunks_until(lambda: len(workers) > 1), spent.append)):
            texts = [outcome.text.partition(" ") for outcome in outcomes]
            assert [text for text, _, _ in texts] == chunk.documents == [f"第{number}段", f"又{number}段"]
            workers.update(worker for _, _, worker in texts)
    assert str(os.getpid()) in workers
    assert len(workers) == 2
    assert sum(seconds["signed"] for seconds in spent) > 0


@pytest.mark.slow
def test_a_helper_that_dies_costs_no_row(stages, tmp_path):
    with pooled(Job.of([stages.deadly_to_helpers]), lambda: 2) as clean:
        results = list(clean(chunks_until((tmp_path / "marker").exists), lambda seconds: None))
    for number, (chunk, outcomes) in enumerate(results):
        assert [outcome.text for outcome in outcomes] == [f"第{number}段!", f"又{number}段!"]
        assert chunk.positions[0] == 2 * number + 1


@pytest.mark.slow
@pytest.mark.parametrize("end", ["jsonl", "txt.gz"])
def test_a_file_that_several_processes_share_is_the_same(tmp_path, monkeypatch, end):
    monkeypatch.setattr(local_engine, "_WORTH", 1)
    source = tmp_path / f"pages.{end.removesuffix('.gz')}"
    texts = [f"第{i}段,写得很好，" * (1 + i % 40) for i in range(6_000)]
    lines = texts if end == "txt.gz" else [json.dumps({"text": text}) for text in [*texts, "\u200b"]] + ["no row"]
    source.write_text("\n".join(lines), encoding="utf-8")
    made = {}
    for workers in (1, 4):
        out = tmp_path / str(workers)
        result = clean_corpus(
            [source], out, "minimal", workers=workers, extras=end == "jsonl", lines=True, drop_empty=True
        )
        counts = result.stats.to_dict()
        assert counts.pop("seconds").keys() > {"reading", "writing", "width"}
        files = [path for path in out.rglob("*") if path.is_file() and path.name != "stats.json"]
        made[workers] = counts, {path.name: path.read_bytes() for path in files}
    assert made[1] == made[4]


class Told(list):
    """A connection that keeps what is sent."""

    send = list.append


def worker(left, helpers=0):
    return local_engine._Worker(None, Told(), object(), left, helpers)


def test_helpers_go_where_most_is_left_to_do():
    large, small, rest = worker(50_000_000), worker(20_000_000), worker(1_000_000)
    for _ in range(12):
        local_engine._lend([small, large, rest])
    assert (large.helpers, small.helpers, rest.helpers) == (6, 2, 0)
    assert large.connection == [1, 2, 3, 4, 5, 6]
    huge = worker(1e12)
    for _ in range(12):
        local_engine._lend([huge])
    assert huge.helpers == local_engine._MOST
    local_engine._lend([])


def test_as_many_processes_as_were_asked_for(monkeypatch):
    monkeypatch.setattr(local_engine, "_size", lambda shard: 10**9)
    monkeypatch.setattr(local_engine, "_stop", lambda worker: None)
    engine = LocalEngine(5)
    monkeypatch.setattr(engine, "_start", lambda: local_engine._Worker(None, Told()))
    monkeypatch.setattr(engine, "_assign", lambda worker, shard, deaths: vars(worker).update(shard=shard, left=10**9))
    workers, waiting = [], local_engine.deque("ab")
    engine._staff(workers, waiting, {})
    engine._staff(workers, waiting, {})
    assert sorted((worker.shard, worker.helpers) for worker in workers) == [("a", 2), ("b", 1)]
    workers[0].shard, workers[0].helpers = None, 0
    engine._staff(workers, waiting, {})
    assert [(worker.shard, worker.helpers) for worker in workers] == [("b", 4)]
    waiting.extend("cdefghi")
    workers.clear()
    engine._staff(workers, waiting, {})
    assert ([worker.shard for worker in workers], len(waiting)) == (list("cdefg"), 2)
