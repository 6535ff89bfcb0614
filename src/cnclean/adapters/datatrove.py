"""datatrove: a step that cleans the text of every document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from cnclean.recipe import RecipeLike, pipeline

if TYPE_CHECKING:
    from datatrove.data import DocumentsPipeline


class CncleanFormatter(PipelineStep):
    """A step for a datatrove pipeline; documents keep their id and metadata."""

    type = "✂️ - FORMAT"
    name = "cnclean"

    def __init__(self, recipe: RecipeLike = "web", **overrides: Any) -> None:
        super().__init__()
        self._stages = pipeline(recipe, **overrides)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Yield the documents with their texts cleaned."""
        for document in data:
            self.stat_update(StatHints.total)
            with self.track_time():
                document.text = self._stages(document.text)
            yield document
