"""Lines of a file, in bounded memory: a line that is too long is not read into memory but set aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cnclean.corpus.formats.rows import Reject
from cnclean.corpus.formats.streams import Input, reading

_PIECE = 3 << 18


class Line(NamedTuple):
    """A line with its terminator, and its number, from 1."""

    position: int
    data: bytes


def read_lines(path: Path, source: Input, longest: int) -> Iterator[Line | Reject]:
    """Yield the lines of a file; for a line of more than `longest` bytes a reject that can read it again."""
    position = 0
    while data := source.stream.readline(longest + 1):
        position += 1
        if len(data) <= longest or data.endswith(b"\n"):
            yield Line(position, data)
        else:
            size = len(data) + _skip_rest(source.stream)
            detail = f"the line has {size} bytes; the limit is {longest} bytes"
            yield Reject(position, "too long", detail, partial(_pieces, path, position))


def _skip_rest(stream: BinaryIO) -> int:
    size = 0
    while piece := stream.readline(_PIECE):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def _pieces(path: Path, position: int) -> Iterator[bytes]:
    """Yield a line that is too long for memory, read once more from its file."""
    with reading(path) as source:
        number = 1
        while number <= position and (piece := source.stream.readline(_PIECE)):
            if number == position:
                yield piece
            number += piece.endswith(b"\n")
