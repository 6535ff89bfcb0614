"""Web archives: the pages of .warc files and the texts of .wet files, as rows of `url` and the page or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cnclean.corpus.document import Value
from cnclean.corpus.formats.rows import MAX_BYTES, MAX_ROWS, Chunk, Reject
from cnclean.corpus.formats.streams import Input, reading
from cnclean.corpus.job import Job
from cnclean.errors import MissingExtraError
from cnclean.files import FileError

_PIECE = 3 << 18
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_PAGES = ("text/html", "application/xhtml+xml", "")


def read_pages(path: Path, job: Job) -> Iterator[Chunk]:
    """Yield the HTML pages of a .warc file: responses and resources; other records are no documents."""
    return _read(path, job, _is_page)


def read_texts(path: Path, job: Job) -> Iterator[Chunk]:
    """Yield the texts of a .wet file."""
    return _read(path, job, lambda record: record.rec_type == "conversion")


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        return _content_type(record).partition(";")[0].strip().lower() in _PAGES and record.http_headers is not None
    return record.rec_type == "resource" and _content_type(record).lower().startswith("text/html")


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""


def _records(source: Input, path: Path) -> Iterator[Any]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("reading .warc and .wet", "corpus") from error
    try:
        yield from ArchiveIterator(source.stream)
    except ArchiveLoadFailed as error:
        raise FileError(f"{path}: damaged: {error}") from error


def _read(path: Path, job: Job, wanted: Any) -> Iterator[Chunk]:
    longest = 4 * job.max_characters
    with reading(path) as source:
        rows = _Rows()
        for number, record in enumerate(_records(source, path), 1):
            if not wanted(record):
                continue
            data = record.content_stream().read(longest + 1)
            if len(data) > longest:
                rows.reject(Reject(number, "too long", f"more than {longest} bytes", partial(_pieces, path, number)))
            else:
                rows.add(number, record, data)
            if rows.full():
                yield rows.chunk(source.consumed())
            if rows.count == job.limit:
                break
        yield rows.chunk(source.consumed())


def _pieces(path: Path, position: int) -> Iterator[bytes]:
    """Yield the content of a record that is too long for memory, read once more from its file."""
    with reading(path) as source:
        for number, record in enumerate(_records(source, path), 1):
            if number == position:
                stream = record.content_stream()
                while piece := stream.read(_PIECE):
                    yield piece
                return


class _Rows:
    """Pages on their way into a chunk."""

    def __init__(self) -> None:
        self.rejects: list[Reject] = []
        self.count = 0
        self._clear()

    def _clear(self) -> None:
        self.urls: list[str | None] = []
        self.pages: list[Value] = []
        self.charsets: list[str | None] = []
        self.positions: list[int] = []
        self.size = 0

    def add(self, position: int, record: Any, data: bytes) -> None:
        """Take in a page."""
        self.count += 1
        self.urls.append(record.rec_headers.get_header("WARC-Target-URI"))
        self.pages.append(data)
        found = _CHARSET.search(_content_type(record))
        self.charsets.append(found[1] if found else None)
        self.positions.append(position)
        self.size += len(data)

    def reject(self, reject: Reject) -> None:
        """Take in a page that cannot be cleaned."""
        self.count += 1
        self.rejects.append(reject)

    def full(self) -> bool:
        """Whether it is time for a chunk."""
        return len(self.pages) + len(self.rejects) >= MAX_ROWS or self.size >= MAX_BYTES

    def chunk(self, consumed: int) -> Chunk:
        """Return the chunk and begin the next one."""
        rows = [{"url": url} for url in self.urls]
        chunk = Chunk(self.pages, self.positions, rows, self.charsets, self.rejects, consumed)
        self.rejects = []
        self._clear()
        return chunk
