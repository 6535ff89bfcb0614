"""The evaluation data beside the repository, in ../shared: tests that read it are skipped where it is absent."""

import gzip
import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
EVALUATION = SHARED / "eval"
SEEDS = SHARED / "seeds"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the evaluation data beside the repository")


def records(name):
    """Return the rows of a set of evaluation data, named with its folder: `clean/weekly`."""
    with gzip.open(EVALUATION / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def texts(name):
    """Return the texts of a set."""
    return [row["text"] for row in records(name)]


def seed(number):
    """Return the text of one of the five scraped pages: `"000"`."""
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")
