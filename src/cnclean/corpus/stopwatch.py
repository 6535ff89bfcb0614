"""How long each stage of a pipeline takes, summed over documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from time import perf_counter

from cnclean.cleaner import Cleaner, Scope
from cnclean.corpus.job import Job
from cnclean.edit import Edit
from cnclean.pipeline import Pipeline


class _Timed:
    """A stage that keeps the time; otherwise the stage itself."""

    def __init__(self, stage: Cleaner, seconds: dict[str, float]) -> None:
        self.name = stage.name
        self.scope: Scope = stage.scope
        self.whole_text = getattr(stage, "whole_text", False)
        self._stage = stage
        self._seconds = seconds

    def __call__(self, text: str, /) -> str:
        start = perf_counter()
        try:
            return self._stage(text)
        finally:
            self._seconds[self.name] += perf_counter() - start

    def edits(self, text: str, /) -> Iterable[Edit]:
        start = perf_counter()
        try:
            return list(self._stage.edits(text))
        finally:
            self._seconds[self.name] += perf_counter() - start


def timed(job: Job) -> tuple[Job, dict[str, float]]:
    """Return the same job with a stopwatch at every stage, and what the stopwatches show."""
    stages = job.stages
    seconds = dict.fromkeys((stage.name for stage in stages.stages), 0.0)
    watched = Pipeline([_Timed(stage, seconds) for stage in stages.stages], stages.max_passes, stages.name)
    return replace(job, stages=watched), seconds
