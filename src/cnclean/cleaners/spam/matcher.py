"""What stands in a line: terms, the search phrases around them, and set forms of speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cnclean.cleaners.spam.lexicon import PLAIN, Lexicon, Term, compiled
from cnclean.view import View, compact, view

JOINTS = " ,、/|_·-+"
"""What may stand between the phrases of a keyword list."""

# Four Han with separators between: it begins with the class of separators, which `re` finds faster than Han.
_SEPARATOR, _ONE_HAN = r"[|.·⊥_*~°/•\-,?]", r"[\u4e00-\u9fff]"
_INTERLEAVED = re.compile(
    rf"{_SEPARATOR}(?<={_ONE_HAN}.){_SEPARATOR}{{0,2}}(?:{_ONE_HAN}{_SEPARATOR}{{1,3}}){{2}}{_ONE_HAN}"
)
_PHRASE_LEFT, _PHRASE_RIGHT = 12, 24  # how far search words reach in front of a term and behind it
_SHORTEST_SPAN = 4
_BRACKETS = dict(zip("([【〖「『<《", ")]】〗」』>》", strict=True))
_LED_STOPS = ("。", "!", "?", ",", ":", ";", "\n", *_BRACKETS)
_BRACKET_REACH = 24


class Hit(NamedTuple):
    """A term found in a view."""

    start: int
    end: int
    term: Term


class Span(NamedTuple):
    """A part of a line, in coordinates of the line, that a template may cut out."""

    start: int
    end: int
    rule: str
    weight: float
    whole_line: bool


def seen_words(line: str) -> tuple[View, bool]:
    """Return the view in which words are searched, and whether separators inside words had to be taken out for it."""
    seen = view(line)
    disguised = _INTERLEAVED.search(seen.text) is not None
    return compact(line) if disguised or len(seen.text) < len(line) else seen, disguised


def hits(text: str, lexicon: Lexicon) -> list[Hit]:
    """Return the terms in a folded text, the longest at each place, without collisions."""
    found: list[Hit] = []
    sizes, terms = lexicon.sizes, lexicon.terms
    done = 0
    for head in lexicon.heads.finditer(text):
        at = head.start()
        if at < done:
            continue
        for size in sizes.get(text[at : at + 2]) or sizes.get(text[at], ()):
            word = text[at : at + size]
            if word in terms:
                done = at + len(word)  # at the end of the text it may be less than `size`
                if _stands_alone(text, at, done, word, lexicon):
                    found.append(Hit(at, done, terms[word]))
                break
    return found


def _stands_alone(text: str, start: int, end: int, word: str, lexicon: Lexicon) -> bool:
    if _inside_latin_word(text, start) or _inside_latin_word(text, end):
        return False
    guard = lexicon.guards.get(word)
    return guard is None or not guard.rejects(text, start, end)


def _inside_latin_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def phrases(text: str, found: list[Hit], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the search phrases [start, end): terms with the words that people search them by, neighbours joined."""
    merged: list[tuple[int, int]] = []
    for hit in found:
        joined = bool(merged) and not text[merged[-1][1] : hit.start].strip(JOINTS)
        if hit.term.weight < PLAIN and not joined:
            continue
        start, end = hit.start if joined else _before(text, hit.start, lexicon), _after(text, hit.end, lexicon)
        if merged and (joined or start <= merged[-1][1]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _before(text: str, start: int, lexicon: Lexicon) -> int:
    match = lexicon.words_before.search(text[max(0, start - _PHRASE_LEFT) : start])
    return start if match is None else start - len(match.group().lstrip(JOINTS))


def _after(text: str, end: int, lexicon: Lexicon) -> int:
    match = lexicon.words_after.match(text, end, end + _PHRASE_RIGHT)
    return end if match is None else match.end()


def template_spans(seen: View, words: Iterable[str], lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the set forms in a view that holds `words`, those that overlap joined under the name of the strongest."""
    text = seen.text
    found: list[Span] = []
    numbers = {number for word in words for number in lexicon.needs.get(word, ())}
    for template in (lexicon.templates[number] for number in sorted(numbers)):
        for pattern, lead in template.forms:
            for match in compiled(pattern).finditer(text):
                if match.end() - match.start() >= _SHORTEST_SPAN:
                    first = _led_from(text, match.start(), lead)
                    start, end = seen.span(first, _bracket_end(text, first, match.end()))
                    found.append(Span(start, end, template.name, template.weight, template.whole_line))
    found.sort()
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            last = joined[-1]
            best = max(last, span, key=lambda s: s.weight)
            whole = last.whole_line and span.whole_line
            joined[-1] = Span(last.start, max(last.end, span.end), best.rule, best.weight, whole)
        else:
            joined.append(span)
    return tuple(joined)


def _led_from(text: str, start: int, lead: int) -> int:
    """Return where the words that lead up to `start` begin: behind a stop, at most `lead` characters before."""
    low = max(0, start - lead)
    return low + max(text[low:start].rfind(stop) for stop in _LED_STOPS) + 1


def _bracket_end(text: str, start: int, end: int) -> int:
    """Return where a span ends that begins behind an opening bracket: not after the closing one."""
    before = text[max(0, start - _BRACKET_REACH) : start]
    opening = max(before.rfind(bracket) for bracket in _BRACKETS)
    if opening < 0:
        return end
    closing = _BRACKETS[before[opening]]
    at = text.find(closing, start, end)
    return end if at < 0 or closing in before[opening:] else at
