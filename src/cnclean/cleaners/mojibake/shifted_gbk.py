"""GBK that was read one byte off: a byte is lost, and every pair after it is made of halves of two characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.character_model import character_model, is_traditional
from cnclean.cleaners.mojibake.codecs import Candidate, Confusion
from cnclean.cleaners.mojibake.lattice import best_path
from cnclean.cleaners.mojibake.lossy_gbk import HOLE, gbk_readings
from cnclean.cleaners.mojibake.segments import maximal_segments, reach

GBK_OFF_BY_ONE = Confusion("gbk-off-by-one", "gb18030", "gb18030", 0)

_MARK = re.compile(r"[\ue000-\ue765\ufffd]")  # one misread pair in seven is a private-use character
_DROP = 2500  # hundredths of a nat: a stretch ends where its score has fallen this much
_LOWEST_GAIN = 300
_NO_PAIR = -600


def shifted_gbk(line: str) -> Iterator[Candidate]:
    """Yield what the stretches around a mark are when they are read from one byte further on."""
    done = 0
    for mark in _MARK.finditer(line):
        at = mark.start()
        if at < done:
            continue
        start = at - reach((_gain(line, i) for i in range(at - 1, done - 1, -1)), _DROP)
        end = at + reach((_gain(line, i) for i in range(at, len(line) - 1)), _DROP)
        done = max(end, at + 1)
        for a, b in maximal_segments([_gain(line, i) for i in range(start, end)], _LOWEST_GAIN):
            for first in {max(0, start + a - 1), start + a, start + a + 1}:
                if candidate := _reread(line, first, start + b + 1):
                    yield candidate


def _gain(line: str, i: int) -> int:
    """Return by how much the second half of one character and the first of the next make a likelier one."""
    left, right = line[i].encode("gb18030", "replace"), line[i + 1].encode("gb18030", "replace")
    if len(left) != 2 or len(right) != 2:
        return _NO_PAIR
    new = (left[1:] + right[:1]).decode("gb18030", "ignore")
    if len(new) != 1:
        return _NO_PAIR
    weight = character_model().weight
    return weight(line[i]) - weight(new)


def _reread(line: str, start: int, end: int) -> Candidate | None:
    """Return the stretch read from its second byte on, its first and last character guessed from their halves."""
    data = line[start:end].encode("gb18030", "replace")
    tokens = [HOLE, *data]
    if line[end : end + 1] in ("?", "\ufffd"):
        tokens.append(HOLE)
        end += 1
    traditional = is_traditional(data[1:].decode("gb18030", "ignore"))
    path = best_path(len(tokens), lambda at: gbk_readings(tokens, at, traditional), line[start - 1 : start] or "。")
    new = "".join(piece.text for piece in path)
    return Candidate(start, end, new, (GBK_OFF_BY_ONE,), sum(piece.cost for piece in path)) if new else None
