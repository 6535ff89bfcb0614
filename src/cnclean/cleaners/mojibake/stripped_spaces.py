"""Full-width spaces deleted byte by byte: 基础。 became 基矗, because the bytes of 。 begin with those of the space."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cnclean.edit import Edit
from cnclean.tables import toml_table

_RULE = ("mojibake/stripped-space",)


class Places(NamedTuple):
    """Where a space may have been stripped: the regex class of what was left, and what must hold after it."""

    first: str
    rest: str

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern; a class comes first, for that is quicker than alternatives."""
        return re.compile(f"[{self.first}]{self.rest}")


class _Rules(NamedTuple):
    """The compiled table: what is certain, what needs evidence, and what each character was."""

    certain: re.Pattern[str]
    uncertain: re.Pattern[str]
    was: dict[str, str]


def places(*, certain: bool) -> Places:
    """Return the places that the rules of the table name: those that are certain, or those that need evidence."""
    firsts, rests = "", []
    for rule in toml_table("mojibake.toml")["stripped"]:
        if rule.get("evidence", False) != certain:
            unless = f"(?![{rule['unless']}])" if rule["unless"] else ""
            after = "|".join(f"(?<={word}{rule['char']})" for word in rule["after"])
            firsts += rule["char"]
            rests.append(f"(?:{after}){unless}")
    return Places(firsts, f"(?:{'|'.join(rests)})")


@cache
def _rules() -> _Rules:
    was = {rule["char"]: rule["was"] for rule in toml_table("mojibake.toml")["stripped"]}
    return _Rules(places(certain=True).compiled(), places(certain=False).compiled(), was)


def stripped_space_edits(text: str, around: Iterable[tuple[int, int, int]]) -> Iterator[Edit]:
    """Yield the originals of what was left when the space went; the doubtful ones only beside certain ones."""
    rules = _rules()
    certain = [match for _, start, end in around for match in rules.certain.finditer(text, start, end)]
    if certain:
        for match in sorted([*certain, *rules.uncertain.finditer(text)], key=re.Match.start):
            yield Edit(*match.span(), rules.was[match.group()], _RULE, "a full-width space was deleted byte by byte")


def stripped_spaces(line: str) -> int:
    """Return how many places of the line the rules could change."""
    rules = _rules()
    return sum(1 for pattern in (rules.certain, rules.uncertain) for _ in pattern.finditer(line))
