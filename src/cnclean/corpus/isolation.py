"""Cleaning in a process of its own, for a shard whose worker died: what kills the process is found and set aside.

Rows go to the child in chunks; a chunk at which the child dies is halved, until the row that does it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from cnclean.corpus.child import Child
from cnclean.corpus.document import Outcome, Value
from cnclean.corpus.formats.rows import Chunk
from cnclean.corpus.job import Job
from cnclean.corpus.shard import Clean, Spend

_DEATHS = 2
"""A row must kill the process so often, alone: the first time may have been somebody else's doing."""

Charsets = Sequence[str | None]


@contextmanager
def isolated(job: Job) -> Iterator[Clean]:
    """Give a function that cleans chunks in a child process and survives the child's death."""
    isolation = _Isolation(job)
    try:
        yield isolation.clean
    finally:
        isolation.stop()


class _Isolation:
    """A child process, started anew whenever it has died."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._child: Child | None = None
        self._how = ""

    def clean(self, chunks: Iterable[Chunk], spend: Spend) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Yield each chunk with what becomes of its documents; one that kills the child is a reject."""
        for chunk in chunks:
            charsets = chunk.charsets or [None] * len(chunk.documents)
            yield chunk, self._outcomes(chunk.documents, charsets, spend)

    def _outcomes(self, documents: list[Value], charsets: Charsets, spend: Spend) -> list[Outcome]:
        outcomes = self._try(documents, charsets, spend)
        if outcomes is not None:
            return outcomes
        if len(documents) > 1:
            half = len(documents) // 2
            first = self._outcomes(documents[:half], charsets[:half], spend)
            return first + self._outcomes(documents[half:], charsets[half:], spend)
        for _ in range(_DEATHS - 1):
            outcomes = self._try(documents, charsets, spend)
            if outcomes is not None:
                return outcomes
        return [Outcome(reason="worker died", detail=f"cleaning it ended the process {_DEATHS} times ({self._how})")]

    def _try(self, documents: list[Value], charsets: Charsets, spend: Spend) -> list[Outcome] | None:
        if self._child is None:
            self._child = Child(self._job)
            self._child.answer()
        self._child.ask(documents, charsets)
        answer = self._child.answer()
        if answer is None:
            self.stop()
            return None
        spend(answer.seconds)
        return answer.outcomes

    def stop(self) -> None:
        """End the child, and remember how it ended."""
        if self._child is not None:
            self._how = self._child.stop()
            self._child = None
