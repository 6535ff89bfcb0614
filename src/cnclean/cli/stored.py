"""Documents of files that only the extra `corpus` reads: Parquet, web archives, compressed text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cnclean.errors import MissingExtraError
from cnclean.files import FileError
from cnclean.html.decode import decode
from cnclean.html.extract import extract
from cnclean.pipeline import Pipeline

if TYPE_CHECKING:
    from cnclean.corpus.formats.rows import Chunk

ENDINGS = (
    *(".parquet", ".jsonl.zst", ".ndjson.zst", ".txt.gz", ".txt.zst"),
    *(kind + compression for kind in (".warc", ".wet") for compression in ("", ".gz", ".zst")),
)


def holds_pages(path: str) -> bool:
    """Whether the documents of a file are HTML."""
    return path.lower().endswith((".warc", ".warc.gz", ".warc.zst"))


def stored_texts(path: str, name: str, text_field: str) -> Iterator[tuple[int, Callable[[], str]]]:
    """Yield the position of each row, from 1, and a function that returns its text or says why there is none."""
    try:
        from cnclean.corpus.formats import READERS, format_of
        from cnclean.corpus.job import Job
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"reading {name}", "corpus") from error
    found = format_of(path)
    assert found is not None, "its name has one of ENDINGS"
    job = Job(Pipeline(()), text_field=text_field, html_field="html" if holds_pages(path) else None)
    for chunk in READERS[found[0]](Path(path), job):
        rows = dict(_texts(chunk, name, job.html_field is not None))
        for reject in chunk.rejects:
            rows[reject.position] = partial(_refuse, f"{name}:{reject.position}: {reject.reason}: {reject.detail}")
        yield from sorted(rows.items())


def _texts(chunk: Chunk, name: str, of_pages: bool) -> Iterator[tuple[int, Callable[[], str]]]:
    charsets = chunk.charsets or [None] * len(chunk.documents)
    for position, document, charset in zip(chunk.positions, chunk.documents, charsets, strict=True):
        yield position, partial(_text, document, charset, f"{name}:{position}", of_pages)


def _text(document: str | bytes | None, charset: str | None, row: str, of_pages: bool) -> str:
    if document is None:
        _refuse(f"{row}: no text")
    text = decode(document, declared=charset).text if isinstance(document, bytes) else document
    return extract(text).text if of_pages else text


def _refuse(message: str) -> NoReturn:
    raise FileError(message)
