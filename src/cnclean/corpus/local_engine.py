"""The local engine: worker processes on this machine, each with one shard at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from cnclean.corpus.child import follow_parent, how_it_ended
from cnclean.corpus.engine import MAX_DEATHS, Done, Failure, Results, Tell, attempt, given_up
from cnclean.corpus.shard import Shard

_WORTH = 8_000_000
"""A worker is given a process more if so many bytes are left for each that it has: starting one takes a second."""
_MOST = 7
"""What one worker can keep busy besides itself: reading and writing take about a tenth of the time."""


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    shard: Shard | None = None
    left: int = 0
    """How many bytes of its file are left."""
    helpers: int = 0
    """How many processes of its own it may have."""


class LocalEngine:
    """So many worker processes. A worker that dies is replaced, and its shard is tried again.

    Where there are fewer shards than workers, from the start or at the end, those that have one get helpers instead.
    """

    def __init__(self, workers: int) -> None:
        self._wanted = workers
        self._context = multiprocessing.get_context("spawn")

    def __call__(self, shards: Iterable[Shard], tell: Tell) -> Results:
        """Yield what became of each shard, as it is done."""
        waiting = deque(shards)
        deaths: dict[int, int] = {}
        workers: list[_Worker] = []
        try:
            while waiting or any(worker.shard for worker in workers):
                self._staff(workers, waiting, deaths)
                for worker in self._ready(workers):
                    message = _receive(worker)
                    if message is None:
                        workers.remove(worker)
                        yield from self._after_death(worker, waiting, deaths)
                    elif isinstance(message, (Done, Failure)):
                        worker.shard, worker.helpers = None, 0
                        yield message
                    else:
                        number, rows, read = message
                        worker.left = _size(worker.shard) - read
                        tell(number, rows, read)
        finally:
            for worker in workers:
                _stop(worker)

    def _staff(self, workers: list[_Worker], waiting: deque[Shard], deaths: dict[int, int]) -> None:
        """Give every process something to do: a shard, or if there is none, a share in another worker's."""
        idle = [worker for worker in workers if worker.shard is None]
        free = self._wanted - sum(1 + worker.helpers for worker in workers if worker.shard)
        while waiting and free > 0:
            worker = idle.pop() if idle else self._start()
            if worker not in workers:
                workers.append(worker)
            self._assign(worker, waiting.popleft(), deaths)
            free -= 1
        if waiting:
            return
        for worker in idle:
            workers.remove(worker)
            _stop(worker)
        for _ in range(free):
            _lend(workers)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,))
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _assign(self, worker: _Worker, shard: Shard, deaths: dict[int, int]) -> None:
        worker.shard, worker.left = shard, _size(shard)
        with suppress(OSError):  # if it has died, that is found out when it is asked
            worker.connection.send((shard, deaths.get(shard.number, 0)))

    def _ready(self, workers: list[_Worker]) -> list[_Worker]:
        ready = set(wait([worker.connection for worker in workers if worker.shard]))
        return [worker for worker in workers if worker.connection in ready]

    def _after_death(self, worker: _Worker, waiting: deque[Shard], deaths: dict[int, int]) -> Iterator[Failure]:
        shard = worker.shard
        _stop(worker)
        assert shard is not None, "only workers with a shard are asked"
        deaths[shard.number] = deaths.get(shard.number, 0) + 1
        if deaths[shard.number] >= MAX_DEATHS:
            yield given_up(shard, how_it_ended(worker.process.exitcode))
        else:
            waiting.appendleft(shard)


def _size(shard: Shard | None) -> int:
    try:
        return Path(shard.path).stat().st_size if shard else 0
    except OSError:  # the worker will tell
        return 0


def _lend(workers: list[_Worker]) -> None:
    """Let the worker that has most to do have one process more, if that is worth while."""
    worker = max(workers, key=lambda worker: worker.left / (1 + worker.helpers), default=None)
    if worker and worker.helpers < _MOST and worker.left / (1 + worker.helpers) >= _WORTH:
        worker.helpers += 1
        with suppress(OSError):
            worker.connection.send(worker.helpers)


def _receive(worker: _Worker) -> Any:
    """Return a worker's message, or None if it has died."""
    try:
        return worker.connection.recv()
    except (EOFError, OSError):
        return None


def _stop(worker: _Worker) -> None:
    worker.connection.close()
    if worker.shard:
        worker.process.kill()
    worker.process.join()


def _serve(connection: Connection) -> None:
    """Work on shards until there are no more, or until whoever hands them out is gone."""
    follow_parent()
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        if isinstance(message, tuple):
            _work(connection, *message)


def _work(connection: Connection, shard: Shard, deaths: int) -> None:
    helpers = 0

    def allowed() -> int:
        nonlocal helpers
        with suppress(EOFError, OSError):  # whoever hands out shards is gone, and this process with it
            while connection.poll():
                helpers = connection.recv()
        return helpers

    connection.send(attempt(shard, deaths, lambda rows, read: connection.send((shard.number, rows, read)), allowed))
