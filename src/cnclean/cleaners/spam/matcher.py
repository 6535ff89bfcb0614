"""What stands in a line: terms, the search phrases around them, and set forms of speech."""

from __future__ import annotations

import re
from typing import NamedTuple

from cnclean.cleaners.spam.lexicon import PLAIN, Lexicon, Term, compiled
from cnclean.cleaners.spam.search_words import JOINTS
from cnclean.view import View, compact, view

# Four Han with separators between: it begins with the class of separators, which `re` finds faster than Han.
_SEPARATOR, _ONE_HAN = r"[|.·⊥_*~°/•\-,?]", r"[\u4e00-\u9fff]"
_INTERLEAVED = re.compile(
    rf"{_SEPARATOR}(?<={_ONE_HAN}.){_SEPARATOR}{{0,2}}(?:{_ONE_HAN}{_SEPARATOR}{{1,3}}){{2}}{_ONE_HAN}"
)
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


class Reading(NamedTuple):
    """A line as it is judged."""

    seen: View
    """The view in which words are searched."""
    disguised: bool
    """Whether separators inside words had to be taken out for it."""
    words: frozenset[str]
    """The words of the prefilter that stand in it."""


def read(line: str, lexicon: Lexicon) -> Reading:
    """Return how a line is read."""
    seen = view(line)
    disguised = _INTERLEAVED.search(seen.text) is not None
    if disguised or len(seen.text) < len(line):
        seen = compact(line)
    return Reading(seen, disguised, lexicon.prefilter.words(seen.text))


def hits(text: str, lexicon: Lexicon) -> list[Hit]:
    """Return the terms in a folded text, the longest at each place, without collisions."""
    found: list[Hit] = []
    sizes, terms, guards = lexicon.sizes, lexicon.terms, lexicon.guards
    done = 0
    for head in lexicon.heads.finditer(text):
        at = head.start()
        if at < done:
            continue
        for size in sizes.get(text[at : at + 3]) or sizes.get(text[at : at + 2]) or sizes.get(text[at], ()):
            word = text[at : at + size]
            if word in terms:
                done = at + len(word)  # at the end of the text it may be less than `size`
                if word not in guards or not guards[word].rejects(text, at, done):
                    found.append(Hit(at, done, terms[word]))
                break
    return found


def phrases(text: str, found: list[Hit], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the search phrases [start, end): terms with the words that people search them by, neighbours joined."""
    merged: list[tuple[int, int]] = []
    around = lexicon.around
    for hit in found:
        joined = bool(merged) and not text[merged[-1][1] : hit.start].strip(JOINTS)
        if hit.term.weight < PLAIN and not joined:
            continue
        start = hit.start if joined else around.start(text, hit.start)
        end = around.end(text, hit.end)
        if merged and (joined or start <= merged[-1][1]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def template_spans(reading: Reading, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the set forms in a line, those that overlap joined under the name of the strongest."""
    seen, text = reading.seen, reading.seen.text
    found: list[Span] = []
    needs = lexicon.needs
    numbers = {number for word in reading.words if word in needs for number in needs[word]}
    for template in (lexicon.templates[number] for number in sorted(numbers)):
        if template.also and not compiled(template.also).search(text):
            continue
        for pattern, lead in template.forms:
            for match in compiled(pattern).finditer(text):
                if match.end() - match.start() >= _SHORTEST_SPAN:
                    first = _led_from(text, match.start(), lead)
                    start, end = seen.span(first, _bracket_end(text, first, match.end()))
                    found.append(Span(start, end, template.name, template.weight, template.whole_line))
    if not found:
        return ()
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
