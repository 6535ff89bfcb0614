"""Removals: how they are made, joined where they overlap, and widened to whole lines."""

from __future__ import annotations

from dataclasses import replace

from cnclean.cleaners.spam.evidence import Verdict
from cnclean.edit import Edit


def removal(start: int, end: int, rule: str, verdict: Verdict) -> Edit:
    """Return the removal of [start, end) for what a verdict tells."""
    note = f"advertising: {', '.join(item.feature for item in verdict.evidence if item.weight > 0)}"
    return Edit(start, end, "", (f"spam/{rule}",), note, verdict.evidence)


def joined(edits: list[Edit]) -> list[Edit]:
    """Return sorted edits, those that reach into an earlier one joined with it."""
    kept: list[Edit] = []
    for edit in edits:
        if kept and edit.start < kept[-1].end:
            kept[-1] = _union([kept[-1], edit])
        else:
            kept.append(edit)
    return kept


def _union(edits: list[Edit]) -> Edit:
    rules = tuple(dict.fromkeys(rule for edit in edits for rule in edit.rules))
    evidence = tuple(dict.fromkeys(item for edit in edits for item in edit.evidence))
    end = max(edit.end for edit in edits)
    return replace(edits[0], end=end, rules=rules, evidence=evidence)


def whole_lines(text: str, edits: list[Edit]) -> list[Edit]:
    """Return edits in which a line that would be left blank goes with its line feed."""
    by_line: dict[int, list[Edit]] = {}
    for edit in edits:
        by_line.setdefault(text.rfind("\n", 0, edit.start) + 1, []).append(edit)
    widened: list[Edit] = []
    for start, cuts in by_line.items():
        stop = text.find("\n", cuts[-1].end - 1)
        stop = len(text) if stop < 0 else stop
        gaps = zip([start, *(cut.end for cut in cuts)], [*(cut.start for cut in cuts), stop], strict=True)
        if any(text[a:b].strip() for a, b in gaps):
            widened.extend(cuts)
        else:
            widened.append(replace(_union(cuts), start=start, end=min(stop + 1, len(text))))
    return widened
