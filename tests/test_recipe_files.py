"""What helps people to write recipe and rule files: examples, a commented start, JSON Schema."""

import json
import tomllib

import pytest

import cnclean
from cnclean.errors import CncleanError
from cnclean.recipe import load_recipe
from cnclean.recipe.commented import commented
from cnclean.recipe.examples import failures, parse_examples
from cnclean.recipe.schema import as_json, recipe_schema, rules_schema
from cnclean.tables import data_file, text_file


def test_the_schemas_that_ship_are_what_the_generator_builds():
    assert text_file("recipe.schema.json") == as_json(recipe_schema(cnclean.recipes())), "run tools/build_schemas.py"
    assert text_file("rules.schema.json") == as_json(rules_schema()), "run tools/build_schemas.py"


def test_every_recipe_that_ships_fits_the_schema():
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema: pip install --group browser")
    validator = jsonschema.Draft7Validator(json.loads(text_file("recipe.schema.json")))
    for name in cnclean.recipes():
        table = tomllib.loads(data_file(f"recipes/{name}.toml").read_text(encoding="utf-8"))
        assert not list(validator.iter_errors(table)), name
        assert not list(validator.iter_errors(tomllib.loads(commented(load_recipe(name), "a.toml")))), name
    for wrong in (
        '[[stage]]\nuse = "witdh"',
        '[[stage]]\nuse = "script"\nconfg = "t2s"',
        '[[stage]]\nuse = "script"\nconfig = "t2z"',
        '[[stage]]\nuse = "width"\nlevel = "strict"',
        'extends = "wbe"',
        "[set]\nspam = 3",
        "[set]\nspan = false",
        '[[example]]\ninput = "a"',
    ):
        assert list(validator.iter_errors(tomllib.loads(wrong))), wrong
    rules = jsonschema.Draft7Validator(json.loads(text_file("rules.schema.json")))
    assert not list(rules.iter_errors(tomllib.loads('drop = ["词语"]\n[extend.seo]\nstrong = ["词语"]')))
    assert list(rules.iter_errors(tomllib.loads('[extend.seo]\nhuge = ["词语"]')))


@pytest.mark.parametrize("name", cnclean.recipes())
def test_a_commented_recipe_is_the_recipe(name, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(commented(load_recipe(name), "mine.toml"), encoding="utf-8")
    mine, theirs = load_recipe(path), load_recipe(name)
    assert mine.stages == theirs.stages
    assert mine.each_line == theirs.each_line
    uncommented = path.read_text(encoding="utf-8").replace("\n# [[example]]", "\n[[example]]")
    for key in ("name", "input", "output", "drop", "keep"):
        uncommented = uncommented.replace(f"\n# {key} = ", f"\n{key} = ")
    path.write_text(uncommented.replace("\nkeep = []  # of", "\n# keep = []  # of"), encoding="utf-8")
    assert len(load_recipe(path).examples) == 2


def test_the_examples_that_a_new_file_shows_are_true_of_web(tmp_path):
    text = commented(load_recipe("web"), "mine.toml")
    foot = text[text.index("# [[example]]") :].replace("\n# ", "\n").removeprefix("# ").replace("\n#\n", "\n\n")
    examples = parse_examples(tomllib.loads(foot)["example"], "mine.toml")
    assert sum(map(len, examples)) == 3
    assert failures(examples, cnclean.clean) == []


def test_expectations_that_are_not_met_are_told():
    entries = [
        {"name": "a", "input": "ＡＢ", "output": "ＡＢ"},
        {"drop": ["他们坐在门口聊天，一直聊到天黑。"], "keep": ["ＡＢ"]},
    ]
    told = failures(parse_examples(entries, "x.toml"), cnclean.clean)
    assert told == [
        "a: 'ＡＢ' becomes 'AB', not 'ＡＢ'",
        "example 2: '他们坐在门口聊天，一直聊到天黑。' does not go from between two paragraphs",
        "example 2: 'ＡＢ' does not stay: it becomes 'AB'",
    ]


@pytest.mark.parametrize("recipe", [*cnclean.recipes(), "s2t"])
def test_the_paragraphs_around_a_line_do_not_decide(recipe):
    def clean(text):
        return cnclean.clean(text, "web", script="s2t") if recipe == "s2t" else cnclean.clean(text, recipe)

    expected = [{"keep": ["1234"]}] if recipe == "s2t" else [{"keep": ["他把书放回书架，走了出去。"]}]
    assert failures(parse_examples(expected, "x"), clean) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("example = 3", "examples are written"),
        ("[[example]]\ninput = 'a'", "input and output go together"),
        ("[[example]]\nname = 'a'", "says nothing"),
        ("[[example]]\ninput = 1\noutput = 'a'", "input is a text"),
        ("[[example]]\ndrop = [1]", "drop is a text or a list"),
        ("[[example]]\nkept = 'a'", "did you mean 'keep'"),
    ],
)
def test_mistakes_in_examples_are_told(tmp_path, text, message):
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "web"\n{text}' if "=" in text.split("\n")[0] else text, encoding="utf-8")
    with pytest.raises(CncleanError, match=message):
        load_recipe(path)
