"""The words that people put around a term when they search: they show where a search phrase begins and ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from string import ascii_lowercase, digits
from typing import Any

from cnclean.cleaners.spam.trie import alternation

JOINTS = " ,、/|_·-+"
"""What may stand between the phrases of a keyword list."""
_JOINTS_BEFORE = "、,/|_·-"
_LEFT, _RIGHT = 12, 24  # how far search words reach in front of a term and behind it


class SearchWords:
    """The table of search words; a look at one character tells most places where there is none."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.before = split_words(data["before"], data["places"])
        self.after = split_words(data["after"])
        self._address: str = data["address"]
        self._last_before = frozenset((*(word[-1] for word in self.before), *_JOINTS_BEFORE))
        self._first_after = frozenset((*(word[0] for word in self.after), *ascii_lowercase, *digits))

    @cached_property
    def _before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(self.before)}|[\s{re.escape(_JOINTS_BEFORE)}])+\Z")

    @cached_property
    def _after(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(self.after)}|[0-9]{{1,4}}(?![0-9a-z.])|{self._address})+")

    def start(self, text: str, term: int) -> int:
        """Return where the words in front of the term that starts at `term` start."""
        last = text[term - 1 : term]
        if last not in self._last_before and not last.isspace():
            return term
        match = self._before.search(text[max(0, term - _LEFT) : term])
        return term if match is None else term - len(match.group().lstrip(JOINTS))

    def end(self, text: str, term: int) -> int:
        """Return where the words behind the term that ends at `term` end."""
        if text[term : term + 1] not in self._first_after:
            return term
        match = self._after.match(text, term, term + _RIGHT)
        return term if match is None else match.end()


def split_words(*texts: str) -> frozenset[str]:
    """Return the words of the texts, which are separated by spaces."""
    return frozenset(word for text in texts for word in text.split())
