"""The output folder: what lies where in it, and how files come to their names only when they are whole."""

from __future__ import annotations

import os
from pathlib import Path

MANIFEST, STATS = "manifest.jsonl", "stats.json"
REJECTS, REVIEW, STATE = "rejects", "review", ".cnclean"
RESERVED = {MANIFEST, STATS, REJECTS, REVIEW, STATE}
"""Names in the output folder that no output can have."""


def publish(part: Path | None, place: Path) -> None:
    """Give a whole file, already on the disk, its name; without one, take away what an earlier attempt has left."""
    if part is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(part, place)
    sync_folder(place.parent)


def write_whole(place: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the machine stops."""
    part = place.parent / STATE / f"{place.name}.part"
    part.parent.mkdir(parents=True, exist_ok=True)
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    publish(part, place)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
