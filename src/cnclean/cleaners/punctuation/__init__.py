"""Half-width punctuation in Chinese sentences: , : ; ? ! ( ) become full-width where their context is Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cnclean.cleaner import Scope
from cnclean.cleaners.punctuation.brackets import list_marker, wide_pairs
from cnclean.cleaners.punctuation.context import CHINESE, HAN_RUN, IS_HAN, KANA, SPACES, is_protected, without_protected
from cnclean.cleaners.punctuation.marks import wide_marks
from cnclean.edit import Edit

_WIDE_MARKS = "，：；？！（）"
_WIDE = dict(zip(",:;?!()", _WIDE_MARKS, strict=True))
_RULES = {
    "comma": ",",
    "colon": ":",
    "semicolon": ";",
    "question-mark": "?",
    "exclamation-mark": "!",
    "brackets": "()",
}
_RULE_OF = {mark: (f"punctuation/{name}",) for name, marks in _RULES.items() for mark in marks}

# Whatever can be changed is in a line with one of these; other text is not looked at further. It begins with one class,
# which `re` searches much faster than an alternation.
_GUARD = re.compile(
    rf"[,:;?!()](?:(?<=[()])|(?<=[{CHINESE}{_WIDE_MARKS}{SPACES}*].)|(?=[{SPACES}*]{{0,60}}+[{CHINESE}{_WIDE_MARKS}])|$"
    r"|(?<=[A-Za-z%+#],)(?=[A-Za-z0-9])|(?<=[0-9],)(?=[A-Za-z]))",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Punctuation:
    """Full-width ，：；？！（） where a sentence is Chinese; numbers, addresses, code and Latin text stay as they are.

    Scope: line. Idempotent because every decision is made on the line folded to half width, and folding undoes just
    what this cleaner does: the second run decides the same and finds it done.

    >>> Punctuation()("2007年,他在会议(SIGMOD)上获奖:真的吗?比分3:2,共1,000人。")
    '2007年，他在会议（SIGMOD）上获奖：真的吗？比分3:2，共1,000人。'
    """

    name = "punctuation"
    scope = Scope.LINE
    whole_text = True
    triggers = ",:;?!()"

    def __call__(self, text: str, /) -> str:
        """Return the text with full-width marks in its Chinese sentences."""
        parts: list[str] = []
        done = 0
        for at in _places(text):
            parts += (text[done:at], _WIDE[text[at]])
            done = at + 1
        return "".join([*parts, text[done:]]) if parts else text

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for every mark that becomes full-width."""
        for at in _places(text):
            yield Edit(at, at + 1, _WIDE[text[at]], _RULE_OF[text[at]], "half-width in Chinese")


def _places(text: str) -> Iterator[int]:
    """Yield, in order, the places of all half-width marks that should be full-width."""
    found = _GUARD.search(text)
    while found:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.start())
        end = len(text) if end < 0 else end
        for at in _wide_places(text[start:end]):
            if text[start + at] in _WIDE:
                yield start + at
        found = _GUARD.search(text, end)


def _wide_places(line: str) -> list[int]:
    """Return, in order, the places of all marks of `line` that should be full-width, whatever they are now."""
    folded = line
    for half, wide in _WIDE.items():
        folded = folded.replace(wide, half)
    if not IS_HAN.search(folded) or is_protected(folded):
        return []
    if KANA.search(folded) and _is_japanese(folded):  # which has its own habits
        return []
    seen = without_protected(folded)
    places: list[int] = []
    if "(" in seen or ")" in seen:
        places, seen = wide_pairs(seen)
        places += list_marker(seen)
    places += wide_marks(seen)
    places.sort()
    return places


def _is_japanese(line: str) -> bool:
    missing = 4 * len(KANA.findall(line))  # Han: with so many, it is Chinese that quotes
    for run in HAN_RUN.finditer(line):
        missing -= len(run[0])
        if missing <= 0:
            return False
    return missing > 0
