"""Pipeline: stages, run in passes until a pass changes nothing. Cleaning twice is cleaning once, whatever the stages.

The guarantee: a pass is the stages in order, a deterministic function of the text. If the passes settle on y, then
pass(y) = y, so P(y) = y. If they do not settle within `max_passes`, the input itself comes back (first for that line,
at worst for that text); so it does when they make it grow without end. Either way P(P(x)) = P(x).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from cnclean.cleaner import Cleaner, Scope
from cnclean.edit import Edit
from cnclean.errors import ConvergenceWarning, OptionError, require_text
from cnclean.ledger import Ledger
from cnclean.passes import DocumentStep, LineBlock, Run, overgrown
from cnclean.report import Report
from cnclean.shapes import Wrapped
from cnclean.triggers import Watch


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

    @cached_property
    def _watch(self) -> Watch:
        return Watch(self.stages)

    def _run(self, text: str, ledger: Ledger | None) -> Run:
        run = Run(text, ledger, self.max_passes, self._watch)
        steps = [(LineBlock if block[0].scope <= Scope.LINE else DocumentStep)(block, run) for block in self._blocks]
        while run.passes < self.max_passes and not overgrown(text, run.text):
            before = run.begin_pass()
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
