"""What speaks for and against a line, in weights: terms, contacts, templates, layout, the voice of a report."""

from __future__ import annotations

import re
from operator import mul
from typing import NamedTuple

from cnclean.cleaners.spam.lexicon import PLAIN, STRONG, WEAK, Lexicon, Term
from cnclean.cleaners.spam.matcher import Hit, Reading, Span, hits, phrases, read, template_spans
from cnclean.edit import Evidence

LONG_LINE = 120
"""Letters: a longer line is never dropped whole, and only its parts are judged."""
NAMED_LETTERS = 8
"""Letters of a line that is no more than a name and a word of the trade."""
FULL_WEIGHT = 4.0
"""The weight of a template that needs no company."""
REMOVE, FLAG = 3.0, 2.0
"""Scores from which a line with two kinds of evidence goes, and from which it is reported."""

_DECAY = tuple(0.6**number for number in range(12))  # each further term of a class counts less
_CLASS_CAP = 6.0
_MATCHED_SHOWN = 40
# Where a pattern can begin with one class of characters it does: `re` passes over a line much faster.
_WECHAT = (
    r"[微薇溦威徽喂vw+加](?:(?<=[微薇溦威徽喂])[\W_]{0,2}[信芯心星❤♥]|(?<=v)[\W_]?[信x]|(?<=w)e(?:chat|ixin)"
    r"|(?<=[薇溦])|(?<=[+加])v)"
)
_CONTACTS = {
    "wechat": (2.5, _WECHAT + r"[号:\s\W]{0,6}(?!https?)(?:[a-z][a-z0-9_\-]{4,19}(?![a-z])|\d{6,11}(?!\d))"),
    "qq": (
        2.0,
        r"[q扣抠秋球企乞群](?:(?<=q)q|(?<=扣)扣|(?<=抠)抠|(?<=秋)秋|(?<=球)球|(?<=[企乞])鹅|(?<=群)号)"
        r"[群号:\s\W]{0,5}\d[\d \-]{4,12}\d",
    ),
    "phone": (
        1.5,
        r"[14](?<!\d.)(?:(?<=1)[3-9]\d(?:[ \-]?\d){8}(?!\d)|(?<=4)00[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d))",
    ),
    "telegram": (
        2.0,
        r"[t纸飞电联客频](?:(?<=t)(?:\.me/|elegram|g[群:@])|(?<=纸)飞机|(?:(?<=飞)机|(?<=电)报)[群:@]"
        r"|(?:(?<=联)系|(?<=客)服|(?<=频)道)\W{0,3}@[a-z]\w{4,})",
    ),
}
_CONTACT_PATTERNS = [(name, weight, re.compile(pattern)) for name, (weight, pattern) in _CONTACTS.items()]
_ADDRESS = re.compile(
    r"[a-z0-9](?:(?<=h)ttps?://|(?<=w)ww[.。,]\s?\w"
    r"|(?<![@\w.].)[a-z0-9\-]{1,30}[.。](?:com|cn|net|cc|org|top|xyz|vip)(?![a-z])(?:/[\w.~%/-]{0,60})?)"
)
_LATIN = re.compile(r"[a-z\d]")  # without any there is no address, and of the contacts only a name of Telegram
_FUNCTION_WORDS = re.compile("[的了是在和与就也都不我他她它们这那着把被对从而但吗呢吧]")
_SENTENCE_END = re.compile(r"[。！？!?…”」』）)]\s*\Z")
_PIECES = re.compile(r"[\s,，、|_\-/·;；>》~+]+")
_PASSING = 48  # characters of a sentence in which one plain word says nothing
_IDENTIFIER = re.compile(r"[a-z0-9_\-](?=[a-z0-9_\-]{4})")
_NO_LETTER = re.compile(r"[\W_]")


