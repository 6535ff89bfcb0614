"""Several processes on one shard: its owner reads and writes, and hands out chunks of rows while it cleans others.

The chunks come back in order, whoever has cleaned them, so the output does not tell how many processes there were.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cnclean.corpus.child import Child
from cnclean.corpus.document import Outcome, clean_documents
from cnclean.corpus.formats.rows import Chunk
from cnclean.corpus.job import Job
from cnclean.corpus.shard import Clean, Spend
from cnclean.corpus.stopwatch import timed

_AT_ONCE = 2
"""A child holds one chunk that it cleans and one that comes next."""
_AHEAD = 3
_HELD = 8_000_000
"""So many chunks for each process, and characters in all, are read at most before the first of them is written."""


@contextmanager
def pooled(job: Job, size: Callable[[], int] = lambda: 0) -> Iterator[Clean]:
    """Give a function that cleans chunks here and in `size()` children, which may become more as time goes on."""
    pool = _Pool(job, size)
    try:
        yield pool.clean
    finally:
        pool.stop()


@dataclass(eq=False)
class _Task:
    """A chunk, and what became of it as soon as that is known."""

    chunk: Chunk
    outcomes: list[Outcome] | None = None

    @property
    def size(self) -> int:
        """How long its documents are."""
        return sum(len(document) for document in self.chunk.documents if document)


@dataclass(eq=False)
class _Helper:
    """A child with what it has been asked; it is not asked before it is ready."""

    child: Child
    tasks: deque[_Task] = field(default_factory=deque)
    ready: bool = False


class _Pool:
    """The owner of a shard and its children."""

    def __init__(self, job: Job, size: Callable[[], int]) -> None:
        self._job = job
        self._size = size
        self._timed, self._seconds = timed(job)
        self._helpers: list[_Helper] = []
        self._started = 0

    def clean(self, chunks: Iterable[Chunk], spend: Spend) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Yield each chunk with what becomes of its documents, in order."""
        waiting: deque[_Task] = deque()
        for chunk in chunks:
            self._grow()
            self._collect(spend)
            task = _Task(chunk)
            waiting.append(task)
            if not self._hand_out(task):
                task.outcomes = self._clean_here(chunk)
            while waiting and (waiting[0].outcomes is not None or self._is_far_ahead(waiting)):
                yield self._finished(waiting.popleft(), spend)
        while waiting:
            yield self._finished(waiting.popleft(), spend)
        spend(self._seconds)

    def _is_far_ahead(self, waiting: deque[_Task]) -> bool:
        return len(waiting) > _AHEAD * (1 + len(self._helpers)) or sum(task.size for task in waiting) > _HELD

    def _grow(self) -> None:
        while self._started < self._size():
            self._helpers.append(_Helper(Child(self._job)))
            self._started += 1

    def _hand_out(self, task: _Task) -> bool:
        free = [helper for helper in self._helpers if helper.ready and len(helper.tasks) < _AT_ONCE]
        if not free:
            return False
        chosen = min(free, key=lambda helper: len(helper.tasks))
        chosen.tasks.append(task)
        chosen.child.ask(task.chunk.documents, task.chunk.charsets)
        return True

    def _collect(self, spend: Spend) -> None:
        """Take the answers that are there."""
        for helper in list(self._helpers):
            while helper in self._helpers and helper.child.has_answered():
                self._take_answer(helper, spend)

    def _take_answer(self, helper: _Helper, spend: Spend) -> None:
        answer = helper.child.answer()
        if answer is None:  # it has died: its chunks are cleaned here, and no other child comes in its place
            self._helpers.remove(helper)
            helper.child.stop()
            for task in helper.tasks:
                task.outcomes = self._clean_here(task.chunk)
        elif helper.ready:
            helper.tasks.popleft().outcomes = answer.outcomes
            spend(answer.seconds)
        else:
            helper.ready = True

    def _finished(self, task: _Task, spend: Spend) -> tuple[Chunk, list[Outcome]]:
        while task.outcomes is None:
            self._take_answer(next(helper for helper in self._helpers if task in helper.tasks), spend)
        return task.chunk, task.outcomes

    def _clean_here(self, chunk: Chunk) -> list[Outcome]:
        return clean_documents(chunk.documents, self._timed, chunk.charsets)

    def stop(self) -> None:
        """End the children."""
        for helper in self._helpers:
            helper.child.stop()
