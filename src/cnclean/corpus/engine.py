"""What an engine is: it brings shards to their places, wherever it does so, and tells what became of each."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Protocol

from cnclean.corpus.isolation import isolated
from cnclean.corpus.pool import pooled
from cnclean.corpus.shard import Progress, Shard, clean_shard
from cnclean.corpus.stats import Stats
from cnclean.files import explain_failure

RETRIES = 1
"""A shard whose worker died is tried once more as it is; after the next death its rows are cleaned in isolation."""
MAX_DEATHS = 6
"""After so many deaths a shard is given up: it is not its rows that kill the worker."""
_FULL = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True)
class Failure:
    """A shard that could not be brought to its place, and why."""

    shard: Shard
    message: str
    full: bool = False
    """Whether the disk is full, so that it is of no use to go on."""


@dataclass(frozen=True)
class Done:
    """A shard that is in its place."""

    shard: Shard
    stats: Stats


Tell = Callable[[int, int, int], None]
"""Is told of progress: number of the shard, rows, and bytes of the file so far."""


Results = Generator["Done | Failure", None, None]


class Engine(Protocol):
    """Runs `attempt` for each shard, somewhere; a worker that dies costs a new attempt."""

    def __call__(self, shards: Iterable[Shard], tell: Tell) -> Results:
        """Yield what became of each shard, in any order; when it is closed, the work ends."""


def attempt(
    shard: Shard, deaths: int, progress: Progress | None = None, helpers: Callable[[], int] = lambda: 0
) -> Done | Failure:
    """Bring a shard to its place; `deaths` says how many workers have died of it before, `helpers`, asked again and
    again, how many processes of its own it may have. Runs in the worker.
    """
    try:
        with isolated(shard.job) if deaths > RETRIES else pooled(shard.job, helpers) as clean:
            return Done(shard, clean_shard(shard, clean, progress))
    except OSError as error:
        if error.errno in _FULL:
            return Failure(shard, f"{shard.folder}: {os.strerror(error.errno or 0).lower()}", full=True)
        return Failure(shard, explain_failure(error.filename or shard.path, error))
    except MemoryError:
        return Failure(shard, f"{shard.path}: out of memory")
    except Exception as error:  # the other shards shall not suffer
        return Failure(shard, f"{shard.path}: {error}" if _ours(error) else f"{shard.path}: {error!r}")


def _ours(error: Exception) -> bool:
    return type(error).__module__.startswith("cnclean.")


def given_up(shard: Shard, how: str) -> Failure:
    """Return the failure of a shard whose workers keep dying."""
    message = f"{shard.path}: {MAX_DEATHS} workers died of it ({how}), though its rows were cleaned in isolation"
    return Failure(shard, message)
