"""One run of a pipeline: the state of its passes, and how a pass brings the text through a stage.

The check pass is cheap by one rule: *a stage is asked again only about text that it has not already left alone.* For a
run of LINE stages the unit is the line, so deleting lines or changing other lines costs it nothing but a set lookup;
for a DOCUMENT stage it is the whole text, but one that can remember lines (`edits_with`) looks at new lines only. And
as long as a pass has changed nothing, stages without a trigger in the text are not asked at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cnclean.cleaner import Cleaner, Remembering, lines
from cnclean.edit import Edit
from cnclean.ledger import Ledger
from cnclean.triggers import Watch, triggers_of

FREE_GROWTH = 65_536
"""Characters that any text or line may grow by."""


@dataclass
class Run:
    """The state of one call: nothing of it outlives the call."""

    text: str
    ledger: Ledger | None
    max_passes: int
    watch: Watch
    passes: int = 0
    unsettled: set[str] = field(default_factory=set)
    _begun: str = ""
    _idle: frozenset[int] = frozenset()
    _split: tuple[str, frozenset[str]] = ("", frozenset())

    def begin_pass(self) -> str:
        """Count a pass and return the text that it begins with."""
        self.passes += 1
        self._begun = self.text
        self._idle = self.watch.idle(self.text)
        return self.text

    def idle(self, text: str) -> frozenset[int]:
        """Return the `id` of each stage without a trigger; known as long as it is the text that the pass began with."""
        return self._idle if text == self._begun else frozenset()

    def is_idle(self, stage: Cleaner, text: str) -> bool:
        """Whether a stage has no trigger in the text, and that is known."""
        return id(stage) in self.idle(text)

    def lines_of(self, text: str) -> frozenset[str]:
        """Return the lines of a text; those of the last text asked for are kept, for blocks often ask for the same."""
        if text != self._split[0]:
            self._split = text, frozenset(lines(text))
        return self._split[1]


class DocumentStep:
    """One DOCUMENT stage within a run."""

    __slots__ = ("_left_alone", "_run", "_stage", "stages")

    def __init__(self, stages: Sequence[Cleaner], run: Run) -> None:
        self.stages = stages
        self._stage = Remembering(stages[0]) if hasattr(stages[0], "edits_with") else stages[0]
        self._run = run
        self._left_alone: str | None = None

    def advance(self) -> bool:
        """Bring the run's text through the stage; return whether it changed."""
        run, before = self._run, self._run.text
        if before == self._left_alone or run.is_idle(self.stages[0], before):
            return False
        after = _step(self._stage, before, run.ledger)
        if after == before:
            self._left_alone = before
            return False
        run.text = after
        return True


class LineBlock:
    """Neighbouring LINE and CHAR stages within a run: each line is brought to its own fixed point."""

    __slots__ = ("_quick", "_run", "_settled", "_unasked", "_whole_text", "stages")

    def __init__(self, stages: Sequence[Cleaner], run: Run) -> None:
        self.stages = stages
        self._run = run
        self._whole_text = all(getattr(stage, "whole_text", False) for stage in stages)
        # What has triggers passes over other lines in less time than it takes to tell the new lines from the old.
        self._quick = all(map(triggers_of, stages))
        self._settled: str | None = None  # a text all of whose lines this block leaves alone,
        self._unasked: frozenset[int] = frozenset()  # given that these stages have no trigger in the text

    def advance(self) -> bool:
        """Bring every line of the run's text to its fixed point; return whether the text changed."""
        run, before = self._run, self._run.text
        idle = run.idle(before)
        if idle and all(id(stage) in idle for stage in self.stages):
            return False
        settled = self._settled if self._unasked <= idle else None
        if before == settled:
            return False
        at_once = self._whole_text and (settled is None or self._quick)
        if not at_once or not self._all_at_once():
            self._line_by_line(frozenset() if settled is None else run.lines_of(settled))
        self._settled, self._unasked = run.text, idle.intersection(map(id, self.stages))
        return run.text != before

    def _all_at_once(self) -> bool:
        """Hand all lines over together; return False, with nothing done, if some line needs more than one round."""
        run = self._run
        mark = run.ledger.mark() if run.ledger else None
        out = self._chain(run.text, run.ledger)
        if out != run.text:
            if not self._settles(lines(run.text), lines(out)):
                if run.ledger and mark:
                    run.ledger.reset(mark)
                return False
            run.text = out
        return True

    def _settles(self, old: list[str], new: list[str]) -> bool:
        """Whether each of the `new` lines, which the stages made of the `old`, is one that they leave alone."""
        if len(old) != len(new):
            return False
        changed = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
        together = "".join([b for _, b in changed])
        if len(together) > FREE_GROWTH and any(overgrown(a, b) for a, b in changed):
            return False
        return self._chain(together, None) == together

    def _line_by_line(self, settled: frozenset[str]) -> None:
        run = self._run
        rows = lines(run.text)
        if settled.issuperset(rows):
            return
        results = {row: self._settle(row) for row in dict.fromkeys(rows) if row not in settled}
        if run.ledger:
            edits: list[Edit] = []
            for row, at in zip(rows, accumulate(map(len, rows), initial=0), strict=False):
                if row in results:
                    edits.extend(edit.shifted(at) for edit in results[row][1])
            run.ledger.add(edits)
        if any(result != row for row, (result, _) in results.items()):
            run.text = "".join([results[row][0] if row in results else row for row in rows])

    def _settle(self, line: str) -> tuple[str, Sequence[Edit]]:
        """Return the fixed point of a line, and if asked for what leads to it: edits and flags."""
        ledger = Ledger(line) if self._run.ledger else None
        result = self._fixed_point(line, ledger)
        return result, ledger.spans(keep_edits=result != line) if ledger else ()

    def _fixed_point(self, line: str, ledger: Ledger | None) -> str:
        current = line
        for _ in range(self._run.max_passes):
            before = current
            for stage in self.stages:
                current = _step(stage, current, ledger)
                if not _one_line_or_none(line, current):  # the promise of its scope is broken
                    self._run.unsettled.add(stage.name)
                    return line
            if current == before:
                return current
            if overgrown(line, current):
                break
        names = [stage.name for stage in self.stages]
        still = [stage.name for stage in self.stages if stage(current) != current]
        self._run.unsettled.update(still or names)  # none where the line has merely grown beyond all measure
        return line

    def _chain(self, text: str, ledger: Ledger | None) -> str:
        for stage in self.stages:
            if not self._run.is_idle(stage, text):
                text = _step(stage, text, ledger)
        return text


def overgrown(text: str, result: str) -> bool:
    """Whether stages feed on what they add: no cleaner makes a text so much longer."""
    return len(result) > 16 * len(text) + FREE_GROWTH


def _one_line_or_none(line: str, result: str) -> bool:
    return not result or result.count("\n") == line.count("\n") == int(result.endswith("\n"))


def _step(stage: Cleaner, text: str, ledger: Ledger | None) -> str:
    """Bring `text` through one stage; with a ledger, by the edits that the stage tells."""
    return stage(text) if ledger is None else ledger.add(stage.edits(text))
