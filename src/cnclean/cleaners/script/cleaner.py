"""Script: Traditional to Simplified Chinese and back, in all configurations of OpenCC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cnclean.cleaner import Scope
from cnclean.cleaners.script import converters
from cnclean.cleaners.script.chain import CONFIGS
from cnclean.cleaners.script.guard import Guard, Treatment
from cnclean.cleaners.script.protection import KINDS, description_sequences, unprotected, user_patterns
from cnclean.edit import Edit, apply_edits
from cnclean.errors import one_of

_REFUSAL = (
    "script with assume='source' converts whatever it is given and is not idempotent (發明了 would become 發明瞭), "
    "so it cannot be a stage of a pipeline: use assume='auto', or call the cleaner directly, once, on source text"
)
_AUTO_PROTECTION = ("url", "email", "japanese")


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

    >>> Script("t2s")("乾隆皇帝的頭髮")
    '乾隆皇帝的头发'
    >>> Script("s2twp")("软件里的头发")
    '軟體裡的頭髮'
    """

    config: str = "t2s"
    assume: str = "auto"
    segment: str = "weighted"
    protect: tuple[str, ...] | None = None
    protect_words: tuple[str, ...] = ()
    protect_patterns: tuple[str, ...] = ()
    name: ClassVar[str] = "script"
    scope: ClassVar[Scope] = Scope.DOCUMENT

    def __post_init__(self) -> None:
        one_of("script config", self.config, CONFIGS)
        one_of("value of assume", self.assume, ("auto", "source"))
        one_of("value of segment", self.segment, ("weighted", "opencc"))
        for field in ("protect", "protect_words", "protect_patterns"):
            value = getattr(self, field)
            if value is not None:
                object.__setattr__(self, field, (value,) if isinstance(value, str) else tuple(value))
        for kind in self.protect or ():
            one_of("kind of protected span", kind, KINDS)
        user_patterns(self.protect_words, self.protect_patterns)

    @property
    def pipeline_refusal(self) -> str:
        """Why this cleaner cannot be a stage of a pipeline; empty if it can."""
        return _REFUSAL if self.assume == "source" else ""

    def __call__(self, text: str, /) -> str:
        """Return `text` in the script asked for."""
        engine = converters.engine(self.config, self.segment)
        guard = self._guard()
        if guard and not guard.source.search(text):
            return text
        protected = self._protected(text)
        if not protected and not (guard and guard.target.search(text)):
            return engine.convert(text)
        return apply_edits(text, self._edits(text, guard, protected))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each character, and each part of a word, that changes."""
        guard = self._guard()
        if guard and not guard.source.search(text):
            return
        rules = (f"script/{self.config}",)
        for edit in self._edits(text, guard, self._protected(text)):
            yield Edit(edit.start, edit.end, edit.new, rules, edit.note)

    def _guard(self) -> Guard | None:
        return converters.guard(self.config) if self.assume == "auto" else None

    def _protected(self, text: str) -> list[tuple[int, int]]:
        spans = list(description_sequences(text))
        kinds = self.protect
        if kinds is None:
            kinds = _AUTO_PROTECTION if self.assume == "auto" else ()
        for kind in kinds:
            spans.extend(KINDS[kind](text))
        for pattern in user_patterns(self.protect_words, self.protect_patterns):
            spans.extend(match.span() for match in pattern.finditer(text))
        return spans

    def _edits(self, text: str, guard: Guard | None, protected: list[tuple[int, int]]) -> list[Edit]:
        engine = converters.engine(self.config, self.segment)
        stretches = unprotected(text, protected)
        if guard is None:
            return [edit.shifted(start) for start, end in stretches for edit in engine.edits(text[start:end])]
        edits: list[Edit] = []
        for start, end, treatment in guard.spans(text, stretches):
            for edit in engine.edits(text[start:end]):
                found = edit.shifted(start)
                if treatment is Treatment.CONVERT or guard.source.search(text, found.start, found.end):
                    edits.append(found)
        if protected and not self._settled(apply_edits(text, edits), guard):
            return []
        return edits

    def _settled(self, text: str, guard: Guard) -> bool:
        """Whether a second run would find nothing: what is protected is found in the result as it was in the text."""
        return not any(guard.source.search(text, *stretch) for stretch in unprotected(text, self._protected(text)))
