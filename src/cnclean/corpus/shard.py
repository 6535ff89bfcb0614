"""One input file to one output file: read, clean, write aside, rename when whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from cnclean.corpus.document import Outcome, Value
from cnclean.corpus.formats import READERS, WRITERS, format_of
from cnclean.corpus.formats.rows import Chunk, Reject, Writer
from cnclean.corpus.job import Job
from cnclean.corpus.places import REJECTS, REVIEW, STATE, publish
from cnclean.corpus.set_aside import SetAside
from cnclean.corpus.stats import Stats
from cnclean.errors import CncleanError

_TELL_EVERY = 0.5
"""Seconds between two reports of progress."""


class CountError(CncleanError, RuntimeError):
    """Rows of a shard are not accounted for: a fault of cnclean itself."""


@dataclass(frozen=True)
class Shard:
    """An input file and its place below the output folder; all that a worker on any machine needs to know."""

    number: int
    path: str
    """The input, as it was given or found in a folder that was given."""
    name: str
    """Its name below the folder that was given: what the manifest calls it."""
    output: str
    """The name of the output below the output folder."""
    folder: str
    job: Job

    def place(self, kind: str = "") -> Path:
        """Return the final place of the output, or of the rejects or the rows for review."""
        return Path(self.folder, kind, f"{self.output}.jsonl") if kind else Path(self.folder, self.output)


Progress = Callable[[int, int], None]
Spend = Callable[[dict[str, float]], None]
"""Is told how many seconds stages took."""
Clean = Callable[[Iterable[Chunk], Spend], Iterator[tuple[Chunk, list[Outcome]]]]
"""Yields each chunk with what becomes of its documents, in order."""


def clean_shard(shard: Shard, clean: Clean, progress: Progress | None = None) -> Stats:
    """Bring one shard to its final place and return what was counted.

    The files appear under their names only when they are whole and on the disk, the output last, so a shard whose
    output is there is done. `clean` does the cleaning. `progress` is told rows and bytes of the file so far.
    """
    run = _Run(shard)
    try:
        told = time.monotonic()
        for chunk, outcomes in clean(run.chunks(), run.stats.spend):
            run.take(chunk, outcomes)
            if progress and time.monotonic() > told + _TELL_EVERY:
                told = time.monotonic()
                progress(run.stats.rows, chunk.consumed)
        run.finish()
    except BaseException:
        run.abandon()
        raise
    return run.stats


def _kind(name: str) -> str:
    found = format_of(name)
    assert found is not None, "the plan holds only files of known formats"
    return found[0]


class _Run:
    """The work on a shard: its open files and its counts."""

    def __init__(self, shard: Shard) -> None:
        self.shard = shard
        self.job = shard.job
        self.stats = Stats()
        parts = Path(shard.folder, STATE, "parts")
        parts.mkdir(parents=True, exist_ok=True)
        unique = f"{shard.number}-{uuid4().hex}"  # a worker that outlives its run never writes where another does
        self._part = parts / unique
        self._writer: Writer = WRITERS[_kind(shard.output)](self._part, Path(shard.path), self.job)
        self._aside = {kind: SetAside(parts / f"{unique}.{kind}") for kind in (REJECTS, REVIEW)}

    def chunks(self) -> Iterator[Chunk]:
        """Yield the rows of the input."""
        chunks = READERS[_kind(self.shard.path)](Path(self.shard.path), self.job)
        while True:
            start = time.perf_counter()
            chunk = next(chunks, None)
            self.stats.spend({"reading": time.perf_counter() - start})
            if chunk is None:
                return
            yield chunk

    def take(self, chunk: Chunk, outcomes: list[Outcome]) -> None:
        """Write the rows of a chunk where they belong."""
        start = time.perf_counter()
        rejects = list(chunk.rejects)
        kept = [
            i
            for i, (value, outcome) in enumerate(zip(chunk.documents, outcomes, strict=True))
            if self._is_kept(chunk.positions[i], value, outcome, rejects)
        ]
        for reject in sorted(rejects, key=lambda reject: reject.position):
            self._reject(reject)
        self.stats.rows += len(outcomes) + len(chunk.rejects)
        self._write(chunk, outcomes, kept)
        self.stats.spend({"writing": time.perf_counter() - start})

    def _is_kept(self, position: int, value: Value, outcome: Outcome, rejects: list[Reject]) -> bool:
        self.stats.characters_in += outcome.characters
        for rule, edits in outcome.rules.items():
            self.stats.rules[rule] += edits
        if outcome.text is None:
            rejects.append(Reject(position, outcome.reason, outcome.detail, _bytes(value)))
        elif self.job.max_removed is not None and outcome.removed > self.job.max_removed:
            self.stats.review += 1
            row = self._row(position) | {"removed": outcome.removed, "text": outcome.text}
            self._aside[REVIEW].add(row, _bytes(value))
        elif self.job.drop_empty and not outcome.text.strip():
            self.stats.dropped += 1
        else:
            return True
        return False

    def _reject(self, reject: Reject) -> None:
        self.stats.rejects[reject.reason] += 1
        row = self._row(reject.position) | {"reason": reject.reason, "detail": reject.detail}
        self._aside[REJECTS].add(row, reject.raw)

    def _row(self, position: int) -> dict[str, Any]:
        return {"file": self.shard.path, "position": position}

    def _write(self, chunk: Chunk, outcomes: list[Outcome], kept: list[int]) -> None:
        chosen = [outcomes[i] for i in kept]
        self._writer.write(chunk.rows_at(kept), chosen)
        self.stats.written += len(chosen)
        self.stats.changed += sum(outcome.changed for outcome in chosen)
        self.stats.characters_out += sum(len(outcome.text or "") for outcome in chosen)

    def finish(self) -> None:
        """Bring all files to the disk, then to their names."""
        if not self.stats.adds_up():
            raise CountError(f"{self.shard.path}: rows do not add up: {self.stats.to_dict()}")
        self.stats.bytes_in = Path(self.shard.path).stat().st_size
        self._writer.close()
        for kind, aside in self._aside.items():
            aside.close()
            publish(aside.path if aside.count else None, self.shard.place(kind))
        publish(self._part, self.shard.place())

    def abandon(self) -> None:
        """Close and remove what is unfinished."""
        self._writer.abandon()
        self._part.unlink(missing_ok=True)
        for aside in self._aside.values():
            aside.abandon()
            aside.path.unlink(missing_ok=True)


def _bytes(value: Value) -> bytes | None:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
