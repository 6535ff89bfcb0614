"""What the documentation claims is true: what never goes, thresholds, figures, counterexamples."""

import ast
import contextlib
import doctest
import random
import re
from pathlib import Path

import pytest

import cnclean
from benchmarks.damage import TWICE, tools

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
NEVER_DELETED = (DOCS / "explanation" / "never-deleted.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("recipe", sorted({*cnclean.recipes()} - {"web", "news"}))
def test_what_is_never_deleted_stays_in_all_recipes(recipe):
    examples = doctest.DocTestParser().get_doctest(
        NEVER_DELETED.replace('recipe="web"', f'recipe="{recipe}"'), {}, recipe, None, 0
    )
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples).failed == 0


@pytest.mark.slow
def test_what_is_never_deleted_stays_in_any_mixture():
    calls = [ast.parse(call).body[0].value for call in re.findall(r"^>>> (stays\(.*\))", NEVER_DELETED, re.M)]
    items = [text.value for call in calls for text in call.args if isinstance(text, ast.Constant)]
    prose = ["清晨的雾气还没有散，渡口已经有人在等船。", "孩子们在码头上等着，手里拿着还没有读完的书。"]
    draw = random.Random(11)
    for _ in range(1000):
        lines = draw.sample([*(item for item in items if item[:1] != "\t"), *prose], draw.randrange(2, 9))
        text = "\n".join(lines) + "\n"
        assert cnclean.clean(text) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "last"),
    [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)],
)
def test_no_ideograph_is_ever_lost(first, last):
    for start in range(first, last + 1, 100):
        names = "、".join(map(chr, range(start, min(start + 100, last + 1))))
        assert cnclean.clean(f"他们姓{names}。") == f"他们姓{names}。"


def constants(path):
    """Return the numbers that are assigned to names at the top of a module."""
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            with contextlib.suppress(ValueError):
                value, target = ast.literal_eval(node.value), node.targets[0]
                names = [name.id for name in getattr(target, "elts", [target]) if isinstance(name, ast.Name)]
                found.update(zip(names, value if isinstance(target, ast.Tuple) else [value], strict=False))
    return found


def test_thresholds_are_those_of_the_source():
    page = (DOCS / "explanation" / "decisions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| .* \| ([\d.]+) \| `(.+)`: `(\w+)` \|$", page, re.M)
    assert len(rows) == 12
    cleaners = Path(cnclean.__file__).parent / "cleaners"
    for value, path, name in rows:
        assert constants(cleaners / path)[name] == float(value), f"{path}: {name}"


def test_figures_of_the_comparison_stand_on_the_page_that_they_are_from():
    page = (DOCS / "comparison.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+) \| (\S+)(?: %)? \| .* \| (\S+)(?: %)? \| `.*` \| \[.*\]\((.*)#.*\) \|$", page, re.M)
    assert len(rows) == 18
    for what, ours, theirs, source in rows:
        text = (DOCS / source).read_text(encoding="utf-8")
        for figure in (ours, theirs):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", text), (
                f"{what}: {figure} is not in {source}"
            )


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", TWICE)
def test_tools_change_their_own_output_as_the_page_says(name):
    if name not in tools():
        pytest.skip("not installed")
    for text in TWICE[name]:
        once = tools()[name](text)
        assert tools()[name](once) != once
