"""OffsetMap: where a place of the old text went, and where a place of the new text came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from cnclean.edit import Edit


class OffsetMap:
    """Where a place of the edited text lay in the old text, and the other way round. Positions are code points.

    A place inside a replacement maps to the borders of what it replaced.

    >>> OffsetMap([Edit(1, 6, "")]).to_old(0, 2)
    (0, 7)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._old_starts: list[int] = []
        self._old_ends: list[int] = []
        self._new_starts: list[int] = []
        self._new_ends: list[int] = []
        shift = 0
        for edit in edits:
            self._old_starts.append(edit.start)
            self._old_ends.append(edit.end)
            self._new_starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)
            self._new_ends.append(edit.end + shift)

    def to_old(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the old text that the span [start, end) of the edited text came from."""
        return _map_span(start, end, self._new_starts, self._new_ends, self._old_starts, self._old_ends)

    def to_new(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the edited text that the span [start, end) of the old text became."""
        return _map_span(start, end, self._old_starts, self._old_ends, self._new_starts, self._new_ends)


def _map_span(
    start: int, end: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]
) -> tuple[int, int]:
    """Map [start, end): the first place after edits that end there, the last before edits that begin there."""
    k = bisect_right(ends, start) - 1  # the last edit that lies wholly before
    first = start + (to_ends[k] - ends[k] if k >= 0 else 0)
    if k + 1 < len(starts) and starts[k + 1] < start:  # inside an edit: its left border
        first = to_starts[k + 1]
    k = bisect_left(starts, end) - 1  # the last edit that begins before the end
    last = end + (to_ends[k] - ends[k] if k >= 0 else 0)
    if k >= 0 and ends[k] > end:  # inside an edit: its right border
        last = to_ends[k]
    return first, max(first, last)
