"""Pipeline: stages, run in passes until a pass changes nothing. Cleaning twice is cleaning once, whatever the stages.

The guarantee: a pass is the stages in order, a deterministic function of the text. If the passes settle on y, then
pass(y) = y, so P(y) = y. If they do not settle within `max_passes`, the input itself comes back (first for that line,
at worst for that text); so it does when they make it grow without end. Either way P(P(x)) = P(x).

The check pass is cheap by one rule: *a stage is asked again only about text that it has not already left alone.* For a
run of LINE stages the unit is the line, so deleting lines or changing other lines costs it nothing but a set lookup;
for a DOCUMENT stage it is the whole text, but one that can remember lines (`edits_with`) looks at new lines only.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from cnclean.cleaner import Cleaner, Remembering, Scope, lines
from cnclean.edit import Edit
from cnclean.errors import ConvergenceWarning, OptionError, require_text
from cnclean.ledger import Ledger
from cnclean.report import Report
from cnclean.shapes import Wrapped


@dataclass(frozen=True)
class Pipeline:
    """Stages that run in order until nothing changes; itself a cleaner.

    `stages` are cleaners or plain functions from str to str. Scope: document. Idempotent because the result is a
    fixed point of the pass, or else the input itself.

    >>> Pipeline((str.strip, lambda text: text.replace("?", "？")))(" 你好? ")
    '你好？'
    """

    stages: tuple[Cleaner, ...]
    max_passes: int = 6
    name: str = "pipeline"
    scope: Scope = field(default=Scope.DOCUMENT, init=False)

    def __init__(
        self,
        stages: Iterable[Cleaner | Callable[[str], str]] = (),
        max_passes: int = 6,
        name: str = "pipeline",
    ) -> None:
        if max_passes < 2:
            raise OptionError("Pipeline: max_passes is at least 2, one to change and one to check")
        object.__setattr__(self, "stages", tuple(_as_cleaner(stage) for stage in stages))
        object.__setattr__(self, "max_passes", max_passes)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "scope", Scope.DOCUMENT)

    def __call__(self, text: str, /) -> str:
        """Return the cleaned text; `TypeError` unless `text` is a str."""
        require_text(text)
        return self._run(text, None).text

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield all edits in coordinates of `text`, and the flags that lie outside of them."""
        return iter(self.explain(text).spans())

    def explain(self, text: str, /) -> Report:
        """Return the cleaned text together with every edit and flag, in coordinates of `text`."""
        require_text(text)
        ledger = Ledger(text)
        run = self._run(text, ledger)
        if run.text == text:
            ledger.edits.clear()  # what was done has been undone, or the text was handed back
        return Report(
            original=text,
            text=run.text,
            edits=tuple(ledger.edits),
            flags=tuple(ledger.flags),
            converged=not run.unsettled,
            passes=run.passes,
            unsettled=tuple(sorted(run.unsettled)),
        )

    @cached_property
    def _blocks(self) -> tuple[tuple[Cleaner, ...], ...]:
        """Neighbouring stages that look no further than a line, together; every other stage alone."""
        blocks: list[tuple[Cleaner, ...]] = []
        for stage in self.stages:
            if blocks and stage.scope <= Scope.LINE and blocks[-1][0].scope <= Scope.LINE:
                blocks[-1] = (*blocks[-1], stage)
            else:
                blocks.append((stage,))
        return tuple(blocks)

    def _run(self, text: str, ledger: Ledger | None) -> _Run:
        run = _Run(text, ledger, self.max_passes)
        steps = [(_LineBlock if block[0].scope <= Scope.LINE else _Document)(block, run) for block in self._blocks]
        while run.passes < self.max_passes and not _overgrown(text, run.text):
            run.passes += 1
            before = run.text
            changed = [step for step in steps if step.advance()]
            if run.text == before:
                break
        else:
            run.unsettled.update(stage.name for step in changed for stage in step.stages)
            run.text = text
        if run.unsettled:
            names = ", ".join(sorted(run.unsettled))
            warnings.warn(
                f"{self.name}: {names} did not settle; what it kept changing was left as it came",
                ConvergenceWarning,
                stacklevel=3,
            )
        return run