class Verdict(NamedTuple):
    """All that is known about a line without looking at the rest of the text."""

    score: float
    kinds: int
    cls: str
    rule: str
    coverage: float
    letters: int
    sentence: bool
    report: bool
    contact: bool
    alone: bool
    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...]

    @property
    def short(self) -> bool:
        """Whether the line is short enough to be dropped whole."""
        return self.letters <= LONG_LINE

    @property
    def suspect(self) -> bool:
        """Whether the line is worth reporting."""
        return self.score >= FLAG

    @property
    def decided(self) -> bool:
        """Whether a template of full weight was found."""
        return any(span.weight >= FULL_WEIGHT for span in self.spans)

    def stands_alone(self, topics: frozenset[str]) -> bool:
        """Whether a piece of a line is advertising all by itself, on a page that is about something else."""
        return self.score >= REMOVE and self.kinds > 1 and not self.report and self.cls not in topics


def judge(line: str, lexicon: Lexicon) -> Verdict | None:
    """Return what speaks for advertising in a line or a sentence, `None` where nothing does."""
    return weigh(line, read(line, lexicon), lexicon)


def weigh(line: str, reading: Reading, lexicon: Lexicon) -> Verdict | None:
    """Return what speaks for advertising in a line that has been read, `None` where nothing does."""
    text, disguised = reading.seen.text, reading.disguised
    spans = template_spans(reading, lexicon)
    if not (spans or disguised):
        starters = reading.words & lexicon.starters
        if not starters or (len(starters) == 1 and _in_passing(text, lexicon.terms[min(starters)])):
            return None
    found = hits(text, lexicon)
    top = max((hit.term.weight for hit in found if hit.term.cls not in lexicon.caps), default=0)
    if not spans and top < (WEAK if disguised else PLAIN):
        return None
    return _Weighing(line, text, found, spans, lexicon).verdict(top, disguised)


def _in_passing(text: str, term: Term) -> bool:
    """Whether a long sentence holds no more than one word that needs company, and no contact."""
    return len(text) > _PASSING and not term.alone and _IDENTIFIER.search(text) is None


