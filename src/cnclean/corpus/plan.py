"""The plan: which input files there are, what each becomes, and a fingerprint of each."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cnclean.corpus.formats import format_of, output_name
from cnclean.corpus.job import Job
from cnclean.corpus.places import RESERVED
from cnclean.corpus.shard import Shard
from cnclean.files import FileError

_PIECE = 4096
_PIECES = 256


@dataclass(frozen=True)
class Plan:
    """The shards of a run, in order, and files in the given folders that are of no known format."""

    shards: tuple[Shard, ...]
    left_out: tuple[str, ...] = ()


def make_plan(inputs: Iterable[str], folder: Path, text_job: Job, page_job: Job) -> Plan:
    """Return the plan for files, folders and patterns; `FileError` for what cannot be read or would meet.

    `page_job` is for web archives, whose documents are HTML, `text_job` for the others.
    """
    shards: dict[str, Shard] = {}
    left_out: list[str] = []
    for path, name in _found(inputs, folder):
        found = format_of(name)
        if found is None:
            left_out.append(str(path))
            continue
        job = _job_for(found[0], text_job, page_job)
        shard = Shard(len(shards), str(path), name, output_name(name, job), str(folder), job)
        if shard.output.partition("/")[0] in RESERVED:
            raise FileError(f"{path}: {shard.output} is a name that cnclean keeps for itself; rename the input")
        if shard.output in shards:
            other = shards[shard.output].path
            raise FileError(f"{other} and {path} would both be written to {shard.output}; clean them in two calls")
        shards[shard.output] = shard
    if not shards:
        raise FileError(
            "no file that can be read: .txt, .jsonl, .parquet, .warc or .wet, the others also with .gz, .zst"
        )
    return Plan(tuple(shards.values()), tuple(left_out))


def _job_for(kind: str, text_job: Job, page_job: Job) -> Job:
    """Return the job for a format; a text file has but one field, and a file without columns cannot be HTML."""
    if kind == ".warc":
        return page_job
    return replace(text_job, html_field=None) if kind in (".txt", ".wet") else text_job


def _found(inputs: Iterable[str], folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file and its name below the folder that was given, sorted within each input."""
    output = folder.resolve()
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                relative = file.relative_to(path)
                hidden = any(part.startswith(".") for part in relative.parts)
                if not hidden and file.is_file() and output not in file.resolve().parents:
                    yield file, relative.as_posix()
        elif path.exists():
            yield _checked(path), path.name
        else:
            matches = sorted(glob.glob(given, recursive=True)) if glob.has_magic(given) else []
            if not matches:
                raise FileError(f"{given}: no such file or folder")
            for match in map(Path, matches):
                if match.is_file():
                    yield _checked(match), match.name


def _checked(path: Path) -> Path:
    if format_of(path.name) is None:
        raise FileError(
            f"{path}: unknown format; its name ends in none of .txt, .jsonl, .parquet, .warc, .wet (.gz, .zst)"
        )
    return path


def fingerprint(path: Path) -> str:
    """Return a digest of a file: of all of it up to 1 MB, of its size and 256 pieces from end to end above that."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        if size <= _PIECE * _PIECES:
            digest.update(file.read())
        else:
            for i in range(_PIECES):
                file.seek((size - _PIECE) * i // (_PIECES - 1))
                digest.update(file.read(_PIECE))
    return digest.hexdigest()
