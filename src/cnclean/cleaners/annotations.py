"""Inline readings: pinyin and zhuyin in brackets that a page put after its characters: 會(huì), 会(hui)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Literal, NamedTuple, get_args

from cnclean.cleaner import Scope
from cnclean.edit import Edit, apply_edits
from cnclean.errors import one_of
from cnclean.opencc_data import simplified_characters
from cnclean.readings import LONGEST_READING, READING_CHARACTERS, Reading, reading_kind
from cnclean.tables import word_table

_IS_HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACE = "[ \u00a0\u3000]?"
# One pattern for each bracket: `re` looks for a single character five times as fast as for one of two.
_READING = rf"{_SPACE}([{READING_CHARACTERS}]{{1,{LONGEST_READING}}}){_SPACE}[)）]"
_BRACKETED = tuple(re.compile(bracket + _READING) for bracket in (r"\(", "（"))

# What must hold before anything is removed; docs/reference/annotations.md tells where the figures come from.
_LEAST_ANNOTATIONS = 5
_LEAST_CHARACTERS = {Reading.TONED: 4, Reading.ZHUYIN: 4, Reading.TONELESS: 6}
_LEAST_REPEATS = 2
_LEAST_SOUND_SHARE = 0.9
_LEAST_EVERYDAY_SHARE = 0.5
_LEAST_EMBEDDED_SHARE = 0.5
_LEAST_DENSITY = {Reading.TONED: 0.005, Reading.ZHUYIN: 0.005, Reading.TONELESS: 0.05}
_LEAST_DENSITY_CONVERTED = 0.05

# Syllables that are light in running speech: a page with tones writes these without one.
_LIGHT = frozenset(
    ("a", "ba", "de", "di", "ge", "la", "le", "li", "ma", "me", "men", "na", "ne", "shang", "tou", "wa", "ya", "zhe")
)

# Common characters that Traditional text does not have.
_SIMPLIFIED_ONLY = frozenset("这们个为时说国对过还问门间样开学经现动实会发长东书车见话头边进种电员让认")


class _Annotation(NamedTuple):
    """One reading in brackets; `at` is the place of the character that it belongs to."""

    start: int
    end: int
    kind: Reading
    reading: str
    at: int


class _Pattern(Enum):
    """What the annotations of one kind look like as a whole."""

    NONE = "single explanations"
    INJECTED = "put in by rule"
    RUBY = "a reader's text"


Ruby = Literal["keep", "strip"]


@dataclass(frozen=True)
class Annotations:
    """Text without the readings that a page put after its characters, where the page shows that it did so by rule.

    Scope: document. Idempotent because what is removed was the evidence: of a kind of reading either nothing is
    removed or everything that counted, and no decision looks at anything else that is removed.

    >>> page = "展會(huì)在本月開(kāi)始，國(guó)外來(lái)的人很多。會(huì)上有人說(shuō)，明年再開(kāi)一次。"
    >>> Annotations()(page)
    '展會在本月開始，國外來的人很多。會上有人說，明年再開一次。'
    >>> Annotations()("他姓尉(wèi)，单名一个迟(chí)字。")
    '他姓尉(wèi)，单名一个迟(chí)字。'
    """

    ruby: Ruby = "keep"
    """What to do with a reader's text, in which whole sentences have readings: "keep" or "strip" them."""

    name = "annotations"
    scope = Scope.DOCUMENT
    triggers = "(（"

    def __post_init__(self) -> None:
        one_of("value of annotations.ruby", self.ruby, get_args(Ruby))

    def __call__(self, text: str, /) -> str:
        """Return the text without its annotations."""
        return apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one deletion for every annotation, and one flag for each kind that is left as a reader's text."""
        found = list(_annotations(text))
        if len(found) < _LEAST_ANNOTATIONS:
            return
        document = _Document(text, found)
        edits: list[Edit] = []
        for kind in (Reading.ZHUYIN, Reading.TONED, Reading.TONELESS):
            members = [a for a in found if a.kind is kind]
            pattern = document.pattern(kind, members)
            if pattern is _Pattern.RUBY and self.ruby == "keep":
                edits.append(_flag(members[0], text))
            elif pattern is not _Pattern.NONE:
                if kind is Reading.TONED:
                    members += [a for a in found if a.kind is Reading.TONELESS and a.reading in _LIGHT]
                edits += [_deletion(a, text) for a in members]
                removed = set(members)
                found = [a for a in found if a not in removed]
        yield from sorted(edits)


