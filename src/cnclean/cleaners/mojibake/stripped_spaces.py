"""Full-width spaces deleted byte by byte: 基础。 became 基矗, because the bytes of 。 begin with those of the space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cnclean.edit import Edit
from cnclean.tables import toml_table

_RULE = ("mojibake/stripped-space",)


class _Rules(NamedTuple):
    """The compiled table: what is certain, what needs evidence, and what each character was."""

    certain: re.Pattern[str]
    uncertain: re.Pattern[str]
    was: dict[str, str]


@cache
def _rules() -> _Rules:
    patterns: dict[bool, list[str]] = {False: [], True: []}
    was: dict[str, str] = {}
    for rule in toml_table("mojibake.toml")["stripped"]:
        unless = f"(?![{rule['unless']}])" if rule["unless"] else ""
        after = "|".join(f"(?<={word}{rule['char']})" for word in rule["after"])
        patterns[rule.get("evidence", False)].append(f"{rule['char']}(?:{after}){unless}")
        was[rule["char"]] = rule["was"]
    return _Rules(re.compile("|".join(patterns[False])), re.compile("|".join(patterns[True])), was)


def stripped_space_edits(text: str) -> Iterator[Edit]:
    """Yield the originals of what was left when the space went; the doubtful ones only beside certain ones."""
    rules = _rules()
    certain = list(rules.certain.finditer(text))
    if certain:
        for match in sorted([*certain, *rules.uncertain.finditer(text)], key=re.Match.start):
            yield Edit(*match.span(), rules.was[match.group()], _RULE, "a full-width space was deleted byte by byte")


def stripped_spaces(line: str) -> int:
    """Return how many places of the line the rules could change."""
    rules = _rules()
    return sum(1 for pattern in (rules.certain, rules.uncertain) for _ in pattern.finditer(line))