class _Weighing:
    """Adds up the evidence of one line."""

    def __init__(self, line: str, text: str, found: list[Hit], spans: tuple[Span, ...], lexicon: Lexicon) -> None:
        self.line, self.text, self.found, self.spans, self.lexicon = line, text, found, spans, lexicon
        self.latin = _LATIN.search(text) is not None
        self.letters = self._count(0, len(text)) or 1
        self.runs = phrases(text, found, lexicon)
        self.addresses = [match.span() for match in _ADDRESS.finditer(text)] if self.latin else []
        named = [*self.runs, *self.addresses]
        self.coverage = min(1.0, sum(self._count(start, end) for start, end in named) / self.letters)
        self.covered = sum(span.end - span.start for span in spans) / max(1, len(line.strip()))
        self.score = 0.0
        self.kinds = 0
        self.evidence: list[Evidence] = []

    def _count(self, start: int, end: int) -> int:
        size = end - start
        return size if self.text[start:end].isalnum() else size - len(_NO_LETTER.findall(self.text, start, end))

    def _add(self, feature: str, weight: float, matched: str = "", kind: bool = False) -> None:
        self.score += weight
        self.kinds += kind
        self.evidence.append(Evidence(feature, round(weight, 2), matched[:_MATCHED_SHOWN]))

    def verdict(self, top: int, disguised: bool) -> Verdict:
        """Return the verdict on the line, whose strongest term has the weight `top`."""
        cls = self._terms()
        contact = self._contacts()
        rule = cls
        if self.spans:
            best = max(self.spans, key=lambda span: span.weight)
            self._add("template", best.weight, self.line[best.start : best.end], kind=True)
            rule = best.rule
        if disguised:
            self._add("disguise", 2.0, self.line.strip(), kind=True)
        if top >= (WEAK if disguised else PLAIN):
            self.kinds += 1
            self._layout(top)
        sentence = self._sentence(contact)
        report = self.lexicon.report.search(self.text)
        if report and self.coverage < 0.95 and not (contact and top == STRONG) and self.covered < 0.8:
            self._add("report-voice", -2.5, report.group())
        return Verdict(
            score=round(self.score, 2),
            kinds=self.kinds,
            cls=cls,
            rule=rule,
            coverage=max(self.coverage, self.covered),
            letters=self.letters,
            sentence=sentence,
            report=report is not None,
            contact=contact,
            alone=any(hit.term.alone for hit in self.found),
            spans=self.spans,
            evidence=tuple(self.evidence),
        )

    def _terms(self) -> str:
        """Add the weights of the terms, class by class, and return the class that leads."""
        by_class: dict[str, dict[str, int]] = {}
        for hit in self.found:
            by_class.setdefault(hit.term.cls, {})[hit.term.word] = hit.term.weight
        totals: list[tuple[float, str]] = []
        for cls, words in by_class.items():
            ranked = sorted(words, key=lambda word: (-words[word], word)) if len(words) > 1 else list(words)
            total = sum(map(mul, map(words.__getitem__, ranked), _DECAY))
            total = min(total, self.lexicon.caps.get(cls, _CLASS_CAP))
            totals.append((total, cls))
            self.evidence.append(Evidence(f"terms:{cls}", round(total, 2), " ".join(ranked[:4])[:_MATCHED_SHOWN]))
        totals.sort(key=lambda item: (-item[0], item[1]))
        self.score += sum(total for total, _ in totals[:3])
        return next((cls for _, cls in totals if cls not in self.lexicon.caps), "")

    def _contacts(self) -> bool:
        found = False
        for name, weight, pattern in _CONTACT_PATTERNS:
            match = pattern.search(self.text) if self.latin or name == "telegram" else None
            if match:
                self._add(f"contact:{name}", weight, match.group(), kind=not found)
                found = True
        if self.addresses:
            self._add("address", 0.5, self.text[slice(*self.addresses[0])])
        return found

    def _layout(self, top: int) -> None:
        strong = [hit.term for hit in self.found if hit.term.weight >= PLAIN]
        words = {term.word for term in strong}
        alone = any(term.alone for term in strong)
        shown = f"{self.coverage:.2f}"
        if self.coverage >= 0.95 and self.letters >= 3 and (alone or len(words) > 1):
            self._add("layout:nothing-else", 1.5, shown, kind=True)
        elif alone and self.letters <= NAMED_LETTERS and self.coverage >= 0.3 and self._at_an_end():
            self._add("layout:named", 1.0, shown, kind=True)
        elif self.coverage >= 0.5:
            self._add("layout:coverage", 1.0, shown, kind=top == STRONG or len(words) > 1)
        elif self.coverage > 0.3:
            self._add("layout:coverage", 0.5, shown)
        if len(self.runs) > 1:
            pieces = list(filter(None, _PIECES.split(self.text)))
            short = sum(len(piece) <= 10 for piece in pieces)
            if len(pieces) >= 3 and short > 0.8 * len(pieces) and len(self.runs) >= 0.35 * len(pieces):
                self._add("layout:keyword-list", 2.0, str(len(pieces)), kind=True)
        if len({term.word for term in strong if term.weight == STRONG}) > 1 or len(words) > 2:
            self._add("several-terms", 0.0, shown, kind=True)

    def _at_an_end(self) -> bool:
        return self.runs[0][0] == 0 or self.runs[-1][1] == len(self.text)

    def _sentence(self, contact: bool) -> bool:
        functions = len(_FUNCTION_WORDS.findall(self.text)) / self.letters
        ended = self.letters > 12 and _SENTENCE_END.search(self.line) is not None
        sentence = ended or (self.letters > 20 and functions > 0.09)
        if sentence and self.coverage < 0.3 and self.covered < 0.5 and not contact:
            self._add("sentence", -1.8, f"{functions:.2f}")
        if self.letters > 60 and self.coverage < 0.12 and self.covered < 0.4:
            self._add("sparse", -1.5, f"{self.coverage:.2f}")
        return sentence
