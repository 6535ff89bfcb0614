"""Files of the command line: bytes in, decoded text out; text written whole or not at all.

Texts keep their line endings and a byte order mark counts as a character, so offsets are those of the file.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from cnclean.errors import CncleanError, DecodeError
from cnclean.html.decode import decode


class FileError(CncleanError, OSError):
    """A file that cannot be read or written as asked."""


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`."""
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if path.is_dir():
        raise FileError(f"{name} is a folder; name its files, for example {name}/*.txt")
    return path.read_bytes()


def read_text(name: str, encoding: str | None, note: Callable[[str], None]) -> str:
    """Return the text of a file: UTF-8, or in `encoding`, or in the encoding that `decode` finds, with a note.

    Raises `DecodeError` for bytes that are no text or do not fit the given encoding.
    """
    data = read_bytes(name)
    if encoding is None:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    decoded = decode(data, encoding=encoding)
    if encoding is None:
        note(f"cnclean: note: {name} is not UTF-8; read as {decoded.encoding} ({decoded.how})")
    return decoded.text


class Output:
    """Where one text goes: a file, written beside itself and renamed when whole, or standard output."""

    def __init__(self, path: Path | None, folder: Path | None = None, *, among_others: bool = False) -> None:
        self.path = path
        self.folder = folder
        self.among_others = among_others

    def write(self, text: str) -> None:
        """Write the text as UTF-8; what UTF-8 cannot hold (lone surrogates) is written as an escape.

        Where several texts go to standard output, one that does not end its last line gets a line feed.
        """
        if self.among_others and text and not text.endswith("\n"):
            text += "\n"
        data = text.encode("utf-8", errors="backslashreplace")
        if self.path is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            _replace(self.path, data)


def _replace(path: Path, data: bytes) -> None:
    path = path.resolve()  # a symbolic link stays one: its target is replaced
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _keep_mode(path: Path, temporary: str) -> None:
    if path.exists():
        mode = path.stat().st_mode & 0o7777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    os.chmod(temporary, mode)


def plan_outputs(names: Sequence[str], output: str | None, *, in_place: bool, suffix: str = "") -> list[Output]:
    """Return where the text of each input goes; `FileError` before anything is written if two would meet.

    `output` is a file for one input and a folder, made if need be, for several.
    """
    if in_place:
        if "-" in names:
            raise FileError("standard input cannot be changed in place; use --output")
        return [Output(Path(name)) for name in names]
    if output is None or output == "-":
        return [Output(None, among_others=len(names) > 1) for _ in names]
    folder = Path(output)
    if len(names) == 1 and not folder.is_dir():
        if not folder.parent.is_dir():
            raise FileError(f"there is no folder {folder.parent} to write {folder.name} into")
        return [Output(folder)]
    if folder.exists() and not folder.is_dir():
        raise FileError(f"{output} is a file; for several inputs --output names a folder")
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / _output_name(name, suffix) for name in names]
    if double := next((path for i, path in enumerate(paths) if path in paths[:i]), None):
        raise FileError(f"two inputs would both be written to {double}; clean them in two calls")
    return [Output(path) for path in paths]


def plan_pages(names: Sequence[str], output: str | None) -> list[Output]:
    """Return where the page of each document goes: below the folder `output`, made if need be, beside an index."""
    if output is None or output == "-":
        return [Output(None, among_others=len(names) > 1) for _ in names]
    folder = Path(output)
    if folder.exists() and not folder.is_dir():
        raise FileError(f"{output} is a file; for several inputs --html names a folder")
    taken = {"index.html"}
    pages: list[Output] = []
    for name in names:
        label = "stdin" if name == "-" else name.replace(":", "-")
        page = next(page for page in _page_names(label) if page not in taken)
        taken.add(page)
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        pages.append(Output(folder / page, folder))
    folder.mkdir(parents=True, exist_ok=True)
    return pages


def _page_names(label: str) -> Iterator[str]:
    if label.endswith((".txt", ".text", ".md")):
        yield Path(label).with_suffix(".html").as_posix()
    yield f"{label}.html"
    yield from (f"{label}-{n}.html" for n in count(2))


def _output_name(name: str, suffix: str) -> str:
    own = "stdin.txt" if name == "-" else Path(name).name
    return Path(own).with_suffix(suffix).name if suffix else own


def explain_failure(name: str, error: Exception) -> str:
    """Return one line that says what went wrong with a file, and what to do."""
    if isinstance(error, DecodeError):
        return f"{name}: {error}"
    if isinstance(error, CncleanError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror.lower()}"
    return f"{name}: {error}"
