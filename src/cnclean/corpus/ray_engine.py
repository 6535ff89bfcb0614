"""The Ray engine: the same shards, the same attempts, on the machines of a cluster."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from cnclean.corpus.engine import MAX_DEATHS, Results, Tell, attempt, given_up
from cnclean.corpus.shard import Shard
from cnclean.errors import MissingExtraError


class RayEngine:
    """One Ray task for each shard, so many at a time. Input and output must be in reach of every machine.

    `workers` is how many tasks run at once, without it as many as the cluster has cores; `address` is that of a
    cluster (`"auto"`: the one this machine is part of), without it one is started here for the run.
    """

    def __init__(self, workers: int | None = None, address: str | None = None) -> None:
        try:
            import ray
        except ImportError as error:
            raise MissingExtraError("the engine ray", "ray") from error
        self._ray = ray
        self._workers = workers
        self._address = address

    def __call__(self, shards: Iterable[Shard], tell: Tell) -> Results:
        """Yield what became of each shard, as it is done; progress is told shard by shard."""
        ray = self._ray
        ours = not ray.is_initialized()
        if ours:
            own = {} if self._address else {"num_cpus": self._workers, "include_dashboard": False}
            ray.init(address=self._address, log_to_driver=False, configure_logging=False, **own)
        try:
            yield from self._work(deque(shards))
        finally:
            if ours:
                ray.shutdown()

    def _work(self, waiting: deque[Shard]) -> Results:
        ray = self._ray
        # Ray's own retries are off: it is counted here how often a shard was the end of its worker.
        remote = ray.remote(max_retries=0, num_cpus=1)(attempt)
        at_once = self._workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        running: dict[Any, Shard] = {}
        deaths: dict[int, int] = {}
        while waiting or running:
            while waiting and len(running) < at_once:
                shard = waiting.popleft()
                running[remote.remote(shard, deaths.get(shard.number, 0))] = shard
            (ready, *_), _ = ray.wait(list(running), num_returns=1)
            shard = running.pop(ready)
            try:
                yield ray.get(ready)
            except ray.exceptions.RayTaskError:
                raise
            except ray.exceptions.RayError as error:  # the worker or its machine is gone, or was out of memory
                deaths[shard.number] = deaths.get(shard.number, 0) + 1
                if deaths[shard.number] >= MAX_DEATHS:
                    yield given_up(shard, type(error).__name__)
                else:
                    waiting.appendleft(shard)
