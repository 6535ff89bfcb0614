"""The report: original coordinates, lines, diff, JSON and HTML forms."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.edit import Edit, apply_edits
from cnclean.ledger import Ledger, merge_flags
from cnclean.pipeline import Pipeline
from cnclean.report import Report
from cnclean.shapes import LineFilter, Substitution, Wrapped
from tests.strategies import mixtures

TEXT = "标题\n广告\nＡ 你好\n\n结尾"
PIPELINE = Pipeline(
    [
        LineFilter(lambda line: "advert" if line == "广告" else None, "advert"),
        Substitution("Ａ", "A", "width"),
        Wrapped(lambda text: text.replace("结尾", "结束了"), name="ending"),
    ]
)


@pytest.fixture
def report():
    return PIPELINE.explain(TEXT)


def test_edits_are_in_original_coordinates(report):
    assert [(e.start, e.end, e.new, e.rules) for e in report.edits] == [
        (3, 6, "", ("advert",)),
        (6, 7, "A", ("width",)),
        (13, 14, "束了", ("ending",)),
    ]
    assert apply_edits(TEXT, report.edits) == report.text == "标题\nA 你好\n\n结束了"


def test_counts_lines_and_notes(report):
    assert report.counts() == {"advert": 1, "ending": 1, "width": 1}
    assert [(c.number, c.before, c.after) for c in report.lines()] == [
        (2, "广告\n", ""),
        (3, "Ａ 你好\n", "A 你好\n"),
        (5, "结尾", "结束了"),
    ]
    assert report.lines()[0].notes == ("advert",)
    assert report.removed() == 2


def test_line_numbers(report):
    assert [report.line_of(position) for position in (0, 2, 3, 6, 12)] == [1, 1, 2, 3, 5]


def test_places_map_both_ways(report):
    assert TEXT[slice(*report.to_original(3))] == "Ａ"
    assert report.text[slice(*report.to_clean(8, 10))] == "你好"


def test_json_is_valid_and_complete(report):
    table = json.loads(report.to_json())
    assert table["counts"] == report.counts()
    assert table["edits"][0] == {
        "start": 3, "end": 6, "line": 2, "old": "广告\n", "new": "", "rules": ["advert"], "note": "advert",
        "evidence": [],
    }  # fmt: skip
    lone = Pipeline([Substitution("x", "\ud800")]).explain("ax")
    assert json.loads(lone.to_json().encode("utf-8"))["text"] == "a\ud800"


def test_html_shows_hostile_text_as_text():
    report = Pipeline([Substitution("x", "<b>")]).explain('<script>alert("x")</script>\0\ud800')
    page = report.to_html("<i>")
    assert "<script>alert" not in page
    assert "<i>" not in page
    assert "&lt;script&gt;" in page
    assert "[U+D800]" in page
    page.encode("utf-8")


@given(mixtures(), st.integers(0, 3))
def test_the_diff_is_one_that_patch_applies(text, context):
    report = PIPELINE.explain(text.replace("中", "广告\n"))
    diff = report.diff(context=context)
    assert bool(diff) == (report.text != report.original)
    for hunk in diff.split("@@ -")[1:]:
        header, body = hunk.split("@@\n", 1)
        sizes = [int(part.split(",")[1]) for part in header.split()]
        rows = body.replace("\\ No newline at end of file\n", "").split("\n")[:-1]
        assert sizes[0] == sum(row[:1] in (" ", "-") for row in rows)
        assert sizes[1] == sum(row[:1] in (" ", "+") for row in rows)


def test_patch_applies_the_diff(tmp_path, report):
    old = tmp_path / "text"
    old.write_text(TEXT, encoding="utf-8")
    try:
        run = subprocess.run(["patch", str(old)], input=report.diff().encode(), capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("the program `patch` is not installed")
    assert run.returncode == 0, run.stdout
    assert old.read_text(encoding="utf-8") == report.text


def test_flags_are_listed_apart_and_survive_changes_around_them():
    ledger = Ledger("甲乙丙丁")
    ledger.add([Edit(1, 3, "乙丙", ("looked",), "why")])
    ledger.add([Edit(0, 1, "", ("cut",))])
    ledger.add([Edit(0, 2, "乙丙", ("looked",), "why")])
    assert [(e.start, e.end) for e in ledger.flags] == [(1, 3)]
    report = Report("甲乙丙丁", "乙丙丁", tuple(ledger.edits), tuple(ledger.flags))
    assert report.flag_counts() == {"looked": 1}
    assert [(e.start, e.end) for e in report.spans()] == [(0, 1), (1, 3)]
    assert apply_edits(report.original, report.spans()) == report.text


def test_flags_under_edits_are_left_out_of_the_spans():
    edits = [Edit(0, 2, "x", ("r",)), Edit(5, 6, "", ("r",))]
    flags = [Edit(1, 3, "bc", ("f",)), Edit(3, 5, "de", ("f",)), Edit(4, 5, "e", ("g",))]
    assert merge_flags(edits, flags) == [edits[0], flags[1], edits[1]]
