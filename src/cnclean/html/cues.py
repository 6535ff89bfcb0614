"""What a line says when it is site chrome: the cues that text has too, and those that count on a page only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from cnclean.cleaners.site_chrome.alone import look_at
from cnclean.tables import toml_table
from cnclean.view import view_text

TABLE = "html-cues.toml"
_LONGEST = 320  # with spaces and annotations
_SENTENCE_END = re.compile("[。！？!?]”?$")
_SHORTEST_SENTENCE = 12
_MARKS = r"[\W_]*"
_LETTER = re.compile(r"[^\W\d_]")


class Cue(NamedTuple):
    """The kind of chrome that a line says it is, and the words that say so; `head` if lists follow it."""

    kind: str
    matched: str
    head: bool = False


class Rule(NamedTuple):
    """An entry of the table of cues that count on a page only; its lines are folded and without spaces."""

    name: str
    kind: str
    longest: int
    sentences: bool
    pattern: re.Pattern[str]

    def match(self, tight: str) -> str | None:
        """Return what this entry matches in a line."""
        if len(tight) > self.longest or (not self.sentences and _is_sentence(tight)):
            return None
        found = self.pattern.match(tight)
        return found[0] if found else None


def _is_sentence(tight: str) -> bool:
    return len(tight) > _SHORTEST_SENTENCE and _SENTENCE_END.search(tight) is not None


@cache
def rules() -> tuple[Rule, ...]:
    """Return the entries of the table in its order, which is that of preference."""
    found: list[Rule] = []
    for cue in toml_table(TABLE)["cue"]:
        ways = [f"{_MARKS}(?:{_any(cue['starts'])})"] if "starts" in cue else []
        if "anywhere" in cue:
            ways.append(f".*?(?:{_any(cue['anywhere'])})")
        ways.extend(cue.get("patterns", ()))
        pattern = re.compile("|".join(ways))
        found.append(Rule(cue["name"], cue["kind"], cue["longest"], cue.get("sentences", False), pattern))
    return tuple(found)


@cache
def _any_rule() -> re.Pattern[str]:
    """Return a pattern that matches where any rule does: most lines say nothing, and are read once."""
    return re.compile("|".join([rule.pattern.pattern for rule in rules()]))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(f"{_MARKS}(?:{_any(toml_table(TABLE)['heads']['words'].split())})")


@cache
def _kinds() -> dict[str, str]:
    """Return what the kinds of chrome that text has too are called on a page."""
    return {kind: shared["name"] for shared in toml_table(TABLE)["shared"] for kind in shared["kinds"]}


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def cues_of(lines: Iterable[str]) -> dict[str, Cue]:
    """Return the cues of those lines that say something about themselves. Each line is judged alone.

    >>> cues_of(["（責任編輯：林小滿）", "来源于山泉的水汇成了这条河。"])
    {'（責任編輯：林小滿）': Cue(kind='credit', matched='(责任编辑', head=False)}
    """
    short = [line for line in dict.fromkeys(lines) if 0 < len(line) <= _LONGEST and "\n" not in line]
    if not short:
        return {}
    tights = dict(zip(short, view_text("\n".join(short)).replace(" ", "").split("\n"), strict=True))
    said = {line: found for line, tight in tights.items() if (found := own_cue(tight))}
    said |= shared_cues([line for line in short if line not in said])
    heads = _heads()
    return {line: Cue(*found, head=heads.match(tights[line]) is not None) for line, found in said.items()}


def own_cue(tight: str) -> tuple[str, str] | None:
    """Return the kind of a line, and what says so, by the cues that count on a page only."""
    if not _any_rule().match(tight):
        return None
    return next(((rule.kind, matched) for rule in rules() if (matched := rule.match(tight)) is not None), None)


def shared_cues(lines: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the kinds of those of these lines that are chrome wherever they stand, and what says so.

    Cues that are weak in text count here, but for single words that may be headings. A line of figures says nothing.
    """
    kinds = _kinds()
    return {
        line: (kinds[verdict.kind], verdict.matched)
        for line, (_, _, verdict) in look_at(lines, ()).items()
        if verdict is not None
        and verdict.kind in kinds
        and (verdict.own or verdict.kind != "menu")
        and _LETTER.search(verdict.matched)
    }
