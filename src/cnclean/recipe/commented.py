"""The text of a recipe file for people to change: every stage with what it does, and its options."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cnclean.cleaner import options
from cnclean.recipe.recipe import Recipe, Stage
from cnclean.recipe.schema import valid_values
from cnclean.registry import build, default, option_names, summary

_HEAD = """\
# A recipe for cnclean, made from {name!r}. Stages run from top to bottom.
#   cnclean explain page.txt -r {file}   what it would change, and why
#   cnclean test {file}                  run the examples at the end of this file
#   cnclean schema > recipe.schema.json  for editors that complete and check TOML

about = {about}
"""

_FOOT = """
# What you expect of it. drop: lines that must go from a page; keep: texts that must stay as they are.
#
# [[example]]
# name = "full-width digits"
# input = "２０２４年"
# output = "2024年"
#
# [[example]]
# drop = ["上一篇  下一篇  返回列表"]
# keep = ["他把书放回书架，走了出去。"]
"""


def commented(recipe: Recipe, file: str) -> str:
    """Return a recipe file with the same stages as `recipe`: each with a comment, its options, and their defaults."""
    name = recipe.name
    out = [_HEAD.format(name=name, file=file, about=_toml(f"{name}, with changes of my own"))]
    if recipe.each_line:
        out.append("each_line = true  # every line is a record of its own\n")
    out.extend(f"\n{text}" for text in map(_stage, recipe.stages))
    return "".join([*out, _FOOT])


def _stage(stage: Stage) -> str:
    lines = [f"# {summary(stage.use)}", "[[stage]]", f"use = {_toml(stage.use)}"]
    if not stage.on:
        lines.append("on = false")
    return "\n".join([*lines, *_options(stage)]) + "\n"


def _options(stage: Stage) -> Iterator[str]:
    chosen = dict(stage.options)
    built = options(build(stage.use))
    for option in option_names(stage.use):
        value = chosen.get(option, default(stage.use, option))
        mark = "" if option in chosen else "# "
        if value is None:
            value = built[option] or ()
        yield f"{mark}{option} = {_toml(value)}{_choices(stage.use, option, value)}"


def _choices(name: str, option: str, value: Any) -> str:
    if isinstance(value, (bool, int)):
        return ""
    valid = valid_values(name, option, ("?",) if isinstance(value, tuple) else "?")
    return f"  # of: {', '.join(map(_toml, valid))}" if valid else ""


def _toml(value: Any) -> str:
    """Write a value as TOML: JSON's texts, numbers, lists and booleans are TOML's too."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
