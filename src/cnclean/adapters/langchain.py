"""LangChain: a document transformer, for what loaders give before it is split."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.documents import BaseDocumentTransformer, Document

from cnclean.recipe import RecipeLike, pipeline


class CncleanTransformer(BaseDocumentTransformer):
    """Documents with their `page_content` cleaned and their metadata as they were."""

    def __init__(self, recipe: RecipeLike = "rag", **overrides: Any) -> None:
        self._stages = pipeline(recipe, **overrides)

    def transform_documents(self, documents: Sequence[Document], **kwargs: Any) -> Sequence[Document]:
        """Return cleaned copies of the documents."""
        return [
            document.model_copy(update={"page_content": self._stages(document.page_content)}) for document in documents
        ]
