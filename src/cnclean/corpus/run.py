"""clean_corpus: the run from the plan to the stats. Whatever stops it, it can be taken up again."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cnclean.corpus.engine import Done, Engine, Failure
from cnclean.corpus.job import Job
from cnclean.corpus.local_engine import LocalEngine
from cnclean.corpus.lock import locked
from cnclean.corpus.manifest import Manifest, OtherRunError, check_same, read_manifest, remove_earlier, remove_state
from cnclean.corpus.places import STATE
from cnclean.corpus.plan import Plan, fingerprint, make_plan
from cnclean.corpus.shard import Shard
from cnclean.corpus.stats import Stats
from cnclean.errors import CncleanError, OptionError, one_of
from cnclean.files import FileError
from cnclean.recipe import RecipeLike

HTML_FIELD = "html"
"""What the pages of web archives are called while they are rows."""


class CorpusError(CncleanError, RuntimeError):
    """Some shards could not be cleaned; the others are done, and the run can be taken up again."""


@dataclass(frozen=True)
class Seen:
    """How far a run is."""

    shards: int
    of_shards: int
    rows: int
    bytes: int
    of_bytes: int
    """Bytes of the input files, compressed as they are; those of shards that were done before do not count."""


@dataclass(frozen=True)
class Result:
    """What a run has made: the counts of everything in the output folder, and what it did not have to do again."""

    stats: Stats
    shards: int
    skipped: int
    left_out: tuple[str, ...]


def clean_corpus(
    inputs: Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    recipe: RecipeLike = "web",
    *,
    engine: Literal["local", "ray"] | Engine = "local",
    workers: int | None = None,
    address: str | None = None,
    existing: Literal["refuse", "resume", "overwrite"] = "refuse",
    progress: Callable[[Seen], None] | None = None,
    overrides: dict[str, Any] | None = None,
    **options: Any,
) -> Result:
    """Clean files, folders and patterns into the folder `output`, and return the counts.

    `options` are those of `Job`: `text_field`, `html_field`, `extras`, `keep_edits`, `rules`, `drop_empty`,
    `max_removed`, `max_characters`, `lines`, `limit`. `existing` says what to do with what an earlier run has left
    there. Raises `CorpusError` if shards could not be cleaned, `OtherRunError` if the folder holds the result of
    another recipe, other options or another version.
    """
    one_of("way to treat an earlier run", existing, ("refuse", "resume", "overwrite"))
    if not callable(engine):
        one_of("engine", engine, ("local", "ray"))
    folder = Path(output)
    job = Job.of(recipe, overrides=overrides, **options)
    page_job = Job.of(recipe, overrides=overrides, **{**options, "html_field": options.get("html_field") or HTML_FIELD})
    plan = make_plan([os.fspath(given) for given in inputs], folder, job, page_job)
    _check_portable(job)
    chosen = engine if callable(engine) else _engine(engine, workers, address)
    with locked(folder):
        manifest = _manifest(folder, job.describe(), existing, plan)
        return _run(plan, manifest, chosen, progress or (lambda seen: None))


def _check_portable(job: Job) -> None:
    """Raise `OptionError` for stages that cannot be sent to a worker."""
    try:
        pickle.dumps(job)
    except Exception as error:  # whatever a stage raises
        message = f"the stages cannot be sent to a worker ({error}); functions belong to the top of a module"
        raise OptionError(message) from error


def _engine(name: str, workers: int | None, address: str | None) -> Engine:
    if name == "ray":
        from cnclean.corpus.ray_engine import RayEngine

        return RayEngine(workers, address)
    return LocalEngine(workers or os.cpu_count() or 1)


def _manifest(folder: Path, header: dict[str, Any], existing: str, plan: Plan) -> Manifest:
    """Return the manifest to go on with."""
    found = read_manifest(folder)
    if found is None:
        if any(path.name != STATE for path in folder.iterdir()):
            raise FileError(f"{folder}: holds files that no run of cnclean corpus has made; choose an empty folder")
        return Manifest(folder, header)
    if existing == "refuse":
        raise OtherRunError(f"{folder} holds an earlier run; use --resume to go on with it, --overwrite to begin anew")
    if existing == "overwrite":
        remove_earlier(found)
        return Manifest(folder, header)
    check_same(found.header, header)
    gone = sorted(set(found.done) - {shard.name for shard in plan.shards})
    if gone:
        raise OtherRunError(f"{folder} also holds what was made from {', '.join(gone[:3])}; give all inputs again")
    return found


def _run(plan: Plan, manifest: Manifest, engine: Engine, progress: Callable[[Seen], None]) -> Result:
    for part in (manifest.folder / STATE).glob("parts/*"):
        part.unlink()
    digests = {shard.number: fingerprint(Path(shard.path)) for shard in plan.shards}
    shards = [shard for shard in plan.shards if not manifest.is_done(shard, digests[shard.number])]
    for shard in shards:
        manifest.done.pop(shard.name, None)
    manifest.begin()
    try:
        failures = _work(shards, digests, manifest, engine, progress)
    finally:
        manifest.close()
    if failures:
        raise CorpusError(_told(failures, len(manifest.done), len(plan.shards)))
    stats = manifest.finish()
    remove_state(manifest.folder)
    return Result(stats, len(plan.shards), len(plan.shards) - len(shards), plan.left_out)


def _work(
    shards: list[Shard],
    digests: dict[int, str],
    manifest: Manifest,
    engine: Engine,
    progress: Callable[[Seen], None],
) -> list[Failure]:
    """Bring all shards to their places; return those that failed. A full disk ends it at once."""
    sizes = {shard.number: Path(shard.path).stat().st_size for shard in shards}
    rows = dict.fromkeys(sizes, 0)
    read = dict.fromkeys(sizes, 0)
    failures: list[Failure] = []
    finished = 0

    def tell(number: int, row: int, position: int) -> None:
        rows[number], read[number] = row, position
        progress(Seen(finished, len(shards), sum(rows.values()), sum(read.values()), sum(sizes.values())))

    largest_first = sorted(shards, key=lambda shard: -sizes[shard.number])
    with closing(engine(largest_first, tell)) as results:
        for result in results:
            finished += 1
            number = result.shard.number
            if isinstance(result, Done):
                manifest.add(result.shard, digests[number], result.stats)
                tell(number, result.stats.rows, sizes[number])
            else:
                failures.append(result)
                if result.full:
                    break
    return failures


def _told(failures: list[Failure], done: int, of: int) -> str:
    reasons = "\n".join(f"  {failure.message}" for failure in failures)
    files = "1 file" if len(failures) == 1 else f"{len(failures)} files"
    return (
        f"{files} could not be cleaned:\n{reasons}\n{done} of {of} done; mend the cause and run it again with --resume"
    )
