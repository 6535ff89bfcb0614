"""Bytes as choices and text: what makes a structured input of whatever a fuzzer brings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Source:
    r"""Reads choices and text from bytes, front to back; where there is nothing left, it gives the first choice.

    Text is UTF-8, so that words of a dictionary and seeds written by hand stand in the bytes as they are; bytes that
    are no UTF-8 become lone surrogates, which the laws include.

    >>> source = Source(b"\x01" + "你好".encode())
    >>> source.pick("abc"), source.text()
    ('b', '你好')
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> int:
        """How many bytes have not been read."""
        return len(self._data) - self._at

    def number(self, below: int) -> int:
        """Return a number from 0 up to `below`, from one byte (two where it takes two)."""
        return int.from_bytes(self.take(1 if below <= 256 else 2)) % below

    def pick(self, among: Sequence[T]) -> T:
        """Return one of `among`."""
        return among[self.number(len(among))]

    def take(self, size: int) -> bytes:
        """Return the next bytes, at most `size` of them."""
        data = self._data[self._at : self._at + size]
        self._at += len(data)
        return data

    def rest(self) -> bytes:
        """Return all the bytes that are left."""
        return self.take(self.left)

    def text(self, size: int | None = None) -> str:
        """Return the text in all the bytes that are left, or in the next `size` of them."""
        return self.take(self.left if size is None else size).decode("utf-8", "surrogateescape")
