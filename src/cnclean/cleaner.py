"""Cleaner: what every stage is, how far it may look, and how text is cut into lines."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import Any, Protocol, runtime_checkable

from cnclean.edit import Edit, apply_edits


class Scope(IntEnum):
    """How far a cleaner looks: a promise that `cnclean.testing.check_laws` checks."""

    CHAR = 0
    """f(a + b) == f(a) + f(b) for all a, b: the cleaner is a table of characters."""
    LINE = 1
    """The same whenever a ends with a line feed; one line becomes one line or none."""
    DOCUMENT = 2
    """No promise: the cleaner may look everywhere."""


@runtime_checkable
class Cleaner(Protocol):
    """Text to text, with a name, a scope, and an account of its edits. No base class is needed.

    The optional member `whole_text = True` tells a `Pipeline` that a LINE or CHAR cleaner really keeps its scope, so
    that many lines may be handed over at once. Without it the pipeline calls the cleaner line by line, which makes the
    promise true whatever the cleaner does.

    The optional member `triggers`, the inside of a character class such as `"&;"`, tells that the cleaner finds nothing
    in a text without any of these characters. A `Pipeline` searches a text once for the triggers of all its stages, and
    does not call those that have none.

    The optional method `edits_with(text, memory)` yields the same as `edits(text)`, and may keep in `memory`, a dict
    that is empty at first, what it found out about lines. A `Pipeline` brings the same memory every time that it asks
    within one run, so that looking again at a text that has hardly changed costs little. Beside it, the optional method
    `clean_with(text, memory)` returns the text that these edits lead to, for a cleaner that need not make them.
    """

    @property
    def name(self) -> str:
        """Registry name in kebab-case, for example `"site-chrome"`."""

    @property
    def scope(self) -> Scope:
        """How far the cleaner looks."""

    def __call__(self, text: str, /) -> str:
        """Return the cleaned text."""

    def edits(self, text: str, /) -> Iterable[Edit]:
        """Return the edits that lead to the cleaned text: sorted, not overlapping, in coordinates of `text`."""


class Remembering:
    """A cleaner with a memory, for one run of a pipeline: the same answers, sooner the second time."""

    def __init__(self, cleaner: Cleaner) -> None:
        self.name = cleaner.name
        self.scope = cleaner.scope
        self._edits_with: Callable[[str, dict[Any, Any]], Iterable[Edit]] = getattr(cleaner, "edits_with")  # noqa: B009
        self._clean_with: Callable[[str, dict[Any, Any]], str] | None = getattr(cleaner, "clean_with", None)
        self._memory: dict[Any, Any] = {}

    def __call__(self, text: str, /) -> str:
        """Return the cleaned text."""
        return self._clean_with(text, self._memory) if self._clean_with else apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterable[Edit]:
        """Return the edits that lead to the cleaned text."""
        return self._edits_with(text, self._memory)


def lines(text: str) -> list[str]:
    r"""Return the lines of `text`, each with its terminator, split at line feeds only.

    `str.splitlines` splits at nine more characters and cannot be undone; this can: `"".join(lines(t)) == t`.

    >>> lines("第一行\n第二行")
    ['第一行\n', '第二行']
    """
    return list(io.StringIO(text, newline="\n"))


def options(cleaner: Cleaner) -> dict[str, Any]:
    """Return the options of a cleaner: the fields of its dataclass, by name."""
    if not is_dataclass(cleaner):
        return {}
    return {f.name: getattr(cleaner, f.name) for f in fields(cleaner) if f.init}
