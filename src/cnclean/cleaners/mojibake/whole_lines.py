"""Lines that were read wrongly from end to end: where a page is broken, most of its lines are, and all in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import BREAKS, Confusion, undo
from cnclean.cleaners.mojibake.decision import THRESHOLD, is_plausible, is_structured, judge
from cnclean.cleaners.mojibake.guard import Family, Window
from cnclean.cleaners.mojibake.spans import whole_candidates
from cnclean.cleaners.mojibake.stripped_spaces import stripped_spaces
from cnclean.edit import Edit, Evidence

_BROKEN = 750  # least that a character of a line weighs, in hundredths of a nat, to be tried first
_BEGINNING = 40  # characters that show this
_FAMILIES = frozenset((Family.SINGLE_BYTE, Family.UTF8_AS_GBK, Family.GBK_AS_BIG5, Family.BIG5_AS_GBK))
"""Not those whose damage resembles the sound text of another language."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CHINESE = re.compile(r"[\u3001-\u3015\u4e00-\u9fff\uff01-\uff5e]")


Shown = dict[str, Confusion | None]
"""The confusion that each line shows by itself, as far as lines have been asked."""


class _Demand(NamedTuple):
    """What a line must show, in hundredths of a nat, by the weights of its characters alone."""

    gain: int
    gain_per_char: int
    """For each character beyond ASCII."""
    heaviest: int
    """Most that a character of the result may weigh."""


_AMONG_OTHERS = _Demand(THRESHOLD, 100, 800)
_ON_A_BROKEN_PAGE = _Demand(THRESHOLD // 2, 100, 900)
_HEAVIEST_OF_UTF8 = 1200  # whose structure is a proof of its own


class _Reading(NamedTuple):
    """A line as it would be with the confusion undone."""

    start: int
    line: str
    new: str
    gain: int
    weight: int

    def meets(self, demand: _Demand, heaviest: int = 0) -> bool:
        """Whether the demand is met."""
        if self.gain < demand.gain or self.weight > max(demand.heaviest, heaviest) * len(self.new):
            return False
        least = demand.gain_per_char
        return self.gain >= least * len(self.line) or self.gain >= least * len(_BEYOND_ASCII.findall(self.line))


def whole_line_edits(text: str, windows: Iterable[Window], shown: Shown) -> Iterator[Edit]:
    """Yield the repairs of the lines that are broken from end to end as the first such line is.

    One line must show it beyond doubt; others then need less, and least where most of what looks damaged is so broken.
    Other lines are left to those who look more closely. Each repair makes its line lighter.
    """
    lines = [(start, text[start:end]) for start, end, _ in windows if _is_whole_line(text, start, end)]
    confusion = _first_confusion(lines, shown)
    if confusion:
        structured = is_structured((confusion,))
        heaviest = _HEAVIEST_OF_UTF8 if structured else 0
        readings = list(_readings(lines, confusion, structured))
        found = [reading for reading in readings if reading.meets(_AMONG_OTHERS, heaviest)]
        if 2 * len(found) > len(lines):
            found = [reading for reading in readings if reading.meets(_ON_A_BROKEN_PAGE, heaviest)]
        doubtful = stripped_spaces("\n".join(reading.new for reading in found)) > 0
        for start, line, new, gain, _ in found:
            if not (doubtful and stripped_spaces(new)):
                nats = gain / 100
                evidence = (Evidence("gain", nats, new[:40]),)
                rule = (f"mojibake/{confusion.name}",)
                yield Edit(start, start + len(line), new, rule, f"gain {nats:.0f} nats", evidence)


def _is_whole_line(text: str, start: int, end: int) -> bool:
    return (not start or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")


def _first_confusion(lines: Iterable[tuple[int, str]], shown: Shown) -> Confusion | None:
    """Return the confusion that one of the lines shows by itself."""
    for _, line in lines:
        if line not in shown:
            shown[line] = _shown_by(line)
        if confusion := shown[line]:
            return confusion
    return None


def _shown_by(line: str) -> Confusion | None:
    """Return the confusion that the line shows by itself, for certain."""
    if character_model().weight(line[:_BEGINNING]) >= _BROKEN * min(len(line), _BEGINNING):
        for candidate in whole_candidates(line, _FAMILIES):
            repair = judge(line, candidate)
            if repair and repair.is_certain():
                return candidate.confusions[0]
    return None


def _readings(lines: Iterable[tuple[int, str]], confusion: Confusion, structured: bool) -> Iterator[_Reading]:
    """Yield what the lines would be with the confusion undone."""
    weight = character_model().weight
    for start, line in lines:
        new = undo(line, confusion)
        if new is None or BREAKS.search(new):
            continue
        if is_plausible(line, new, structured) or (structured and _CHINESE.search(new)):
            after = weight(new)
            yield _Reading(start, line, new, weight(line) - after, after)