def _as_cleaner(stage: Any) -> Cleaner:
    if refusal := getattr(stage, "pipeline_refusal", ""):
        raise OptionError(f"{stage.name}: {refusal}")
    if all(hasattr(stage, member) for member in ("name", "scope", "edits")) and not isinstance(stage, type):
        return cast(Cleaner, stage)
    if callable(stage) and not isinstance(stage, type):
        return Wrapped(stage)
    raise OptionError(f"a stage is a cleaner or a function from str to str, not {stage!r}")


@dataclass
class _Run:
    """The state of one call: nothing of it outlives the call."""

    text: str
    ledger: Ledger | None
    max_passes: int
    passes: int = 0
    unsettled: set[str] = field(default_factory=set)


class _Document:
    """One DOCUMENT stage within a run."""

    def __init__(self, stages: Sequence[Cleaner], run: _Run) -> None:
        self.stages = stages
        self._stage = Remembering(stages[0]) if hasattr(stages[0], "edits_with") else stages[0]
        self._run = run
        self._left_alone: str | None = None

    def advance(self) -> bool:
        """Bring the run's text through the stage; return whether it changed."""
        run, before = self._run, self._run.text
        if before == self._left_alone:
            return False
        run.text = _step(self._stage, before, run.ledger)
        if run.text == before:
            self._left_alone = before
        return run.text != before


class _LineBlock:
    """Neighbouring LINE and CHAR stages within a run: each line is brought to its own fixed point."""

    def __init__(self, stages: Sequence[Cleaner], run: _Run) -> None:
        self.stages = stages
        self._run = run
        self._settled: str | None = None  # a text all of whose lines this block leaves alone
        self._whole_text = all(getattr(stage, "whole_text", False) for stage in stages)

    def advance(self) -> bool:
        """Bring every line of the run's text to its fixed point; return whether the text changed."""
        run, before = self._run, self._run.text
        if before == self._settled:
            return False
        if self._settled is None and self._whole_text:
            if not self._all_at_once():
                self._line_by_line(frozenset())
        else:
            self._line_by_line(frozenset(lines(self._settled or "")))
        self._settled = run.text
        return run.text != before

    def _all_at_once(self) -> bool:
        """Hand all lines over together; return False, with nothing done, if some line needs more than one round."""
        run = self._run
        mark = run.ledger.mark() if run.ledger else None
        out = self._chain(run.text, run.ledger)
        if out != run.text:
            old, new = lines(run.text), lines(out)
            changed = "".join([b for a, b in zip(old, new, strict=False) if a != b])
            if len(old) != len(new) or self._chain(changed, None) != changed:
                if run.ledger and mark:
                    run.ledger.reset(mark)
                return False
        run.text = out
        return True

    def _line_by_line(self, settled: frozenset[str]) -> None:
        run = self._run
        memo: dict[str, str] = {}
        out: list[str] = []
        edits: list[Edit] = []
        at = 0
        for line in lines(run.text):
            if line in settled:
                out.append(line)
            elif run.ledger is None and line in memo:
                out.append(memo[line])
            else:
                ledger = Ledger(line) if run.ledger else None
                memo[line] = result = self._settle(line, ledger)
                out.append(result)
                if ledger:
                    edits.extend(edit.shifted(at) for edit in ledger.spans(keep_edits=result != line))
            at += len(line)
        if run.ledger and edits:
            run.ledger.add(edits)
        run.text = "".join(out)

    def _settle(self, line: str, ledger: Ledger | None) -> str:
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
            if _overgrown(line, current):
                break
        self._run.unsettled.update(stage.name for stage in self.stages if stage(current) != current)
        return line

    def _chain(self, text: str, ledger: Ledger | None) -> str:
        for stage in self.stages:
            text = _step(stage, text, ledger)
        return text


def _overgrown(text: str, result: str) -> bool:
    """Whether stages feed on what they add: no cleaner makes a text so much longer."""
    return len(result) > 16 * len(text) + 65_536


def _one_line_or_none(line: str, result: str) -> bool:
    return not result or result.count("\n") == line.count("\n") == int(result.endswith("\n"))


def _step(stage: Cleaner, text: str, ledger: Ledger | None) -> str:
    """Bring `text` through one stage; with a ledger, by the edits that the stage tells."""
    return stage(text) if ledger is None else ledger.add(stage.edits(text))
