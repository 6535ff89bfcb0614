"""What a line says when it is site chrome: cues at its beginning, anywhere in it, and heads of the lists after a text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cnclean.tables import toml_table
from cnclean.view import view

_MARKS = r"[\W_]*"


class Cue(NamedTuple):
    """The kind of chrome that a line says it is, and the words that say so; `head` if lists follow it."""

    kind: str
    matched: str
    head: bool


class _Rule(NamedTuple):
    kind: str
    longest: int
    pattern: re.Pattern[str]
    head: re.Pattern[str] | None


@cache
def _rules() -> tuple[tuple[_Rule, ...], re.Pattern[str], int]:
    rules: list[_Rule] = []
    quick: list[str] = []
    for cue in toml_table("html-cues.toml")["cue"]:
        starts = f"{_MARKS}(?:{_any(cue['starts'])})"
        anywhere = f"|.*?(?:{_any(cue['anywhere'])})" if "anywhere" in cue else ""
        head = re.compile(f"{_MARKS}(?:{_any(cue['heads'])})") if "heads" in cue else None
        rules.append(_Rule(cue["name"], cue["longest"], re.compile(starts + anywhere), head))
        quick.extend([*cue["starts"], *cue.get("anywhere", ())])
    return tuple(rules), re.compile(_any(quick)), max(rule.longest for rule in rules)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def cue_of(text: str) -> Cue | None:
    """Return the cue of a line, or None if it says nothing about itself.

    >>> cue_of("（責任編輯：林小滿）").kind
    'credit'
    >>> cue_of("来源于山泉的水汇成了这条河。")
    """
    rules, quick, longest = _rules()
    if len(text) > 2 * longest:
        return None
    folded = view(text).text.replace(" ", "")
    if not quick.search(folded):
        return None
    for rule in rules:
        if len(folded) <= rule.longest and (found := rule.pattern.match(folded)):
            head = rule.head is not None and rule.head.match(folded) is not None
            return Cue(rule.kind, found[0].lstrip(), head)
    return None
