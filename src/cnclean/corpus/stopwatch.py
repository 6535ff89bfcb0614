"""How long each stage of a pipeline takes, summed over documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter
from typing import Any

from cnclean.cleaner import Cleaner, Scope
from cnclean.corpus.job import Job
from cnclean.edit import Edit
from cnclean.pipeline import Pipeline


class _Timed:
    """A stage that keeps the time; otherwise the stage itself, with whatever else a pipeline may ask of it."""

    name: str
    scope: Scope

    def __init__(self, stage: Cleaner, seconds: dict[str, float]) -> None:
        for member in dir(stage):
            if not member.startswith("_") and member != "edits":
                setattr(self, member, getattr(stage, member))
        if hasattr(stage, "edits_with"):
            self.edits_with = self._edits_with
        self._stage: Any = stage
        self._seconds = seconds

    def __call__(self, text: str, /) -> str:
        start = perf_counter()
        try:
            result: str = self._stage(text)
        finally:
            self._seconds[self.name] += perf_counter() - start
        return result

    def edits(self, text: str, /) -> Iterable[Edit]:
        start = perf_counter()
        try:
            return list(self._stage.edits(text))
        finally:
            self._seconds[self.name] += perf_counter() - start

    def _edits_with(self, text: str, memory: dict[Any, Any], /) -> Iterable[Edit]:
        start = perf_counter()
        try:
            return list(self._stage.edits_with(text, memory))
        finally:
            self._seconds[self.name] += perf_counter() - start


def timed(job: Job) -> tuple[Job, dict[str, float]]:
    """Return the same job with a stopwatch at every stage, and what the stopwatches show."""
    stages = job.stages
    seconds = dict.fromkeys((stage.name for stage in stages.stages), 0.0)
    watched = Pipeline([_Timed(stage, seconds) for stage in stages.stages], stages.max_passes, stages.name)
    return replace(job, stages=watched), seconds
