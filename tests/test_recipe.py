"""Recipes: what ships, overrides, users' files, and errors that name the nearest valid key."""

import pytest

import cnclean
from cnclean.errors import CncleanError, InputTypeError, OptionError, RecipeError, UnknownNameError
from cnclean.recipe import load_recipe


def _uses(recipe):
    return [stage.use for stage in load_recipe(recipe).stages if stage.on]


def test_the_recipes_that_ship():
    assert cnclean.recipes() == ("corpus", "forum", "lines", "minimal", "news", "novel", "rag", "search", "web")
    assert all(load_recipe(name).about for name in cnclean.recipes())


def test_web_holds_every_cleaner_in_the_order_of_the_registry_and_leaves_the_script():
    assert tuple(stage.use for stage in load_recipe("web").stages) == cnclean.names()
    assert _uses("web") == [name for name in cnclean.names() if name != "script"]
    assert _uses("corpus") == list(cnclean.names())


def test_minimal_deletes_nothing_but_invisible_characters():
    text = "登录 注册\n\n\n\n股票配资公司网站\n  缩进，两个  空格 \n"
    assert cnclean.clean(text, "minimal") == text


def test_lines_keeps_every_record_in_its_place():
    text = "登录\nＡＢ公司,你好 \n\n登录\n"
    assert cnclean.clean(text, "lines") == "登录\nAB公司，你好\n\n登录\n"


def test_overrides_switch_set_and_place():
    assert cnclean.clean("ＡＢ,你好", "minimal", width=False) == "ＡＢ，你好"
    assert cnclean.clean("發展", script="t2s") == cnclean.clean("發展", "corpus") == "发展"
    assert cnclean.clean("发展", script={"config": "s2t"}) == "發展"
    assert cnclean.clean("发展 ", "minimal", script="s2t", whitespace=True) == "發展"
    pipeline = cnclean.pipeline("minimal", whitespace=True, script="s2t", annotations=True)
    assert [stage.name for stage in pipeline.stages][-3:] == ["punctuation", "script", "whitespace"]
    assert cnclean.pipeline("web", script="t2s") is cnclean.pipeline("web", script="t2s")


def test_a_sequence_of_names_cleaners_and_functions():
    pipeline = cnclean.pipeline(["width", cnclean.build("punctuation"), str.strip])
    assert pipeline(" ＡＢ公司,你好 ") == "AB公司，你好"
    assert cnclean.clean("ＡＢ", [str.lower, "width"]) == "ab"
    assert cnclean.pipeline(pipeline) is pipeline


def _write(tmp_path, text, name="own.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_the_users_own(tmp_path):
    path = _write(tmp_path, 'about = "mine"\n[[stage]]\nuse = "width"\n[[stage]]\nuse = "script"\nconfig = "s2t"\n')
    assert cnclean.clean("ＡＢ发展", path) == "AB發展"
    assert cnclean.clean("ＡＢ发展", str(path), script=False) == "AB发展"


def test_a_file_that_extends_another(tmp_path):
    _write(tmp_path, 'extends = "minimal"\n[set]\nwidth = false\n', "base.toml")
    path = _write(
        tmp_path, 'extends = "base.toml"\n[[stage]]\nuse = "script"\nconfig = "t2s"\nbefore = "punctuation"\n'
    )
    assert cnclean.clean("ＡＢ發展,好", path) == "ＡＢ发展，好"
    assert _uses(path)[-2:] == ["script", "punctuation"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stage = 3", "stages are written"),
        ("[[stage]]\nconfig = 't2s'", "does not say which cleaner"),
        ("[[stage]]\nuse = 'witdh'", "did you mean 'width'"),
        ("[[stages]]\nuse = 'width'", "did you mean 'stage'"),
        ("extend = 'web'", "did you mean 'extends'"),
        ("[[stage]]\nuse = 'script'\nconfg = 't2s'", "did you mean 'config'"),
        ("[[stage]]\nuse = 'script'\nconfig = 't2z'", "t2s"),
        ("[[stage]]\nuse = 'width'\non = 'yes'", "on is true or false"),
        ("[[stage]]\nuse = 'width'\nafter = 'script'", "stand after"),
        ("extends = 'wbe'", "web"),
        ("extends = 'own.toml'", "extends itself"),
        ("extends = 'gone.toml'", "cannot be read"),
        ("extends = 'web'\nset = 3", r"\[set\] is a table"),
        ("extends = 'web'\n[set]\nspan = false", "did you mean 'spam'"),
        ("each_line = 'no'", "each_line is true or false"),
        ("about = ", "not valid TOML"),
        ("about = " + "[" * 2000, "nested too deeply"),
        ('extends = "\\u0000.toml"', "cannot be read"),
        ("extends = 'web'\n[set]\nwidth = 3", "width has no options"),
        ("extends = 'web'\n[set]\nmojibake = 'false'", "drop_debris is true or false"),
    ],
)
def test_mistakes_in_a_file_are_told_in_one_sentence(tmp_path, text, message):
    with pytest.raises(CncleanError, match=message) as caught:
        cnclean.pipeline(_write(tmp_path, text))
    assert isinstance(caught.value, ValueError)


def test_unknown_recipes_and_overrides_name_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'corpus'"):
        cnclean.clean("文", "corpsu")
    with pytest.raises(UnknownNameError, match="did you mean 'site-chrome'"):
        cnclean.clean("文", site_chrom=False)
    with pytest.raises(RecipeError, match="overrides go with a recipe"):
        cnclean.pipeline(["width"], width=False)
    with pytest.raises(RecipeError, match="cannot be read"):
        cnclean.pipeline("missing.toml")


def test_script_that_is_not_idempotent_is_no_stage():
    with pytest.raises((OptionError, RecipeError), match="idempotent"):
        cnclean.clean("发展", script={"config": "s2t", "assume": "source"})


@pytest.mark.parametrize("wrong", [b"\xe4\xb8\xad", bytearray(b"a"), None, 3, ["a"]])
def test_what_is_no_text_is_refused_with_a_hint(wrong):
    for function in (cnclean.clean, cnclean.explain):
        with pytest.raises(InputTypeError) as caught:
            function(wrong)
        assert isinstance(caught.value, TypeError)
    if isinstance(wrong, bytes):
        assert "cnclean.decode" in str(caught.value)
