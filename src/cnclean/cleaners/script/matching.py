"""Longest match: how a dictionary is laid over a text, from left to right, the longest key at each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cnclean.edit import Edit

Lengths = Mapping[str, tuple[int, ...]]
"""The lengths of the keys that begin with a character, longest first."""


class Segment(NamedTuple):
    """A word, or a run of characters between two words."""

    start: int
    text: str
    is_word: bool


class Dictionary:
    """Keys and values, with longest match at a place of a text.

    >>> [segment.text for segment in Dictionary({"干": "幹", "干净": "乾淨"}).segments("不干净")]
    ['不', '干净']
    """

    def __init__(self, pairs: Mapping[str, str], lengths: Lengths | None = None) -> None:
        self.pairs = pairs
        self._lengths = lengths

    @property
    def lengths(self) -> Lengths:
        """The lengths of the keys that begin with a character, longest first; found out when first needed."""
        if self._lengths is None:
            heads: dict[str, set[int]] = {}
            for head, length in {(key[0], len(key)) for key in self.pairs}:
                heads.setdefault(head, set()).add(length)
            self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in heads.items()}
        return self._lengths

    def matches(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield place and key of each match, not overlapping."""
        lengths, pairs = self.lengths, self.pairs
        end = 0
        for at, char in enumerate(text):
            if at >= end:
                for length in lengths.get(char, ()):
                    key = text[at : at + length]
                    if key in pairs:
                        yield at, key
                        end = at + len(key)
                        break

    def segments(self, text: str) -> Iterator[Segment]:
        """Yield the words of `text` and the runs between them."""
        run = 0
        for at, word in self.matches(text):
            if run < at:
                yield Segment(run, text[run:at], False)
            yield Segment(at, word, True)
            run = at + len(word)
        if run < len(text):
            yield Segment(run, text[run:], False)

    def edits(self, text: str) -> list[Edit]:
        """Return what this dictionary changes in `text`."""
        found = ((at, key, self.pairs[key]) for at, key in self.matches(text))
        return [Edit(at, at + len(key), value) for at, key, value in found if key != value]

    def convert(self, text: str) -> str:
        """Return `text` with every match replaced."""
        out: list[str] = []
        done = 0
        for at, key in self.matches(text):
            out += (text[done:at], self.pairs[key])
            done = at + len(key)
        return "".join(out) + text[done:] if out else text


def convert_through(stages: tuple[Dictionary, ...], text: str) -> str:
    """Return `text` after all `stages`."""
    for stage in stages:
        text = stage.convert(text)
    return text
