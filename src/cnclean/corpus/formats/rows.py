"""What readers yield and writers take: chunks of rows with their place in the file and their raw form."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

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

    batch: pa.RecordBatch
    positions: list[int] = field(default_factory=list)
    """Where each row of the batch stands in the file: number of the line, row or record, from 1."""
    raws: Sequence[Any] | None = None
    """The rows as the file holds them, for a writer of the same format."""
    charsets: Sequence[str | None] = ()
    rejects: list[Reject] = field(default_factory=list)
    consumed: int = 0
    """How many bytes of the file have been read so far."""


Reader = Callable[[Path, Job], Iterator[Chunk]]


class Writer(Protocol):
    """Writes rows to one file: equal rows in equal chunks are equal bytes."""

    def __init__(self, path: Path, source: Path, job: Job) -> None:
        """Begin the file at `path`, the output for the input `source`."""

    @abstractmethod
    def write(self, batch: pa.RecordBatch, raws: Sequence[Any] | None) -> None:
        """Add cleaned rows; `raws` are the rows as the input holds them, where its reader tells."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file and bring it to the disk."""

    @abstractmethod
    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
