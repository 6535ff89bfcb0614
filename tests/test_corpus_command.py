"""`cnclean corpus`: what it prints, and its exit codes."""

import json
import subprocess
import sys

import pytest

pytest.importorskip("pyarrow", reason="needs the extra corpus")

from cnclean.cli.corpus import progress_text
from cnclean.corpus.run import Seen


def cnclean(*arguments):
    command = [sys.executable, "-m", "cnclean", "corpus", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")


def test_a_run_and_its_ends(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.jsonl").write_text('{"id": 1, "text": "你好,世界"}\nbad\n', encoding="utf-8")
    done = cnclean(source, "--output", out, "-r", "minimal", "--workers", 1, "--extras", "--keep-edits")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 files, 2 rows, 1 written (1 changed), 1 rejected" in done.stderr
    assert "not valid JSON 1" in done.stderr
    row = json.loads((out / "a.jsonl").read_text(encoding="utf-8"))
    assert (row["id"], row["text"], row["cnclean_flags"]) == (1, "你好，世界", 0)
    refused = cnclean(source, "--output", out, "-r", "minimal")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "--resume" in refused.stderr
    assert "--resume and --overwrite" in cnclean(source, "-o", out, "--resume", "--overwrite").stderr


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(b"no gzip")
    done = cnclean(tmp_path / "a.jsonl.gz", "-o", tmp_path / "out", "--workers", 1, "-r", "minimal")
    assert done.returncode == 2
    assert "a.jsonl.gz: damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_do_not_load_what_only_this_one_needs():
    code = "import cnclean.cli, sys; assert not {'pyarrow', 'warcio', 'zstandard', 'ray'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_progress():
    text = progress_text(Seen(1, 3, 900, 30_000_000, 60_000_000), 20)
    assert text == "████████████░░░░░░░░░░░░  50%  1/3 files  45 rows/s  1.5 MB/s  0:00:20 to go"
    assert "to go" in progress_text(Seen(0, 1, 0, 0, 10), 1)
