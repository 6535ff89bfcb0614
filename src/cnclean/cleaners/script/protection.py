"""Protected spans: what a conversion must not touch. Addresses, code, quotations, Japanese, and what the user names.

Ideographic description sequences (⿰ and the characters that it joins) are always left alone, as OpenCC does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from cnclean.cleaners.script.guard import CLAUSE
from cnclean.errors import OptionError

Spans = Iterable[tuple[int, int]]

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_URL = re.compile(rf"(?:https?|ftp)://(?:[!-~]|(?<=[/=_#&?-])[{_HAN}]+)+")
_EMAIL = re.compile(rf"(?<![\w.+%-])[A-Za-z0-9._%+-]{{1,64}}@(?:[A-Za-z0-9{_HAN}-]{{1,63}}\.){{1,8}}[A-Za-z]{{2,24}}")
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_QUOTES = re.compile("「[^「」\n]*」|『[^『』\n]*』|“[^“”\n]*”|‘[^‘’\n]*’|《[^《》\n]*》")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_LONE_KANA = "の"  # Chinese shop signs and headlines borrow it

_OPERATOR = re.compile("[\u2ff0-\u2fff]")
_OPERANDS = {"\u2ff2": 3, "\u2ff3": 3, "\u2ffe": 1, "\u2fff": 1}
_LONGEST_SEQUENCE = 64


def _matches(pattern: re.Pattern[str], hint: str = "") -> Callable[[str], Spans]:
    def find(text: str) -> Spans:
        return [match.span() for match in pattern.finditer(text)] if hint in text else ()

    return find


def _japanese(text: str) -> Spans:
    """Return the clauses with two kana or more."""
    if not _KANA.search(text):
        return ()
    found = (match for match in CLAUSE.finditer(text) if _KANA.search(match[0]))
    return [m.span() for m in found if sum(kana != _LONE_KANA for kana in _KANA.findall(m[0])) >= 2]


KINDS: dict[str, Callable[[str], Spans]] = {
    "url": _matches(_URL, "://"),
    "email": _matches(_EMAIL, "@"),
    "code": _matches(_CODE, "`"),
    "quotes": _matches(_QUOTES),
    "japanese": _japanese,
}


def description_sequences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of complete ideographic description sequences, such as ⿰木木."""
    done = 0
    for match in _OPERATOR.finditer(text):
        if match.start() >= done:
            end = _sequence_end(text, match.start())
            if end:
                yield match.start(), end
                done = end


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


def unprotected(text: str, protected: Spans) -> list[tuple[int, int]]:
    """Return the stretches of `text` between the `protected` spans."""
    out = []
    done = 0
    for start, end in sorted(protected):
        if done < start:
            out.append((done, start))
        done = max(done, end)
    if done < len(text):
        out.append((done, len(text)))
    return out
