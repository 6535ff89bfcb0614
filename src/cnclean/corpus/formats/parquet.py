"""Parquet: row groups are streamed in and out, so a file may be larger than memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cnclean.corpus.batch import batch_values, output_schema, with_outcomes
from cnclean.corpus.document import Outcome
from cnclean.corpus.formats.rows import MAX_ROWS, Chunk
from cnclean.corpus.job import Job
from cnclean.files import FileError

_BUFFER = 1 << 20
_GROUP_BYTES = 16 << 20
"""A row group is written when its rows take so many bytes in memory."""


def _open(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise FileError(f"{path}: damaged, or no Parquet file: {error}") from error


def read(path: Path, job: Job) -> Iterator[Chunk]:
    """Yield the rows of a file."""
    with _open(path) as file:
        total, size = file.metadata.num_rows, path.stat().st_size
        if job.field not in file.schema_arrow.names:
            names = ", ".join(file.schema_arrow.names)
            raise FileError(f"{path}: no column {job.field!r}; the file has {names}")
        wanted = total if job.limit is None else min(job.limit, total)
        read = 0
        try:
            for batch in file.iter_batches(batch_size=min(MAX_ROWS, wanted or 1), use_threads=False):
                batch = batch.slice(0, wanted - read)
                if not batch.num_rows:
                    return
                positions = list(range(read + 1, read + batch.num_rows + 1))
                read += batch.num_rows
                yield Chunk(batch_values(batch, job), positions, batch, consumed=size * read // total)
        except (pa.ArrowException, OSError) as error:
            raise FileError(f"{path}: damaged after row {read}: {error}") from error


class ParquetWriter:
    """The schema and the compression of the input; row groups of about 16 MB."""

    def __init__(self, path: Path, source: Path, job: Job) -> None:
        with _open(source) as file:
            self._schema = output_schema(file.schema_arrow, job)
            groups, columns = file.metadata.num_row_groups, file.metadata.num_columns
            compression = file.metadata.row_group(0).column(0).compression if groups and columns else "SNAPPY"
        self._path = path
        self._job = job
        compression = "NONE" if compression == "UNCOMPRESSED" else compression
        self._writer = pq.ParquetWriter(path, self._schema, compression=compression)
        self._waiting: list[pa.RecordBatch] = []
        self._size = 0

    def write(self, rows: Any, outcomes: Sequence[Outcome]) -> None:
        """Add rows."""
        batch = with_outcomes(rows, outcomes, self._job)
        self._waiting.append(batch)
        self._size += batch.nbytes
        if self._size >= _GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, self._schema).combine_chunks()
            self._writer.write_table(table, row_group_size=table.num_rows)
        self._waiting, self._size = [], 0

    def close(self) -> None:
        """Finish the file and bring it to the disk."""
        self._write_group()
        self._writer.close()
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
        with suppress(pa.ArrowException, OSError):
            self._writer.close()
