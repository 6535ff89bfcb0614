"""data-juicer: an operator `cnclean_mapper` for its recipes, registered when this module is imported."""

from __future__ import annotations

from typing import Any

from data_juicer.ops.base_op import OPERATORS, Mapper

from cnclean.recipe import pipeline


@OPERATORS.register_module("cnclean_mapper")
class CncleanMapper(Mapper):
    """Cleans the text of every sample."""

    _batched_op = True

    def __init__(self, recipe: str = "web", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stages = pipeline(recipe)

    def process_batched(self, samples: dict[str, list[Any]]) -> dict[str, list[Any]]:
        """Return the samples with their texts cleaned."""
        samples[self.text_key] = [self._stages(text) for text in samples[self.text_key]]
        return samples
