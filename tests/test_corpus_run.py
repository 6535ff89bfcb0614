"""Whole runs: every row is accounted for, and a run that was stopped goes on to the same result."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="needs the extra corpus")

from hypothesis import given
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import lines
from cnclean.cleaners.script.detection import detect_script, script_of
from cnclean.corpus import shard as shard_module
from cnclean.corpus.batch import RowError, clean_batch
from cnclean.corpus.document import _meta_lines, clean_documents
from cnclean.corpus.engine import Done, attempt
from cnclean.corpus.job import Job
from cnclean.corpus.manifest import OtherRunError, read_manifest
from cnclean.corpus.run import CorpusError, clean_corpus
from cnclean.corpus.stopwatch import timed
from cnclean.errors import CncleanError, UnknownNameError
from cnclean.files import FileError
from cnclean.html.metadata import Declared
from cnclean.html.tree import parse
from cnclean.pipeline import Pipeline
from tests.corpus_output import outputs


def here(shards, tell):
    """An engine that works in this process."""
    for shard in shards:
        yield attempt(shard, 0, lambda rows, read, number=shard.number: tell(number, rows, read))


def corpus(folder, files=3, rows=20):
    """Make a small corpus with good, bad and empty rows."""
    folder.mkdir()
    for k in range(files):
        lines = [json.dumps({"id": f"{k}-{i}", "text": f"第{i}段,写得很好。\nＡＢ公司\n"}) for i in range(rows)]
        lines += ["no row", json.dumps({"text": None}), json.dumps({"id": 0, "text": "\u200b"})]
        (folder / f"part-{k}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "page.txt").write_text("你好,世界", encoding="utf-8")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    return folder


def test_every_row_is_accounted_for(tmp_path):
    source = corpus(tmp_path / "in")
    seen = []
    result = clean_corpus([source], tmp_path / "out", "minimal", engine=here, drop_empty=True, progress=seen.append)
    stats = result.stats
    assert (stats.rows, stats.written, stats.dropped) == (3 * 23 + 1, 61, 3)
    assert stats.rejects == {"not valid JSON": 3, "no text": 3}
    assert stats.adds_up()
    assert result.left_out == (str(source / "notes.pdf"),)
    assert (tmp_path / "out" / "deep" / "page.txt").read_text(encoding="utf-8") == "你好，世界"
    assert (seen[-1].shards, seen[-1].bytes) == (4, seen[-1].of_bytes)
    assert not (tmp_path / "out" / ".cnclean").exists()
    told = json.loads((tmp_path / "out" / "stats.json").read_bytes())
    assert (told["rows"], told["shards"]) == (70, 4)
    assert (
        told["rules"]
        == dict(stats.rules)
        == {
            "invisibles/zero-width": 3,
            "punctuation/comma": 61,
            "width/alphanumeric": 60,
        }
    )
    assert told["characters_in"] == stats.characters_in > told["characters_out"] > 0


def test_counting_rules_changes_nothing_else(tmp_path):
    source = corpus(tmp_path / "in")
    for rules in (True, False):
        clean_corpus([source], tmp_path / str(rules), engine=here, rules=rules)
    with_rules, without = outputs(tmp_path / "True"), outputs(tmp_path / "False")
    assert with_rules["stats.json"].pop("rules")
    assert without["stats.json"].pop("rules") == {}
    for found in (with_rules, without):
        del found["manifest.jsonl"]  # it names the options
    assert with_rules == without


def test_documents_that_would_lose_much_are_set_apart(tmp_path):
    source = tmp_path / "a.jsonl"
    texts = ["今天天气很好，我们去公园散步。", "登录 | 注册\n今天天气很好。\n"]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    result = clean_corpus([source], tmp_path / "out", engine=here, max_removed=0.4)
    (row,) = map(json.loads, (tmp_path / "out" / "review" / "a.jsonl.jsonl").read_text(encoding="utf-8").splitlines())
    assert (row["position"], row["text"], row["raw"]) == (2, "今天天气很好。\n", texts[1])
    assert row["removed"] == pytest.approx(8 / 16, abs=0.03)
    assert (result.stats.rows, result.stats.written, result.stats.review) == (2, 1, 1)


def test_extras_and_edits(tmp_path):
    source = tmp_path / "a.jsonl"
    text = "作者：王小明  来源：本站  2024-05-07 08:05\nＡＢ公司今天发布了新产品,市场反应很好。\n"
    source.write_text(json.dumps({"text": text}), encoding="utf-8")
    result = clean_corpus([source], tmp_path / "out", "minimal", engine=here, extras=True, keep_edits=True)
    row = json.loads((tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8"))
    assert (row["cnclean_author"], row["cnclean_date"]) == ("王小明", "2024-05-07T08:05")
    assert (row["cnclean_script"], row["cnclean_converged"]) == ("simplified", True)
    edits = [cnclean.Edit(e["start"], e["end"], e["new"]) for e in row["cnclean_edits"]]
    assert cnclean.apply_edits(text, edits) == row["text"]
    assert result.stats.rules["width/alphanumeric"] == 1
    assert result.stats.rules.total() == sum(entry["edits"] for entry in row["cnclean_edits_by_cleaner"])


@given(st.text("作者本来源：:| 2024年-5.月7日八\n", max_size=120) | st.text(max_size=60))
def test_only_lines_that_tell_nothing_are_passed_over(text):
    short = [line.strip() for line in lines(text)[:40] if len(line) <= 80]
    assert Declared(parse("")).metadata(short) == Declared(parse("")).metadata(_meta_lines(text))


@given(st.text("这个软體這個你好他黄凉羡カなんabc", max_size=60))
def test_the_script_alone_is_that_of_the_detection(text):
    assert script_of(text) == detect_script(text).script


@pytest.mark.parametrize("name", cnclean.names())
def test_a_stage_that_keeps_the_time_is_otherwise_the_stage_itself(name):
    stage = cnclean.build(name)
    watched, seconds = timed(Job.of([stage]))
    (beside,) = watched.stages.stages
    public = [member for member in dir(stage) if not member.startswith("_")]
    assert all(hasattr(beside, member) for member in public)
    text = "ＡＢ公司,你好\u200b &amp;amp; \n\n\n登录 | 注册\n"
    assert (beside(text), list(beside.edits(text))) == (stage(text), list(stage.edits(text)))
    assert watched.stages.explain(text) == Pipeline([stage]).explain(text)
    assert seconds[name] > 0


def test_a_folder_in_use_is_not_touched_without_being_told(tmp_path):
    source = corpus(tmp_path / "in")
    out = tmp_path / "out"
    clean_corpus([source], out, "minimal", engine=here)
    before = outputs(out)
    with pytest.raises(OtherRunError, match="--resume"):
        clean_corpus([source], out, "minimal", engine=here)
    for other in ({"recipe": "web"}, {"limit": 3}, {"overrides": {"width": False}}):
        with pytest.raises(OtherRunError, match="made otherwise"):
            clean_corpus([source], out, **{"recipe": "minimal", **other}, engine=here, existing="resume")
    with pytest.raises(OtherRunError, match="part-2"):
        clean_corpus([source / "part-0.jsonl"], out, "minimal", engine=here, existing="resume")
    assert outputs(out) == before
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("x")
    with pytest.raises(FileError, match="choose an empty folder"):
        clean_corpus([source], other, "minimal", engine=here, existing="overwrite")


def test_another_version_is_not_mixed_in(tmp_path, monkeypatch):
    source = corpus(tmp_path / "in")
    clean_corpus([source], tmp_path / "out", "minimal", engine=here)
    monkeypatch.setattr(cnclean, "__version__", "99.0")
    with pytest.raises(OtherRunError, match=r"version was '.*' and is '99.0'"):
        clean_corpus([source], tmp_path / "out", "minimal", engine=here, existing="resume")


def test_the_hash_of_a_recipe_counts_what_decides_the_output():
    hashes = [Job.of(recipe).recipe_hash() for recipe in ("web", "corpus", "minimal", "lines")]
    hashes.append(Job.of("web", overrides={"spam": {"level": "strict"}}).recipe_hash())
    hashes.append(Job.of([str.strip]).recipe_hash())
    assert len(set(hashes)) == len(hashes)
    code = "from cnclean.corpus.job import Job; print(Job.of('web').recipe_hash())"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == hashes[0]


def test_resume_does_what_is_not_done(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"

    def stopping(shards, tell):
        for i, done in enumerate(here(shards, tell)):
            if i == 2:
                raise KeyboardInterrupt
            yield done

    with pytest.raises(KeyboardInterrupt):
        clean_corpus([source], out, "minimal", engine=stopping)
    assert not (out / "stats.json").exists()
    assert len(read_manifest(out).done) == 2
    with (out / "manifest.jsonl").open("ab") as file:
        file.write(b'{"input": "cut o')
    result = clean_corpus([source], out, "minimal", engine=here, existing="resume")
    assert result.skipped == 2
    clean_corpus([source], tmp_path / "undisturbed", "minimal", engine=here)
    assert outputs(out) == outputs(tmp_path / "undisturbed")


def test_resume_does_again_what_has_changed(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    clean_corpus([source], out, "minimal", engine=here)
    (out / "part-1.jsonl").unlink()
    with (source / "part-0.jsonl").open("a") as file:
        file.write('{"text": "新"}\n')
    (source / "new.txt").write_text("新", encoding="utf-8")
    result = clean_corpus([source], out, "minimal", engine=here, existing="resume")
    assert (result.skipped, result.stats.rows) == (2, 72)
    clean_corpus([source], tmp_path / "undisturbed", "minimal", engine=here)
    assert outputs(out) == outputs(tmp_path / "undisturbed")


def test_overwrite_removes_what_the_earlier_run_made(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    clean_corpus([source], out, "minimal", engine=here)
    clean_corpus([source / "deep"], out, "web", engine=here, existing="overwrite")
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == [
        "manifest.jsonl",
        "page.txt",
        "stats.json",
    ]


def test_a_full_disk_ends_the_run_and_nothing_is_lost(tmp_path, monkeypatch):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    publish = shard_module.publish

    def full(part, place):
        if place.name == "part-1.jsonl":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        publish(part, place)

    monkeypatch.setattr(shard_module, "publish", full)
    with pytest.raises(CorpusError, match=r"no space left on device\n1 of 4 done.*--resume"):
        clean_corpus([source], out, "minimal", engine=here)
    assert not list((out / ".cnclean" / "parts").iterdir())
    monkeypatch.undo()
    clean_corpus([source], out, "minimal", engine=here, existing="resume")
    clean_corpus([source], tmp_path / "undisturbed", "minimal", engine=here)
    assert outputs(out) == outputs(tmp_path / "undisturbed")


def test_an_unreadable_file_costs_itself_only(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    (source / "bad.jsonl.gz").write_bytes(b"\x1f\x8b\x08 nonsense")
    with pytest.raises(CorpusError, match=r"bad\.jsonl\.gz: damaged"):
        clean_corpus([source], out, "minimal", engine=here)
    (source / "bad.jsonl.gz").unlink()
    result = clean_corpus([source], out, "minimal", engine=here, existing="resume")
    assert (result.skipped, result.shards) == (4, 4)


def test_wrong_use_is_told_before_anything_is_written(tmp_path):
    source, out = corpus(tmp_path / "in"), tmp_path / "out"
    (tmp_path / "part-0.jsonl").write_text("{}")
    (tmp_path / "rejects").mkdir()
    (tmp_path / "rejects" / "a.txt").write_text("x")
    for inputs, options, message in (
        ([tmp_path / "none"], {}, "no such file"),
        ([source / "notes.pdf"], {}, "unknown format"),
        ([source / "*.pdf"], {}, "unknown format"),
        ([source, tmp_path / "part-0.jsonl"], {}, "both be written"),
        ([tmp_path], {"limit": 0}, "at least 1"),
        ([tmp_path], {"max_removed": 2}, "between 0 and 1"),
        ([source], {"engine": "spark"}, "engine"),
        ([source], {"recipe": [lambda text: text]}, "top of a module"),
        ([tmp_path], {}, "keeps for itself"),
    ):
        with pytest.raises(CncleanError, match=message):
            clean_corpus(inputs, out, **{"recipe": "minimal", "engine": here, **options})
    assert not out.exists()


def test_two_runs_do_not_share_a_folder(tmp_path):
    pytest.importorskip("fcntl")
    source, out = corpus(tmp_path / "in"), tmp_path / "out"

    def again(shards, tell):
        with pytest.raises(FileError, match="another run"):
            clean_corpus([source], out, "minimal", engine=here)
        yield from here(shards, tell)

    clean_corpus([source], out, "minimal", engine=again)


def test_worker_processes_make_the_same(tmp_path):
    source = corpus(tmp_path / "in", files=2)
    clean_corpus([source], tmp_path / "local", "minimal", workers=2)
    clean_corpus([source], tmp_path / "here", "minimal", engine=here)
    assert outputs(tmp_path / "local") == outputs(tmp_path / "here")


DEADLY = """
import ctypes, os, signal

