"""Whether a candidate is a repair: one cost, one threshold on the gain, and guards for what statistics cannot see."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import Candidate, Confusion

THRESHOLD = 1400
"""Least gain in hundredths of a nat: what stands there must be a million times less likely than its repair."""
_MOST_PER_CHAR = 900  # sound Chinese costs 500 to 800 a character
_MOST_PER_CHAR_OF_UTF8 = 1200  # whose structure is a proof of its own
_EDGE = 700  # for each end of the span that lies inside a run of non-ASCII text: damage seldom ends there
SAMPLE = 120  # characters: longer spans are judged by their beginning

_KANA = 500  # for each letter of another script, which may just be what it seems

_REPEAT = re.compile(r"(.)\1+")  # a repetition proves nothing new
_ASCII = re.compile(r"[ -~]+")  # nor does what is the same in all charsets
_ACCENTED = re.compile(r"[\xc0-\xff][a-zA-Z]")  # as in French: a byte pair only by chance
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u052f\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN = re.compile(r"[\u3040-\u30ff\uac00-\ud7a3\ue000-\uf8ff\U00010000-\U0010ffff]")


class Repair(NamedTuple):
    """A candidate that passed, and by how much."""

    candidate: Candidate
    gain: int


def judge(line: str, candidate: Candidate, before: str = "", after: str = "") -> Repair | None:
    """Return the repair, or None: when in doubt, the line stays as it is.

    `before` and `after` are the characters around the line, if it is a part of a longer one.
    """
    start, end, new, confusions, guesses = candidate
    before, after = line[start - 1 : start] or before, line[end : end + 1] or after
    edges = (before > "\x7f") + (after > "\x7f")
    old = line[start : min(end, start + SAMPLE)]
    if len(old) < end - start:  # long spans are judged by their beginning
        new, after = new[: round(len(new) * SAMPLE / (end - start))], ""
    gain = _gain(old, new, before or "。", after, edges, guesses, confusions)
    model = character_model()
    if gain < THRESHOLD or model.weight(candidate.new) >= model.weight(line[start:end]):
        return None
    return Repair(candidate, gain)


@lru_cache(maxsize=8192)
def _gain(
    old: str, new: str, before: str, after: str, edges: int, guesses: int, confusions: tuple[Confusion, ...]
) -> int:
    """Return by how much the new is likelier than the old in its place, less all handicaps; -1 for what cannot be."""
    structured = is_structured(confusions)
    if not _plausible(old, new, structured):
        return -1
    model = character_model()
    handicap = guesses + sum(c.handicap + c.per_char * len(old) for c in confusions)
    if not structured:
        handicap += _EDGE * edges + _KANA * len(_OTHER_SCRIPTS.findall(old))
        old, new = (_REPEAT.sub(r"\1", _ASCII.sub("", side)) for side in (old, new))
    cost = model.cost(new, before)
    if cost > (_MOST_PER_CHAR_OF_UTF8 if structured else _MOST_PER_CHAR) * len(new):
        return -1
    if after:
        cost = model.cost(new + after, before)
    return model.cost(old + after, before) - cost - handicap


def is_structured(confusions: tuple[Confusion, ...]) -> bool:
    """Whether the original was UTF-8, which chance hardly ever looks like."""
    return confusions[-1].true == "utf-8" == confusions[0].true


def _plausible(old: str, new: str, structured: bool) -> bool:
    """Whether the text can be the original at all; UTF-8 carries its own proof in its structure."""
    han = _HAN.findall(new)
    if structured:
        return bool(han) or "。" in new or "，" in new
    return len(set(han)) > 1 and not _FOREIGN.search(new) and 2 * len(_ACCENTED.findall(old)) <= len(han)
