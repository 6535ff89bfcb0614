"""Scrapy: an item pipeline that cleans one field of every item.

Settings: `ITEM_PIPELINES = {"cnclean.adapters.scrapy.CncleanPipeline": 300}`, and if need be `CNCLEAN_RECIPE`
(`"web"`) and `CNCLEAN_FIELD` (`"text"`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnclean.recipe import RecipeLike, pipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class CncleanPipeline:
    """Cleans a field where an item has it; everything else passes."""

    def __init__(self, recipe: RecipeLike = "web", field: str = "text") -> None:
        self._stages = pipeline(recipe)
        self._field = field

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CncleanPipeline:
        """Return the pipeline that the crawler's settings ask for."""
        return cls(crawler.settings.get("CNCLEAN_RECIPE", "web"), crawler.settings.get("CNCLEAN_FIELD", "text"))

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """Return the item with its field cleaned; `spider` is there for older versions of Scrapy."""
        from itemadapter import ItemAdapter

        fields = ItemAdapter(item)
        if isinstance(text := fields.get(self._field), str):
            fields[self._field] = self._stages(text)
        return item
