"""Reading bytes of which some are lost: the most likely path through all ways to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from cnclean.character_model import character_model

_BEAM = 12  # states kept at each place: enough that a wider beam changes nothing on the tuning half
_SWITCH = 400  # hundredths of a nat: damage does not begin and end at every character


class Reading(NamedTuple):
    """One way to read the bytes from a place on: up to where, as which of these characters, at what extra cost."""

    end: int
    chars: tuple[str, ...]
    """Alternatives; the empty string reads nothing."""
    cost: int
    kept: bool = False
    """Whether this leaves the character that stands there."""


class Piece(NamedTuple):
    """A part of the best path."""

    start: int
    end: int
    text: str
    cost: int
    kept: bool


_Trail = tuple["_Trail | None", Piece]
_State = tuple[int, "_Trail | None"]


@lru_cache(maxsize=65536)
def _likeliest(last: str, chars: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return the alternatives that are likeliest after `last`, with their costs."""
    model = character_model()
    if chars == ("",):
        return (("", 0),)
    return tuple(sorted(((char, model.after(last, char)) for char in chars), key=lambda item: item[1])[:_BEAM])


def best_path(size: int, readings: Callable[[int], Iterable[Reading]], before: str) -> list[Piece]:
    """Return the cheapest way to read all bytes from 0 to `size`; empty if there is none."""
    states: dict[int, dict[tuple[str, bool], _State]] = {0: {(before, True): (0, None)}}
    for place in range(size):
        here = states.pop(place, None)
        if not here:
            continue
        beam = sorted(here.items(), key=lambda item: (item[1][0], item[0]))[:_BEAM]
        for reading in readings(place):
            there = states.setdefault(reading.end, {})
            for (last, kept), (cost, trail) in beam:
                base = cost + reading.cost + (_SWITCH if kept != reading.kept else 0)
                for char, more in _likeliest(last, reading.chars):
                    total = base + more
                    key = (char or last, reading.kept)
                    if key not in there or total < there[key][0]:
                        there[key] = (total, (trail, Piece(place, reading.end, char, reading.cost, reading.kept)))
    final = states.get(size)
    if not final:
        return []
    _, (_, trail) = min(final.items(), key=lambda item: (item[1][0], item[0]))
    path: list[Piece] = []
    while trail:
        trail, piece = trail
        path.append(piece)
    return path[::-1]
