"""The documents behind the arguments of `explain` and `audit`: files, folders, and rows of files that hold many."""

from __future__ import annotations

import gzip
import heapq
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from cnclean.cli.stored import ENDINGS, holds_pages, stored_texts
from cnclean.files import FileError, read_text

_TEXTS = (".txt", ".text", ".md")
_ROWS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


@dataclass(frozen=True)
class Document:
    """A document that has not been read yet."""

    name: str
    """What the user knows it by: the file as it was given, or as it lies in the folder that was given."""
    place: str
    """The same without the folders above, so that it is one for everybody who has a copy."""
    read: Callable[[], str]
    is_page: bool = False
    """Whether its text comes from HTML."""


@dataclass(frozen=True)
class Reading:
    """How files become texts."""

    encoding: str | None
    text_field: str
    say: Callable[[str], None]


def documents(inputs: Iterable[str], reading: Reading) -> Iterator[Document]:
    """Yield the documents of files and folders: a text file is one, other files hold one for each row."""
    for given in inputs:
        path = Path(given)
        if given != "-" and path.is_dir():
            found = sorted(file for file in path.rglob("*") if _is_document(file.relative_to(path), file))
            if not found:
                raise FileError(f"{given}: no file in this folder ends in {', '.join((*_TEXTS, *_ROWS, *ENDINGS))}")
            for file in found:
                inside = file.relative_to(path).as_posix()
                yield from _of_file(str(file), inside, inside, reading)
        else:
            yield from _of_file(given, given, path.name, reading)


def _is_document(relative: Path, file: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return not hidden and file.name.lower().endswith((*_TEXTS, *_ROWS, *ENDINGS)) and file.is_file()


def _of_file(path: str, name: str, place: str, reading: Reading) -> Iterator[Document]:
    if path.lower().endswith(ENDINGS):
        for position, read in stored_texts(path, name, reading.text_field):
            yield Document(f"{name}:{position}", f"{place}:{position}", read, holds_pages(path))
        return
    if not path.lower().endswith(_ROWS):
        yield Document(name, place, lambda: read_text(path, reading.encoding, reading.say))
        return
    try:
        with _open(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    row = f"{name}:{number}"
                    yield Document(row, f"{place}:{number}", partial(_field, line, row, reading.text_field))
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileError(f"{name}: cannot be read as JSON Lines in UTF-8: {error}") from error


def _open(path: str) -> IO[str]:
    if path.lower().endswith(".gz"):
        return TextIOWrapper(gzip.open(path), encoding="utf-8", newline="\n")
    return open(path, encoding="utf-8", newline="\n")


def _field(line: str, row: str, field: str) -> str:
    try:
        value: Any = json.loads(line)
    except ValueError as error:
        raise FileError(f"{row}: not valid JSON: {error}") from error
    text = value.get(field) if isinstance(value, dict) else None
    if not isinstance(text, str):
        has = ", ".join(value) if isinstance(value, dict) else "no fields"
        raise FileError(f"{row}: no text in the field {field!r} (the row has {has}); name it with --text-field")
    return text


def sample(candidates: Iterable[Document], number: int, seed: int) -> list[Document]:
    """Return `number` of the documents (0: all), chosen by a hash of seed and place: the same for everybody."""
    if not number:
        return list(candidates)
    ranked = ((_rank(document.place, seed), i, document) for i, document in enumerate(candidates))
    chosen = heapq.nsmallest(number, ranked, key=lambda item: item[:2])
    return [document for _, _, document in sorted(chosen, key=lambda item: item[1])]


def _rank(place: str, seed: int) -> bytes:
    return blake2b(f"{seed}\0{place}".encode("utf-8", "surrogateescape"), digest_size=8).digest()
