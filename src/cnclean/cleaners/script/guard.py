"""The guard: converts a clause only where the text shows that it is in the source script. It is why twice is once.

*Evidence* are characters that a conversion always takes away and never gives: whatever the dictionaries do, none comes
out of it. A text without evidence is returned as it is. Otherwise every clause with evidence is converted, so that the
result has none left, and a second run returns it as it is. What happens to the other clauses is free, and is decided
for the reader: a clause that shows the target script stays, a neutral one goes with its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from cnclean.cleaners.script.chain import Chain

_DELIMITER = re.compile(r"""[\s\[\]，。！？；：、…—「」『』“”‘’（）()《》〈〉【】｛｝{},.!?;:"'|/]""")


class Treatment(Enum):
    """What is done with a stretch of text that is not left alone."""

    CONVERT = "convert"
    CONVERT_EVIDENCE = "convert evidence"
    """Only the words and characters that are evidence: all else of the clause is in the target script."""


class Span(NamedTuple):
    """A stretch of the text and its treatment."""

    start: int
    end: int
    treatment: Treatment


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
    spent = singles - alive.union(*chain.fixed.values())
    return frozenset(filter(str.isalpha, spent))  # no delimiter: it would belong to no clause


def class_members(characters: Iterable[str]) -> str:
    """Return the inside of a class of `characters`; none outside the BMP: it would make the search ten times slower."""
    return re.escape("".join(sorted(c for c in characters if c < "\ud800" or "\ue000" <= c < "\U00010000")))


def character_class(characters: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for one of `characters`, as far as they are `class_members`."""
    members = class_members(characters)
    return re.compile(f"[{members}]" if members else r"(?!)")


@dataclass(frozen=True)
class Guard:
    """Decides which stretches of a text are to be converted.

    `evidence` are characters of the source script, `against` those that belong to the target script alone.
    """

    evidence: str
    against: str

    @cached_property
    def triggers(self) -> str:
        """The evidence as the inside of a character class: a text without any of it is left alone."""
        return class_members(self.evidence)

    @cached_property
    def source(self) -> re.Pattern[str]:
        """Matches one character of evidence."""
        return character_class(self.evidence)

    @cached_property
    def target(self) -> re.Pattern[str]:
        """Matches one character that belongs to the target script alone."""
        return character_class(self.against)

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what is to be converted: all evidence, and the neutral text that goes with it.

        Lines with characters of the target script are judged clause by clause. The lines between two of them go
        together: if there is evidence in any, all are converted.
        """
        at = 0  # always the begin of a line
        while hit := self.source.search(text, at):
            line = text.rfind("\n", 0, hit.start()) + 1
            at = self._after_last_target_line(text, at, line)
            target = self.target.search(text, at)
            if not target:
                yield Span(at, len(text), Treatment.CONVERT)
                return
            begin = text.rfind("\n", 0, target.start()) + 1
            if begin > at:
                yield Span(at, begin, Treatment.CONVERT)
            at = _line_end(text, begin)
            yield from self._clauses(text, begin, at)

    def _after_last_target_line(self, text: str, begin: int, end: int) -> int:
        """Return where the lines without target characters begin that lead up to `end`."""
        while end > begin:
            previous = text.rfind("\n", begin, end - 1) + 1 or begin
            if self.target.search(text, previous, end):
                return end
            end = previous
        return begin

    def _clauses(self, text: str, begin: int, end: int) -> Iterator[Span]:
        """Yield what is to be converted of a line that has characters of the target script.

        Where the source script prevails, all but the clauses of the target script; else the clauses with evidence.
        """
        if self._source_prevails(text, begin, end):
            done = begin
            for clause in clauses_around(map(re.Match.start, self.target.finditer(text, begin, end)), text, begin):
                yield Span(done, clause[0], Treatment.CONVERT)
                done = clause[1]
                if self.source.search(text, *clause):
                    yield Span(*clause, self._treatment(text, *clause))
            yield Span(done, end, Treatment.CONVERT)
        else:
            for clause in clauses_around(map(re.Match.start, self.source.finditer(text, begin, end)), text, begin):
                yield Span(*clause, self._treatment(text, *clause))

    def _treatment(self, text: str, begin: int, end: int) -> Treatment:
        return Treatment.CONVERT if self._source_prevails(text, begin, end) else Treatment.CONVERT_EVIDENCE

    def _source_prevails(self, text: str, begin: int, end: int) -> bool:
        """Whether there are more source characters than target characters; stops counting when it knows."""
        against = len(self.target.findall(text, begin, end))
        return len(list(islice(self.source.finditer(text, begin, end), against + 1))) > against


def clauses_around(places: Iterable[int], text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the clauses, not before `begin`, in which the `places` lie, each once; the places are sorted."""
    for place in places:
        if place >= begin:
            start = place
            while start > begin and not _DELIMITER.match(text, start - 1):
                start -= 1
            stop = _DELIMITER.search(text, place)
            begin = stop.start() if stop else len(text)
            yield start, begin


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
