"""The local engine: worker processes on this machine, each with one shard at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from cnclean.corpus.engine import MAX_DEATHS, Done, Failure, Results, Tell, attempt, given_up
from cnclean.corpus.isolation import follow_parent, how_it_ended
from cnclean.corpus.shard import Shard


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    shard: Shard | None = None


class LocalEngine:
    """So many worker processes. A worker that dies is replaced, and its shard is tried again."""

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
                while waiting and len(workers) < self._wanted:
                    workers.append(self._start())
                for worker in workers:
                    if worker.shard is None and waiting:
                        self._assign(worker, waiting.popleft(), deaths)
                for worker in self._ready(workers):
                    message = _receive(worker)
                    if message is None:
                        workers.remove(worker)
                        yield from self._after_death(worker, waiting, deaths)
                    elif isinstance(message, (Done, Failure)):
                        worker.shard = None
                        yield message
                    else:
                        tell(*message)
        finally:
            for worker in workers:
                _stop(worker)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,))
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _assign(self, worker: _Worker, shard: Shard, deaths: dict[int, int]) -> None:
        worker.shard = shard
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
            shard, deaths = cast(tuple[Shard, int], connection.recv())
        except EOFError:
            return
        number = shard.number
        connection.send(attempt(shard, deaths, lambda rows, read: connection.send((number, rows, read))))  # noqa: B023
