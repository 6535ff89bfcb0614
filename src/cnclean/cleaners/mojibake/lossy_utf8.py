"""UTF-8 of which bytes are lost: what may have stood where a character was replaced or dropped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from cnclean.character_model import character_model, is_traditional
from cnclean.cleaners.mojibake.codecs import HIGH_CP1252, UTF8_AS_CP1252, UTF8_AS_GBK, Candidate, Confusion, to_bytes
from cnclean.cleaners.mojibake.guard import Family, guards
from cnclean.cleaners.mojibake.lattice import Reading, best_path

HOLE = -1
"""Stands for one or two lost bytes, marked by U+FFFD or a question mark."""

_MARKED = 200  # cost of a character with marked lost bytes, in hundredths of a nat
_UNMARKED = 500  # of one with bytes that are simply gone
_MORE = 150  # of each further lost byte
_UNEXPECTED = 500  # of one whose bytes need not have been lost
_SKIP = 1200  # of a byte that belongs to nothing
_BEFORE = 4  # characters before a hit that may belong to it
_MOST = 300  # candidates for a character
_PUNCTUATION = "，。、；：？！“”‘’（）《》【】「」『』—…"

_LEADS = range(0xE4, 0xEA)  # first bytes of Han

_HIGH = f"\x80-\xff{HIGH_CP1252}"
_CONTINUATION = f"\x80-\xbf{HIGH_CP1252}"
_LOSSY_CP1252 = re.compile(f"[\xe2-\xef][{_CONTINUATION} \ufffd](?:[ -~]*[{_HIGH}\ufffd])*")
_SPACE_INSIDE = re.compile(f"(?<=[\xe2-\xef]) |(?<=[\xe2-\xef][{_CONTINUATION}]) ")
_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # in cp1252
_WHOLE = re.compile(rb"[\xe2-\xef][\x80-\xbf]{2}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_HOLES = re.compile(r"[?\ufffd]+")

_Pattern = tuple[int | None, int | None, int | None]


class Losses(NamedTuple):
    """What is known of the lost text: its script, and which bytes can be lost (all, if none are named)."""

    traditional: bool = False
    bytes: frozenset[int] = frozenset()


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
            data = b"".join(map(_gbk_bytes, known))
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
    return b"\x80" if char == "€" else to_bytes(char, "gb18030") or b"?"


def _cp1252_bytes(char: str) -> bytes:
    return to_bytes(char, "cp1252") or b"?"


def _lossy_utf8(line: str, begin: int, end: int, run: str, confusion: Confusion) -> Iterator[Candidate]:
    """Yield the stretches of `run`, which stands at [begin, end) of the line, that are UTF-8 with lost bytes."""
    bytes_of, lost = (_gbk_bytes, frozenset[int]()) if confusion is UTF8_AS_GBK else (_cp1252_bytes, _UNDEFINED)
    tokens: list[int] = []
    chars: dict[int, int] = {}  # place of its first byte -> character
    for i, char in enumerate(run):
        chars[len(tokens)] = i
        tokens.extend((HOLE,) if char in "?\ufffd" else bytes_of(char))
    places = [*chars, len(tokens)]
    certain = bytes(token for token in tokens if token != HOLE).decode("utf-8", "ignore")
    losses = Losses(is_traditional(certain), lost)

    def readings(at: int) -> Iterator[Reading]:
        yield from utf8_readings(tokens, at, losses)
        if at in chars:
            i = chars[at]
            yield Reading(places[i + 1], (run[i],), 0, kept=True)

    path = best_path(len(tokens), readings, line[begin - 1 : begin] or "。")
    chars[len(tokens)] = len(run)
    for kept, pieces in groupby(path, key=lambda piece: piece.kept):
        part = list(pieces)
        exact = sum(piece.cost == 0 and piece.end - piece.start == 3 for piece in part)
        guessed = sum(piece.cost > 0 for piece in part)
        if not kept and guessed <= 3 * exact and part[0].start in chars and part[-1].end in chars:
            new = "".join(piece.text for piece in part)
            cost = sum(piece.cost for piece in part)
            yield Candidate(begin + chars[part[0].start], begin + chars[part[-1].end], new, (confusion,), cost)


@cache
def _matching(traditional: bool) -> dict[_Pattern, tuple[str, ...]]:
    """Return the characters that fit each pattern of known and lost bytes, the likeliest first."""
    model = character_model()
    found: defaultdict[_Pattern, list[str]] = defaultdict(list)
    for char in (*model.inventory(traditional), *_PUNCTUATION):
        a, b, c = char.encode("utf-8")
        for pattern in ((a, b, None), (a, None, c), (None, b, c), (a, None, None), (None, None, c)):
            found[pattern].append(char)
    return {p: tuple(sorted(chars, key=lambda c: model[c].weight)[:_MOST]) for p, chars in found.items()}


@lru_cache(maxsize=4096)
def _like(first: int | None, second: int | None, third: int | None, lost: Losses) -> tuple[str, ...]:
    known = (first, second, third)
    chars = _matching(lost.traditional).get(known, ())
    if not lost.bytes:
        return chars
    return tuple(
        c for c in chars if all(k is not None or byte in lost.bytes for k, byte in zip(known, c.encode(), strict=True))
    )


def utf8_readings(tokens: Sequence[int], at: int, lost: Losses) -> Iterator[Reading]:
    """Yield the ways to read one character from the place `at`; `lost` says what can be."""
    x, y, z = (tokens[i] if i < len(tokens) else 0 for i in range(at, at + 3))
    if 0 <= x < 0x80:
        yield Reading(at + 1, (chr(x),), 0)
    elif 0xE2 <= x <= 0xEF:
        yield from _after_lead(at, x, y, z, tokens[at + 3] if at + 3 < len(tokens) else 0, lost)
    elif x == HOLE:
        yield Reading(at + 1, ("",), _MARKED + _MORE)
        if _continues(y) and _continues(z):
            yield Reading(at + 3, _like(None, y, z, lost), _MARKED)
        if _continues(y):
            yield Reading(at + 2, _like(None, None, y, lost), _MARKED + _MORE)
    else:
        yield from _stray(at, x, y, lost)


def _after_lead(at: int, x: int, y: int, z: int, after: int, lost: Losses) -> Iterator[Reading]:
    if _continues(y) and _continues(z):
        char = bytes((x, y, z)).decode("utf-8", "ignore")
        if char:
            yield Reading(at + 3, (char,), 0)
            if lost.bytes:  # no first byte can be lost, so the third one is of this character
                return
    if _continues(y):
        if z == HOLE:
            yield from _guesses(at + 3, (x, y, None), after, _MARKED, lost)
            yield from _guesses(at + 2, (x, y, None), HOLE, _MARKED, lost)  # the hole took the next lead byte too
        else:
            yield from _guesses(at + 2, (x, y, None), z, _UNMARKED, lost)
            yield from _guesses(at + 2, (x, None, y), z, _UNMARKED, lost)
    elif y == HOLE:
        if _continues(z):
            yield from _guesses(at + 3, (x, None, z), after, _MARKED, lost)
        yield from _guesses(at + 2, (x, None, None), z, _MARKED + _MORE, lost)
    else:
        yield from _guesses(at + 1, (x, None, None), y, _UNMARKED + _MORE, lost)


def _guesses(end: int, known: _Pattern, after: int, cost: int, lost: Losses) -> Iterator[Reading]:
    """Yield the readings of a character with lost bytes: those first that GBK, where it was read, would lose."""
    if not lost.bytes:
        if expected := _expected(known, after, lost):
            yield Reading(end, expected, cost)
        cost += _UNEXPECTED
    yield Reading(end, _like(*known, lost), cost)


@lru_cache(maxsize=4096)
def _expected(known: _Pattern, after: int, lost: Losses) -> tuple[str, ...]:
    """Return the characters whose lost bytes make no pair of GBK with what follows; `after` is the next byte."""

    def goes(char: str) -> bool:
        _, second, third = char.encode()
        if known[1] is None:
            return _no_pair(second, third)
        return any(_no_pair(third, byte) for byte in ((after,) if after >= 0x40 else _LEADS if after == HOLE else ()))

    return tuple(char for char in _like(*known, lost) if after in range(0x40) or goes(char))


@lru_cache(maxsize=8192)
def _no_pair(lead: int, trail: int) -> bool:
    try:
        bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return True
    return False


def _stray(at: int, x: int, y: int, lost: Losses) -> Iterator[Reading]:
    if 0xC2 <= x < 0xE0 and _continues(y):
        yield Reading(at + 2, (bytes((x, y)).decode("utf-8"),), 0)
    if _continues(x) and not lost.bytes:  # if these are named, the first byte is none of them
        if _continues(y):
            yield Reading(at + 2, _like(None, x, y, lost), _UNMARKED)
        yield Reading(at + 1, _like(None, None, x, lost), _UNMARKED + _MORE)
    yield Reading(at + 1, ("",), _SKIP)


def _continues(byte: int) -> bool:
    return 0x80 <= byte < 0xC0