def _deletion(annotation: _Annotation, text: str) -> Edit:
    note = f"reading of {text[annotation.at]}"
    return Edit(annotation.start, annotation.end, "", (f"annotations/{annotation.kind}",), note)


def _flag(first: _Annotation, text: str) -> Edit:
    note = 'whole sentences have readings, a reader\'s text: left; ruby="strip" removes them'
    return Edit(first.start, first.end, text[first.start : first.end], (f"annotations/{first.kind}",), note)


def _annotations(text: str) -> Iterator[_Annotation]:
    """Yield every reading in brackets right after a Han character, or after such a one, in the order of the text."""
    end = at = -1
    for match in sorted((match for pattern in _BRACKETED for match in pattern.finditer(text)), key=re.Match.start):
        start = match.start()
        if start != end:
            at = start - 1
            if at < 0 or not _IS_HAN.match(text, at):
                continue
        kind = reading_kind(match[1])
        if kind is None or (kind is Reading.TONELESS and len(match[1]) == 1):  # (a), (e), (o) number figures and lists
            continue
        end = match.end()
        yield _Annotation(start, end, kind, match[1].lower(), at)


class _Document:
    """A text with its annotations: how often each character occurs, and what stands beside the annotated ones.

    Nothing here changes when annotations of another kind go: the characters stay, and whether a character has a
    reading of some kind does not depend on what else stands between them.
    """

    def __init__(self, text: str, found: Sequence[_Annotation]) -> None:
        self.text = text
        self.occurrences = Counter(_IS_HAN.findall(text))
        self.size = self.occurrences.total()
        self.ends = {a.at: a.end for a in found}  # the last one counts: where the readings of a character end
        self.owners = {end: at for at, end in self.ends.items()}

    def pattern(self, kind: Reading, members: Sequence[_Annotation]) -> _Pattern:
        """Return what the annotations of one kind look like.

        A person explains the readings of hard characters, where they first occur. A machine repeats the readings of
        everyday characters, wherever they occur, and always the same. A reader's text has them on whole sentences.
        """
        if len(members) < _LEAST_ANNOTATIONS:
            return _Pattern.NONE
        if self._embedded(members) < _LEAST_EMBEDDED_SHARE * len(members):
            return _Pattern.RUBY
        sites = {(a.at, a.reading) for a in members}  # doubled readings count once
        sound = self._sound(sites)
        total = sum(sound.values())
        everyday = sum(n for character, n in sound.items() if _simplified(character) in _everyday())
        injected = (
            total >= max(_LEAST_ANNOTATIONS, _LEAST_SOUND_SHARE * len(sites), _LEAST_DENSITY[kind] * self.size)
            and len(sound) >= _LEAST_CHARACTERS[kind]
            and everyday >= _LEAST_EVERYDAY_SHARE * total
            and (total - len(sound) >= _LEAST_REPEATS or self._is_converted(sound, total))
        )
        return _Pattern.INJECTED if injected else _Pattern.NONE

    def _sound(self, sites: Set[tuple[int, str]]) -> dict[str, int]:
        """Return the characters with one reading, which nearly all their occurrences have, and how often."""
        readings: dict[str, Counter[str]] = {}
        for at, reading in sites:
            readings.setdefault(self.text[at], Counter())[reading] += 1
        return {
            character: counts.total()
            for character, counts in readings.items()
            if len(counts) == 1 and counts.total() >= _LEAST_SOUND_SHARE * self.occurrences[character]
        }

    def _embedded(self, members: Sequence[_Annotation]) -> int:
        """Return how many of these readings stand beside a character without a reading of their kind."""
        annotated = {a.at for a in members}

        def is_bare(at: int) -> bool:
            return at not in annotated and at >= 0 and _IS_HAN.match(self.text, at) is not None

        # The character before may have readings of other kinds behind it, as the annotated one itself may.
        return sum(is_bare(self.owners.get(a.at, a.at - 1)) or is_bare(self.ends[a.at]) for a in members)

    def _is_converted(self, sound: Mapping[str, int], total: int) -> bool:
        """Return whether just Traditional forms of a Traditional text have readings: traces of a script converter."""
        return (
            total >= _LEAST_DENSITY_CONVERTED * self.size
            and all(ord(character) in simplified_characters() for character in sound)
            and not _SIMPLIFIED_ONLY & self.occurrences.keys()
        )


def _simplified(character: str) -> str:
    return simplified_characters().get(ord(character), character)


@cache
def _everyday() -> frozenset[str]:
    return frozenset("".join(word_table("everyday-characters.txt")))
