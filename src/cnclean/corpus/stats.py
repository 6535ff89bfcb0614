"""Stats: what a run counted. They add up: over chunks, over shards, over machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stats:
    """Counts of rows and characters. `rows` is always `written + dropped + review` and all of `rejects` together."""

    rows: int = 0
    written: int = 0
    changed: int = 0
    """Rows written whose text is not what it was."""
    dropped: int = 0
    review: int = 0
    characters_in: int = 0
    characters_out: int = 0
    bytes_in: int = 0
    """Size of the input files, compressed as they are."""
    rejects: Counter[str] = field(default_factory=Counter)
    """Rows by the reason why they were rejected."""
    rules: Counter[str] = field(default_factory=Counter)
    """Edits by rule, in rows that are not rejected."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Time by stage, and for reading and writing, summed over workers."""

    def add(self, other: Stats) -> None:
        """Add what another part of the run counted."""
        for name, value in vars(other).items():
            if isinstance(value, dict):
                own = getattr(self, name)
                for key, more in value.items():
                    own[key] = own.get(key, 0) + more
            else:
                setattr(self, name, getattr(self, name) + value)

    def spend(self, seconds: dict[str, float]) -> None:
        """Note how long things took."""
        for what, more in seconds.items():
            self.seconds[what] = self.seconds.get(what, 0.0) + more

    def adds_up(self) -> bool:
        """Whether every row is accounted for exactly once."""
        return self.rows == self.written + self.dropped + self.review + self.rejects.total()

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain values, the mappings in the order of their keys."""
        return {
            name: _rounded(dict(sorted(value.items()))) if isinstance(value, dict) else value
            for name, value in vars(self).items()
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Stats:
        """Return the stats that `to_dict` gave."""
        counters = {name: Counter(values[name]) for name in ("rejects", "rules")}
        return cls(**{**values, **counters})


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 6) if isinstance(value, float) else value for key, value in values.items()}