def deadly(text):
    if "自杀" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "越界" in text:
        ctypes.string_at(0)
    if "出错" in text:
        raise RuntimeError("不行")
    return text.replace("坏", "好")
"""


@pytest.fixture
def deadly(tmp_path, monkeypatch):
    """A stage that ends its process, in a module that workers can import."""
    (tmp_path / "module").mkdir()
    (tmp_path / "module" / "deadly_stage.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "module"))
    yield __import__("deadly_stage").deadly
    sys.modules.pop("deadly_stage")


def test_a_stage_that_raises_costs_its_row(deadly):
    outcomes = clean_documents(["坏", "出错"], Job.of([deadly]))
    assert [(o.text, o.reason, o.detail) for o in outcomes] == [
        ("好", "", ""),
        (None, "cleaning failed", "RuntimeError: 不行"),
    ]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals to die of")
def test_rows_that_kill_their_worker_stand_alone_in_the_rejects(tmp_path, deadly):
    source = tmp_path / "in"
    source.mkdir()
    for name, bad in (("a", {7: "自杀", 40: "越界"}), ("b", {}), ("c", {0: "自杀"})):
        texts = [f"{bad.get(i, '坏')}{i}" for i in range(70)]
        (source / f"{name}.jsonl").write_text(
            "".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8"
        )
    result = clean_corpus([source], tmp_path / "out", [deadly], workers=2)
    assert result.stats.rejects == {"worker died": 3}
    assert result.stats.written == 3 * 70 - 3
    rejects = [
        json.loads(line)
        for path in sorted((tmp_path / "out" / "rejects").iterdir())
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [(Path(r["file"]).name, r["position"], r["raw"]) for r in rejects] == [
        ("a.jsonl", 8, "自杀7"),
        ("a.jsonl", 41, "越界40"),
        ("c.jsonl", 1, "自杀0"),
    ]
    assert "signal 9" in rejects[0]["detail"]
    texts = [json.loads(line)["text"] for line in (tmp_path / "out" / "a.jsonl").read_text("utf-8").splitlines()]
    assert texts == [f"好{i}" for i in range(70) if i not in (7, 40)]


def test_batches():
    batch = pa.RecordBatch.from_pydict({"id": [1, 2, 3], "text": ["你好,世界", None, ""]})
    assert clean_batch(batch, "minimal").to_pydict() == {"id": [1, 2, 3], "text": ["你好，世界", None, ""]}
    with pytest.raises(UnknownNameError, match="did you mean 'text'"):
        clean_batch(batch, text_field="txt")
    with pytest.raises(RowError, match="holds int64"):
        clean_batch(batch, text_field="id")
    with pytest.raises(RowError, match="row 0 of the batch: not text"):
        clean_batch(pa.RecordBatch.from_pydict({"text": [b"\x89PNG\r\n"]}))


def test_batches_with_extras_name_every_column():
    batch = pa.RecordBatch.from_pydict({"text": ["ＡＢ"]})
    done = clean_batch(batch, "minimal", extras=True, keep_edits=True)
    assert done.to_pylist()[0]["cnclean_removed"] == 0
    assert all(name == "text" or name.startswith("cnclean_") for name in done.schema.names)
    again = clean_batch(done, "minimal", extras=True, keep_edits=True)
    assert again.schema == done.schema


def test_an_attempt_never_raises(tmp_path):
    source, out = corpus(tmp_path / "in", files=1) / "part-0.jsonl", tmp_path / "out"
    results = []

    def careful(shards, tell):
        for shard in shards:
            results.append(attempt(shard, 5))
            yield results[-1]

    clean_corpus([source], out, "minimal", engine=careful)
    assert all(isinstance(result, Done) for result in results)
    clean_corpus([source], tmp_path / "undisturbed", "minimal", engine=here)
    assert outputs(out) | {"stats.json": 0} == outputs(tmp_path / "undisturbed") | {"stats.json": 0}
