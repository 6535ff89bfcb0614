"""A child process that cleans documents for another one, which may outlive it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import Any, NamedTuple

from cnclean.corpus.document import Outcome, Value, clean_documents
from cnclean.corpus.job import Job
from cnclean.corpus.stopwatch import timed


class Answer(NamedTuple):
    """What became of documents, and how many seconds each stage took."""

    outcomes: list[Outcome]
    seconds: dict[str, float]


def follow_parent() -> None:
    """End this process as soon as the one that started it is gone, even in the middle of a document, and not before:
    an interrupt from the keyboard goes to all, and the parent decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


class Child:
    """A process that cleans documents. It answers in the order in which it was asked, and may be asked ahead."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, job), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, documents: list[Value], charsets: Sequence[str | None]) -> None:
        """Send documents; if the process has died, that is found out when it shall answer."""
        with suppress(OSError):
            self._connection.send((documents, charsets))

    def has_answered(self) -> bool:
        """Whether `answer` returns at once."""
        try:
            return self._connection.poll()
        except OSError:
            return True

    def answer(self) -> Answer | None:
        """Wait for the next answer, the first of which only says that it is ready; None if the process has died."""
        try:
            answer: Answer = self._connection.recv()
        except (EOFError, OSError):
            return None
        return answer

    def stop(self) -> str:
        """End the process; return how it ended."""
        self._connection.close()
        self._process.join(timeout=5)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        return how_it_ended(self._process.exitcode)


def how_it_ended(code: int | None) -> str:
    """Return the exit code of a process in words.

    >>> how_it_ended(-9), how_it_ended(3)
    ('signal 9', 'exit code 3')
    """
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(connection: Connection, job: Job) -> None:
    """Clean until the connection is closed. Threads read and write, so that neither side ever waits for the other to
    take what it sends while it has something to send itself.
    """
    follow_parent()
    asked: SimpleQueue[Any] = SimpleQueue()
    answers: SimpleQueue[Answer] = SimpleQueue()
    threading.Thread(target=_read, args=(connection, asked), daemon=True).start()
    threading.Thread(target=_write, args=(connection, answers), daemon=True).start()
    job, seconds = timed(job)
    answers.put(Answer([], {}))
    while (question := asked.get()) is not None:
        documents, charsets = question
        outcomes = clean_documents(documents, job, charsets)
        answers.put(Answer(outcomes, dict(seconds)))
        seconds.update(dict.fromkeys(seconds, 0.0))


def _read(connection: Connection, asked: SimpleQueue[Any]) -> None:
    with suppress(EOFError, OSError):
        while True:
            asked.put(connection.recv())
    asked.put(None)


def _write(connection: Connection, answers: SimpleQueue[Answer]) -> None:
    with suppress(OSError):
        while True:
            connection.send(answers.get())
