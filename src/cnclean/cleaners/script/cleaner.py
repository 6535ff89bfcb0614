"""Script: Traditional to Simplified Chinese and back, in all configurations of OpenCC."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Literal, get_args

from cnclean.cleaner import Scope
from cnclean.cleaners.script import converters
from cnclean.cleaners.script.chain import UNUSUAL, ConfigName, UserWords
from cnclean.cleaners.script.engine import Engine
from cnclean.cleaners.script.guard import Guard, Span, Treatment
from cnclean.cleaners.script.protection import KINDS, Spans, blank_out, protected_spans, user_patterns, without
from cnclean.edit import Edit, apply_edits
from cnclean.errors import OptionError, one_of
from cnclean.opencc_data import user_dictionary

_REFUSAL = (
    "script with assume='source' converts whatever it is given and is not idempotent (發明了 would become 發明瞭), "
    "so it cannot be a stage of a pipeline: use assume='auto', or call the cleaner directly, once, on source text"
)
_AUTO_PROTECTION = ("url", "email", "japanese")


Assume = Literal["auto", "source"]
Segmentation = Literal["weighted", "opencc"]


@dataclass(frozen=True)
class Script:
    """Text in the script that is asked for, word by word, and left alone where it is in that script already.

    Scope: document. Idempotent because only a clause with evidence of the source script is converted, and evidence are
    characters that no conversion gives: the result has none, so a second run changes nothing (see `guard`).

    `config` is one of OpenCC's names. `assume="source"` converts everything, as OpenCC does; that is not idempotent.
    `segment="opencc"` matches words greedily from left to right, as OpenCC does; `"weighted"` weighs word frequencies.

    `protect` names kinds of spans to leave alone (`url`, `email`, `code`, `quotes`, `japanese`); None means url, email
    and japanese with `assume="auto"`, nothing with `assume="source"`. `protect_words` are left as they are wherever
    they stand, `protect_patterns` are regular expressions.

    `dictionary` is a path, a mapping, or several of them, later ones winning: words of your own and what they become,
    None for a word to delete from OpenCC's dictionaries. It is read once, when the cleaner is made.

    >>> Script("t2s")("乾隆皇帝的頭髮")
    '乾隆皇帝的头发'
    >>> Script("s2twp")("软件里的头发")
    '軟體裡的頭髮'
    """

    config: ConfigName = "t2s"
    assume: Assume = "auto"
    segment: Segmentation = "weighted"
    protect: tuple[str, ...] | None = None
    protect_words: tuple[str, ...] = ()
    protect_patterns: tuple[str, ...] = ()
    dictionary: UserWords = ()
    name = "script"
    scope = Scope.DOCUMENT

    def __post_init__(self) -> None:
        one_of("script config", self.config, get_args(ConfigName))
        one_of("value of assume", self.assume, get_args(Assume))
        one_of("value of segment", self.segment, get_args(Segmentation))
        for field in ("protect", "protect_words", "protect_patterns"):
            value = getattr(self, field)
            if value is not None:
                object.__setattr__(self, field, (value,) if isinstance(value, str) else tuple(value))
        for kind in self.protect or ():
            one_of("kind of protected span", kind, KINDS)
        user_patterns(self.protect_words, self.protect_patterns)
        object.__setattr__(self, "dictionary", _user_words(self.dictionary))
        if self.dictionary and self.assume == "auto":
            converters.check_words(self.config, self.dictionary)

    @property
    def pipeline_refusal(self) -> str:
        """Why this cleaner cannot be a stage of a pipeline; empty if it can."""
        return _REFUSAL if self.assume == "source" else ""

    @property
    def triggers(self) -> str:
        """The evidence that the guard asks for, without which a text stays; empty if every text is converted."""
        guard = self._guard()
        return guard.triggers if guard else ""

    def __call__(self, text: str, /) -> str:
        """Return `text` in the script asked for."""
        engine = converters.engine(self.config, self.segment, self.dictionary)
        guard = self._guard()
        if guard and not guard.source.search(text):
            return text
        parts: list[str] = []
        done = 0
        unusual = _unusual_places(text)
        protected = self._protected(text, unusual)
        for start, end, treatment in self._spans(text, guard, protected):
            piece = text[start:end]
            parts.append(text[done:start])
            if treatment is Treatment.CONVERT:
                is_usual = bisect_left(unusual, start) == bisect_left(unusual, end)
                parts.append(engine.convert(piece, is_usual=is_usual))
            else:
                parts.append(apply_edits(piece, _evidence_edits(engine, guard, piece)))
            done = end
        parts.append(text[done:])
        result = "".join(parts)
        return result if self._settled(result, guard, protected) else text

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each character, and each part of a word, that changes."""
        engine = converters.engine(self.config, self.segment, self.dictionary)
        guard = self._guard()
        if guard and not guard.source.search(text):
            return
        rules = (f"script/{self.config}",)
        edits: list[Edit] = []
        protected = self._protected(text, _unusual_places(text))
        for start, end, treatment in self._spans(text, guard, protected):
            piece = text[start:end]
            found = engine.edits(piece) if treatment is Treatment.CONVERT else _evidence_edits(engine, guard, piece)
            edits.extend(Edit(e.start + start, e.end + start, e.new, rules, e.note) for e in found)
        if self._settled(apply_edits(text, edits), guard, protected):
            yield from edits

    def _guard(self) -> Guard | None:
        return converters.guard(self.config, self.dictionary) if self.assume == "auto" else None

    def _protected(self, text: str, unusual: list[int]) -> Spans:
        kinds = self.protect
        if kinds is None:
            kinds = _AUTO_PROTECTION if self.assume == "auto" else ()
        patterns = user_patterns(self.protect_words, self.protect_patterns)
        return protected_spans(text, unusual, kinds, patterns)

    def _spans(self, text: str, guard: Guard | None, protected: Spans) -> Iterator[Span]:
        """Yield what is to be converted, without the protected spans; they do not count as evidence either."""
        seen = blank_out(text, protected)
        spans = guard.spans(seen) if guard else [Span(0, len(text), Treatment.CONVERT)]
        if not protected:
            yield from spans
            return
        for span in spans:
            for start, end in without(protected, span.start, span.end):
                yield Span(start, end, span.treatment)

    def _settled(self, result: str, guard: Guard | None, protected: Spans) -> bool:
        """Whether a second run would find nothing: what is protected must be found in the result as in the text."""
        if not guard or not protected:
            return True
        return not guard.source.search(blank_out(result, self._protected(result, _unusual_places(result))))


def _unusual_places(text: str) -> list[int]:
    return list(map(re.Match.start, UNUSUAL.finditer(text)))


def _evidence_edits(engine: Engine, guard: Guard | None, text: str) -> Iterator[Edit]:
    return (edit for edit in engine.edits(text) if guard and guard.source.search(text, edit.start, edit.end))


def _user_words(given: object) -> UserWords:
    """Return the words of a path, a mapping, pairs, or a sequence of these, as pairs; later ones win."""
    entries: dict[str, str | None] = {}
    if isinstance(given, str | PathLike):
        entries = user_dictionary(fspath(given))
    elif isinstance(given, Mapping):
        entries = dict(given)
    elif isinstance(given, Sequence):
        for item in given:
            pair = isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str)
            entries.update([item] if pair else _user_words(item))
    else:
        raise OptionError(f"dictionary: a path, a mapping or a sequence of them, not {given!r}")
    for word, becomes in entries.items():
        if not isinstance(word, str) or not word or not isinstance(becomes, str | None):
            raise OptionError(f"dictionary: a word and what it becomes must be texts, not {word!r}: {becomes!r}")
    return tuple(entries.items())
