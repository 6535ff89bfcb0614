"""What a user's table may hold: `extend` (words by class), `drop` (words), `guard` (collisions)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cnclean.tables import toml_table

WEIGHT_KEYS = ("strong", "solo", "plain", "weak")
_KEYS = ("extend", "drop", "guard")
# How the patterns of a guard are compiled: one that sets flags, as (?i) does, cannot stand inside a group.
_USED = {"before": r"(?:{})\Z", "after": "{}"}


def check_overlay(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a user's table, entry by entry."""
    for key in sorted(table.keys() - {*_KEYS, "example", "source", "licence"}):
        yield f"{key}: unknown key; valid: {', '.join(_KEYS)}"
    extend, guards = table.get("extend", {}), table.get("guard", [])
    if isinstance(extend, dict):
        for name, entry in extend.items():
            yield from _extend_problems(name, entry)
    else:
        yield "extend: must be tables of words by class, for example [extend.gambling]"
    if not _is_word_list(table.get("drop", [])):
        yield "drop: must be a list of words of two or more characters"
    if isinstance(guards, list):
        for number, guard in enumerate(guards, 1):
            yield from (f"guard {number}: {problem}" for problem in _guard_problems(guard))
    else:
        yield "guard: must be an array of tables, [[guard]]"


def _extend_problems(name: str, entry: object) -> Iterator[str]:
    known = [cls["name"] for cls in toml_table("spam.toml")["class"]]
    if name not in known:
        yield f"extend.{name}: no such class; valid: {', '.join(known)}"
    elif not isinstance(entry, dict) or entry.keys() - set(WEIGHT_KEYS):
        yield f"extend.{name}: may hold only {', '.join(WEIGHT_KEYS)}, each a list of words"
    else:
        for key, words in entry.items():
            if not _is_word_list(words):
                yield f"extend.{name}.{key}: must be a list of words of two or more characters"


def _guard_problems(guard: object) -> Iterator[str]:
    if not isinstance(guard, dict) or not isinstance(guard.get("term"), str):
        yield "has no term"
        return
    for side, used in _USED.items():
        try:
            re.compile(used.replace("{}", guard.get(side, "")))
        except (re.error, TypeError) as error:
            yield f"{guard['term']}: {side} is no pattern: {error}"


def _is_word_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) and len(word.strip()) > 1 for word in words)
