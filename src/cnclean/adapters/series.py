"""pandas and polars: a column of texts in, the same column cleaned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from cnclean.recipe import RecipeLike, pipeline

if TYPE_CHECKING:
    import pandas
    import polars

    Series = TypeVar("Series", pandas.Series, polars.Series)


def clean_series(series: Series, recipe: RecipeLike = "web", **overrides: Any) -> Series:
    """Return a pandas or polars series with its texts cleaned; missing values stay missing.

    pandas: `frame["text"] = clean_series(frame["text"])`; polars: `frame.with_columns(clean_series(frame["text"]))`.
    """
    stages = pipeline(recipe, **overrides)
    if hasattr(series, "map_elements"):
        return cast("Series", series.map_elements(stages, return_dtype=series.dtype))
    return cast("Series", series.map(stages, na_action="ignore"))
