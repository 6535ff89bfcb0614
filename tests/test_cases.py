"""All of tests/cases/: what each cleaner changes into what, and what it must leave alone."""

import tomllib
from pathlib import Path

import pytest

import cnclean
from cnclean.testing import check_laws

CASES = Path(__file__).parent / "cases"


def _load():
    changed, unchanged = [], []
    for path in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        assert set(table) <= {"case", "unchanged"}, f"{path.name}: unknown keys {set(table)}"
        for case in table.get("case", []):
            marks = [pytest.mark.xfail(strict=True)] if case.get("expect") == "fail" else []
            changed.append(pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}", marks=marks))
        for n, case in enumerate(table.get("unchanged", [])):
            unchanged.append(pytest.param(path.stem, case, id=f"{path.stem}-unchanged-{n}"))
    return changed, unchanged


CHANGED, UNCHANGED = _load()


@pytest.mark.parametrize(("name", "case"), CHANGED)
def test_case(name, case):
    cleaner = cnclean.build(name, **case.get("options", {}))
    assert cleaner(case["input"]) == case["output"]
    check_laws(cleaner, case["input"])


@pytest.mark.parametrize(("name", "case"), UNCHANGED)
def test_unchanged(name, case):
    cleaner = cnclean.build(name, **case.get("options", {}))
    assert cleaner(case["text"]) == case["text"], case.get("why", "")
    check_laws(cleaner, case["text"])


@pytest.mark.parametrize("name", cnclean.names())
def test_every_cleaner_has_cases_of_both_kinds(name):
    changed = sum(param.values[0] == name for param in CHANGED)
    unchanged = sum(param.values[0] == name for param in UNCHANGED)
    assert changed >= 3
    assert unchanged >= changed, "what must not change is listed at least as long as what must"
