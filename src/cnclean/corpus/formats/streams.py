"""Byte streams of files, plain, gzip or zstandard: bounded memory, and equal rows are written as equal bytes."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from cnclean.errors import MissingExtraError
from cnclean.files import FileError

COMPRESSIONS = ("", ".gz", ".zst")
_PIECE = 8192


class _ZstandardInput(io.RawIOBase):
    """Decompressed bytes of zstandard frames, one after another; unlike the library's, it tells a truncated file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._start = _zstandard().ZstdDecompressor(max_window_size=1 << 31).decompressobj
        self._frame: Any = None
        self._left = b""
        self._out = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            piece = self._left or self._file.read(_PIECE)
            self._left = b""
            if not piece:
                if self._frame is not None:
                    raise EOFError("the file ends in the middle of a zstandard frame")
                return 0
            self._frame = self._frame or self._start()
            self._out = self._frame.decompress(piece)
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._out))
        buffer[:size], self._out = self._out[:size], self._out[size:]
        return size


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise MissingExtraError("reading and writing .zst", "corpus") from error
    return zstandard


class Input:
    """A file that is being read: `stream` gives its bytes decompressed, `consumed()` tells how far it is."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        name = path.name.lower()
        self.stream: BinaryIO = self._file
        if name.endswith(".gz"):
            self.stream = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=self._file))))
        elif name.endswith(".zst"):
            self.stream = io.BufferedReader(_ZstandardInput(self._file))

    def consumed(self) -> int:
        """Return how many bytes of the file itself have been read."""
        return self._file.tell()

    def close(self) -> None:
        """Close the file."""
        self.stream.close()
        self._file.close()


@contextmanager
def reading(path: Path) -> Iterator[Input]:
    """Open a file for reading; damage in its compression becomes a `FileError` that names it."""
    try:
        source = Input(path)
        try:
            yield source
        finally:
            source.close()
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileError(f"{path}: damaged: {error}") from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise FileError(f"{path}: damaged: {error}") from error
        raise


class OutputFile:
    """A file that is being written, compressed as the name that it is for says."""

    def __init__(self, path: Path, name: str) -> None:
        self._file = path.open("wb")
        self.stream: BinaryIO = self._file
        if name.lower().endswith(".gz"):  # no time and no name in the header, so that equal rows are equal bytes
            self.stream = cast(BinaryIO, gzip.GzipFile("", "wb", 6, self._file, mtime=0))
        elif name.lower().endswith(".zst"):
            self.stream = (
                _zstandard().ZstdCompressor(level=3, write_checksum=True).stream_writer(self._file, closefd=False)
            )

    def close(self) -> None:
        """Finish the file and bring it to the disk."""
        if self.stream is not self._file:
            self.stream.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Close the file without caring for what has not been written."""
        for stream in (self.stream, self._file):  # a gzip stream whose file is closed first fails when it is collected
            with suppress(OSError, ValueError):
                stream.close()
