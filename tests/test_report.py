"""The report: original coordinates, lines, diff, JSON and HTML forms."""

import base64
import hashlib
import itertools
import json
import re
import subprocess
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import lines
from cnclean.edit import Edit, apply_edits
from cnclean.errors import CncleanError
from cnclean.ledger import Ledger, merge_flags
from cnclean.pipeline import Pipeline
from cnclean.report import Report
from cnclean.report.rows import Changed, Row, Stretch, rows
from cnclean.report.template import hue, leading_cleaner
from cnclean.shapes import LineFilter, Substitution, Wrapped
from cnclean.tables import toml_table
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


@st.composite
def edited_texts(draw):
    """A text, and sorted edits of it that do not overlap."""
    text = draw(st.text("甲乙 \n", max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [Edit(a, b, draw(st.text("丙\n", max_size=3)), ("r",)) for a, b in itertools.pairwise(cuts)][::2]
    return text, [edit for edit in edits if not edit.is_flag(text)]


@given(edited_texts(), st.integers(0, 2), st.sampled_from([2, 1000]))
def test_rows_put_together_are_the_original_and_the_result(case, context, longest):
    text, edits = case
    with patch("cnclean.report.rows.LONGEST", longest):
        listing = list(rows(text, edits, context))
    result = apply_edits(text, edits)
    assert "".join("".join(r.lines) if isinstance(r, Stretch) else r.old() for r in listing) == text
    assert "".join("".join(r.lines) if isinstance(r, Stretch) else r.new() for r in listing) == result
    changed = [p.number for r in listing if isinstance(r, Row) for p in r.pieces if isinstance(p, Changed) and p.first]
    assert changed == list(range(len(edits)))
    starts = lines(result)
    for row in listing:
        if isinstance(row, Row) and row.result_number is not None:
            assert starts[row.result_number - 1].startswith(row.new().split("\n")[0])


@given(edited_texts())
def test_what_stays_maps_both_ways_and_back(case):
    text, edits = case
    report = Report(text, apply_edits(text, edits), tuple(edits))
    kept = set(range(len(text))).difference(*(range(edit.start, edit.end) for edit in edits))
    arrived = []
    for i in sorted(kept):
        start, end = report.to_clean(i)
        assert report.text[start:end] == text[i]
        assert report.to_original(start) == (i, i + 1)
        arrived.append(start)
    assert arrived == sorted(set(arrived))


@given(edited_texts(), st.data())
def test_spans_map_into_the_text_and_come_back_around_where_they_were(case, data):
    text, edits = case
    report = Report(text, apply_edits(text, edits), tuple(edits))
    for there, back, source, target in (
        (report.to_clean, report.to_original, text, report.text),
        (report.to_original, report.to_clean, report.text, text),
    ):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, len(source)))
        a, b = there(start, end)
        assert 0 <= a <= b <= len(target)
        if a < b:
            first, last = back(a, b)
            kept = (
                [i for i in range(start, end) if all(not e.start <= i < e.end for e in edits)] if source is text else []
            )
            assert all(first <= i < last for i in kept)


def test_offsets_hold_for_a_real_report():
    page = "首页 新闻\n２０２４年,他们搬进了⻘石巷。\n"
    report = cnclean.explain(page)
    start = report.text.index("他们")
    assert page[slice(*report.to_original(start, start + 2))] == "他们"
    at = page.index("石巷")
    assert report.text[slice(*report.to_clean(at, at + 2))] == "石巷"


def test_the_page_runs_nothing_but_its_own_script():
    page = PIPELINE.explain("广告\n<img src=x onerror=alert(1)>").to_html("t")
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    script = re.search("<script>(.*?)</script>", page, re.DOTALL)[1]
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert not re.search(r"https?://", page)


def test_text_like_the_placeholders_of_the_page_stays_text():
    page = Pipeline([Substitution("x", "$rows")]).explain("x ${title} </pre></details>").to_html("$style")
    assert "$rows" in page
    assert "${title} &lt;/pre&gt;" in page


def test_long_unchanged_stretches_are_folded_and_long_lines_cut():
    text = "正文。\n" * 500 + "广告\n" + "正文。\n" * 500 + "长" * 5000 + "Ａ\n"
    page = PIPELINE.explain(text).to_html()
    assert page.count('class="row') < 20
    assert "498 unchanged lines" in page
    assert page.count("goes-on") >= 4


def test_bidi_controls_cannot_reorder_the_page():
    page = PIPELINE.explain("Ａ\u202e甲\u2066乙").to_html()
    assert "\u202e" not in page
    assert "[U+202E]" in page


def test_notebooks_show_a_fragment_without_script():
    report = PIPELINE.explain("<script>\n广告\nＡ")
    html = report._repr_html_()
    assert "<script" not in html
    assert 'title="advert: advert"' in html
    assert "<ins" in html


def test_pandas_table(report):
    pandas = pytest.importorskip("pandas", reason="needs the extra `pandas`")
    frame = report.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns[:5]) == ["kind", "start", "end", "line", "old"]
    assert list(frame["start"]) == [edit.start for edit in report.edits]
    assert list(Report("a", "a").to_pandas().columns) == list(frame.columns)


def test_without_pandas_the_error_names_the_extra(report):
    with patch.dict("sys.modules", {"pandas": None}), pytest.raises(CncleanError, match=r"cnclean\[pandas\]") as caught:
        report.to_pandas()
    assert isinstance(caught.value, ImportError)


def test_every_cleaner_has_a_colour_of_its_own():
    hues = toml_table("report/hues.toml")["hue"]
    assert set(hues) == set(cnclean.names())
    assert len(set(hues.values())) == len(hues)
    assert 0 <= hue("a-cleaner-of-the-users-own") < 360
    assert leading_cleaner(["mine/rule", "spam/lead"]) == "mine"
