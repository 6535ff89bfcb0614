"""One look at a text: the evidence that only the whole of it gives, and the decisions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from cnclean.cleaners.spam.brands import Mention, brand_edits
from cnclean.cleaners.spam.edges import Edges
from cnclean.cleaners.spam.evidence import FULL_WEIGHT, NAMED_LETTERS, REMOVE, Verdict, weigh
from cnclean.cleaners.spam.keyword_page import keyword_page_edits
from cnclean.cleaners.spam.lexicon import Lexicon
from cnclean.cleaners.spam.matcher import Span, read
from cnclean.cleaners.spam.removals import joined, removal, whole_lines
from cnclean.cleaners.spam.watermarks import Address, watermark_edits
from cnclean.cleaners.spam.windows import windows
from cnclean.edit import Edit

_STRICT = 2.5  # the score from which level "strict" removes, on one kind of evidence
_FARM_LINES, _FARM_LETTERS, _FARM_COVERAGE = 3, 24, 0.4
_TOPIC_SENTENCES, _TOPIC_LETTERS = 2, 30
_RUN_COVERAGE, _RUN_LETTERS = 0.9, 20
_SHORTEST_CUT = 6
_REST = 16  # letters that may be lost with a line that is an advertisement for the rest
_CLEAR, _CLEAR_LETTERS = 6.0, 80  # a score and a length with which the words around a template go along
_EDGE = Span(0, 0, "", 0.0, False)
_STOP = re.compile(r"[。！？!?](?=.)")
_CLAUSE_END = re.compile(r"[。！？!?…”」』）)\s：:]\Z")
_BRACKETED = re.compile(r"【[^】]*】|\([^)]*\)|（[^）]*）|\[[^\]]*\]")
_OPENING = dict(zip(")]】）］〗」』>》", "([【（［〖「『<《", strict=True))


class Candidate(NamedTuple):
    """A line that may hold advertising, or a sentence of a long line (`part`), with its place in the text."""

    start: int
    end: int
    line: str
    part: bool
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Known:
    """What does not depend on the text around a line, and is carried from one look to the next."""

    verdicts: dict[str, Verdict | None] = field(default_factory=dict)
    branded: set[str] = field(default_factory=set)
    """The lines that hold a word of a brand."""
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    addresses: dict[str, tuple[Address, ...]] = field(default_factory=dict)


class Page:
    """A text, looked at once."""

    def __init__(self, text: str, places: list[int], lexicon: Lexicon, level: str, known: Known) -> None:
        self.text, self.places, self.lexicon, self.level, self._known = text, places, lexicon, level, known
        self.candidates = [
            Candidate(start, end, line := text[start:end], part, self._judge(line))
            for start, end, part in windows(text, places)
        ]
        self._judged = [(found, found.verdict) for found in self.candidates if found.verdict is not None]
        self.topics = self._topics() if self._judged else frozenset()
        self.farms = self._farms() if self._judged and "link-farm" not in lexicon.keep else frozenset()

    def _judge(self, line: str) -> Verdict | None:
        verdicts = self._known.verdicts
        if line not in verdicts:
            reading = read(line, self.lexicon)
            verdicts[line] = weigh(line, reading, self.lexicon)
            if not self.lexicon.brand_words.isdisjoint(reading.words):
                self._known.branded.add(line)
        return verdicts[line]

    def _topics(self) -> frozenset[str]:
        """Return the classes that the text itself writes about, in sentences: there short lines are headings."""
        seen = Counter(
            verdict.cls
            for _, verdict in self._judged
            if verdict.sentence and verdict.letters >= _TOPIC_LETTERS and verdict.coverage < 0.3
        )
        return frozenset(cls for cls, count in seen.items() if cls and count >= _TOPIC_SENTENCES)

    def _farms(self) -> frozenset[str]:
        """Return the classes of which the text holds several short keyword lines."""
        lines = {candidate.line.strip(): verdict for candidate, verdict in self._judged if not candidate.part}
        seen = Counter(verdict.cls for verdict in lines.values() if _farm_line(verdict))
        return frozenset(cls for cls, count in seen.items() if cls and count >= _FARM_LINES)

    def edits(self) -> list[Edit]:
        """Return the removals, sorted, not overlapping; a line that is cut exactly is judged again at the next look."""
        edges = Edges(self.text, self.places, self.lexicon, self._judge)
        exact: list[Edit] = []
        if "injected" not in self.lexicon.keep:
            exact += edges.key_edits()
            exact += self._brand_edits()
            exact += watermark_edits(self.text, self._known.addresses)
        edits = [*exact, *(phrases := list(edges.phrase_edits(self.topics)))]
        if self._judged:
            edits += self._line_edits(self._lines_of(exact), self._lines_of(phrases))
        if not edits:
            return edits
        if self.farms:
            edits += keyword_page_edits(self.text, [(edit.start, edit.end) for edit in edits])
        return whole_lines(self.text, joined(sorted(edits, key=lambda edit: (edit.start, -edit.end))))

    def _brand_edits(self) -> Iterable[Edit]:
        branded = self._known.branded
        lines = [(found.start, found.line) for found in self.candidates if found.line in branded] if branded else []
        return brand_edits(self.text, lines, self.lexicon.brands, self._known.mentions) if lines else ()

    def _lines_of(self, edits: list[Edit]) -> set[int]:
        return {self.text.rfind("\n", 0, edit.start) + 1 for edit in edits}

    def flags(self) -> Iterator[Edit]:
        """Yield what was looked at and left."""
        for candidate, verdict in self._judged:
            if verdict.suspect:
                note = "looks like advertising, left for want of evidence"
                rules = (f"spam/{verdict.rule}",)
                yield Edit(candidate.start, candidate.end, candidate.line, rules, note, verdict.evidence)

    def _line_edits(self, cut: set[int], trimmed: set[int]) -> Iterator[Edit]:
        """Yield whole lines and template spans, not for lines that are `cut`, nor for `trimmed` ones with much else."""
        for candidate, verdict in self._judged:
            start, end = candidate.start, candidate.end
            if start in cut or (start in trimmed and not _little_else(verdict)):
                continue
            if self._drops(candidate, verdict):
                yield removal(start, min(end + 1, len(self.text)), verdict.rule, verdict)
            elif candidate.part and _keyword_run(verdict) and verdict.cls not in self.topics:
                yield removal(start, end, verdict.rule, verdict)
            elif verdict.score >= self._needed:
                for span in _spans_to_cut(candidate.line, verdict):
                    yield removal(start + span.start, start + span.end, span.rule, verdict)

    @property
    def _needed(self) -> float:
        return _STRICT if self.level == "strict" else REMOVE

    def _drops(self, candidate: Candidate, verdict: Verdict) -> bool:
        """Whether the whole line goes."""
        if candidate.part or not verdict.short:
            return False
        if verdict.cls in self.farms and not verdict.report and (_farm_line(verdict) or _keyword_line(verdict)):
            return True
        if verdict.score < self._needed:
            return False
        if verdict.spans:
            return _little_left(candidate.line, verdict)
        if verdict.cls in self.topics and not verdict.contact:
            return False
        return verdict.kinds >= (1 if self.level == "strict" else 2)


def _farm_line(verdict: Verdict) -> bool:
    named = verdict.coverage >= _FARM_COVERAGE or verdict.letters <= NAMED_LETTERS
    return verdict.alone and named and verdict.letters <= _FARM_LETTERS and verdict.suspect


def _keyword_line(verdict: Verdict) -> bool:
    return verdict.coverage >= _FARM_COVERAGE and verdict.score >= REMOVE and not verdict.sentence


def _keyword_run(verdict: Verdict) -> bool:
    """Whether a part of a long line is nothing but search phrases."""
    long = verdict.letters >= _RUN_LETTERS and verdict.coverage >= _RUN_COVERAGE
    return long and verdict.score >= REMOVE and verdict.kinds > 1 and not verdict.report


def _little_else(verdict: Verdict) -> bool:
    return verdict.coverage >= 0.55 or verdict.letters <= NAMED_LETTERS


def _little_left(line: str, verdict: Verdict) -> bool:
    """Whether a line is next to nothing without the spans of its templates."""
    kept = "".join(line[a.end : b.start] for a, b in pairwise([_EDGE, *verdict.spans, _EDGE._replace(start=len(line))]))
    rest = sum(char.isalnum() for char in kept)
    before = line[: verdict.spans[0].start].rstrip()
    after_a_sentence = len(before) > 4 and _CLAUSE_END.search(before) is not None
    if (
        rest == 0
        or (verdict.decided and _BRACKETED.fullmatch(line.strip()))
        or (rest < _REST and rest <= 0.4 * verdict.letters and not after_a_sentence)
    ):
        return True
    plain = verdict.score >= _CLEAR and verdict.kinds > 1 and not verdict.report and verdict.decided
    return plain and verdict.letters <= _CLEAR_LETTERS and _STOP.search(kept.strip()) is None


def _spans_to_cut(line: str, verdict: Verdict) -> list[Span]:
    """Return the spans, with the brackets around them, that begin and end at a boundary."""
    spans = [_with_brackets(line, span) for span in verdict.spans if span.weight >= FULL_WEIGHT and not span.whole_line]
    return [span for span in spans if span.end - span.start >= _SHORTEST_CUT and _set_off(line, span)]


def _with_brackets(line: str, span: Span) -> Span:
    start, end = span.start, span.end
    if end < len(line) and start > 0 and _OPENING.get(line[end]) == line[start - 1]:
        start, end = start - 1, end + 1
    elif start > 0 and end > start and _OPENING.get(line[end - 1]) == line[start - 1]:
        start -= 1
    return span._replace(start=start, end=end)


def _set_off(line: str, span: Span) -> bool:
    """Whether a span begins and ends at an end of the line, of a sentence, a bracket, a space."""
    before, after = line[: span.start], line[span.end :]
    opens = (
        not before.strip()
        or before[-1] in "。！？!?…”」』）)】，,\n \t\u3000"
        or line[span.start] in "([【（［〖「『<《-"
    )
    closes = not after.strip() or line[span.end - 1] in "。！？!?)]】）］〗」』>》" or after[0] in "。！？!? \t\u3000"
    return opens and closes
