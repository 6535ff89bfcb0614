"""Formats of whole corpora: what is read, what is written, and that nothing else of a row changes."""

import base64
import gzip
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow", reason="needs the extra corpus")
pq = pytest.importorskip("pyarrow.parquet")
zstandard = pytest.importorskip("zstandard")
warcio = pytest.importorskip("warcio")

from cnclean.corpus.formats import READERS, WRITERS, format_of, output_name
from cnclean.corpus.formats.jsonl import parse_row, render_row
from cnclean.corpus.formats.rows import MAX_ROWS
from cnclean.corpus.formats.streams import OutputFile, reading
from cnclean.corpus.job import Job
from cnclean.corpus.pool import pooled
from cnclean.corpus.shard import Shard, clean_shard
from cnclean.files import FileError

JOB = Job.of("minimal")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def write(path, data):
    """Write bytes, compressed as the name says, with something other than our own writer."""
    if path.name.endswith(".gz"):
        half = len(data) // 2  # two members, as concatenated files have
        data = gzip.compress(data[:half]) + gzip.compress(data[half:])
    elif path.name.endswith(".zst"):
        half = len(data) // 2
        data = zstandard.compress(data[:half]) + zstandard.compress(data[half:])
    path.write_bytes(data)
    return path


def contents(path):
    with reading(path) as source:
        return source.stream.read()


def run(path, folder, job=JOB, name=None):
    """Clean one file; return its stats and the place of its output."""
    name = name or path.name
    shard = Shard(0, str(path), name, output_name(name, job), str(folder), job)
    with pooled(job) as clean:
        return clean_shard(shard, clean), shard.place()


def rows_of(path):
    return [json.loads(line) for line in contents(path).decode().splitlines()]


@given(st.dictionaries(st.text(), values, max_size=5), st.sampled_from([None, 1]))
def test_a_row_is_parsed_as_the_standard_library_parses_it(row, indent):
    line = json.dumps(row, ensure_ascii=bool(indent), separators=(" ,\t", " :  ") if indent else None)
    assert {key: member.value for key, member in parse_row(line).members.items()} == row
    assert render_row(parse_row(line), {}) == line


@given(st.text())
def test_what_is_no_object_is_refused_as_the_standard_library_refuses_it(line):
    try:
        expected = json.loads(line)
    except ValueError:
        expected = None
    if not isinstance(expected, dict):
        with pytest.raises(ValueError):
            parse_row(line)


@pytest.mark.parametrize(
    "line", ['{"a": 1,}', '{"a" 1}', '{"a": }', "{a: 1}", '{"a": 1} x', '{"a": 1', "[1]", "", "{,}"]
)
def test_broken_objects_are_refused(line):
    with pytest.raises(ValueError):
        parse_row(line)


@given(st.dictionaries(st.text(), values, max_size=5), st.text())
def test_new_values_leave_the_others_as_they_are(row, text):
    line = json.dumps(row)
    assert json.loads(render_row(parse_row(line), {"text": text})) == {**row, "text": text}


def test_other_values_keep_their_very_bytes():
    line = '{"big": 12345678901234567890123, "f": 1.10e+400, "text": "\\uff21", "s": "\\u4f60", "l": [1,  2]}'
    out = '{"big": 12345678901234567890123, "f": 1.10e+400, "text": "A", "s": "\\u4f60", "l": [1,  2]}'
    assert render_row(parse_row(line), {"text": "A"}) == out


@pytest.mark.parametrize("end", ["", ".gz", ".zst"])
def test_jsonl(tmp_path, end):
    texts = [f"第{i}段,你好" for i in range(MAX_ROWS + 5)]
    lines = [json.dumps({"id": i, "text": text, "n": None}) for i, text in enumerate(texts)]
    source = write(tmp_path / f"a.jsonl{end}", ("\n".join(lines) + "\r\n\n").encode())
    stats, place = run(source, tmp_path / "out")
    assert rows_of(place) == [{"id": i, "text": f"第{i}段，你好", "n": None} for i in range(len(texts))]
    assert stats.rows == stats.written == stats.changed == len(texts)
    assert stats.adds_up()


@pytest.mark.parametrize("end", ["", ".gz", ".zst"])
def test_text_files(tmp_path, end):
    source = write(tmp_path / f"a.txt{end}", "你好,世界\nＡＢ公司\n".encode("gb18030"))
    _, place = run(source, tmp_path / "whole")
    assert contents(place).decode() == "你好，世界\nAB公司\n"
    _, place = run(source, tmp_path / "lines", Job.of("lines", lines=True))
    assert contents(place).decode() == "你好，世界\nAB公司\n"


