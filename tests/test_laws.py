"""The four laws: every cleaner with its options, every recipe, every ordered pair, pipelines with functions of users.

And what follows from them for recipes: every stage leaves the result alone, line ends do not matter, reports add up,
threads and the order of calls do not matter.
"""

import itertools
import json
import os
import pickle
import subprocess
import sys
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import Scope, lines, options
from cnclean.edit import apply_edits
from cnclean.errors import ConvergenceWarning
from cnclean.registry import CLEANERS
from cnclean.shapes import Wrapped
from cnclean.testing import check_laws
from fuzz.targets import OPTIONS
from tests.strategies import TOKENS, all_tokens, documents, few, mixtures, pages, tokens

NAMES = cnclean.names()
RECIPES = cnclean.recipes()
CONFIGS = ("s2t", "tw2sp", "s2twp", "hk2s", "t2jp")
VARIANTS = [
    *[(name, {}) for name in NAMES],
    *[("script", {"config": config}) for config in CONFIGS],
    ("site-chrome", {"mode": "article"}),
    ("spam", {"level": "strict"}),
    ("spam", {"level": "flag"}),
]


def _label(variant):
    name, chosen = variant
    return "-".join([name, *map(str, chosen.values())])


@pytest.mark.parametrize("variant", VARIANTS, ids=_label)
@given(data=st.data())
def test_every_cleaner_keeps_the_laws(variant, data):
    name, chosen = variant
    check_laws(cnclean.build(name, **chosen), data.draw(documents(name)))


@pytest.mark.parametrize("variant", VARIANTS, ids=_label)
@given(data=st.data())
@few(12)
def test_every_cleaner_keeps_the_laws_on_the_tokens_of_the_others(variant, data):
    name, chosen = variant
    check_laws(cnclean.build(name, **chosen), data.draw(st.one_of(documents(), pages())))


@pytest.mark.parametrize("name", [name for name in NAMES if OPTIONS[name]])
@given(data=st.data())
@few(4)
def test_every_cleaner_keeps_the_laws_with_any_options(name, data):
    chosen = {option: data.draw(st.sampled_from(values), label=option) for option, values in OPTIONS[name].items()}
    check_laws(cnclean.build(name, **chosen), data.draw(st.one_of(documents(name), pages())))


@pytest.mark.parametrize("name", NAMES)
def test_every_cleaner_keeps_the_laws_on_each_of_its_tokens(name):
    cleaner = cnclean.build(name)
    for token in tokens(name):
        check_laws(cleaner, token)
        check_laws(cleaner, f"今天{token}天气很好。\n{token}\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_cleaner_is_a_value_of_the_registry(name):
    cleaner = cnclean.build(name)
    assert cleaner.name == name
    assert isinstance(cleaner.scope, Scope)
    assert isinstance(cleaner, cnclean.Cleaner)
    assert cnclean.build(name, **options(cleaner)) == cleaner
    assert pickle.loads(pickle.dumps(cleaner)) == cleaner
    assert hash(cnclean.build(name)) == hash(cleaner)
    assert "Idempotent" in (type(cleaner).__doc__ or ""), "a cleaner says why it is idempotent"
    with pytest.raises(AttributeError):
        cleaner.name = "other"


@pytest.mark.parametrize("name", NAMES)
def test_rule_ids_begin_with_the_name(name):
    cleaner = cnclean.build(name)
    for token in tokens(name):
        for edit in cleaner.edits(token):
            assert all(rule == name or rule.startswith(f"{name}/") for rule in edit.rules), edit


@pytest.mark.parametrize("recipe", RECIPES)
@given(text=st.one_of(documents(), pages()))
@few(30)
@example(text="")
@example(text="登录")
@example(text="\ud800\0\x85")
@example(text="開( kāi )發(fā)" * 17)  # spaces that go inside brackets must not move what the next bracket sees
def test_every_recipe_keeps_the_laws(recipe, text):
    pipeline = cnclean.pipeline(recipe)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)  # the stages of our own recipes always settle
        check_laws(pipeline, text)
    once = pipeline(text)
    for stage in pipeline.stages:
        assert stage(once) == once, f"{stage.name} would change what the recipe has made of {text!r}"


@given(text=st.one_of(documents(), pages()), data=st.data())
@few(10)
def test_recipes_with_overrides_keep_the_laws(text, data):
    off = data.draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=6))
    overrides = {name.replace("-", "_"): False for name in off} | {"script": data.draw(st.sampled_from(CONFIGS))}
    check_laws(cnclean.pipeline("web", **overrides), text)


@pytest.mark.parametrize("recipe", ["corpus", "news"])
@given(text=st.one_of(documents(), pages()))
@few(5)
def test_line_ends_do_not_matter(recipe, text):
    text = text.replace("\r", "")
    expected = cnclean.clean(text, recipe, line_endings=True)
    for end in ("\r\n", "\r"):
        assert cnclean.clean(text.replace("\n", end), recipe, line_endings=True) == expected


