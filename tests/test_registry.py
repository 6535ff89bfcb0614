"""Names and options: what exists is built, what does not is told with the nearest names."""

import pickle
from typing import Literal, get_args, get_origin, get_type_hints

import pytest

import cnclean
from cnclean.errors import CncleanError, OptionError, UnknownNameError
from cnclean.recipe.schema import valid_values
from cnclean.registry import cleaner_class, default, option_names


def test_an_unknown_cleaner_names_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'punctuation'"):
        cnclean.build("punctuaton")
    with pytest.raises(CncleanError, match="valid: annotations"):
        cnclean.build("translate")


def test_an_unknown_option_names_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'mode'"):
        cnclean.build("site-chrome", mod="article")


def test_an_option_with_an_impossible_value_is_refused():
    with pytest.raises(ValueError, match="t2s"):
        cnclean.build("script", config="t2z")
    with pytest.raises(CncleanError, match="cues"):
        cnclean.build("site-chrome", mode="everything")
    with pytest.raises(ValueError):
        cnclean.build("spam", level="maximal")
    with pytest.raises(OptionError, match="wrong kind"):
        cnclean.build("site-chrome", keep=3)
    for name in ("site-chrome", "spam"):
        with pytest.raises(OptionError, match="keep must be a sequence of"):
            cnclean.build(name, keep="menu")
    with pytest.raises(OptionError, match="drop_debris is true or false, not 'false'"):
        cnclean.build("mojibake", drop_debris="false")


@pytest.mark.parametrize(
    ("name", "option"),
    [
        (name, option)
        for name in cnclean.names()
        for option in option_names(name)
        if isinstance(default(name, option), str)
    ],
)
def test_an_option_of_few_values_is_typed_as_these(name, option):
    hint = get_type_hints(cleaner_class(name))[option]
    values = list(get_args(hint)) if get_origin(hint) is Literal else []
    assert sorted(values) == sorted(valid_values(name, option, "no such value"))
    for value in values:
        assert cnclean.options(cnclean.build(name, **{option: value}))[option] == value


def test_a_list_counts_as_a_tuple():
    assert cnclean.build("site-chrome", keep=["source"]) == cnclean.build("site-chrome", keep=("source",))


def test_errors_travel_between_processes():
    error = UnknownNameError("cleaner", "x", ["y"])
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, CncleanError)
    assert str(copy) == str(error)


def test_public_names_are_there_and_sorted():
    for name in cnclean.__all__:
        assert getattr(cnclean, name) is not None
    assert list(cnclean.__all__) == sorted(cnclean.__all__)
    assert set(cnclean.__all__) <= set(dir(cnclean))
    with pytest.raises(AttributeError, match="no attribute 'cleen'"):
        cnclean.cleen  # noqa: B018


def test_a_function_is_not_hidden_by_the_module_of_its_name():
    import cnclean.pipeline
    import cnclean.recipe

    assert callable(cnclean.pipeline)
