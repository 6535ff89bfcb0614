"""Recipes: TOML files of ordered stages, and the pipelines that they make.

A recipe file holds `about` (one line), `[[stage]]` tables (`use` names a cleaner, the other keys are its options,
`on = false` keeps a place for a stage that is off), or `extends` and a `[set]` table with the same values that
`cnclean.clean` takes as keywords. `each_line = true` treats every line as a record of its own. `[[example]]` tables say
what is expected of it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cnclean.cleaner import Cleaner
from cnclean.errors import CncleanError, OptionError, RecipeError, UnknownNameError, one_of
from cnclean.pipeline import Pipeline
from cnclean.recipe.examples import Example, parse_examples
from cnclean.registry import CLEANERS, build, names, option_names
from cnclean.shapes import EachLine
from cnclean.tables import data_file, data_names, read_toml

_KEYS = ("about", "extends", "each_line", "stage", "set", "example")
_PLACES = ("before", "after")

RecipeLike = str | os.PathLike[str] | Pipeline | Iterable[Cleaner | Callable[[str], str] | str]


@dataclass(frozen=True)
class Stage:
    """One stage of a recipe: the cleaner, its options, and whether it is on."""

    use: str
    options: tuple[tuple[str, Any], ...] = ()
    on: bool = True

    def build(self) -> Cleaner:
        """Return the cleaner of this stage."""
        return build(self.use, **dict(self.options))


@dataclass(frozen=True)
class Recipe:
    """A named list of stages. Overrides and `extends` make new recipes; nothing is changed in place."""

    name: str
    about: str = ""
    stages: tuple[Stage, ...] = ()
    each_line: bool = False
    examples: tuple[Example, ...] = ()
    """What its author expects; `cnclean test` runs them. Those of an extended recipe are not taken over."""

    def with_overrides(self, overrides: Mapping[str, Any]) -> Recipe:
        """Return this recipe with each override applied: False and True switch a cleaner, a value sets its first
        option, a mapping sets several. A cleaner that the recipe does not hold goes to its usual place.
        """
        recipe = self
        for key, value in overrides.items():
            name = key.replace("_", "-")
            one_of(f"cleaner to override in recipe {self.name!r}", name, CLEANERS)
            recipe = recipe._override(name, value)
        return recipe

    def _override(self, name: str, value: Any) -> Recipe:
        stages = self.stages
        if all(stage.use != name for stage in stages):
            order = names()
            later = [i for i, stage in enumerate(stages) if order.index(stage.use) > order.index(name)]
            at = later[0] if later else len(stages)
            stages = (*stages[:at], Stage(name, on=False), *stages[at:])
        changed = tuple(_overridden(stage, value) if stage.use == name else stage for stage in stages)
        return replace(self, stages=changed)

    def pipeline(self) -> Pipeline:
        """Return the pipeline of the stages that are on."""
        built = Pipeline([stage.build() for stage in self.stages if stage.on], name=self.name)
        return Pipeline([EachLine(built)], name=self.name) if self.each_line else built


def _overridden(stage: Stage, value: Any) -> Stage:
    if isinstance(value, bool):
        return replace(stage, on=value)
    if not isinstance(value, Mapping):
        if not (options := option_names(stage.use)):
            raise OptionError(f"{stage.use} has no options: true or false switches it on or off, not {value!r}")
        value = {options[0]: value}
    chosen = {**dict(stage.options), **{key: _frozen(item) for key, item in value.items()}}
    return replace(stage, options=tuple(chosen.items()), on=True)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, (list, tuple)) else value


def recipes() -> tuple[str, ...]:
    """Return the names of the recipes that ship with cnclean."""
    return tuple(data_names(".toml", "recipes"))


def load_recipe(recipe: str | os.PathLike[str]) -> Recipe:
    """Return a recipe by its name, or from a path to a TOML file.

    Raises `UnknownNameError` for a name or a key that does not exist (with the nearest ones that do) and `RecipeError`
    for a file that cannot be read as a recipe.
    """
    if isinstance(recipe, str) and recipe in recipes():
        return _parse(data_file(f"recipes/{recipe}.toml").read_text(encoding="utf-8"), recipe, Path(), ())
    return _load_file(Path(recipe), ())


def _load_file(path: Path, above: tuple[str, ...]) -> Recipe:
    if path.suffix != ".toml":
        raise UnknownNameError("recipe (a path to one ends in .toml)", path, recipes())
    try:
        text, place = path.read_text(encoding="utf-8"), str(path.resolve())
    except (OSError, ValueError) as error:  # ValueError: bytes that are no UTF-8, or a path that no file can have
        raise RecipeError(f"{path}: cannot be read: {error}") from error
    if place in above:
        raise RecipeError(f"{path}: extends itself")
    return _parse(text, str(path), path.parent, (*above, place))


def _parse(text: str, name: str, folder: Path, above: tuple[str, ...]) -> Recipe:
    try:
        table = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"recipe {name}: not valid TOML: {error}") from error
    for key in table:
        one_of(f"key of recipe {name}", key, _KEYS)
    recipe = Recipe(name)
    if "extends" in table:
        parent = str(table["extends"])
        recipe = load_recipe(parent) if parent in recipes() else _load_file(folder / parent, above)
    each_line = table.get("each_line", recipe.each_line)
    if not isinstance(each_line, bool):
        raise RecipeError(f"recipe {name}: each_line is true or false")
    about, examples = str(table.get("about", "")), parse_examples(table.get("example", []), f"recipe {name}")
    recipe = replace(recipe, name=name, about=about, each_line=each_line, examples=examples)
    for entry in _list_of_tables(table.get("stage", []), name):
        recipe = _with_stage(recipe, entry)
    overrides = table.get("set", {})
    if not isinstance(overrides, Mapping):
        raise RecipeError(f"recipe {name}: [set] is a table: cleaner = value")
    recipe = recipe.with_overrides(overrides)
    _check_stages(recipe)
    return recipe


def _list_of_tables(value: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise RecipeError(f'recipe {name}: stages are written [[stage]], each with use = "…"')
    return value


def _with_stage(recipe: Recipe, entry: Mapping[str, Any]) -> Recipe:
    """Return the recipe with one `[[stage]]` added: at the end, or `before` or `after` another one."""
    if "use" not in entry:
        raise RecipeError(f'recipe {recipe.name}: a [[stage]] does not say which cleaner it uses (use = "…")')
    use = str(entry["use"])
    one_of(f"cleaner in recipe {recipe.name}", use, CLEANERS)
    on = entry.get("on", True)
    if not isinstance(on, bool):
        raise RecipeError(f"recipe {recipe.name}: {use}: on is true or false")
    options = tuple((k, _frozen(v)) for k, v in entry.items() if k not in ("use", "on", *_PLACES))
    at = len(recipe.stages)
    for place in _PLACES:
        if place in entry:
            here = [stage.use for stage in recipe.stages]
            one_of(f"stage to stand {place} in recipe {recipe.name}", entry[place], here)
            at = here.index(entry[place]) + (place == "after")
    return replace(recipe, stages=(*recipe.stages[:at], Stage(use, options, on), *recipe.stages[at:]))


def _check_stages(recipe: Recipe) -> None:
    """Build every stage once, so that a wrong option is found when the recipe is read."""
    for stage in recipe.stages:
        valid = option_names(stage.use)
        for option, _ in stage.options:
            one_of(f"option of {stage.use!r} in recipe {recipe.name}", option, valid)
        try:
            stage.build()
        except CncleanError as error:
            raise RecipeError(f"recipe {recipe.name}: {error}") from error


def pipeline(recipe: RecipeLike = "web", /, **overrides: Any) -> Pipeline:
    """Return a pipeline: of a recipe (by name, or a path to a TOML file) or of a sequence of cleaners.

    A keyword is a cleaner's name with _ for -: `spam=False` switches it off, `script="t2s"` sets its first option, a
    dict sets several. In a sequence, a string is a registry name and a plain function from str to str is a stage.

    >>> pipeline("minimal", width=False)("ＡＢ，你好,世界")
    'ＡＢ，你好，世界'
    """
    if isinstance(recipe, (str, os.PathLike)):
        frozen = tuple((key, _Hashed(value)) for key, value in overrides.items())
        return _cached(recipe, frozen) if isinstance(recipe, str) and recipe in recipes() else _built(recipe, overrides)
    if overrides:
        raise RecipeError("overrides go with a recipe; a pipeline of your own cleaners is changed by hand")
    if isinstance(recipe, Pipeline):
        return recipe
    return Pipeline([build(stage) if isinstance(stage, str) else stage for stage in recipe])


class _Hashed:
    """An override value as a cache key: equal where its representation is."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        return hash(repr(self.value))


@lru_cache(maxsize=64)
def _cached(recipe: str, overrides: tuple[tuple[str, _Hashed], ...]) -> Pipeline:
    return _built(recipe, {key: hashed.value for key, hashed in overrides})


def _built(recipe: str | os.PathLike[str], overrides: Mapping[str, Any]) -> Pipeline:
    changed = load_recipe(recipe).with_overrides(overrides)
    _check_stages(changed)
    return changed.pipeline()