@given(text=pages(), more=pages())
@few(10)
def test_the_recipe_lines_takes_each_line_by_itself(text, more):
    first = text.replace("\r", "") + "\n"
    assert cnclean.clean(first + more, "lines") == cnclean.clean(first, "lines") + cnclean.clean(more, "lines")


@pytest.mark.parametrize("recipe", ["corpus", "lines"])
@given(text=st.one_of(documents(), pages()))
@few(8)
def test_reports_add_up(recipe, text):
    report = cnclean.explain(text, recipe)
    assert apply_edits(text, report.edits) == apply_edits(text, report.spans()) == report.text
    assert not [edit for edit in report.edits if edit.is_flag(text)]
    assert all(flag.is_flag(text) for flag in report.flags)
    assert pickle.loads(pickle.dumps(report)) == report
    assert json.loads(report.to_json())
    parts = lines(text) or [""]
    for change in reversed(report.lines()):  # line by line instead of edit by edit
        first = change.number - 1
        last = first + max(1, len(lines(change.before)))
        assert "".join(parts[first:last]) == change.before
        parts[first:last] = [change.after]
    assert "".join(parts) == report.text


def test_every_recipe_explains_in_coordinates_of_the_original():
    text = "\r\n".join(["ＡＢ&amp;lt;公司,你好", "", "", "會(huì)议 ", "登录 注册", "正文很长,讲的是春天里的事情。"])
    for recipe in RECIPES:
        report = cnclean.explain(text, recipe)
        assert apply_edits(text, report.edits) == report.text == cnclean.clean(text, recipe)


# Runs in a new interpreter, in which nothing has been loaded or remembered: from four threads at once, and backwards.
_IN_ANOTHER_PROCESS = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
import cnclean
texts, together = json.load(sys.stdin), threading.Barrier(4, timeout=60)
with ThreadPoolExecutor(4) as pool:
    for _ in range(4):
        pool.submit(together.wait)
    results = list(pool.map(lambda text: cnclean.clean(text, "corpus"), reversed(texts)))
json.dump(results[::-1], sys.stdout)
"""


def test_threads_hash_seeds_and_the_order_of_calls_do_not_matter():
    known = all_tokens()
    texts = ["。\n".join(known[at : at + 12] + known[at // 2 : at // 2 + 3]) for at in range(0, len(known), 12)]
    other = subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS],
        input=json.dumps(texts),
        env={**os.environ, "PYTHONHASHSEED": "3"},
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )
    assert json.loads(other.stdout) == [cnclean.clean(text, "corpus") for text in texts]


PAIRS = list(itertools.permutations(NAMES, 2))


@pytest.mark.parametrize("first", NAMES)
@given(data=st.data())
@few(15)
def test_every_ordered_pair_is_idempotent_in_a_pipeline(first, data):
    second = data.draw(st.sampled_from([name for name in NAMES if name != first]))
    text = data.draw(st.one_of(mixtures(first), mixtures(second), documents()))
    _check_pair(first, second, text)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
@given(data=st.data())
@few(30)
def test_every_ordered_pair_thoroughly(first, second, data):
    _check_pair(first, second, data.draw(st.one_of(mixtures(first), mixtures(second), documents())))


def _check_pair(first, second, text):
    pipeline = cnclean.pipeline([first, second])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # against the order of the recipes a pair may not settle
        once = pipeline(text)
        assert pipeline(once) == once
        assert apply_edits(text, pipeline.edits(text)) == once


USERS = [
    Wrapped(lambda text: text.replace("中", "中中"), name="grow"),
    Wrapped(lambda text: text[::-1], name="reverse"),
    Wrapped(lambda text: text.swapcase(), Scope.LINE, "swap-case"),
    Wrapped(lambda text: text.replace("&", "&amp;"), Scope.LINE, "escape"),
    Wrapped(lambda text: text.replace("。", "。\n"), name="break-sentences"),
]


@given(
    stages=st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(USERS)), min_size=1, max_size=5), text=documents()
)
def test_random_pipelines_with_functions_of_users_are_idempotent(stages, text):
    pipeline = cnclean.pipeline(stages)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        once = pipeline(text)
        assert pipeline(once) == once
        assert apply_edits(text, pipeline.edits(text)) == once


def test_the_registry_lists_every_module_once():
    assert len(set(CLEANERS.values())) == len(CLEANERS)


def test_every_cleaner_has_tokens_and_all_tokens_belong_to_a_cleaner():
    assert {path.stem for path in TOKENS.glob("*.json")} == set(NAMES)
    with pytest.raises(AssertionError, match=r"tests/tokens/no-such\.json: write down"):
        tokens("no-such")
