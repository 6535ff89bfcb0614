"""The sample pages of the Quick start: what comes out is what an editor would want, line by line."""

from pathlib import Path

import pytest

import cnclean

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden"


def _read(path):
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_result_is_the_reviewed_one(path, request):
    golden = GOLDEN / path.name
    result = cnclean.clean(_read(path), "corpus")
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(result.encode("utf-8"))
    assert result == _read(golden), "if the new result is better: pytest --update-golden, and read the diff"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("recipe", ["web", "corpus"])
def test_the_second_pass_finds_nothing(path, recipe):
    report = cnclean.explain(_read(path), recipe)
    assert (report.converged, report.passes) == (True, 2)
    again = cnclean.explain(report.text, recipe)
    assert (again.text, again.edits, again.passes) == (report.text, (), 1)


def test_the_examples_show_every_kind_of_damage():
    seen = {rule.partition("/")[0] for path in EXAMPLES for rule in cnclean.explain(_read(path), "corpus").counts()}
    assert seen >= set(cnclean.names()) - {"line-endings", "invisibles"}
