"""Plain text: one document a file, or one a line. The bytes are decoded where the document is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cnclean.corpus.document import Outcome, Value
from cnclean.corpus.formats.lines import Line, read_lines
from cnclean.corpus.formats.rows import MAX_BYTES, MAX_ROWS, Chunk, Reject
from cnclean.corpus.formats.streams import Input, OutputFile, reading
from cnclean.corpus.job import Job

_PIECE = 3 << 18


def read(path: Path, job: Job) -> Iterator[Chunk]:
    """Yield the documents of a file."""
    with reading(path) as source:
        longest = 4 * job.max_characters
        yield from _lines(source, path, job, longest) if job.lines else [_whole(source, path, longest)]


def _whole(source: Input, path: Path, longest: int) -> Chunk:
    data = source.stream.read(longest + 1)
    if len(data) <= longest:
        return Chunk([data], [1], [{}], consumed=source.consumed())
    reject = Reject(1, "too long", f"more than {longest} bytes", _pieces_of(path))
    return Chunk([], rejects=[reject], consumed=source.consumed())


def _pieces_of(path: Path) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        with reading(path) as again:
            while piece := again.stream.read(_PIECE):
                yield piece

    return pieces


def _lines(source: Input, path: Path, job: Job, longest: int) -> Iterator[Chunk]:
    lines: list[Line] = []
    rejects: list[Reject] = []
    size = 0
    for line in read_lines(path, source, longest):
        if isinstance(line, Reject):
            rejects.append(line)
        else:
            lines.append(line)
            size += len(line.data)
        last = line.position == job.limit
        if last or len(lines) + len(rejects) >= MAX_ROWS or size >= MAX_BYTES:
            yield _chunk(lines, rejects, source)
            lines, rejects, size = [], [], 0
        if last:
            return
    yield _chunk(lines, rejects, source)


def _chunk(lines: list[Line], rejects: list[Reject], source: Input) -> Chunk:
    documents: list[Value] = [line.data.removesuffix(b"\n").removesuffix(b"\r") for line in lines]
    rows: list[dict[str, str]] = [{} for _ in lines]
    positions = [line.position for line in lines]
    return Chunk(documents, positions, rows, rejects=rejects, consumed=source.consumed())


class TextWriter:
    """The text of the document, or of one a line, in UTF-8."""

    def __init__(self, path: Path, source: Path, job: Job) -> None:
        self._file = OutputFile(path, source.name)
        self._job = job

    def write(self, rows: Any, outcomes: Sequence[Outcome]) -> None:
        """Add documents."""
        for outcome in outcomes:
            text = outcome.text or ""
            line = text.replace("\n", " ") + "\n" if self._job.lines else text
            self._file.stream.write(line.encode("utf-8"))

    def close(self) -> None:
        """Finish the file and bring it to the disk."""
        self._file.close()

    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
        self._file.abandon()
