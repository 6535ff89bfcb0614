"""What readers yield and writers take: chunks of rows with their place in the file and their raw form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from cnclean.corpus.document import Outcome, Value
from cnclean.corpus.job import Job

MAX_ROWS = 64
MAX_BYTES = 1 << 20
"""A chunk holds at most so many rows, and ends with the row that brings it to so many bytes."""


class Reject(NamedTuple):
    """A row that could not be read or cleaned. `raw` is its bytes, or a function that yields them piece by piece."""

    position: int
    reason: str
    detail: str
    raw: bytes | Callable[[], Iterator[bytes]] | None


@dataclass
class Chunk:
    """Some rows of a file, in order."""

    documents: list[Value]
    positions: list[int] = field(default_factory=list)
    """Where each document stands in the file: number of the line, row or record, from 1."""
    rows: pa.RecordBatch | Sequence[Any] = ()
    """The rows that the documents are from, as the reader has them and the writer of the output knows them."""
    charsets: Sequence[str | None] = ()
    rejects: list[Reject] = field(default_factory=list)
    consumed: int = 0
    """How many bytes of the file have been read so far."""

    def rows_at(self, places: list[int]) -> pa.RecordBatch | Sequence[Any]:
        """Return the rows at some places of the chunk, in order."""
        if len(places) == len(self.rows):
            return self.rows
        if isinstance(self.rows, pa.RecordBatch):
            return self.rows.take(pa.array(places, pa.int64()))
        return [self.rows[place] for place in places]


Reader = Callable[[Path, Job], Iterator[Chunk]]


class Writer(Protocol):
    """Writes rows to one file: equal rows in equal chunks are equal bytes."""

    def __init__(self, path: Path, source: Path, job: Job) -> None:
        """Begin the file at `path`, the output for the input `source`."""

    @abstractmethod
    def write(self, rows: Any, outcomes: Sequence[Outcome]) -> None:
        """Add rows, as the reader of the input has them, with what became of their documents."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file and bring it to the disk."""

    @abstractmethod
    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
