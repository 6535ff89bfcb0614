"""What a line is by itself: how it reads in the view, and whether it is site chrome wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cnclean.cleaners.site_chrome import menus
from cnclean.cleaners.site_chrome.find import find_cues
from cnclean.cleaners.site_chrome.guard import worth_a_look
from cnclean.cleaners.site_chrome.memory import remembering
from cnclean.cleaners.site_chrome.search import SPACES
from cnclean.view import view_text

_SPACES = re.compile(f"[{SPACES}]+")
# It begins with the line feed before the line: `re` looks for one character much faster than for the start of a line.
_DECORATION = re.compile(r"\n(?:[^\w\n©]|_)++(?=.)")


class Verdict(NamedTuple):
    """Why a line goes: the kind of chrome, the cue (entry of the table or structural rule), the words that matched.

    `own` says that the line goes for what it is by itself; only such lines are evidence against others. `ends` says
    that it opens the tail of a page.
    """

    kind: str
    cue: str
    matched: str
    own: bool = True
    ends: bool = False


Look = tuple[str, str, Verdict | None]
"""A line worth a look: its view, its tight view (without spaces and decoration), and the verdict on it by itself.

A verdict that is not `own` waits for other chrome beside the line.
"""


def look_at(lines: Sequence[str], keep: tuple[str, ...]) -> dict[str, Look]:
    """Return the looks at those of these lines, stripped and not blank, that are worth one; `keep` are kinds that stay.

    All lines are read together: the fewer calls, the less time.
    """
    return remembering(lambda new: _look(new, keep), worth_a_look(lines), keep)


def _look(lines: Sequence[str], keep: tuple[str, ...]) -> Iterator[Look]:
    seens = list(map(str.strip, view_text("\n".join(lines)).split("\n")))
    tights = tighten("\n".join(seens)).split("\n")
    return zip(seens, tights, map(_judge(seens, tights, keep).get, range(len(lines))), strict=True)


def _judge(seens: Sequence[str], tights: Sequence[str], keep: tuple[str, ...]) -> dict[int, Verdict]:
    """Return the verdicts on lines, given as their views and tight views, by their place."""
    found: dict[int, Verdict] = {}
    if "menu" not in keep:
        weak = _weak_words()
        found = {place: weak[tight] for place, tight in enumerate(tights) if tight in weak}
    for place, (cue, matched) in find_cues(tights).items():
        found[place] = Verdict(cue.kind, cue.name, matched, not cue.weak, cue.ends and not cue.weak)
    if "menu" not in keep:
        for place in menus.may_be_menus(seens, tights):
            is_open = place not in found or not (found[place].own or found[place].kind in keep)
            if is_open and (words := menus.find_menu(seens[place])) is not None:
                found[place] = Verdict("menu", "menu words", words)
    if keep:
        found = {place: verdict for place, verdict in found.items() if verdict.kind not in keep}
    return found


@cache
def _weak_words() -> Mapping[str, Verdict]:
    return {word: Verdict("menu", "menu word", word, own=False) for word in menus.weak_words()}


def tighten(seen: str) -> str:
    r"""Return a view, or many line by line, without its spaces and without decoration before its first word.

    >>> tighten("◎ 未 审 核:\n|")
    '未审核:\n|'
    """
    tight = _SPACES.sub("", seen.replace(" ", ""))  # hardly any other spaces are left to search for
    return _DECORATION.sub("\n", f"\n{tight}")[1:]
