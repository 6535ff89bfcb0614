"""clean_batch: an Arrow record batch in, the same batch with clean text out. Everything that runs on tables uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from cnclean.corpus.document import Outcome, Value, clean_documents
from cnclean.corpus.job import Job
from cnclean.errors import CncleanError, UnknownNameError
from cnclean.recipe import RecipeLike

PREFIX = "cnclean_"
EXTRAS = {
    "script": pa.string(),
    "encoding": pa.string(),
    "title": pa.string(),
    "author": pa.string(),
    "date": pa.string(),
    "source": pa.string(),
    "removed": pa.float64(),
    "edits_by_cleaner": pa.list_(pa.struct([("cleaner", pa.string()), ("edits", pa.int64())])),
    "flags": pa.int64(),
    "converged": pa.bool_(),
}
"""The columns that `extras` adds, without their prefix."""
_ADDED = [(PREFIX + name, name) for name in EXTRAS]
EDITS = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("old", pa.string()),
            ("new", pa.string()),
            ("rules", pa.list_(pa.string())),
            ("note", pa.string()),
        ]
    )
)
"""The type of the column that `keep_edits` adds; offsets are code points of the text before cleaning."""


class RowError(CncleanError, ValueError):
    """A row of a batch that cannot be cleaned."""


def clean_batch(
    batch: pa.RecordBatch,
    recipe: RecipeLike = "web",
    *,
    text_field: str = "text",
    html_field: str | None = None,
    extras: bool = False,
    keep_edits: bool = False,
    **overrides: Any,
) -> pa.RecordBatch:
    """Return `batch` with its texts cleaned; as many rows, in the same order, the other columns as they were.

    `text_field` holds text, or bytes that are decoded. With `html_field` the main text of that column goes, cleaned,
    to `text_field`, and the column is left out. A null stays null. Raises `RowError` for a row that cannot be cleaned;
    `cnclean corpus` sets such rows aside instead. `recipe` and overrides are those of `cnclean.clean`.

    >>> import pyarrow as pa
    >>> batch = pa.RecordBatch.from_pydict({"id": [1, 2], "text": ["你好,世界", "ＡＢ公司"]})
    >>> clean_batch(batch, "minimal").to_pydict()
    {'id': [1, 2], 'text': ['你好，世界', 'AB公司']}
    """
    job = Job.of(
        recipe,
        overrides=overrides,
        text_field=text_field,
        html_field=html_field,
        extras=extras,
        keep_edits=keep_edits,
        rules=False,
        max_characters=2**40,
    )
    values = batch_values(batch, job)
    outcomes = clean_documents(values, job)
    for i, (value, outcome) in enumerate(zip(values, outcomes, strict=True)):
        if outcome.reason and value is not None:
            raise RowError(f"row {i} of the batch: {outcome.reason}: {outcome.detail}")
    return with_outcomes(batch, outcomes, job)


def batch_values(batch: pa.RecordBatch, job: Job) -> list[Value]:
    """Return the documents of a batch; `UnknownNameError` if the column is missing, `RowError` if it holds no text."""
    if job.field not in batch.schema.names:
        raise UnknownNameError("column", job.field, batch.schema.names)
    column = batch.column(job.field)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (_is_text(column.type) or _is_bytes(column.type) or pa.types.is_null(column.type)):
        raise RowError(f"the column {job.field!r} holds {column.type}, neither text nor bytes")
    values: list[Value] = column.to_pylist()
    return values


def with_outcomes(batch: pa.RecordBatch, outcomes: Sequence[Outcome], job: Job) -> pa.RecordBatch:
    """Return the batch with what became of its rows."""
    schema = output_schema(batch.schema, job)
    made: dict[str, list[Any]] = {job.text_field: [outcome.text for outcome in outcomes]}
    if job.extras:
        made |= {PREFIX + name: [outcome.extras.get(name) for outcome in outcomes] for name in EXTRAS}
    if job.keep_edits:
        made[PREFIX + "edits"] = [outcome.edits for outcome in outcomes]
    columns = [
        _array(made[field.name], field.type) if field.name in made else batch.column(field.name) for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def added_values(outcome: Outcome, job: Job) -> dict[str, Any]:
    """Return the values of the columns that a job adds to a row, by name."""
    added = {name: outcome.extras.get(short) for name, short in _ADDED} if job.extras else {}
    if job.keep_edits:
        added[PREFIX + "edits"] = outcome.edits
    return added


def output_schema(schema: pa.Schema, job: Job) -> pa.Schema:
    """Return the schema of the output for an input schema: texts keep their type, new columns come last."""
    added = {job.text_field: pa.string()}
    if job.extras:
        added |= {PREFIX + name: kind for name, kind in EXTRAS.items()}
    if job.keep_edits:
        added[PREFIX + "edits"] = EDITS
    out = []
    for field in schema:
        if field.name == job.html_field and field.name != job.text_field:
            continue
        kind = added.pop(field.name, None)
        keeps = kind is None or (field.name == job.text_field and _holds_text(field.type))
        out.append(field if keeps else pa.field(field.name, kind))
    out += [pa.field(name, kind) for name, kind in added.items()]
    result = pa.schema(out, metadata=schema.metadata)
    if schema.metadata and b"huggingface" in schema.metadata and result != schema:  # it lists the columns
        result = result.with_metadata({k: v for k, v in schema.metadata.items() if k != b"huggingface"})
    return result


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return pa.array(values, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(values, kind)


def _holds_text(kind: pa.DataType) -> bool:
    return bool(_is_text(kind.value_type if pa.types.is_dictionary(kind) else kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_binary_view(kind)
    )
