"""The lock of an output folder: one run at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cnclean.files import FileError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder, and keep it for this run; two at once would undo each other's work."""
    if folder.exists() and not folder.is_dir():
        raise FileError(f"{folder} is a file; the output is a folder")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise FileError(f"{folder}: another run is writing there") from error
    finally:
        os.close(handle)
