"""Repair until nothing is left to repair."""

from __future__ import annotations

from collections.abc import Iterator

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.decision import Repair, judge
from cnclean.cleaners.mojibake.guard import families, suspicious_lines
from cnclean.cleaners.mojibake.lost import lost_edits
from cnclean.cleaners.mojibake.single_byte_pages import single_byte_edits
from cnclean.cleaners.mojibake.spans import candidates
from cnclean.edit import Edit, Evidence, apply_edits, compose_edits


def repair_edits(text: str, drop_debris: bool) -> Iterator[Edit]:
    """Yield the edits of all lines that need any."""
    for start, end in suspicious_lines(text):
        for edit in _line_edits(text[start:end], drop_debris):
            yield edit.shifted(start)


def _line_edits(line: str, drop_debris: bool) -> list[Edit]:
    """Return the edits of one line: steps that lower its weight, until there is none, then the flags.

    Each step is a function of the line as it stands, and the loop ends only where the step finds nothing: so the
    result has no further step, however often it is repaired.
    """
    model = character_model()
    done: list[Edit] = []
    now, weight = line, model.weight(line)
    while steps := _step(now):
        new = apply_edits(now, steps)
        lighter = model.weight(new)
        if lighter >= weight:
            break
        done = compose_edits(line, done, steps)
        now, weight = new, lighter
    return compose_edits(line, done, list(lost_edits(now, drop_debris)))


def _step(line: str) -> list[Edit]:
    """Return the best repairs of the line that do not overlap; ftfy's where there are none of ours."""
    repairs = [r for c in candidates(line, families(line)) if (r := judge(line, c))]
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
    start, end, new, confusions = repair.candidate
    rules = tuple(dict.fromkeys(f"mojibake/{c.name}" for c in confusions))
    nats = repair.gain / 100
    return Edit(start, end, new, rules, f"gain {nats:.0f} nats", (Evidence("gain", nats, new[:40]),))
