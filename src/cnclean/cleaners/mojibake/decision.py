"""Whether a candidate is a repair: one cost, one threshold on the gain, and guards for what statistics cannot see."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import sub
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import Candidate, Confusion

THRESHOLD = 1400
"""Least gain in hundredths of a nat: what stands there must be a million times less likely than its repair."""
_MOST_PER_CHAR = 900  # sound Chinese costs 500 to 800 a character
_MOST_PER_CHAR_OF_UTF8 = 1200  # whose structure is a proof of its own
_EDGE = 700  # for each end of the span that lies inside a run of non-ASCII text: damage seldom ends there
_EDGE_OF_LONG = 100  # the same for spans of several Han, which chance hardly ever makes
_LONG = 4
_NEXT = 8  # from a character of a table to the next one, at most
_TO_NEXT = frozenset(range(1, _NEXT + 1))
_STRUCTURE = 250  # what it counts that bytes are valid UTF-8 for two or three Han
_NEVER = -(1 << 40)  # no evidence outweighs it
SAMPLE = 120  # characters: longer spans are judged by their beginning

_CERTAIN = 400  # that a line read wrongly from end to end gains with each character
_KANA = 500  # for each letter of another script, which may just be what it seems
_ITEM = 1000  # for each item of a list in Hangul: the model takes it for a change of script

_REPEAT = re.compile(r"(.)\1+")  # a repetition proves nothing new
_ASCII = re.compile(r"[ -~]+")  # nor does what is the same in all charsets
_ACCENTED = re.compile(r"[\xc0-\xff][a-zA-Z]")  # as in French: a byte pair only by chance
OTHER_SCRIPTS = re.compile(r"[\u0370-\u052f\u3040-\u30ff]")
_HANGUL_LIST = re.compile(r"[\uac00-\ud7a3][，、](?=[\uac00-\ud7a3])")
_HANGUL_BESIDE_HAN = re.compile(r"[\uac00-\ud7a3][\u4e00-\u9fff]|[\u4e00-\u9fff][\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN = re.compile(r"[\u3040-\u30ff\uac00-\ud7a3\ue000-\uf8ff\U00010000-\U0010ffff]")


class Repair(NamedTuple):
    """A candidate that passed, and by how much."""

    candidate: Candidate
    gain: int

    def is_certain(self) -> bool:
        """Whether the repair of a whole line is so certain that nothing else need be sought."""
        return self.gain >= max(2 * THRESHOLD, _CERTAIN * min(len(self.candidate.new), SAMPLE))


def judge(line: str, candidate: Candidate, before: str = "", after: str = "") -> Repair | None:
    """Return the repair, or None: when in doubt, the line stays as it is.

    `before` and `after` are the characters around the line, if it is a part of a longer one.
    """
    start, end, new, confusions, guesses, evidence = candidate
    weight = character_model().weight
    if weight(new) >= weight(line[start:end]):  # most candidates fall here, and it is quickly found
        return None
    before, after = line[start - 1 : start] or before, line[end : end + 1] or after
    edges = (before > "\x7f") + (after > "\x7f")
    old = line[start : min(end, start + SAMPLE)]
    if len(old) < end - start:  # long spans are judged by their beginning
        new, after = new[: round(len(new) * SAMPLE / (end - start))], ""
    gain = _gain(old, new, before or "。", after, edges, guesses, confusions) + evidence
    if gain < THRESHOLD or is_table(old) or is_table(new):
        return None
    return Repair(candidate, gain)


@lru_cache(maxsize=8192)
def _gain(
    old: str, new: str, before: str, after: str, edges: int, guesses: int, confusions: tuple[Confusion, ...]
) -> int:
    """Return by how much the new is likelier than the old in its place, less handicaps; `_NEVER` for what cannot be."""
    structured = is_structured(confusions)
    if not is_plausible(old, new, structured):
        return _NEVER
    model = character_model()
    handicap = guesses + sum(c.per_char * len(old) for c in confusions)
    if structured:
        handicap += sum(c.handicap for c in confusions)
        handicap -= _STRUCTURE if not guesses and 1 < len(_HAN.findall(new)) < _LONG else 0
    else:
        handicap += _doubts(old, new, edges, confusions)
        old, new = (_REPEAT.sub(r"\1", _ASCII.sub("", side)) for side in (old, new))
    cost = model.cost(new, before)
    if cost > (_MOST_PER_CHAR_OF_UTF8 if structured else _MOST_PER_CHAR) * len(new):
        return _NEVER
    if after:
        cost += model.after(new[-1:], after)
    return model.cost(old + after, before) - cost - handicap


def _doubts(old: str, new: str, edges: int, confusions: tuple[Confusion, ...]) -> int:
    """Return the handicap of what has no structure: its kind, its ends, and letters that may be what they seem."""
    handicap = _KANA * len(OTHER_SCRIPTS.findall(old)) + _ITEM * len(_HANGUL_LIST.findall(old))
    mixed = not any(c.per_char for c in confusions) or _HANGUL_BESIDE_HAN.search(old)
    if mixed and len(set(_HAN.findall(new))) >= _LONG:
        return handicap + _EDGE_OF_LONG * edges
    return handicap + _EDGE * edges + sum(c.handicap for c in confusions)


def is_structured(confusions: tuple[Confusion, ...]) -> bool:
    """Whether the original was UTF-8, which chance hardly ever looks like."""
    return confusions[-1].true == "utf-8" == confusions[0].true


def is_plausible(old: str, new: str, structured: bool) -> bool:
    """Whether the text can be the original at all; UTF-8 carries its own proof in its structure."""
    han = _HAN.findall(new)
    if structured:
        return bool(han) or "。" in new or "，" in new
    return len(set(han)) > 1 and not _FOREIGN.search(new) and 2 * len(_ACCENTED.findall(old)) <= len(han)


class _Codes(dict[str, int]):
    """Character to its bytes in a charset as a number, 0 where it has none."""

    def __init__(self, charset: str) -> None:
        super().__init__()
        self._charset = charset

    def __missing__(self, char: str) -> int:
        self[char] = code = int.from_bytes(char.encode(self._charset, "ignore"))
        return code


_CODES = tuple(_Codes(charset).__getitem__ for charset in ("gb18030", "big5"))


def is_table(text: str) -> bool:
    """Whether Han stand in the order of their code points or bytes, as in tables of characters and nowhere else.

    >>> is_table("宒宓宔宕宖"), is_table("啊阿埃挨哎唉"), is_table("他们搬进了小城")
    (True, True, False)
    """
    if len(text) < _LONG or text[0] < "\u3400":
        return False
    return any(_in_order([*map(code, text)]) for code in (ord, *_CODES))


def _in_order(codes: list[int]) -> bool:
    return 2 * sum(map(_TO_NEXT.__contains__, map(sub, codes[1:], codes))) >= len(codes) - 1
