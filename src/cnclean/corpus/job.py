"""Job: what is to be done with every document, the same in every process and on every machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import cnclean
from cnclean.cleaner import Cleaner, options
from cnclean.errors import OptionError
from cnclean.pipeline import Pipeline
from cnclean.recipe import RecipeLike, pipeline

MAX_CHARACTERS = 1_500_000
"""Longer documents are rejected: cleaning takes about a hundred bytes of memory for each character."""


@dataclass(frozen=True)
class Job:
    """The pipeline and the options of a run; picklable.

    `text_field` is the column that is cleaned in place. With `html_field` the main text of that column is extracted
    and cleaned into `text_field` instead, and the column itself is left out. `extras` and `keep_edits` add columns,
    `rules` counts edits by rule;
    `drop_empty` leaves out documents of which nothing remains; `max_removed` (0 to 1) sets documents apart that would
    lose a greater share of their characters.
    """

    stages: Pipeline
    text_field: str = "text"
    html_field: str | None = None
    extras: bool = False
    keep_edits: bool = False
    rules: bool = True
    drop_empty: bool = False
    max_removed: float | None = None
    max_characters: int = MAX_CHARACTERS
    lines: bool = False
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.max_removed is not None and not 0 <= self.max_removed <= 1:
            raise OptionError(f"max_removed is a share between 0 and 1, not {self.max_removed}")
        if self.limit is not None and self.limit < 1:
            raise OptionError("limit is at least 1")
        if self.max_characters < 1:
            raise OptionError("max_characters is at least 1")

    @classmethod
    def of(cls, recipe: RecipeLike = "web", *, overrides: dict[str, Any] | None = None, **values: Any) -> Job:
        """Return a job for a recipe; for HTML without `entities`, since the parser has decoded references once."""
        overrides = dict(overrides or {})
        if values.get("html_field") and isinstance(recipe, str):
            overrides = {"entities": False, **overrides}
        return cls(pipeline(recipe, **overrides), **values)

    @property
    def field(self) -> str:
        """The column that documents are read from."""
        return self.html_field or self.text_field

    @property
    def adds_columns(self) -> bool:
        """Whether the output has columns that the input has not."""
        return self.extras or self.keep_edits

    @property
    def explains(self) -> bool:
        """Whether every edit is asked for, which takes a little longer than cleaning alone."""
        return self.rules or self.adds_columns

    def describe(self) -> dict[str, Any]:
        """Return what decides the output as plain values: equal descriptions mean equal output for equal input."""
        chosen = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "stages"}
        return {
            "version": cnclean.__version__,
            "recipe": self.stages.name,
            "recipe_hash": self.recipe_hash(),
            "options": chosen,
        }

    def recipe_hash(self) -> str:
        """Return a digest of the stages in order with all their options, and of the tables that options point to."""
        stages = json.dumps([_described(stage) for stage in self.stages.stages], ensure_ascii=False, default=_plain)
        return hashlib.blake2b(stages.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


def _described(stage: Cleaner) -> list[Any]:
    return [stage.name, {key: _with_content(value) for key, value in sorted(options(stage).items())}]


def _with_content(value: Any) -> Any:
    """Return an option's value; a user's table counts by what is in it."""
    if isinstance(value, str) and value.endswith(".toml") and Path(value).is_file():
        return [value, hashlib.blake2b(Path(value).read_bytes(), digest_size=16).hexdigest()]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, Pipeline):
        return [_described(stage) for stage in value.stages]
    if hasattr(value, "name") and hasattr(value, "scope"):
        return _described(value)
    if callable(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"
    return str(value)
