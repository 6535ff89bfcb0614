"""Text of one two-byte charset that was read in another: which characters of a line are broken, and which are sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from cnclean.character_model import character_model, foreign_to_script
from cnclean.cleaners.mojibake.codecs import Candidate, Confusion, original_character
from cnclean.cleaners.mojibake.decision import OTHER_SCRIPTS
from cnclean.cleaners.mojibake.segments import highest_sum, reach

# In hundredths of a nat:
_NEUTRAL = -100  # a character that the confusion leaves as it is
_IMPOSSIBLE = -100_000
_DROP = 2500  # a stretch ends where its score has fallen this much
_LOWEST_GAIN = 800  # of a stretch that deserves a closer look; the real decision comes later
_SWITCH = 300  # from sound characters to broken ones or back
_SWITCH_AT_MARK = 200  # where punctuation or ASCII invites it
_OTHER_SCRIPT = 350  # a Traditional character in a Simplified line, or the other way round
_AROUND = 50  # characters on both sides that show of what kind the text is
_ENOUGH = 8  # of them, at least
_PROSE = 700  # cost of a character of prose, at most
_PER_RARITY = 4  # characters whose rarity is taken to be that of the text around them
_MOST_RARITY = 500
_MARKS = frozenset("，。、；：？！“”‘’（）《》【】「」『』—…·～")


def characterwise(line: str, confusion: Confusion, hits: Iterator[int]) -> Iterator[Candidate]:
    """Yield the stretches around the hits that are likelier as what they would be with the confusion undone."""
    gain, original = _gains(confusion.name).__getitem__, original_character(confusion.name)
    done = 0
    for hit in hits:
        if hit < done:
            continue
        start = hit - reach(map(gain, map(line.__getitem__, range(hit - 1, done - 1, -1))), _DROP)
        done = hit + reach(map(gain, map(line.__getitem__, range(hit, len(line)))), _DROP)
        if highest_sum(map(gain, line[start:done])) < _LOWEST_GAIN:
            continue
        foreign = foreign_to_script(line[max(0, start - _AROUND) : start] + line[done : done + _AROUND])
        for first, last in _broken(line, start, done, original, foreign):
            new = "".join(char if char <= "\x7f" else original(char) for char in line[first:last])
            evidence = _OTHER_SCRIPT * sum(1 for char in line[first:last] if char in foreign)
            if OTHER_SCRIPTS.search(line, first, last):
                evidence = 0  # Japanese has Traditional characters, too
            evidence -= _rarity(line[max(0, first - _AROUND) : first] + line[last : last + _AROUND])
            yield Candidate(first, last, new, (confusion,), evidence=evidence)


def _rarity(around: str) -> int:
    """Return the handicap in text, such as verse, that is made of rarer characters than prose."""
    if len(around) < _ENOUGH:
        return 0
    more = character_model().cost(around) // len(around) - _PROSE
    return max(0, min(_MOST_RARITY, _PER_RARITY * more))


def _broken(
    line: str, start: int, end: int, original: Callable[[str], str], foreign: frozenset[str]
) -> list[tuple[int, int]]:
    """Return the broken stretches between two places: the cheapest way to take each character as sound or broken."""
    after = character_model().after
    sound, broken = 0, _SWITCH if start else 0
    last = was = line[start - 1 : start] or "。"
    came_from: list[tuple[bool, bool]] = []  # for each character, sound and broken: whether the one before was broken
    for i in range(start, end):
        char = line[i]
        new = char if char <= "\x7f" else original(char)
        switch = _switch(line, i)
        rare = _OTHER_SCRIPT if char in foreign else 0
        stay, leave = sound + after(last, char), broken + after(was, char) + switch
        enter, go_on = (sound + after(last, new) + switch, broken + after(was, new)) if new else (-_IMPOSSIBLE,) * 2
        came_from.append((leave < stay, go_on <= enter))
        sound, broken, last, was = min(stay, leave) + rare, min(enter, go_on), char, new or "。"
    is_broken = broken + (_switch(line, end) if end < len(line) else 0) < sound
    stretches, stop = list[tuple[int, int]](), end
    for i in range(end - 1, start - 1, -1):
        was_broken = came_from[i - start][is_broken]
        if is_broken != was_broken or i == start:
            if is_broken:
                stretches.append((i, stop))
            stop = i
        is_broken = was_broken
    return stretches[::-1]


def _switch(line: str, at: int) -> int:
    """Return what it costs to go from sound to broken characters or back at this place."""
    left, right = line[at - 1 : at], line[at]
    return _SWITCH_AT_MARK if left <= "\x7f" or right <= "\x7f" or left in _MARKS or right in _MARKS else _SWITCH


class _Gains(dict[str, int]):
    """Character to what is gained, by itself, when it is replaced by its original."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._original = original_character(name)

    def __missing__(self, char: str) -> int:
        new = self._original(char) if char > "\x7f" else char
        weight = character_model().weight
        gain = _NEUTRAL if char == new else weight(char) - weight(new) if new else _IMPOSSIBLE
        self[char] = gain
        return gain


@cache
def _gains(name: str) -> _Gains:
    return _Gains(name)
