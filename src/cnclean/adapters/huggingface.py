"""Hugging Face datasets: a function for `Dataset.map(..., batched=True)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnclean.recipe import RecipeLike, pipeline


def map_function(
    recipe: RecipeLike = "web", text_field: str = "text", **overrides: Any
) -> Callable[[dict[str, list[Any]]], dict[str, list[Any]]]:
    """Return a function that cleans a batch of examples; `dataset.map(map_function(), batched=True)`.

    It can be pickled, so `num_proc` works, and it is the same for the same recipe, so the cache of `datasets` does.

    >>> map_function("minimal")({"text": ["你好,世界", None]})
    {'text': ['你好，世界', None]}
    """
    return _Clean(pipeline(recipe, **overrides), text_field)


class _Clean:
    def __init__(self, stages: Callable[[str], str], text_field: str) -> None:
        self._stages = stages
        self._field = text_field

    def __call__(self, batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
        return {self._field: [text if text is None else self._stages(text) for text in batch[self._field]]}
