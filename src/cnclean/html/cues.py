"""What a line says when it is site chrome: cues at its beginning or anywhere in it, heads of lists after a text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cnclean.tables import toml_table
from cnclean.view import view

_SENTENCE_END = re.compile("[。！？!?]”?$")
_SHORTEST_SENTENCE = 12
_MARKS = r"[\W_]*"


class Cue(NamedTuple):
    """The kind of chrome that a line says it is, and the words that say so; `head` if lists follow it."""

    kind: str
    matched: str
    head: bool


class _Rule(NamedTuple):
    kind: str
    longest: int
    sentences: bool
    pattern: re.Pattern[str]
    head: re.Pattern[str] | None


@cache
def _rules() -> tuple[tuple[_Rule, ...], int]:
    rules: list[_Rule] = []
    for cue in toml_table("html-cues.toml")["cue"]:
        ways = [f"{_MARKS}(?:{_any(cue['starts'])})"] if cue["starts"] else []
        if "anywhere" in cue:
            ways.append(f".*?(?:{_any(cue['anywhere'])})")
        ways.extend(cue.get("patterns", ()))
        head = re.compile(f"{_MARKS}(?:{_any(cue['heads'])})") if "heads" in cue else None
        rules.append(_Rule(cue["name"], cue["longest"], cue.get("sentences", False), re.compile("|".join(ways)), head))
    return tuple(rules), max(rule.longest for rule in rules)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def cue_of(text: str) -> Cue | None:
    """Return the cue of a line, or None if it says nothing about itself.

    >>> cue_of("（責任編輯：林小滿）").kind
    'credit'
    >>> cue_of("来源于山泉的水汇成了这条河。")
    """
    rules, longest = _rules()
    if len(text) > 2 * longest:
        return None
    folded = view(text).text.replace(" ", "")
    sentence = len(folded) > _SHORTEST_SENTENCE and _SENTENCE_END.search(folded) is not None
    for rule in rules:
        if len(folded) <= rule.longest and (rule.sentences or not sentence) and (found := rule.pattern.match(folded)):
            head = rule.head is not None and rule.head.match(folded) is not None
            return Cue(rule.kind, found[0].lstrip(), head)
    return None
