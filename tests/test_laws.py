"""The four laws: every cleaner, every recipe, every ordered pair of cleaners, pipelines with functions of users."""

import itertools
import pickle
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import Scope, options
from cnclean.edit import apply_edits
from cnclean.errors import ConvergenceWarning
from cnclean.registry import CLEANERS
from cnclean.shapes import Wrapped
from cnclean.testing import check_laws
from tests.strategies import documents, mixtures, tokens

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
@settings(max_examples=20)
def test_every_cleaner_keeps_the_laws_on_the_tokens_of_the_others(variant, data):
    name, chosen = variant
    check_laws(cnclean.build(name, **chosen), data.draw(documents()))


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
@given(text=documents())
@settings(max_examples=40)
@example(text="")
@example(text="登录")
@example(text="\ud800\0\x85")
def test_every_recipe_keeps_the_laws(recipe, text):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ConvergenceWarning)  # the stages of our own recipes always settle
        check_laws(cnclean.pipeline(recipe), text)


def test_every_recipe_explains_in_coordinates_of_the_original():
    text = "\r\n".join(["ＡＢ&amp;lt;公司,你好", "", "", "會(huì)议 ", "登录 注册", "正文很长,讲的是春天里的事情。"])
    for recipe in RECIPES:
        report = cnclean.explain(text, recipe)
        assert apply_edits(text, report.edits) == report.text == cnclean.clean(text, recipe)


PAIRS = list(itertools.permutations(NAMES, 2))


@pytest.mark.parametrize("first", NAMES)
@given(data=st.data())
@settings(max_examples=15)
def test_every_ordered_pair_is_idempotent_in_a_pipeline(first, data):
    second = data.draw(st.sampled_from([name for name in NAMES if name != first]))
    text = data.draw(st.one_of(mixtures(first), mixtures(second), documents()))
    _check_pair(first, second, text)


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), PAIRS, ids=[f"{a}-{b}" for a, b in PAIRS])
@given(data=st.data())
@settings(max_examples=30)
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
