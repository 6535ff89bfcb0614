"""The manifest: what made the output folder, and which shards are done. One JSON object a line.

While a run goes on, a line is added for every shard as it is done; at the end the lines are sorted and say only what
the same input gives every time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cnclean.corpus.places import MANIFEST, REJECTS, REVIEW, STATE, STATS, write_whole
from cnclean.corpus.shard import Shard
from cnclean.corpus.stats import Stats
from cnclean.errors import CncleanError
from cnclean.files import FileError


class OtherRunError(CncleanError, ValueError):
    """The output folder holds the result of a run that this one cannot go on with."""


@dataclass
class Manifest:
    """The manifest of an output folder."""

    folder: Path
    header: dict[str, Any]
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What is known of each shard that is done, by its name."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What earlier runs that came to their end have spent."""
    _file: BinaryIO | None = None

    def begin(self) -> None:
        """Write the header and the shards that are done; from now on lines are added."""
        write_whole(self.folder / MANIFEST, _lines([self.header, *self.done.values()]))
        self._file = (self.folder / MANIFEST).open("ab")

    def is_done(self, shard: Shard, digest: str) -> bool:
        """Whether the output of a shard is there, made from the input as it is now."""
        known = self.done.get(shard.name)
        place = shard.place()
        return (
            known is not None
            and known["fingerprint"] == digest
            and known["output"] == shard.output
            and place.is_file()
            and place.stat().st_size == known["bytes"]
        )

    def add(self, shard: Shard, digest: str, stats: Stats) -> None:
        """Note that a shard is done."""
        self.done[shard.name] = line = {
            "input": shard.name,
            "output": shard.output,
            "fingerprint": digest,
            "bytes": shard.place().stat().st_size,
            "stats": stats.to_dict(),
        }
        assert self._file is not None, "begin() comes first"
        self._file.write(_lines([line]))
        self._file.flush()
        os.fsync(self._file.fileno())

    def finish(self) -> Stats:
        """Write the manifest and the stats in their final form; return the stats."""
        self.close()
        total = Stats(seconds=dict(self.seconds))
        lines = [self.header]
        for name in sorted(self.done):
            line = self.done[name]
            total.add(Stats.from_dict(line["stats"]))
            lines.append({**line, "stats": {**line["stats"], "seconds": {}}})
        lines.append({"complete": True, "shards": len(self.done)})
        stats = {"shards": len(self.done), **total.to_dict()}
        write_whole(self.folder / STATS, json.dumps(stats, ensure_ascii=False, indent=2).encode() + b"\n")
        write_whole(self.folder / MANIFEST, _lines(lines))
        return total

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()
            self._file = None


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(value, ensure_ascii=False, default=str) + "\n" for value in values).encode()


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of a folder, or None if it has none; a last line that was cut off does not count."""
    path = folder / MANIFEST
    if not path.exists():
        return None
    values: list[dict[str, Any]] = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            values.append(json.loads(line))
        except ValueError as error:
            raise FileError(f"{path}: damaged; use --overwrite or another folder") from error
    if not values or "recipe_hash" not in values[0]:
        raise FileError(f"{path}: not written by cnclean corpus; choose another folder")
    complete = "complete" in values[-1]
    done = {value["input"]: value for value in values[1:] if "input" in value}
    seconds: dict[str, float] = {}
    if complete and (folder / STATS).exists():
        seconds = json.loads((folder / STATS).read_bytes()).get("seconds", {})
    return Manifest(folder, values[0], done, seconds)


def remove_earlier(manifest: Manifest) -> None:
    """Remove what an earlier run has made, and nothing else."""
    for value in manifest.done.values():
        for kind in (REJECTS, REVIEW):
            Path(manifest.folder, kind, f"{value['output']}.jsonl").unlink(missing_ok=True)
        (manifest.folder / value["output"]).unlink(missing_ok=True)
    for name in (STATS, MANIFEST):
        (manifest.folder / name).unlink(missing_ok=True)


def check_same(earlier: dict[str, Any], header: dict[str, Any]) -> None:
    """Raise `OtherRunError` unless an earlier run would have made the same of the same input."""
    differing = [key for key in header if earlier.get(key) != header[key]]
    if not differing:
        return
    details = ", ".join(f"{key} was {earlier.get(key)!r} and is {header[key]!r}" for key in differing)
    raise OtherRunError(f"the output folder was made otherwise ({details}); use --overwrite or another folder")


def remove_state(folder: Path) -> None:
    """Remove the folder for unfinished files."""
    state = folder / STATE
    for path in sorted(state.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    if state.is_dir():
        state.rmdir()
