"""The engine: the answer of a `Chain`, many times faster.

A text is converted in two moves. First every character by itself, with `str.translate`, at the speed of C. Then the
places where that is wrong are mended: an *anchor* with a fitting neighbour gives the place away, the *window* around it
is cut at sync points (see `compiled`), converted exactly, remembered, and laid over the first result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cnclean.cleaners.script.chain import UNUSUAL, normalise
from cnclean.cleaners.script.compiled import Compiled
from cnclean.cleaners.script.matching import Dictionary, Segment, convert_through
from cnclean.cleaners.script.segmentation import WeightedWords
from cnclean.edit import Edit, apply_edits, compose_edits, diff_edits

_MAX_WINDOWS = 50_000
_LONGEST_REMEMBERED = 60
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_IDENTITY = list(range(0x10000))


class Engine:
    """Converts text exactly as the chain does whose tables it is given.

    `levels`, the frequencies of words, make it weigh words instead of matching them greedily from left to right.
    Safe to share between threads: all that changes is a dict of windows, and each entry is right whoever writes it.
    """

    def __init__(self, compiled: Compiled, levels: Mapping[str, int] | None = None) -> None:
        self.compiled = compiled
        words, lengths = compiled.words, compiled.lengths
        self._words = Dictionary(words, lengths) if levels is None else WeightedWords(words, levels, lengths)
        self._run_stages = tuple(Dictionary(pairs) for pairs in compiled.runs)
        self._table = _IDENTITY.copy()  # a list makes str.translate twice as fast as a dict does
        self._full_table = {ord(char): result for char, result in compiled.characters.items() if len(result) == 1}
        for code, result in self._full_table.items():
            if code < 0x10000:
                self._table[code] = ord(result)
        self._astral_keys = self._full_table.keys() - range(0x10000)
        anchors = re.escape("".join(sorted(compiled.anchors.characters)))
        self._anchor = re.compile(f"[{anchors}]" if anchors else r"(?!)")
        self._known: dict[str, str] = {}

    def convert(self, text: str, *, is_usual: bool = False) -> str:
        """Return `text` converted; `is_usual` says that nothing in it matches `UNUSUAL`, so that nobody need look."""
        text, base = self._by_character(text, is_usual=is_usual)
        parts: list[str] = []
        done = 0
        for start, end in self._windows_of(text):
            window = text[start:end]
            plain = base[start:end]
            result = self._known.get(window)
            if result is None:
                result = self._remember(window, plain)
            if result != plain:
                parts += (base[done:start], result)
                done = end
        return "".join(parts) + base[done:] if parts else base

    def _by_character(self, text: str, *, is_usual: bool = False) -> tuple[str, str]:
        """Return `text` without compatibility ideographs, and the same converted character by character."""
        if is_usual or not UNUSUAL.search(text):
            return text, text.translate(self._table)
        text = normalise(self.compiled.normal, text)
        if self._astral_keys and not self._astral_keys.isdisjoint(map(ord, _ASTRAL.findall(text))):
            return text, text.translate(self._full_table)
        return text, text.translate(self._table)

    def _windows_of(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans, from sync point to sync point, in which a word may differ from its characters."""
        _, openings, closings, alone = self.compiled.anchors
        followers = self.compiled.followers.get
        end = 0
        length = len(text)
        for at in map(re.Match.start, self._anchor.finditer(text)):
            if at < end or not (
                text[at : at + 2] in openings or text[at - 1 : at + 1] in closings or (alone and text[at] in alone)
            ):
                continue
            start = at
            while start > end and text[start] in followers(text[start - 1], ""):
                start -= 1
            end = at + 1
            while end < length and text[end] in followers(text[end - 1], ""):
                end += 1
            yield start, end

    def _remember(self, window: str, plain: str) -> str:
        result = "".join([result for _, _, result in self._pieces(window, plain)])
        if len(window) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _MAX_WINDOWS:
                self._known.clear()
            self._known[window] = result
        return result

    def _pieces(self, window: str, plain: str) -> Iterator[tuple[int, Segment, str]]:
        """Yield the segments of a window with their results."""
        words = self.compiled.words
        for segment in self._words.segments(window):
            start, text, is_word = segment
            if is_word:
                yield start, segment, words[text] or plain[start : start + len(text)]
            elif self._run_stages:
                yield start, segment, convert_through(self._run_stages, text)
            else:
                yield start, segment, plain[start : start + len(text)]

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield what `convert` changes: characters one by one, phrases as they are."""
        normal, base = self._by_character(text)
        done = 0
        for start, end in self._windows_of(normal):
            yield from _character_edits(text, base, done, start)
            for at, segment, result in self._pieces(normal[start:end], base[start:end]):
                old = text[start + at : start + at + len(segment.text)]
                if old != result:
                    for edit in self._segment_edits(old, segment, result):
                        yield edit.shifted(start + at)
            done = end
        yield from _character_edits(text, base, done, len(text))

    def _segment_edits(self, old: str, segment: Segment, result: str) -> Iterable[Edit]:
        if segment.is_word or not self._run_stages:
            return diff_edits(old, result, (), f"word {old}" if segment.is_word else "")
        edits = list(diff_edits(old, segment.text, ()))
        for stage in self._run_stages:
            edits = compose_edits(old, edits, stage.edits(apply_edits(old, edits)))
        return edits


def _character_edits(text: str, base: str, start: int, end: int) -> Iterator[Edit]:
    if text[start:end] != base[start:end]:
        for at in range(start, end):
            if text[at] != base[at]:
                yield Edit(at, at + 1, base[at])
