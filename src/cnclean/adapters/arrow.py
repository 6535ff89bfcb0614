"""Arrow tables, wherever they come from: Ray Data and Spark hand them over, pyarrow and DuckDB make them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from cnclean.corpus.batch import clean_batch, output_schema
from cnclean.corpus.job import Job
from cnclean.recipe import RecipeLike

if TYPE_CHECKING:
    import pyarrow as pa


def clean_table(table: pa.Table, recipe: RecipeLike = "web", **options: Any) -> pa.Table:
    """Return a table with its texts cleaned; `options` are those of `clean_batch`.

    For Ray Data: `dataset.map_batches(clean_table, batch_format="pyarrow", fn_kwargs={"recipe": "corpus"})`.

    >>> import pyarrow as pa
    >>> clean_table(pa.table({"text": ["你好,世界"]}), "minimal").to_pydict()
    {'text': ['你好，世界']}
    """
    import pyarrow as pa

    batches = [clean_batch(batch, recipe, **options) for batch in table.to_batches()]
    names = ("text_field", "html_field", "extras", "keep_edits")
    job = Job.of("minimal", **{name: options[name] for name in names if name in options})
    return pa.Table.from_batches(batches, output_schema(table.schema, job))


def map_in_arrow(
    recipe: RecipeLike = "web", **options: Any
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return a function for Spark: `frame.mapInArrow(map_in_arrow("corpus"), frame.schema)`."""
    return partial(_each, recipe, options)


def _each(recipe: RecipeLike, options: dict[str, Any], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield clean_batch(batch, recipe, **options)
