"""UTF-8 of which bytes are lost: what may have stood where a character was replaced or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, groupby

from cnclean.character_model import character_model, is_traditional
from cnclean.cleaners.mojibake.codecs import (
    BYTE_OF_CP1252,
    HIGH_CP1252,
    UTF8_AS_CP1252,
    UTF8_AS_GBK,
    Candidate,
    Confusion,
    to_bytes,
)
from cnclean.cleaners.mojibake.guard import Family, guards
from cnclean.cleaners.mojibake.lattice import Reading, best_path
from cnclean.cleaners.mojibake.utf8_readings import END, HOLE, Losses, utf8_readings

_BEFORE = 4  # characters before a hit that may belong to it
_HIGH = f"\x80-\xff{HIGH_CP1252}"
_CONTINUATION = f"\x80-\xbf{HIGH_CP1252}"
_LOSSY_CP1252 = re.compile(f"[\xe2-\xef][{_CONTINUATION} \ufffd](?:[ -~]*[{_HIGH}\ufffd])*")
_SPACE_INSIDE = re.compile(f"(?<=[\xe2-\xef]) |(?<=[\xe2-\xef][{_CONTINUATION}]) ")
_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # in cp1252
_WHOLE = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_HOLES = re.compile(r"[?\ufffd]+")


def lossy_utf8_as_gbk(line: str) -> Iterator[Candidate]:
    """Yield the most likely readings of runs in which bytes are lost, marked or not."""
    tests = guards()
    done = 0
    for hit in tests.families[Family.UTF8_AS_GBK].finditer(line):
        if hit.start() < done:
            continue
        run = tests.lossy_utf8_run.match(line, _begin(line, done, hit.start()))
        if run and len(run.group()) > 2:
            done = run.end()
            known = _HOLES.sub("", run.group())
            data = b"\x80".join([part.encode("gb18030", "replace") for part in known.split("€")])
            whole = len(_WHOLE.findall(data))
            lossy = known != run.group() or not _is_utf8(data)
            if lossy and whole > ("\ufffd" not in run.group()) and whole * 6 >= len(data):
                yield from _lossy_utf8(line, *run.span(), run.group(), UTF8_AS_GBK)


def _begin(line: str, done: int, hit: int) -> int:
    """Return where the run may begin that a hit stands in: characters before it may have lost what makes a hit."""
    run, start = guards().lossy_utf8_run, hit
    for at in range(hit - 1, max(done, hit - _BEFORE) - 1, -1):
        if run.match(line, at, at + 1):
            start = at
        elif line[at] > "\x7f":
            break
    return start


def lossy_utf8_as_cp1252(line: str) -> Iterator[Candidate]:
    """Yield readings of UTF-8 of which strict cp1252 has lost the five bytes it does not define.

    A no-break space that became a space, as it often does, is taken for what it was where UTF-8 goes on with it.
    """
    for match in _LOSSY_CP1252.finditer(line):
        data = to_bytes(_HOLES.sub("", match.group()), "cp1252") or b""
        if _is_utf8(data) or 6 * len(_WHOLE.findall(data)) < len(_HIGH_BYTE.findall(data)):
            continue
        run = _SPACE_INSIDE.sub("\xa0", match.group())
        yield from _lossy_utf8(line, *match.span(), run, UTF8_AS_CP1252)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _gbk_bytes(char: str) -> bytes:
    return b"\x80" if char == "€" else char.encode("gb18030", "replace")


def _cp1252_bytes(char: str) -> bytes:
    return BYTE_OF_CP1252.get(char, b"?")


def _lossy_utf8(line: str, begin: int, end: int, run: str, confusion: Confusion) -> Iterator[Candidate]:
    """Yield the stretches of `run`, which stands at [begin, end) of the line, that are UTF-8 with lost bytes."""
    bytes_of, lost = (_gbk_bytes, frozenset[int]()) if confusion is UTF8_AS_GBK else (_cp1252_bytes, _UNDEFINED)
    parts = [(HOLE,) if char in "?\ufffd" else bytes_of(char) for char in run]
    tokens = list[int](chain.from_iterable(parts))
    size = len(tokens)
    places = [*accumulate(map(len, parts), initial=0)]
    chars = {place: i for i, place in enumerate(places[:-1])}  # place of its first byte -> character
    certain = bytes([token for token in tokens if token != HOLE]).decode("utf-8", "ignore")
    losses = Losses(is_traditional(certain), lost)
    tokens += END

    cost_of = character_model().cost

    def readings(at: int) -> list[Reading]:
        found = utf8_readings(tokens, at, losses)
        if at in chars:
            i = chars[at]
            if lost and found[0][0] == at + 3 and not found[0][2]:  # what is whole is left whole, or not at all
                found.append((at + 3, (run[i : i + 3],), cost_of(run[i + 1 : i + 3], run[i]), True))
            else:
                found.append((places[i + 1], (run[i],), 0, True))
        return found

    path = best_path(size, readings, line[begin - 1 : begin] or "。")
    chars[size] = len(run)
    for kept, pieces in groupby(path, key=lambda piece: piece.kept):
        part = list(pieces)
        exact = sum(piece.cost == 0 and piece.end - piece.start == 3 for piece in part)
        guessed = sum(piece.cost > 0 for piece in part)
        if not kept and guessed <= 3 * exact and part[0].start in chars and part[-1].end in chars:
            new = "".join(piece.text for piece in part)
            cost = sum(piece.cost for piece in part)
            yield Candidate(begin + chars[part[0].start], begin + chars[part[-1].end], new, (confusion,), cost)
