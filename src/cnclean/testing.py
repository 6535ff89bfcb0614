"""check_laws: what every cleaner promises, as one assertion. It ships with the package, for your own cleaners too."""

from __future__ import annotations

import pickle
import re

from cnclean.cleaner import Cleaner, Remembering, Scope, lines, options
from cnclean.edit import Edit, apply_edits
from cnclean.triggers import triggers_of

_MAX_CUTS = 12


def check_laws(cleaner: Cleaner, text: str) -> None:
    """Raise an `AssertionError` that shows the text and both results if `cleaner` breaks a law on `text`.

    The laws: idempotent (f(f(x)) == f(x)); explained (the edits, sorted and inside the text, lead to f(x)); local as
    its scope says; a pure value (the same answer twice, picklable, rebuilt equal from its options). Where it declares
    triggers, it finds nothing in the text without them; where it can remember, it answers as if it did not.

    >>> import cnclean
    >>> check_laws(cnclean.build("width"), "ＡＢＣ１２３，你好")
    """
    result = cleaner(text)
    if not isinstance(result, str):
        raise AssertionError(f"{cleaner.name}: must return a str, returned {type(result).__name__}")
    _same(cleaner, "not pure: another answer on the second call", text, result, cleaner(text))
    _same(cleaner, "not idempotent: f(f(x)) differs from f(x)", text, result, cleaner(result))
    _check_explained(cleaner, text, result)
    if hasattr(cleaner, "edits_with"):
        _check_memory(cleaner, text, result)
    if cleaner.scope <= Scope.LINE:
        _check_lines(cleaner, text, result)
    if cleaner.scope == Scope.CHAR:
        for cut in _cuts(range(1, len(text))):
            parts = cleaner(text[:cut]) + cleaner(text[cut:])
            _same(cleaner, f"not local to characters, cut at {cut}", text, result, parts)
    if triggers := triggers_of(cleaner):
        bare = re.sub(f"[{triggers}]", "", text)
        if found := list(cleaner.edits(bare)):
            raise AssertionError(f"{cleaner.name}: an edit without a trigger: {found[0]!r}\n  text {bare!r}")
    _check_value(cleaner, text, result)


def _same(cleaner: Cleaner, law: str, text: str, expected: str, got: str) -> None:
    if got != expected:
        raise AssertionError(f"{cleaner.name}: {law}\n  text     {text!r}\n  expected {expected!r}\n  got      {got!r}")


def _check_explained(cleaner: Cleaner, text: str, result: str) -> None:
    edits = list(cleaner.edits(text))
    _same(cleaner, "not explained: its edits lead to another text", text, result, apply_edits(text, edits))
    for edit in edits:
        if not isinstance(edit, Edit) or not edit.rules or not all(isinstance(r, str) and r for r in edit.rules):
            raise AssertionError(f"{cleaner.name}: an edit without a rule id: {edit!r}\n  text {text!r}")
        if edit.end > len(text):
            raise AssertionError(f"{cleaner.name}: an edit outside the text: {edit!r}\n  text {text!r}")


def _check_memory(cleaner: Cleaner, text: str, result: str) -> None:
    remembering = Remembering(cleaner)
    for _ in ("nothing in its memory", "the text in it"):
        _same(cleaner, "with a memory, another answer", text, result, remembering(text))
        _same(cleaner, "with a memory, other edits", text, result, apply_edits(text, remembering.edits(text)))


def _check_lines(cleaner: Cleaner, text: str, result: str) -> None:
    parts = lines(text)
    cleaned = [cleaner(line) for line in parts]
    _same(cleaner, "not local to lines: line by line differs from the whole", text, result, "".join(cleaned))
    for line, got in zip(parts, cleaned, strict=True):
        if got and (lines(got) != [got] or got.endswith("\n") != line.endswith("\n")):
            raise AssertionError(f"{cleaner.name}: one line must become one line or none: {line!r} became {got!r}")
    ends = [i + 1 for i, char in enumerate(text) if char == "\n"]
    for cut in _cuts(ends):
        joined = cleaner(text[:cut]) + cleaner(text[cut:])
        _same(cleaner, f"not local to lines, cut at {cut}", text, result, joined)


def _cuts(places: range | list[int]) -> list[int]:
    step = max(1, len(places) // _MAX_CUTS)
    return list(places[::step])


def _check_value(cleaner: Cleaner, text: str, result: str) -> None:
    copy = pickle.loads(pickle.dumps(cleaner))  # noqa: S301 - our own bytes
    _same(cleaner, "not picklable: its copy gives another answer", text, result, copy(text))
    rebuilt = type(cleaner)(**options(cleaner))
    if copy != cleaner or rebuilt != cleaner:
        raise AssertionError(f"{cleaner.name}: not a value: a copy, or one rebuilt from its options, differs")
