"""The Ray engine makes the same as the local one, and outlives its workers."""

import json
import os
import subprocess
import sys

import pytest

pytest.importorskip("pyarrow", reason="needs the extra corpus")
ray = pytest.importorskip("ray", reason="needs the extra ray")

from cnclean.corpus.run import clean_corpus
from tests.corpus_output import outputs

pytestmark = [pytest.mark.ray, pytest.mark.filterwarnings("ignore")]

STAGE = """
import os, signal
from pathlib import Path

def fragile(text):
    marker = Path(os.environ["CNCLEAN_TEST_MARKER"])
    if "自杀" in text or ("一次" in text and not marker.exists()):
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return text.replace("坏", "好")
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A cluster of this machine with two workers, which can import the stage."""
    folder = tmp_path_factory.mktemp("module")
    (folder / "fragile_stage.py").write_text(STAGE, encoding="utf-8")
    variables = {
        "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
        "CNCLEAN_TEST_MARKER": str(folder / "marker"),
    }
    sys.path.insert(0, str(folder))
    os.environ.update(variables)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": variables})
    yield
    ray.shutdown()
    sys.path.remove(str(folder))


def make(folder, texts):
    folder.mkdir()
    for name, rows in texts.items():
        lines = [json.dumps({"text": text}) for text in rows]
        (folder / f"{name}.jsonl").write_text("\n".join([*lines, "no row"]), encoding="utf-8")
    return folder


def test_same_as_local(cluster, tmp_path):
    source = make(tmp_path / "in", {name: [f"第{i}段,ＡＢ公司發布。" for i in range(80)] for name in "abc"})
    for engine in ("ray", "local"):
        clean_corpus([source], tmp_path / engine, "corpus", engine=engine, workers=2, extras=True)
    assert outputs(tmp_path / "ray") == outputs(tmp_path / "local")


def test_killed_workers_cost_a_retry_or_a_row(cluster, tmp_path):
    from fragile_stage import fragile

    source = make(tmp_path / "in", {"a": ["坏", "一次坏"], "b": ["坏", "自杀", "坏"], "c": ["坏"]})
    result = clean_corpus([source], tmp_path / "out", [fragile], engine="ray")
    assert result.stats.rejects == {"worker died": 1, "not valid JSON": 3}
    assert (result.stats.rows, result.stats.written, result.stats.changed) == (9, 5, 5)


def test_the_command_joins_a_cluster(cluster, tmp_path):
    source = make(tmp_path / "in", {"a": ["你好,世界"]})
    address = ray.get_runtime_context().gcs_address
    command = [sys.executable, "-m", "cnclean", "corpus", str(source), "-o", str(tmp_path / "out"), "-r", "minimal"]
    done = subprocess.run(
        [*command, "--engine", "ray", "--address", address], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "2 rows, 1 written (1 changed), 1 rejected" in done.stderr