def test_text_files_with_extras_become_rows(tmp_path):
    source = write(tmp_path / "a.txt", "你好,這是繁體的時間和國家".encode("gb18030"))
    _, place = run(source, tmp_path / "out", Job.of("minimal", extras=True))
    assert place.name == "a.jsonl"
    (row,) = rows_of(place)
    assert row["text"] == "你好，這是繁體的時間和國家"
    assert (row["cnclean_encoding"], row["cnclean_script"]) == ("gb18030", "traditional")
    assert row["cnclean_edits_by_cleaner"] == [{"cleaner": "punctuation", "edits": 1}]


def parquet(path, table, **options):
    pq.write_table(table, path, **options)
    return path


def test_parquet_keeps_columns_types_and_metadata(tmp_path):
    table = pa.table(
        {
            "id": pa.array(range(200), pa.int16()),
            "text": pa.array([f"第{i}段,你好" for i in range(200)], pa.large_string()),
            "tags": pa.array([["甲", "ａ"]] * 200),
            "raw": pa.array([b"\xff\x00"] * 200),
        }
    ).replace_schema_metadata({"made": "by hand"})
    source = parquet(tmp_path / "a.parquet", table, row_group_size=30, compression="zstd")
    stats, place = run(source, tmp_path / "out")
    result, table = pq.read_table(place), pq.read_table(source)
    assert result.schema.equals(table.schema, check_metadata=True)
    assert result.drop_columns("text").equals(table.drop_columns("text"))
    assert result["text"].to_pylist() == [f"第{i}段，你好" for i in range(200)]
    assert pq.ParquetFile(place).metadata.row_group(0).column(0).compression == "ZSTD"
    assert (stats.rows, stats.written) == (200, 200)


def test_parquet_html(tmp_path):
    page = "<title>春</title><nav>首页</nav><article><p>春天来了,树木长出新叶,河水也开始上涨。</p></article>"
    source = parquet(tmp_path / "a.parquet", pa.table({"html": [page], "id": [1]}))
    _, place = run(source, tmp_path / "out", Job.of("web", html_field="html", extras=True))
    (row,) = pq.read_table(place).to_pylist()
    assert (row["text"], row["cnclean_title"]) == ("春天来了，树木长出新叶，河水也开始上涨。", "春")
    assert "html" not in row


def test_parquet_rejects_and_dictionaries(tmp_path):
    table = pa.table({"text": pa.array(["你好,世界", None, "你好,世界"]).dictionary_encode(), "id": [1, 2, 3]})
    stats, place = run(parquet(tmp_path / "a.parquet", table), tmp_path / "out")
    assert pq.read_table(place).to_pylist() == [{"text": "你好，世界", "id": 1}, {"text": "你好，世界", "id": 3}]
    assert stats.rejects == {"no text": 1}


@pytest.mark.parametrize(("bad", "message"), [(b"PAR1 no", "damaged"), (b"", "damaged")])
def test_damaged_parquet(tmp_path, bad, message):
    with pytest.raises(FileError, match=message):
        run(write(tmp_path / "a.parquet", bad), tmp_path / "out")


def record(kind, uri, content):
    """Return a record of a web archive."""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def archive(path, kind="response"):
    page = "<title>春</title><p>春天来了,树木长出新叶,河水也开始上涨。</p>".encode("gbk")
    records = [record("warcinfo", "", b"software: by hand\r\n")]
    for name, mime in (("a", "text/html; charset=GBK"), ("b", "image/png"), ("c", "text/html; charset=gb2312")):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n\r\n".encode() + page
        content = http if kind == "response" else f"第{name}页,你好\n".encode()
        records.append(record(kind, f"http://x.cn/{name}", content))
    path.write_bytes(b"".join(map(gzip.compress, records) if path.name.endswith(".gz") else records))
    return path


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_web_archives(tmp_path, name):
    job = Job.of("web", html_field="html")
    stats, place = run(archive(tmp_path / name), tmp_path / "out", job)
    assert place.name == name.replace(".warc", ".jsonl")
    text = "春天来了，树木长出新叶，河水也开始上涨。"
    assert rows_of(place) == [{"url": f"http://x.cn/{page}", "text": text} for page in "ac"]
    assert (stats.rows, stats.written) == (2, 2)


def test_extracted_text_archives(tmp_path):
    _, place = run(archive(tmp_path / "a.warc.wet.gz", "conversion"), tmp_path / "out")
    assert place.name == "a.warc.jsonl.gz"
    assert rows_of(place)[1] == {"url": "http://x.cn/b", "text": "第b页，你好\n"}


