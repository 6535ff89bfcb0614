"""The machinery of the benchmarks, and that what is kept of them holds together. Nothing is measured here."""

import doctest
import json
from dataclasses import replace

import pytest

from benchmarks import __main__ as command
from benchmarks import floors, plots, readme, results, summary, tables
from benchmarks.benchmark import NAMES, Benchmark, benchmark
from benchmarks.floors import Floor, Floors
from benchmarks.peers import absent
from benchmarks.results import Result
from benchmarks.tables import Skipped, Table

KEPT = summary.read(results.FOLDER)
FLOORS = floors.read()


def options(benchmark, *given):
    return benchmark.parser("").parse_args(given)


def speeds():
    rows = [("cnclean", "clean", 40.25, 3), ("peer | other", "clean", None, 12000)]
    return Table("speed", ("tool", "text", "MB/s", "texts"), rows, keys=2, form=".1f", note="A note.")


# Tables


def test_a_table_is_markdown_with_a_head():
    lines = speeds().markdown().splitlines()
    assert lines[:3] == ["### speed", "", "A note."]
    assert lines[4:] == [
        "| tool | text | MB/s | texts |",
        "|---|---|---:|---:|",
        "| cnclean | clean | 40.2 | 3 |",
        "| peer \\| other | clean |  | 12,000 |",
    ]


def test_a_table_comes_back_from_json():
    again = Table(**json.loads(json.dumps(speeds().to_dict())))
    assert again.markdown() == speeds().markdown()
    assert dict(again.figures()) == dict(speeds().figures())


def test_figures_are_named_by_the_keys_of_their_row():
    assert dict(speeds().figures())["speed > cnclean > clean > MB/s"] == 40.25
    assert "speed > peer | other > clean > MB/s" not in dict(speeds().figures())


def test_a_row_that_is_too_short_is_an_error():
    with pytest.raises(ValueError):
        Table("speed", ("tool", "MB/s"), [("cnclean",)]).markdown()


def test_the_examples_of_the_docstrings():
    assert doctest.testmod(tables).failed == 0


# Running


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_says_what_it_is_and_what_it_needs(name):
    chosen, about = benchmark(name)
    assert about.strip()
    given = options(chosen, "--quick")
    assert set(chosen.quick) <= set(vars(given))
    if chosen.data == "needed":
        (part,) = chosen.parts(given)
        assert isinstance(part, Skipped)
        assert "--data FOLDER" in part.reason


def test_only_a_run_with_the_usual_options_is_kept():
    chosen, _ = benchmark("mojibake")
    assert chosen.is_whole(options(chosen, "--data", "."))
    assert not chosen.is_whole(options(chosen))
    for given in (("--quick",), ("--only", "speed"), ("--samples", "9")):
        assert not chosen.is_whole(options(chosen, "--data", ".", *given))


def test_a_peer_that_is_missing_is_told_with_the_command_that_installs_it():
    (skipped,) = absent("no-such-peer-of-ours")
    assert skipped.reason == "no-such-peer-of-ours is not installed: pip install no-such-peer-of-ours"


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    chosen = Benchmark(lambda given: [])
    with pytest.raises(SystemExit, match="no such folder"):
        list(chosen.parts(options(chosen, "--data", str(tmp_path / "none"))))


def test_a_benchmark_that_fails_is_told_and_stops_nothing(capsys):
    def broken(given):
        yield speeds()
        raise RuntimeError("out of ink")

    chosen = Benchmark(broken, "unused")
    result = results.measure("speeds", chosen, "", options(chosen))
    assert result.failed
    assert result.skipped == ["failed: RuntimeError: out of ink"]
    assert [table.title for table in result.tables] == ["speed"]
    assert "out of ink" in capsys.readouterr().err


def test_results_are_written_and_read_again(tmp_path):
    results.write(Result("speeds", "How fast.", True, [speeds()], ["no peer"]), tmp_path)
    assert results.read_tables("speeds", tmp_path)["speed"].markdown() == speeds().markdown()
    assert results.read_tables("others", tmp_path) == {}
    assert "* no peer" in (tmp_path / "speeds.md").read_text(encoding="utf-8")


