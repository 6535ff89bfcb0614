"""Rows that do not go to the output: JSON Lines with the file, the position, the reason and the raw bytes of each."""

from __future__ import annotations

import base64
import codecs
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

Raw = bytes | Callable[[], Iterator[bytes]] | None


class SetAside:
    """A file of rows with their raw bytes, made when the first row comes.

    `raw` holds bytes that are UTF-8 as text, `raw_base64` other bytes. Both are written piece by piece: a row may be
    larger than memory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: BinaryIO | None = None

    def add(self, row: dict[str, Any], raw: Raw) -> None:
        """Add a row."""
        self._file = self._file or self.path.open("wb")
        self.count += 1
        head = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
        if raw is None:
            self._file.write(head[:-1] + b', "raw": null}\n')
            return
        pieces = raw if callable(raw) else lambda: iter((raw,))
        if _is_utf8(pieces()):
            self._file.write(head[:-1] + b', "raw": "')
            decoder = codecs.getincrementaldecoder("utf-8")()
            for piece in pieces():
                self._file.write(json.dumps(decoder.decode(piece), ensure_ascii=False)[1:-1].encode("utf-8"))
        else:
            self._file.write(head[:-1] + b', "raw_base64": "')
            for piece in _in_threes(pieces()):
                self._file.write(base64.b64encode(piece))
        self._file.write(b'"}\n')

    def close(self) -> None:
        """Bring the file to the disk."""
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def abandon(self) -> None:
        """Close the file without caring for what has not been written."""
        with suppress(OSError):
            if self._file:
                self._file.close()


def _is_utf8(pieces: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for piece in pieces:
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _in_threes(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the bytes in pieces whose lengths are multiples of three, so that their base64 forms join to one."""
    left = b""
    for piece in pieces:
        left += piece
        whole = len(left) // 3 * 3
        yield left[:whole]
        left = left[whole:]
    yield left
