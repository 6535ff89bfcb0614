"""Killed at random moments, again and again, and taken up again: the result is that of an undisturbed run."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.corpus_output import outputs

pytest.importorskip("pyarrow", reason="needs the extra corpus")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the workers of a run in /proc"),
]
ROUNDS = int(os.environ.get("CNCLEAN_KILL_ROUNDS", "2"))
FILES, ROWS = 4, 400
COMMAND = """
from cnclean.corpus import local_engine
local_engine._WORTH = 1  # a worker without a file of its own helps another at once
from cnclean.__main__ import main
main()
"""


def start(source, out, workers, *options):
    command = [sys.executable, "-c", COMMAND, "corpus", str(source), "-o", str(out), "-r", "corpus", "--quiet"]
    command += ["--workers", str(workers), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(process):
    _, error = process.communicate()
    assert process.returncode == 0, error


def workers_of(pid):
    """Return the worker processes of a run and their helpers: all below it but for the resource tracker."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if b"spawn_main" in (stat.parent / "cmdline").read_bytes():
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            pass
    found = [child for child, parent in parents.items() if parent == pid]
    for worker in found:
        found += [child for child, parent in parents.items() if parent == worker]
    return found


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    chance = random.Random(8)
    for k in range(FILES):
        with (folder / f"part-{k}.jsonl").open("w", encoding="utf-8") as file:
            for i in range(ROWS if k else 5 * ROWS):  # the first is left over when the others are done
                words = "".join(chance.choices("春夏秋冬风花雪月，。天地人和", k=120))
                file.write(json.dumps({"id": f"{k}-{i}", "text": f"{words},ＡＢ公司發布。\n登录 | 注册\n"}) + "\n")
            file.write("no row\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory):
    """Return the result of a run with one worker, and how long one with three takes."""
    out = tmp_path_factory.mktemp("undisturbed")
    finish(start(source, out / "one", 1))
    begin = time.monotonic()
    finish(start(source, out / "three", 3))
    seconds = time.monotonic() - begin
    assert outputs(out / "one") == outputs(out / "three")
    return outputs(out / "one"), seconds


@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("victim", ["run", "worker", "group"])
def test_a_killed_run_goes_on_to_the_same_result(source, undisturbed, tmp_path, seed, victim):
    expected, seconds = undisturbed
    chance = random.Random(f"{victim}{seed}")
    out = tmp_path / "out"
    for kill in range(4):
        process = start(source, out, chance.choice([1, 2, 3]), "--resume")
        if kill < 3:
            time.sleep(chance.uniform(0.2, seconds))
            hit(process, victim, chance)
        _, error = process.communicate()
        if process.returncode == 0:
            break
        assert process.returncode < 0 or kill < 3, error
    assert process.returncode == 0, error
    assert outputs(out) == expected


def hit(process, victim, chance):
    """Kill the run, the run with all its workers, or one of its workers or their helpers."""
    if process.poll() is not None:
        return
    if victim == "run":
        process.kill()
    elif victim == "group":
        os.killpg(process.pid, signal.SIGKILL)
    elif workers := workers_of(process.pid):
        os.kill(chance.choice(workers), signal.SIGKILL)
