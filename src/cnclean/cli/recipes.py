"""`cnclean list`, `show`, `init`, `test` and `schema`: recipes, and what users expect of theirs."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import click

from cnclean.cli.console import note, print_table, print_text
from cnclean.cli.options import RECIPE_TYPE, examples, general, settings
from cnclean.errors import RecipeError
from cnclean.files import FileError, Output, read_text
from cnclean.pipeline import Pipeline
from cnclean.recipe import load_recipe, pipeline, recipes
from cnclean.recipe.commented import commented
from cnclean.recipe.examples import Example, failures, parse_examples
from cnclean.registry import build, names, summary
from cnclean.tables import read_toml, text_file

_RULE_KEYS = {"extend", "drop", "guard"}


@click.command("list", epilog=examples("cnclean list"))
@general
def list_command() -> None:
    """List the recipes and the cleaners."""
    print_text("Recipes (cnclean show NAME prints one)\n")
    print_table([(name, load_recipe(name).about) for name in recipes()])
    print_text("\nCleaners, in the order in which the recipes run them\n")
    print_table([(name, summary(name)) for name in names()])


@click.command(epilog=examples("cnclean show web", "cnclean show my.toml"))
@click.argument("recipe", type=RECIPE_TYPE)
@general
def show(recipe: str) -> None:
    """Print the stages of RECIPE (a name or a path), with their options and what each is for."""
    loaded = load_recipe(recipe)
    print_text(f"{loaded.name}: {loaded.about}\n")
    if loaded.each_line:
        print_text("each line is a record of its own\n")
    rows = []
    for stage in loaded.stages:
        shown = ", ".join(f"{key} = {value!r}" for key, value in stage.options)
        name = stage.use if stage.on else f"({stage.use})"
        rows.append((name, shown or ("off" if not stage.on else ""), summary(stage.use)))
    print_table(rows)


@click.command(epilog=examples("cnclean init mine.toml --from web"))
@click.argument("file", type=click.Path())
@click.option("--from", "source", default="web", show_default=True, type=RECIPE_TYPE, help="The recipe to start from.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@general
def init(file: str, source: str, force: bool) -> None:
    """Write a commented recipe to FILE, with every stage and option of another one, ready to be changed."""
    path = Path(file)
    if path.suffix != ".toml":
        raise FileError(f"{file}: the name of a recipe file ends in .toml")
    if path.exists() and not force:
        raise FileError(f"{file} exists; --force writes over it")
    if not path.parent.is_dir():
        raise FileError(f"there is no folder {path.parent} to write {path.name} into")
    Output(path).write(commented(load_recipe(source), file))
    settings().say(f"{file}: written from {source!r}; cnclean show {file} prints its stages")


@click.command(epilog=examples("cnclean test my.toml"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@general
def test(files: tuple[str, ...]) -> int:
    """Run the examples of recipe or rule files: exit with 1 if something comes out otherwise."""
    failed = 0
    for file in files:
        examples, clean = _examples(file)
        number = sum(map(len, examples))
        found = failures(examples, clean)
        for failure in found:
            note(f"{file}: {failure}")
        if not examples:
            note(f"{file}: no examples; write [[example]] tables with input and output, or drop, or keep")
        else:
            settings().say(f"{file}: {number - len(found)} of {number} expectations met")
        failed += len(found)
    return int(failed > 0)


def _examples(file: str) -> tuple[tuple[Example, ...], Callable[[str], str]]:
    """Return the examples of a recipe file or of a rule file of the cleaner `spam`, and the pipeline that they try."""
    try:
        table = read_toml(read_text(file, "utf-8", note))
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{file}: not valid TOML: {error}") from error
    if _RULE_KEYS & table.keys():
        cleaner = build("spam", table=file)
        return parse_examples(table.get("example", []), file), Pipeline([cleaner], name=file)
    return load_recipe(Path(file)).examples, pipeline(Path(file))


@click.command(epilog=examples("cnclean schema", "cnclean schema rules"))
@click.argument("what", type=click.Choice(["recipe", "rules"]), default="recipe")
@general
def schema(what: str) -> None:
    """Print the JSON Schema of recipe files (or of rule files of the cleaner `spam`), for editors."""
    print_text(text_file(f"{what}.schema.json"))
