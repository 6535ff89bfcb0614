"""Repair until nothing is left to repair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.annotated_bytes import annotated_bytes_edits
from cnclean.cleaners.mojibake.codecs import Candidate
from cnclean.cleaners.mojibake.decision import Repair, is_structured, judge
from cnclean.cleaners.mojibake.guard import Families, Surroundings, Window, families, surroundings, suspicious_windows
from cnclean.cleaners.mojibake.lost import lost_edits
from cnclean.cleaners.mojibake.single_byte_pages import single_byte_edits
from cnclean.cleaners.mojibake.spans import candidates, read_wrongly_before, whole_candidates
from cnclean.cleaners.mojibake.stripped_spaces import stripped_space_edits, stripped_spaces
from cnclean.cleaners.mojibake.unrepaired import unrepaired_edits
from cnclean.cleaners.mojibake.whole_lines import Shown, whole_line_edits
from cnclean.edit import Edit, Evidence, apply_edits, compose_edits

_RATHER_WHOLE = 150  # hundredths of a nat for each character of a run of which bytes are lost
_STRIPPED = 3000
"""Burden of a place where a space was deleted byte by byte: more than its original weighs more."""


class Memory(NamedTuple):
    """What was found out about pieces of a text, so that what stands in it again is not asked again."""

    edits: dict[tuple[str, str, str, bool], list[Edit]]
    """Of each window, with the characters before and behind it and whether it was looked at thoroughly."""
    shown: Shown


def repair_edits(text: str, drop_debris: bool, memory: dict[str, Any]) -> list[Edit]:
    """Return the edits of the text: repairs until there is none, then the flags.

    Each step is a function of the text as it stands, it lowers the burden of every line that it touches, and the loop
    ends only where no step is left: so it ends, and its result has no further step however often it is repaired.
    """
    done: list[Edit] = []
    known = memory.setdefault("mojibake", Memory({}, {}))
    now, around = text, surroundings(text)
    windows = list(suspicious_windows(now, around))
    while steps := _next_steps(now, around, windows, known):
        done = compose_edits(text, done, steps)
        now = apply_edits(now, steps)
        around = surroundings(now)
        windows = list(suspicious_windows(now, around))
    if not around:
        return done
    flags = (*lost_edits(now, around, drop_debris), *unrepaired_edits(now, windows))
    return compose_edits(text, done, sorted(flags, key=attrgetter("start")))


def _next_steps(text: str, around: Surroundings, windows: list[Window], known: Memory) -> list[Edit]:
    """Return the next repairs: those that need the whole page first, for they need the damage as it is."""
    steps = list(_lighter(text, annotated_bytes_edits(text)))
    if steps or not around:
        return steps
    return (
        list(whole_line_edits(text, windows, known.shown))
        or list(_lighter(text, _in_windows(text, windows, known)))
        or list(_lighter(text, stripped_space_edits(text, around)))
    )


def _lighter(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits of the lines whose burden they lower.

    The burden is the sum of the weights of the characters, and of the places where a space was stripped.
    """
    for start, end, steps in _by_line(text, edits):
        weight, line = character_model().weight, text[start:end]
        more = sum(weight(edit.new) - weight(line[edit.start : edit.end]) for edit in steps)
        more += _STRIPPED * (stripped_spaces(apply_edits(line, steps)) - stripped_spaces(line))
        if more < 0:
            yield from (edit.shifted(start) for edit in steps)


def _by_line(text: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield the span of each line that has edits, and its edits, counted from its start."""
    start, end, steps = 0, -1, list[Edit]()
    for edit in edits:
        if edit.start > end:
            if steps:
                yield start, end, steps
            start, end, steps = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end), []
            end = len(text) if end < 0 else end
        steps.append(edit.shifted(-start))
    if steps:
        yield start, end, steps


def _in_windows(text: str, windows: Iterable[Window], known: Memory) -> Iterator[Edit]:
    for start, end, thorough in windows:
        window = text[start:end], text[max(0, start - 1) : start], text[end : end + 1], thorough
        if window not in known.edits:
            known.edits[window] = _repaired(*window)
        for edit in known.edits[window]:
            yield edit.shifted(start)


def _repaired(window: str, before: str, after: str, thorough: bool) -> list[Edit]:
    """Return the edits of one window, which stands between two characters: steps that lower its weight, all of them."""
    done: list[Edit] = []
    now = window
    while steps := _step(now, before.strip("\n"), after.strip("\n"), thorough):
        done = compose_edits(window, done, steps) if done else steps
        now = apply_edits(now, steps)
    return done


def _step(line: str, before: str, after: str, thorough: bool) -> list[Edit]:
    """Return the best repairs of the window that do not overlap; ftfy's where there are none of ours."""
    kinds = families(line)
    repairs = list(_repairs(line, before, after, kinds, thorough)) if kinds else []
    if not repairs:
        return list(single_byte_edits(line))
    repairs.sort(key=lambda repair: _preference(line, repair))
    taken: list[Repair] = []
    covered = bytearray(len(line))
    for repair in repairs:
        start, end = repair.candidate.start, repair.candidate.end
        if not any(covered[start:end]):
            covered[start:end] = b"\1" * (end - start)
            taken.append(repair)
    return sorted(_edit(repair) for repair in taken)


def _preference(line: str, repair: Repair) -> tuple[int, int, int]:
    """Return the key of the best repair first.

    A guess at the end of a run is better than the run without its end, where no sound text goes on.
    """
    start, end, *_, guesses, _ = repair.candidate
    alone = line[start - 1 : start] <= "\x7f" and line[end : end + 1] <= "\x7f"
    return -repair.gain - (_RATHER_WHOLE * (end - start) if guesses and alone else 0), start, end


def _repairs(line: str, before: str, after: str, kinds: Families, thorough: bool) -> Iterator[Repair]:
    """Yield all repairs, of the whole line first, and nothing else if one of these is certain."""
    certain = False
    for candidate in whole_candidates(line, kinds):
        for repair in _judged(line, candidate, before, after):
            yield repair
            certain = certain or repair.is_certain()
            if is_structured(repair.candidate.confusions):
                return
    for candidate in () if certain else candidates(line, kinds, thorough):
        yield from _judged(line, candidate, before, after)


def _judged(line: str, candidate: Candidate, before: str, after: str) -> Iterator[Repair]:
    """Yield the repair that the candidate is, or else those that it is if its text had been read wrongly before."""
    if repair := judge(line, candidate, before, after):
        yield repair
    else:
        yield from filter(None, (judge(line, was, before, after) for was in read_wrongly_before(candidate)))


def _edit(repair: Repair) -> Edit:
    start, end, new, confusions, guesses, _ = repair.candidate
    names = dict.fromkeys(c.name for c in confusions)
    rules = tuple(f"mojibake/{name}-guessed" if guesses else f"mojibake/{name}" for name in names)
    nats = repair.gain / 100
    note = f"gain {nats:.0f} nats; lost bytes were guessed" if guesses else f"gain {nats:.0f} nats"
    evidence = [Evidence("gain", nats, new[:40]), *([Evidence("guessed", guesses / 100)] if guesses else [])]
    return Edit(start, end, new, rules, note, tuple(evidence))
