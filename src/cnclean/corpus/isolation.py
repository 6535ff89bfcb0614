"""Cleaning in a process of its own, for a shard whose worker died: what kills the process is found and set aside.

Rows go to the child in chunks; a chunk at which the child dies is halved, until the row that does it stands alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from cnclean.corpus.document import Outcome, Value, clean_documents
from cnclean.corpus.job import Job
from cnclean.corpus.shard import Clean

_DEATHS = 2
"""A row must kill the process so often, alone: the first time may have been somebody else's doing."""

Charsets = Sequence[str | None]


def follow_parent() -> None:
    """End this process as soon as the one that started it is gone, even in the middle of a document, and not before:
    an interrupt from the keyboard goes to all, and the parent decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


@contextmanager
def isolated(job: Job) -> Iterator[Clean]:
    """Give a function that cleans rows in a child process and survives the child's death."""
    child = _Child(job)
    try:
        yield child.clean
    finally:
        child.stop()


class _Child:
    """A process that cleans rows, started anew whenever it has died."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: multiprocessing.process.BaseProcess | None = None

    def clean(self, values: list[Value], charsets: Charsets) -> list[Outcome]:
        """Return what becomes of each row; a row that kills the child is a reject."""
        charsets = charsets or [None] * len(values)
        outcomes = self._try(values, charsets)
        if outcomes is not None:
            return outcomes
        if len(values) > 1:
            half = len(values) // 2
            first = self.clean(values[:half], charsets[:half])
            return first + self.clean(values[half:], charsets[half:])
        for _ in range(_DEATHS - 1):
            outcomes = self._try(values, charsets)
            if outcomes is not None:
                return outcomes
        return [Outcome(reason="worker died", detail=f"cleaning it ended the process {_DEATHS} times ({self._how})")]

    def _try(self, values: list[Value], charsets: Charsets) -> list[Outcome] | None:
        if self._process is None:
            self._start()
        try:
            self._connection.send((values, list(charsets)))
            outcomes: list[Outcome] = self._connection.recv()
        except (EOFError, OSError):
            self.stop()
            return None
        return outcomes

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._job), daemon=True)
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        """End the child, and remember how it ended."""
        if self._process is None:
            return
        self._connection.close()
        self._process.join(timeout=5)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self._how = how_it_ended(self._process.exitcode)
        self._process = None


def how_it_ended(code: int | None) -> str:
    """Return the exit code of a process in words.

    >>> how_it_ended(-9), how_it_ended(3)
    ('signal 9', 'exit code 3')
    """
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(connection: Connection, job: Job) -> None:
    follow_parent()
    while True:
        try:
            values, charsets = connection.recv()
        except EOFError:
            return
        connection.send(clean_documents(values, job, charsets))
