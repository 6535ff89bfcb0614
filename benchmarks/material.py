"""What several benchmarks read: the evaluation data, and the memory of a process."""

from __future__ import annotations

import gzip
import json
import re
import resource
from pathlib import Path
from typing import Any


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of compressed JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def texts(data: Path, name: str) -> list[str]:
    """Return the texts of one set, named with its folder: `clean/weekly`."""
    return [row["text"] for row in rows(data / f"{name}.jsonl.gz")]


def bench_text(data: Path, name: str) -> str:
    """Return about two megabytes of text for measuring speed, in `simplified` or `traditional` script."""
    with gzip.open(data / "script" / f"bench_{name}.txt.gz", "rt", encoding="utf-8", newline="\n") as file:
        return file.read()


def peak_memory() -> float:
    """Return the most memory, in MB, that this process ever had: of `getrusage` a child gets its parent's figure."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
