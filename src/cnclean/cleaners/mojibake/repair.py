"""Repair until nothing is left to repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.annotated_bytes import annotated_bytes_edits
from cnclean.cleaners.mojibake.decision import THRESHOLD, Repair, judge
from cnclean.cleaners.mojibake.guard import families, suspicious_lines
from cnclean.cleaners.mojibake.lost import lost_edits
from cnclean.cleaners.mojibake.single_byte_pages import single_byte_edits
from cnclean.cleaners.mojibake.spans import candidates, read_wrongly_before
from cnclean.cleaners.mojibake.stripped_spaces import stripped_space_edits, stripped_spaces
from cnclean.edit import Edit, Evidence, apply_edits, compose_edits

_NOT_ASCII = re.compile(r"[^\x00-\x7f](?:.*[^\x00-\x7f])?")
_STRIPPED = 3000
"""Burden of a place where a space was deleted byte by byte: more than its original weighs more."""


def repair_edits(text: str, drop_debris: bool) -> list[Edit]:
    """Return the edits of the text: repairs until there is none, then the flags.

    Each step is a function of the text as it stands, it lowers the burden of every line that it touches, and the loop
    ends only where no step is left: so it ends, and its result has no further step however often it is repaired.
    """
    done: list[Edit] = []
    now = text
    lines = list(suspicious_lines(now))
    while steps := _next_steps(now, lines):
        done = compose_edits(text, done, steps)
        now = apply_edits(now, steps)
        lines = list(suspicious_lines(now))
    return compose_edits(text, done, list(_in_lines(now, lines, lambda line: lost_edits(line, drop_debris))))


def _next_steps(text: str, lines: list[tuple[int, int]]) -> list[Edit]:
    """Return the next repairs: those that need the whole page first, for they need the damage as it is."""
    return (
        list(_lighter(text, annotated_bytes_edits(text)))
        or list(_in_lines(text, lines, _repaired))
        or list(_lighter(text, stripped_space_edits(text)))
    )


def _lighter(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits of the lines whose burden they lower."""
    for start, group in groupby(edits, key=lambda edit: text.rfind("\n", 0, edit.start) + 1):
        steps = list(group)
        end = text.find("\n", steps[-1].end)
        line = text[start:] if end < 0 else text[start:end]
        if _burden(apply_edits(line, [edit.shifted(-start) for edit in steps])) < _burden(line):
            yield from steps


def _burden(line: str) -> int:
    return character_model().weight(line) + _STRIPPED * stripped_spaces(line)


def _in_lines(text: str, lines: list[tuple[int, int]], edits: Callable[[str], Iterable[Edit]]) -> Iterator[Edit]:
    for start, end in lines:
        for edit in edits(text[start:end]):
            yield edit.shifted(start)


def _repaired(line: str) -> list[Edit]:
    """Return the edits of one line: steps that lower its burden, until there is none."""
    done: list[Edit] = []
    now, burden = line, -1
    while steps := _step(now):
        burden = burden if burden >= 0 else _burden(line)
        new = apply_edits(now, steps)
        lighter = _burden(new)
        if lighter >= burden:
            break
        done = compose_edits(line, done, steps)
        now, burden = new, lighter
    return done


def _step(line: str) -> list[Edit]:
    """Return the best repairs of the line that do not overlap; ftfy's where there are none of ours."""
    repairs: list[Repair] = []
    whole = _NOT_ASCII.search(line)
    settled: tuple[int, int] | None = None  # a span with a repair that leaves nothing to ask for
    for candidate in candidates(line, families(line)):
        if settled and settled != candidate[:2]:
            break
        if repair := judge(line, candidate):
            repairs.append(repair)
            covers = whole and candidate.start <= whole.start() and candidate.end >= whole.end()
            if covers and not candidate.guesses and repair.gain >= 2 * THRESHOLD:
                settled = candidate[:2]
        else:
            repairs += filter(None, (judge(line, before) for before in read_wrongly_before(candidate)))
    if not repairs:
        return list(single_byte_edits(line))
    repairs.sort(key=lambda r: (-r.gain, r.candidate.start, r.candidate.end))
    taken: list[Repair] = []
    covered = bytearray(len(line))
    for repair in repairs:
        start, end = repair.candidate.start, repair.candidate.end
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(repair)
    return sorted(_edit(repair) for repair in taken)


def _edit(repair: Repair) -> Edit:
    start, end, new, confusions, _ = repair.candidate
    rules = tuple(dict.fromkeys(f"mojibake/{c.name}" for c in confusions))
    nats = repair.gain / 100
    return Edit(start, end, new, rules, f"gain {nats:.0f} nats", (Evidence("gain", nats, new[:40]),))
