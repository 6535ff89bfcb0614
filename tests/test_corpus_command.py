"""`cnclean corpus`: what it prints, and its exit codes."""

import gzip
import json
import subprocess
import sys

import pytest

pyarrow = pytest.importorskip("pyarrow", reason="needs the extra corpus")
zstandard = pytest.importorskip("zstandard", reason="needs the extra corpus")
pytest.importorskip("warcio", reason="needs the extra corpus")

from pyarrow import parquet

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


def audit(*arguments):
    command = [sys.executable, "-m", "cnclean", "audit", "--json", "--sample", "0", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, json.loads(done.stdout), done.stderr


def response(body):
    """Return a record of a web archive."""
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(content)}\r\n"
    head += "Content-Type: application/http; msgtype=response\r\nWARC-Target-URI: http://x.cn/\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def test_an_audit_reads_what_a_run_reads(tmp_path):
    texts = ["首页 | 新闻 | 论坛\n春天来了,河水开始上涨。\n", None, "今天天气很好。"]
    table = pyarrow.table({"id": [1, 2, 3], "content": texts})
    parquet.write_table(table, tmp_path / "a.parquet")
    page = "<html><body><nav>首页 新闻</nav><p>春天来了,树木长出新叶,&amp;lt;河水&amp;gt;也开始上涨。</p></body></html>"
    bodies = (page.encode("gbk"), b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "b.warc.gz").write_bytes(b"".join(gzip.compress(response(body)) for body in bodies))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress("你好,世界".encode("gbk")))
    (tmp_path / "d.jsonl.zst").write_bytes(zstandard.compress('{"content": "ＡＢ公司"}\nno row\n'.encode()))
    code, told, errors = audit(tmp_path, "--text-field", "content")
    assert (code, told["documents"]) == (2, 5)
    cleaners = {entry["rule"]: (entry["edits"], entry["documents"]) for entry in told["cleaners"]}
    assert (cleaners["width"], cleaners["punctuation"][1]) == ((1, 1), 3)
    assert "entities" not in cleaners  # the references of the page stay, having been decoded once
    for reason in ("a.parquet:2: no text", "b.warc.gz:2", "d.jsonl.zst:2: not valid JSON"):
        assert reason in errors


def test_progress():
    text = progress_text(Seen(1, 3, 900, 30_000_000, 60_000_000), 20)
    assert text == "████████████░░░░░░░░░░░░  50%  1/3 files  45 rows/s  1.5 MB/s  0:00:20 to go"
    assert "to go" in progress_text(Seen(0, 1, 0, 0, 10), 1)
