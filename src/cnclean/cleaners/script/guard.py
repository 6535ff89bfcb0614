"""The guard: converts a clause only where the text shows that it is in the source script. It is why twice is once.

*Evidence* are characters that a conversion always takes away and never gives: whatever the dictionaries do, none comes
out of it. A text without evidence is returned as it is. Otherwise every clause with evidence is converted, so that the
result has none left, and a second run returns it as it is. What happens to the other clauses is free, and is decided
for the reader: a clause that shows the target script stays; a neutral one follows its line, or else the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from cnclean.cleaners.script.chain import Chain

DELIMITERS = r"\s\[\]，。！？；：、…—「」『』“”‘’（）()《》〈〉【】｛｝{},.!?;:\"'|/"
CLAUSE = re.compile(f"[^{DELIMITERS}]+")


class Treatment(Enum):
    """What is done with a stretch of text."""

    LEAVE = "leave"
    CONVERT = "convert"
    CONVERT_EVIDENCE = "convert evidence"
    """Only the words and characters that are evidence: all else of the clause is in the target script."""


class Span(NamedTuple):
    """A stretch of the text and its treatment."""

    start: int
    end: int
    treatment: Treatment


class _Clause(NamedTuple):
    start: int
    end: int
    line: int
    source: int
    """How many characters are evidence for the source script."""
    target: int
    """How many characters belong to the target script alone."""


def spent_characters(chain: Chain) -> frozenset[str]:
    """Return the characters that `chain` never gives, whatever it is given, and would change: its possible evidence.

    A character comes out of a step if a value of the step holds it, or if it goes in and is no key by itself: as a key
    it is always replaced, alone or inside a longer key.
    """
    steps = [chain.normal, *(stage.pairs for stage in chain.stages)]
    singles = {key for step in steps for key in step if len(key) == 1}
    alive = set(singles)
    for step in steps:
        alive = alive.difference(step).union(*step.values())
    return frozenset(singles - alive)


def character_class(characters: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for one of `characters`; none outside the BMP, which would make the search ten times slower."""
    inside = sorted(c for c in characters if c < "\ud800" or "\ue000" <= c < "\U00010000")
    return re.compile(f"[{re.escape(''.join(inside))}]" if inside else r"(?!)")


@dataclass(frozen=True)
class Guard:
    """Decides for each clause whether it is to be converted.

    `source` matches evidence of the source script, `target` characters that belong to the target script alone.
    """

    source: re.Pattern[str]
    target: re.Pattern[str]

    def spans(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Span]:
        """Yield the treatment of the given stretches of `text`, neighbouring clauses of one treatment together."""
        stretches = list(stretches)
        if not any(self.source.search(text, start, end) for start, end in stretches):
            return
        if not any(self.target.search(text, start, end) for start, end in stretches):
            for start, end in stretches:
                yield Span(start, end, Treatment.CONVERT)
            return
        clauses = list(self._clauses(text, stretches))
        ends = {end for _, end in stretches}
        last: Span | None = None
        for clause, treatment in zip(clauses, _treatments(clauses), strict=True):
            if last and last.treatment is treatment and last.end not in ends:
                last = Span(last.start, clause.end, treatment)
                continue
            if last and last.treatment is not Treatment.LEAVE:
                yield last
            last = Span(clause.start, clause.end, treatment)
        if last and last.treatment is not Treatment.LEAVE:
            yield last

    def _clauses(self, text: str, stretches: list[tuple[int, int]]) -> Iterator[_Clause]:
        line = 0
        done = 0
        for begin, stop in stretches:
            for match in CLAUSE.finditer(text, begin, stop):
                start, end = match.span()
                line += text.count("\n", done, start)
                done = start
                source = len(self.source.findall(text, start, end))
                yield _Clause(start, end, line, source, len(self.target.findall(text, start, end)))


def _treatments(clauses: list[_Clause]) -> Iterator[Treatment]:
    """Yield what is done with each clause: as it shows itself, as its line shows, as the whole text shows."""
    lines: dict[int, int] = {}
    whole = 0
    for clause in clauses:
        balance = clause.source - clause.target
        lines[clause.line] = lines.get(clause.line, 0) + balance
        whole += balance
    for clause in clauses:
        if clause.source > clause.target:
            yield Treatment.CONVERT
        elif clause.source:
            yield Treatment.CONVERT_EVIDENCE
        elif clause.target or (lines[clause.line] or whole) < 0:
            yield Treatment.LEAVE
        else:
            yield Treatment.CONVERT
