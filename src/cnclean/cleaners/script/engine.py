"""The engine: the answer of a `Chain`, many times faster.

A text is converted in two moves. First every character by itself, with `str.translate`, at the speed of C. Then the
places where that is wrong are mended: an *anchor* with a fitting neighbour gives the place away, the *window* around it
is cut at sync points (see `compiled`), converted exactly, remembered, and laid over the first result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cnclean.cleaners.script.chain import Chain, Segment, convert_through
from cnclean.cleaners.script.compiled import Compiled
from cnclean.edit import Edit, apply_edits, compose_edits, diff_edits

_MAX_WINDOWS = 50_000
_LONGEST_REMEMBERED = 60
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_IDENTITY = list(range(0x10000))


class Engine:
    """Converts text exactly as its chain does.

    Safe to share between threads: all that changes is a dict of windows, and each entry is right whoever writes it.
    """

    def __init__(self, chain: Chain, compiled: Compiled) -> None:
        self.chain = chain
        self.compiled = compiled
        self._table = _IDENTITY.copy()  # a list makes str.translate twice as fast as a dict does
        self._full_table = {ord(char): result for char, result in compiled.characters.items() if len(result) == 1}
        for code, result in self._full_table.items():
            if code < 0x10000:
                self._table[code] = ord(result)
        self._astral_keys = self._full_table.keys() - range(0x10000)
        self._anchor = re.compile(f"[{re.escape(''.join(sorted(compiled.anchors)))}]") if compiled.anchors else None
        self._windows: dict[str, str] = {}
        self._plain_runs = len(chain.run_stages) == 1 and all(len(key) == 1 for key in chain.run_stages[0].pairs)

    def convert(self, text: str) -> str:
        """Return `text` converted."""
        text = self.chain.normalise(text)
        base = self._by_character(text)
        if self._anchor is None:
            return base
        parts: list[str] = []
        done = 0
        for start, end in self._window_spans(text):
            window = text[start:end]
            plain = base[start:end]
            result = self._windows.get(window)
            if result is None:
                result = self._remember(window, plain)
            if result != plain:
                parts += (base[done:start], result)
                done = end
        return "".join(parts) + base[done:] if parts else base

    def _by_character(self, text: str) -> str:
        if self._astral_keys and not self._astral_keys.isdisjoint(map(ord, _ASTRAL.findall(text))):
            return text.translate(self._full_table)
        return text.translate(self._table)

    def _window_spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans, from sync point to sync point, in which a word may differ from its characters."""
        assert self._anchor is not None
        anchors = self.compiled.anchors
        bonds = self.compiled.bonds
        end = 0
        length = len(text)
        for match in self._anchor.finditer(text):
            at = match.start()
            if at < end:
                continue
            near = anchors[text[at]]
            if near is not None and text[at + 1 : at + 2] not in near[1] and not (at and text[at - 1] in near[0]):
                continue
            start = at
            while start > end and text[start - 1 : start + 1] in bonds:
                start -= 1
            end = at + 1
            while end < length and text[end - 1 : end + 1] in bonds:
                end += 1
            yield start, end

    def _remember(self, window: str, plain: str) -> str:
        result = "".join([result for _, _, result in self._pieces(window, plain)])
        if len(window) <= _LONGEST_REMEMBERED:
            if len(self._windows) >= _MAX_WINDOWS:
                self._windows.clear()
            self._windows[window] = result
        return result

    def _pieces(self, window: str, plain: str) -> Iterator[tuple[int, Segment, str]]:
        """Yield the segments of a window with their results."""
        words = self.compiled.words
        for segment in self.chain.segments(window):
            start, text, is_word = segment
            if is_word:
                yield start, segment, words[text] or plain[start : start + len(text)]
            elif self._plain_runs:
                yield start, segment, plain[start : start + len(text)]
            else:
                yield start, segment, convert_through(self.chain.run_stages, text)

    def edits(self, text: str) -> Iterator[Edit]:
        """Yield what `convert` changes: characters one by one, phrases as they are."""
        normal = self.chain.normalise(text)
        base = self._by_character(normal)
        done = 0
        for start, end in self._window_spans(normal) if self._anchor else ():
            yield from _character_edits(text, base, done, start)
            for at, segment, result in self._pieces(normal[start:end], base[start:end]):
                old = text[start + at : start + at + len(segment.text)]
                if old != result:
                    for edit in self._segment_edits(old, segment, result):
                        yield edit.shifted(start + at)
            done = end
        yield from _character_edits(text, base, done, len(text))

    def _segment_edits(self, old: str, segment: Segment, result: str) -> Iterable[Edit]:
        if segment.is_word or self._plain_runs:
            return diff_edits(old, result, (), f"word {old}" if segment.is_word else "")
        edits = list(diff_edits(old, segment.text, ()))
        for stage in self.chain.run_stages:
            edits = compose_edits(old, edits, stage.edits(apply_edits(old, edits)))
        return edits


def _character_edits(text: str, base: str, start: int, end: int) -> Iterator[Edit]:
    if text[start:end] != base[start:end]:
        for at in range(start, end):
            if text[at] != base[at]:
                yield Edit(at, at + 1, base[at])
