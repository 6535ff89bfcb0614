"""Protected spans: what a conversion must not touch. Addresses, code, quotations, Japanese, and what the user names.

Ideographic description sequences (⿰ and the characters that it joins) are always left alone, as OpenCC does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cnclean.cleaners.script.guard import clauses_around
from cnclean.errors import OptionError

Spans = Sequence[tuple[int, int]]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# Each begins with a literal, which is found fast; what stands before it is ASCII and never changes.
_URL = re.compile(rf"://(?:[!-~]|(?<=[/=_#&?-])[{_HAN}]+)+")
_EMAIL = re.compile(rf"@(?<=[\w.%+-]@)(?:[A-Za-z0-9{_HAN}-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}}")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_QUOTES = re.compile("「[^「」\n]*」|『[^『』\n]*』|“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LONE_KANA = "の"  # Chinese shop signs and headlines borrow it: it does not count
_ENOUGH_KANA = 2

_OPERATOR = re.compile("[\u2ff0-\u2fff]")
_OPERANDS = {"\u2ff2": 3, "\u2ff3": 3, "\u2ffe": 1, "\u2fff": 1}
_LONGEST_SEQUENCE = 64
_NEUTRAL = "x"


def _addresses(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    sign = pattern.pattern[0]

    def find(text: str) -> Spans:
        if sign not in text:
            return ()
        return [match.span() for match in pattern.finditer(text) if not match[0].isascii()]

    return find


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda text: [match.span() for match in pattern.finditer(text)]


KINDS: Mapping[str, Callable[[str], Spans] | None] = {
    "url": _addresses(_URL),
    "email": _addresses(_EMAIL),
    "code": _matches(_CODE),
    "quotes": _matches(_QUOTES),
    "japanese": None,  # found together with the description sequences
}


def _description_sequences(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of complete ideographic description sequences, such as ⿰木木."""
    done = 0
    for place in places:
        if place >= done and (end := _sequence_end(text, place)):
            yield place, end
            done = end


def _japanese(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the clauses with two kana or more."""
    for start, end in clauses_around(places, text, 0):
        if sum(kana != _LONE_KANA for kana in _KANA.findall(text, start, end)) >= _ENOUGH_KANA:
            yield start, end


def _sequence_end(text: str, start: int) -> int:
    """Return the end of the description sequence at `start`, or 0 if there is none."""
    open_places = 1
    for at in range(start, min(len(text), start + _LONGEST_SEQUENCE)):
        open_places += _OPERANDS.get(text[at], 2) - 1 if _OPERATOR.match(text, at) else -1
        if not open_places:
            return at + 1
    return 0


@lru_cache(maxsize=256)
def user_patterns(words: tuple[str, ...], patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return the user's words (the longest first) and regular expressions, compiled; `OptionError` names a bad one."""
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    compiled = [re.compile(listed)] if listed else []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern))
        except re.error as error:
            raise OptionError(f"protect_patterns: {pattern!r} is not a regular expression: {error}") from error
    return tuple(compiled)


def protected_spans(
    text: str, unusual: Iterable[int], kinds: Iterable[str], patterns: Iterable[re.Pattern[str]]
) -> Spans:
    """Return the protected spans of `text`, sorted and apart; `unusual` are the places of its `UNUSUAL` characters."""
    found = list(_description_sequences(text, (place for place in unusual if _OPERATOR.match(text, place))))
    if "japanese" in kinds:
        found.extend(_japanese(text, (place for place in unusual if _KANA.match(text, place))))
    for kind in kinds:
        if find := KINDS[kind]:
            found.extend(find(text))
    for pattern in patterns:
        found.extend(match.span() for match in pattern.finditer(text))
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def blank_out(text: str, spans: Spans) -> str:
    """Return `text` with a neutral letter for every character of the spans, so that nothing in them is evidence."""
    if not spans:
        return text
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (text[done:start], _NEUTRAL * (end - start))
        done = end
    return "".join(parts) + text[done:]


def without(spans: Spans, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what is left of [start, end) when the spans are taken out."""
    for number in range(bisect_left(spans, (start, -1)) - 1, len(spans)):
        if number < 0:
            continue
        first, last = spans[number]
        if first >= end:
            break
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