def test_rejected_rows_keep_their_bytes(tmp_path):
    lines = [
        b'{"text": "\xe4\xbd\xa0,"}',
        b'{"text": "\xff"}',
        b"nonsense",
        b'{"other": 1}',
        b'{"text": 7}',
        b'{"text": "\\ud83d"}',
        b"[]",
        b'{"text": "' + b"a" * 70_000 + b'"}',
        b'{"text": ""}',
    ]
    source = write(tmp_path / "a.jsonl", b"\n".join(lines))
    stats, place = run(source, tmp_path / "out", Job.of("minimal", max_characters=50))
    rejects = rows_of(tmp_path / "out" / "rejects" / "a.jsonl.jsonl")
    assert [(row["position"], row["reason"]) for row in rejects] == [
        (2, "not valid JSON"),
        (3, "not valid JSON"),
        (4, "no text"),
        (5, "no text"),
        (6, "lone surrogate"),
        (7, "not valid JSON"),
        (8, "too long"),
    ]
    for row in rejects:
        raw = row["raw"].encode() if "raw" in row else base64.b64decode(row["raw_base64"])
        assert raw.removesuffix(b"\n") == lines[row["position"] - 1]
        assert row["file"] == str(source)
    assert [row["text"] for row in rows_of(place)] == ["你，", ""]
    assert stats.adds_up()
    assert stats.rejects.total() == 7


def test_a_line_that_is_too_long_costs_itself_only(tmp_path):
    source = write(tmp_path / "a.txt", b"one\n" + b"x" * 900_000 + b"\ntwo")
    stats, place = run(source, tmp_path / "out", Job.of("lines", lines=True, max_characters=1000))
    assert contents(place) == b"one\ntwo\n"
    (row,) = rows_of(tmp_path / "out" / "rejects" / "a.txt.jsonl")
    assert (row["position"], row["raw"]) == (2, "x" * 900_000 + "\n")
    assert stats.rows == 3


@pytest.mark.parametrize("name", ["a.txt", "a.txt.zst"])
def test_a_document_that_is_too_long_is_set_aside_whole(tmp_path, name):
    data = os.urandom(100_001)
    stats, place = run(write(tmp_path / name, data), tmp_path / "out", Job.of("minimal", max_characters=1000))
    (row,) = rows_of(tmp_path / "out" / "rejects" / f"{name}.jsonl")
    assert base64.b64decode(row["raw_base64"]) == data
    assert contents(place) == b""
    assert stats.rejects == {"too long": 1}


@pytest.mark.parametrize(
    ("name", "damage"), [("a.jsonl.gz", "truncated"), ("a.jsonl.gz", "flipped"), ("a.jsonl.zst", "truncated")]
)
def test_damaged_compression_is_an_error_that_names_the_file(tmp_path, name, damage):
    rows = "".join(json.dumps({"text": f"{i}你好{os.urandom(9).hex()}"}) + "\n" for i in range(2000))
    path = write(tmp_path / name, rows.encode())
    data = path.read_bytes()
    middle = len(data) // 4
    flipped = data[:middle] + bytes(b ^ 255 for b in data[middle : middle + 50]) + data[middle + 50 :]
    path.write_bytes(data[:-20] if damage == "truncated" else flipped)
    with pytest.raises(FileError, match=name):
        run(path, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*jsonl*"))


@pytest.mark.parametrize("end", ["", ".gz", ".zst"])
def test_equal_rows_are_equal_bytes(tmp_path, end, monkeypatch):
    made = []
    for name in ("one", "two"):
        file = OutputFile(tmp_path / name, f"{name}{end}")
        file.stream.write("你好".encode() * 1000)
        file.close()
        made.append((tmp_path / name).read_bytes())
        monkeypatch.setattr("time.time", lambda: 1e9)
    assert made[0] == made[1]


def test_limit(tmp_path):
    lines = "".join(json.dumps({"text": f"第{i}段"}) + "\n" for i in range(150))
    table = pa.table({"text": [f"第{i}段" for i in range(150)]})
    sources = [
        write(tmp_path / "a.jsonl", lines.encode()),
        parquet(tmp_path / "a.parquet", table),
        write(tmp_path / "a.txt", b"x\n" * 150),
    ]
    for limit in (1, 64, 100, 1000):
        for source in sources:
            stats, _ = run(source, tmp_path / "out", Job.of("minimal", limit=limit, lines=True))
            assert stats.rows == min(limit, 150), source


def test_format_names():
    assert {kind for kind in READERS if kind not in WRITERS} == {".warc", ".wet"}
    assert format_of("A.TXT.GZ") == (".txt", ".gz")
    for name in ("a", "a.gz", "a.parquet.gz", "a.html", ".txt"):
        assert format_of(name) is None
