"""Floors under the figures: what no change may sink below, and how a floor itself is kept from sinking.

`floors.toml` has one entry a figure. A floor that is lower than it ever was needs `lowered = "why"` in its entry, and a
new reason each time; a figure that is measured no more goes to the table `[retired]` with a reason.
"""

from __future__ import annotations

import json
import math
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

PATH = Path(__file__).parent / "floors.toml"
HEAD = """# Floors under the figures of the benchmarks. `python -m benchmarks check` compares them with what was seen
# last; `python -m benchmarks floors --raise` raises them to it, with a little slack, and never lowers one.
#
# figure    benchmark > table > row > column
# measures  what it says, and on what
# kind      "speed": with more slack, and no test holds it; else accuracy
# better    "lower": the floor is a ceiling, and to sink is to rise; else higher
# asked     the value that was asked for, where one was
# floor     what the figure must not fall below
# highest   the best that the floor ever was
# seen      the value seen when the floor was last raised
# lowered   why the floor is not as high as it was; without it the check refuses
"""
SLACK = {"accuracy": 0.1, "speed": 0.25}  # share of the errors, or of the speed, that a raised floor leaves


@dataclass(frozen=True)
class Floor:
    """One entry; without a floor it waits for the first measurement."""

    figure: str
    measures: str
    kind: Literal["accuracy", "speed"] = "accuracy"
    better: Literal["higher", "lower"] = "higher"
    asked: int | float | None = None
    floor: int | float | None = None
    highest: int | float | None = None
    seen: int | float | None = None
    lowered: str = ""

    def holds(self, value: float) -> bool:
        """Whether a value is not below the floor."""
        return self.floor is None or not self.is_worse(value, self.floor)

    def is_worse(self, value: float, other: float) -> bool:
        """Whether a value is worse than another one."""
        return value > other if self.better == "lower" else value < other

    def best(self, *values: int | float | None) -> int | float | None:
        """Return the best of some values."""
        return (min if self.better == "lower" else max)((v for v in values if v is not None), default=None)

    def raised(self, value: int | float) -> Floor:
        """Return the entry with the floor as high as a value seen allows; it never sinks."""
        floor = self.best(self.floor, self._below(value))
        highest = self.best(self.highest, floor)
        lowered = "" if floor == highest else self.lowered  # it is where it was
        return replace(self, floor=floor, highest=highest, seen=round(value, 6), lowered=lowered)

    def _below(self, value: int | float) -> int | float:
        slack = SLACK[self.kind]
        if isinstance(value, int) and self.kind == "accuracy":
            return value
        if self.better == "lower":
            return math.ceil(value * (1 + slack) * 1e4) / 1e4
        if self.kind == "accuracy" and value <= 1:
            return math.floor((1 - (1 - value) * (1 + slack)) * 1e4) / 1e4
        return math.floor(value * (1 - slack) * 1e4) / 1e4


@dataclass(frozen=True)
class Floors:
    """All entries by figure, and the retired figures with the reason."""

    entries: Mapping[str, Floor]
    retired: Mapping[str, str] = field(default_factory=dict)

    def below(self, figures: Mapping[str, int | float], kind: str | None = None) -> Iterator[str]:
        """Yield a line for each figure that is below its floor."""
        for name, floor in self.entries.items():
            if kind in (None, floor.kind) and name in figures and not floor.holds(figures[name]):
                yield f"{name}: {figures[name]:g}, floor {floor.floor:g}"

    def sunk(self, before: Floors | None) -> Iterator[str]:
        """Yield a line for each floor that is lower than it was, without a reason, or gone."""
        old = before.entries if before else {}
        for name, was in old.items():
            if name not in self.entries and name not in self.retired:
                yield f"{name}: its floor of {was.floor} is gone; say why under [retired]"
        for name, floor in self.entries.items():
            was = old.get(name, Floor(name, ""))
            best = floor.best(floor.highest, was.floor, was.highest)
            if best is None or (floor.floor is not None and not floor.is_worse(floor.floor, best)):
                continue
            if not floor.lowered:
                yield f'{name}: the floor sank from {best} to {floor.floor}; say why with lowered = "…"'
            elif was.floor is not None and floor.is_worse(floor.floor, was.floor) and floor.lowered == was.lowered:
                yield f"{name}: the floor sank again, from {was.floor} to {floor.floor}, with the old reason"


def parse(text: str) -> Floors:
    """Return the floors of a TOML text."""
    content = tomllib.loads(text)
    entries = [Floor(**entry) for entry in content.get("floor", [])]
    names = [entry.figure for entry in entries]
    if doubles := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"two floors for {', '.join(sorted(doubles))}")
    return Floors(dict(zip(names, entries, strict=True)), content.get("retired", {}))


def read(path: Path = PATH) -> Floors:
    """Return the floors of the file."""
    return parse(path.read_text(encoding="utf-8"))


def written(floors: Floors) -> str:
    """Return the TOML text of the floors: a string or a number in JSON is one in TOML."""
    parts = [HEAD]
    for entry in floors.entries.values():
        plain = asdict(Floor("", "-"))  # what an entry has to say: where it differs from this one
        given = {key: value for key, value in asdict(entry).items() if value != plain[key]}
        lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in given.items())
        parts.append("\n".join(("[[floor]]", *lines, "")))
    if floors.retired:
        lines = (" = ".join(json.dumps(text, ensure_ascii=False) for text in row) for row in floors.retired.items())
        parts.append("\n".join(("[retired]", *lines, "")))
    return "\n".join(parts)


def committed(revision: str = "HEAD") -> Floors | None:
    """Return the floors of a commit; None without git, or where the commit has none."""
    command = ["git", "show", f"{revision}:./{PATH.name}"]
    try:
        shown = subprocess.run(command, cwd=PATH.parent, capture_output=True, check=False)
    except OSError:
        return None
    return parse(shown.stdout.decode()) if shown.returncode == 0 else None
