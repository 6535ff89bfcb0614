"""One document: text, HTML or bytes in; what became of it out. Never raises, so one document costs no other."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cnclean.cleaners.script.detection import script_of
from cnclean.corpus.job import Job
from cnclean.errors import ConvergenceWarning, DecodeError
from cnclean.html.decode import decode
from cnclean.html.extract import extract
from cnclean.html.metadata import Declared
from cnclean.html.tree import parse
from cnclean.report import Report

Value = str | bytes | None
_MARKUP = 4
"""A page may be so many times as long as a text: most of it is markup and scripts."""
_META_LINES = 40
_LONGEST_META_LINE = 80
_HINTS = ("者", "源", "19", "20")
_TELLS = re.compile(r"者\s*[:：丨|]|源\s*[:：]|(?:19|20)\d\d\s*[-/.年]")
"""What every author, source or date has; few lines have it, and a hint is found sooner."""
_NOT_DECLARED = Declared(parse(""))
_NOTHING = _NOT_DECLARED.metadata(())


class Source(NamedTuple):
    """The text of a document, before cleaning, and what it came with."""

    text: str
    encoding: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    source: str | None = None


@dataclass
class Outcome:
    """What became of a document: its text, or the reason why it has none."""

    text: str | None = None
    reason: str = ""
    """Why it is rejected, one of a few fixed phrases; empty if it is not."""
    detail: str = ""
    characters: int = 0
    """Length of the text before cleaning, in code points."""
    changed: bool = False
    extras: dict[str, Any] = field(default_factory=dict)
    edits: list[dict[str, Any]] = field(default_factory=list)
    rules: dict[str, int] = field(default_factory=dict)

    @property
    def removed(self) -> float:
        """The share of characters that the document lost by cleaning."""
        return max(0, self.characters - len(self.text or "")) / self.characters if self.characters else 0.0


def clean_documents(values: Iterable[Value], job: Job, charsets: Sequence[str | None] = ()) -> list[Outcome]:
    """Return what becomes of each document, in order; `charsets` are what servers declared, where they did.

    >>> [outcome.text for outcome in clean_documents(["你好,世界", None], Job.of("minimal"))]
    ['你好，世界', None]
    """
    declared = charsets or [None] * len(values := list(values))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return [_clean(value, job, charset) for value, charset in zip(values, declared, strict=True)]


def _clean(value: Value, job: Job, charset: str | None) -> Outcome:
    if value is None:
        return Outcome(reason="no text", detail=f"the field {job.field!r} is empty or missing")
    encoding = None
    try:
        if isinstance(value, bytes):
            decoded = decode(value, declared=charset)
            value, encoding = decoded.text, decoded.encoding
        if job.html_field and len(value) > _MARKUP * job.max_characters:
            return _too_long(value, job)
        source = _read(value, encoding, job)
        if len(source.text) > job.max_characters:
            return _too_long(source.text, job)
        return _explained(source, job) if job.explains else _cleaned(source, job)
    except DecodeError as error:
        return Outcome(reason="not text", detail=str(error))
    except UnicodeEncodeError:
        return Outcome(reason="lone surrogate", detail="half a character, which UTF-8 cannot hold")
    except Exception as error:  # whatever a dependency or a user's stage raises: this row is set aside, not lost
        return Outcome(reason="cleaning failed", detail=f"{type(error).__name__}: {error}")


def _too_long(text: str, job: Job) -> Outcome:
    limit = f"{job.max_characters}" + (f" of text, {_MARKUP} times as many of HTML" if job.html_field else "")
    return Outcome(reason="too long", detail=f"{len(text)} characters; the limit is {limit}")


def _read(value: str, encoding: str | None, job: Job) -> Source:
    if job.html_field is None:
        return Source(value, encoding)
    page = extract(value)
    return Source(page.text, encoding, page.title or None, page.author, page.date, page.source)


def _cleaned(source: Source, job: Job) -> Outcome:
    text = job.stages(source.text)
    text.encode("utf-8")
    return Outcome(text, characters=len(source.text), changed=text != source.text)


def _explained(source: Source, job: Job) -> Outcome:
    report = job.stages.explain(source.text)
    report.text.encode("utf-8")
    outcome = Outcome(report.text, characters=len(source.text), changed=report.text != source.text)
    if report.edits:
        outcome.rules = report.counts()
    if job.keep_edits:
        source.text.encode("utf-8")  # it is quoted
        outcome.edits = _edits(report)
    if job.extras:
        outcome.extras = _extras(source, report, outcome)
    return outcome


def _edits(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "start": edit.start,
            "end": edit.end,
            "old": report.original[edit.start : edit.end],
            "new": edit.new,
            "rules": list(edit.rules),
            "note": edit.note,
        }
        for edit in report.edits
    ]


def _extras(source: Source, report: Report, outcome: Outcome) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for rule, count in outcome.rules.items():
        cleaner = rule.partition("/")[0]
        counts[cleaner] = counts.get(cleaner, 0) + count
    meta = list(_meta_lines(source.text))
    told = _NOT_DECLARED.metadata(meta) if meta else _NOTHING
    return {
        "script": script_of(report.text),
        "encoding": source.encoding,
        "title": source.title,
        "author": source.author or told.author,
        "date": source.date or told.date,
        "source": source.source or told.source,
        "removed": outcome.removed,
        "edits_by_cleaner": [{"cleaner": name, "edits": n} for name, n in sorted(counts.items())],
        "flags": len(report.flags),
        "converged": report.converged,
    }


def _meta_lines(text: str) -> Iterator[str]:
    """Yield the short lines near the top of a text that may tell an author, a source or a date."""
    at = 0
    for _ in range(_META_LINES):
        end = text.find("\n", at) + 1 or len(text)
        if end == at:
            return
        if end <= at + _LONGEST_META_LINE:
            line = text[at:end]
            if any(hint in line for hint in _HINTS) and _TELLS.search(line):
                yield line.strip()
        at = end