def test_names_come_before_options(capsys):
    assert command.main(["--data", "x", "spam"]) == 2
    assert command.main(["unheard-of"]) == 2
    assert command.main(["--help"]) == 0
    assert "python -m benchmarks all" in capsys.readouterr().out


@pytest.mark.slow
def test_without_data_our_own_sentences_are_measured_and_not_kept(tmp_path, capsys):
    assert command.main(["decode", "spam", "--quick", "--output", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.glob("*.json")} == {"decode.json", "spam.json"}
    assert "read rightly" in results.read_tables("decode", tmp_path)
    assert "skipped in spam: it measures texts of the evaluation data" in capsys.readouterr().out


def test_plots_are_drawn_from_the_results_that_are_there(tmp_path):
    pytest.importorskip("matplotlib", reason="plots need matplotlib: pip install --group benchmarks")
    table = Table("mean F by length", ("system", "0 to 299", "300 and more"), [("pages", 3, 4), ("cnclean", 0.9, None)])
    results.write(Result("extract", "", True, [table]), tmp_path)
    (path,) = plots.draw(tmp_path, tmp_path)
    assert path.name == "main-text-by-length.svg"
    assert path.read_text(encoding="utf-8").startswith("<?xml")


# What is kept


def test_a_whole_result_replaces_the_figures_of_its_benchmark():
    kept = {"a > x": 1, "a > y": 2, "b > x": 3}
    fresh = Result("a", "", True, [Table("x", ("k", "v"), [("r", 5)])])
    assert summary.update(kept, [fresh], ["*"]) == {"b > x": 3, "a > x > r > v": 5}


def test_where_something_was_skipped_the_other_figures_stay():
    fresh = Result("a", "", True, [Table("x", ("k", "v"), [("r", 5)])], ["no peer"])
    assert summary.update({"a > y": 2}, [fresh], ["*"]) == {"a > y": 2, "a > x > r > v": 5}


@pytest.mark.parametrize("result", [Result("a", "", False), Result("a", "", True, failed=True)])
def test_a_quick_or_failed_result_replaces_nothing(result):
    result.tables.append(Table("x", ("k", "v"), [("r", 5)]))
    assert summary.update({"a > x > r > v": 1}, [result], ["*"]) == {"a > x > r > v": 1}


def test_figures_that_nobody_names_are_not_kept():
    fresh = Result("a", "", True, [Table("x", ("tool", "v"), [("r", 5), ("s", 6)])])
    assert summary.update({"b > z": 1}, [fresh], ["a > x > s > v"]) == {"a > x > s > v": 6}


# Floors


def held(**fields):
    entry = Floor(**{"figure": "f", "measures": "", **fields})
    return Floors({entry.figure: entry})


def test_a_figure_below_its_floor_is_told():
    assert list(held(floor=0.9).below({"f": 0.89})) == ["f: 0.89, floor 0.9"]
    assert not list(held(floor=0.9).below({"f": 0.9}))
    assert list(held(floor=2, better="lower").below({"f": 3}))
    assert not list(held(floor=2, better="lower").below({"f": 1}))
    assert not list(held(floor=0.9, kind="speed").below({"f": 0.1}, "accuracy"))


@pytest.mark.parametrize(
    ("was", "now", "refused"),
    [
        (held(floor=0.9), held(floor=0.9), False),
        (held(floor=0.9), held(floor=0.95), False),
        (held(floor=0.9), held(floor=0.8), True),
        (held(floor=0.9), held(), True),
        (held(floor=0.9), held(floor=0.8, lowered="the data changed"), False),
        (held(floor=0.9, lowered="the data changed"), held(floor=0.8, lowered="the data changed"), True),
        (held(floor=0.8, lowered="the data changed"), held(floor=0.8, lowered="the data changed"), False),
        (
            held(floor=0.7, highest=0.9, lowered="the data changed"),
            held(floor=0.8, highest=0.9, lowered="the data changed"),
            False,
        ),
        (held(floor=0.8, highest=0.9), held(floor=0.8), True),
        (None, held(floor=0.8, highest=0.9), True),
        (None, held(floor=0.8, highest=0.9, lowered="the data changed"), False),
        (held(floor=2, better="lower"), held(floor=3, better="lower"), True),
        (held(floor=2, better="lower"), held(floor=1, better="lower"), False),
        (held(floor=0.9), Floors({}), True),
        (held(floor=0.9), Floors({}, {"f": "measured as g"}), False),
    ],
)
def test_a_floor_sinks_only_with_a_reason_of_its_own(was, now, refused):
    assert bool(list(now.sunk(was))) == refused


@pytest.mark.parametrize(
    ("entry", "value", "floor"),
    [
        (Floor("f", ""), 0.98, 0.978),
        (Floor("f", ""), 1.0, 1.0),
        (Floor("f", ""), 26, 26),
        (Floor("f", "", better="lower"), 31.0, 34.1),
        (Floor("f", "", better="lower"), 0, 0),
        (Floor("f", "", kind="speed"), 4.0, 3.0),
        (Floor("f", "", kind="speed", better="lower"), 2.0, 2.5),
        (Floor("f", "", floor=0.99), 0.98, 0.99),
        (Floor("f", "", better="lower", floor=3), 5, 3),
    ],
)
def test_a_floor_is_raised_to_what_was_seen_and_never_sinks(entry, value, floor):
    raised = entry.raised(value)
    assert raised.floor == pytest.approx(floor)
    assert raised.highest == raised.floor
    assert not list(Floors({"f": raised}).sunk(Floors({"f": entry})))


def test_floors_come_back_from_toml():
    assert floors.parse(floors.written(FLOORS)) == FLOORS
    extreme = Floors(
        {'a "b" > \\': Floor('a "b" > \\', "…", "speed", "lower", 1, 0.5, 0.5, 2.0, "line\nbreak")}, {"x": "y"}
    )
    assert floors.parse(floors.written(extreme)) == extreme


def test_two_floors_for_one_figure_are_an_error():
    with pytest.raises(ValueError, match="two floors for f"):
        floors.parse('[[floor]]\nfigure="f"\nmeasures=""\n' * 2)


def test_a_sunk_floor_or_figure_ends_the_check_with_1(tmp_path, monkeypatch, capsys):
    path = tmp_path / "floors.toml"
    monkeypatch.setattr(floors, "PATH", path)
    monkeypatch.setattr(floors, "read", lambda: floors.parse(path.read_text(encoding="utf-8")))
    summary.write({"f": 0.8}, tmp_path)
    for entry, code in ((Floor("f", "", floor=0.8), 0), (Floor("f", "", floor=0.9), 1)):
        path.write_text(floors.written(Floors({"f": entry})), encoding="utf-8")
        assert command.main(["check", "--output", str(tmp_path)]) == code
    assert "below the floor: f: 0.8, floor 0.9" in capsys.readouterr().out
    entry = replace(entry, floor=0.7, highest=0.9)
    path.write_text(floors.written(Floors({"f": entry})), encoding="utf-8")
    assert command.main(["check", "--output", str(tmp_path)]) == 1
    assert command.main(["floors", "--raise", "--output", str(tmp_path)]) == 0
    assert floors.read().entries["f"].seen == 0.8


# The repository's own files


def test_no_kept_accuracy_is_below_its_floor():
    assert list(FLOORS.below(KEPT, "accuracy")) == []


def test_no_floor_sank_without_a_reason():
    assert list(FLOORS.sunk(floors.committed())) == []


def test_every_floor_was_measured():
    assert [name for name in FLOORS.entries if name not in KEPT] == []


def test_the_readme_says_what_was_measured():
    text = readme.README.read_text(encoding="utf-8")
    assert readme.filled(text, KEPT) == text, "run: python -m benchmarks readme"


def test_every_row_of_the_readme_has_its_figure_and_its_peer():
    for row in readme.ROWS:
        assert row.ours in KEPT
        assert row.peer or row.best_peer(KEPT) != "–", row.job


def test_the_best_peer_is_no_tool_of_ours():
    row = readme.Row("job", "F", "b > t > * > F")
    figures = {"b > t > cnclean, other > F": 0.9, "b > t > x > F": 0.5, "b > t > y > F": 0.7, "b > u > z > F": 0.8}
    assert row.best_peer(figures) == "0.700 (y)"
    assert replace(row, pattern="b > t > y > * F").best_peer({"b > t > y > mean F": 1}) == "1.000 (mean)"
    assert replace(row, fewer_is_better=True).best_peer(figures) == "0.500 (x)"
