"""Reading bytes of which some are lost: the most likely path through all ways to read them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from cnclean.character_model import character_model

_BEAM = 12  # states kept at each place: enough that a wider beam changes nothing on the tuning half
_SWITCH = 400  # hundredths of a nat: damage does not begin and end at every character


Reading = tuple[int, tuple[str, ...], int, bool]
"""One way to read the bytes from a place on: up to where, as which of these characters (the empty string reads
nothing), at what extra cost, and whether it leaves what stands there. Where there is but one alternative, it may be of
several characters, with the cost of all after the first as extra. A plain tuple: many are made."""


class Piece(NamedTuple):
    """A part of the best path."""

    start: int
    end: int
    text: str
    cost: int
    kept: bool


_State = tuple[int, str, bool, int, Reading, str, Any]
"""Cost, last character and whether it was kept, which no two states at a place have in common; then the last piece:
where it starts, its reading, its text; and the state before it."""
_States = dict[tuple[str, bool], _State]


@lru_cache(maxsize=65536)
def _likeliest(last: str, chars: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return the alternatives that are likeliest after `last`, with their costs."""
    if chars == ("",):
        return [("", 0)]
    after = character_model().after
    return sorted([(char, after(last, char)) for char in chars], key=itemgetter(1))[:_BEAM]


def best_path(size: int, readings: Callable[[int], Iterable[Reading]], before: str) -> list[Piece]:
    """Return the cheapest way to read all bytes from 0 to `size`; empty if there is none."""
    states: list[_States] = [{} for _ in range(size + 1)]
    states[0][before, True] = 0, before, True, 0, (0, (), 0, True), "", None
    for place in range(size):
        if not states[place]:
            continue
        beam = sorted(states[place].values())[:_BEAM]
        for reading in readings(place):
            if len(reading[1]) == 1 and reading[1][0]:
                _add_text(states[reading[0]], beam, place, reading)
            else:
                _add_alternatives(states[reading[0]], beam, place, reading)
    return _trail(min(states[size].values())) if states[size] else []


def _add_text(there: _States, beam: list[_State], place: int, reading: Reading) -> None:
    """Add the cheapest state to which a reading without alternatives leads."""
    _, (text,), extra, keeps = reading
    after, key, least, came_from = character_model().after, (text[-1], keeps), sys.maxsize, None
    if key in there:
        least = there[key][0]
    for state in beam:
        cost = state[0] + extra
        if cost >= least:  # nor do the states that follow lead to less: the beam is sorted, and no cost is negative
            break
        if state[2] != keeps:
            cost += _SWITCH
        if cost < least and (cost := cost + after(state[1], text[0])) < least:
            least, came_from = cost, state
    if came_from:
        there[key] = least, *key, place, reading, text, came_from


def _add_alternatives(there: _States, beam: list[_State], place: int, reading: Reading) -> None:
    """Add the states to which the characters of a reading lead."""
    _, chars, extra, keeps = reading
    for state in beam:
        cost, last, kept, *_ = state
        cost += extra + (_SWITCH if kept != keeps else 0)
        for char, more in _likeliest(last, chars):
            key = char or last, keeps
            if key not in there or cost + more < there[key][0]:
                there[key] = cost + more, *key, place, reading, char, state


def _trail(state: _State) -> list[Piece]:
    """Return the pieces that led to a state."""
    path: list[Piece] = []
    while state[-1]:
        _, _, _, start, (end, _, cost, kept), text, state = state
        path.append(Piece(start, end, text, cost, kept))
    return path[::-1]
