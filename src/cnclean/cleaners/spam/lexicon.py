"""The tables of spam, compiled: terms with weights, collision guards, brand phrases, report voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from cnclean.cleaners.spam.overlay import WEIGHT_KEYS, check_overlay
from cnclean.cleaners.spam.prefilter import Prefilter
from cnclean.cleaners.spam.search_words import SearchWords, split_words
from cnclean.cleaners.spam.templates import Template, templates
from cnclean.cleaners.spam.trie import alternation, any_of, any_pair, scanner
from cnclean.errors import one_of
from cnclean.tables import toml_table, user_table

STRONG, PLAIN, WEAK = 3, 2, 1
_WEIGHTS = dict(zip(WEIGHT_KEYS, (STRONG, PLAIN, PLAIN, WEAK), strict=True))
_RULE_CLASSES = ("reprint", "leads", "link-farm", "injected")
"""Classes without words of their own: templates and document rules decide them."""


class Term(NamedTuple):
    """A word of advertising with its class and its weight; `alone`: it may make up a whole line of advertising."""

    word: str
    cls: str
    weight: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """Where a term is only a part of other words: patterns, compiled when first needed; in any case of Latin words."""

    before: str | None
    after: str | None

    def rejects(self, text: str, start: int, end: int) -> bool:
        """Whether the term at [start, end) stands inside another word."""
        if _inside_latin_word(text, start) or _inside_latin_word(text, end):
            return True
        left = self.before is not None and compiled(self.before).search(text[max(0, start - 6) : start])
        return bool(left) or (self.after is not None and compiled(self.after).match(text, end) is not None)


@dataclass(frozen=True, slots=True)
class Brands:
    """The pattern of a brand phrase, and that of the words that show its trade."""

    phrase: re.Pattern[str]
    trade: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that the matcher needs, once for each set of options; what clean text never asks for, when needed."""

    keep: frozenset[str]
    terms: Mapping[str, Term]
    starters: frozenset[str]
    """The terms that can start anything."""
    caps: Mapping[str, float]
    templates: tuple[Template, ...]
    prefilter: Prefilter
    _data: Mapping[str, Any]
    _guards: Iterable[Mapping[str, str]]

    @cached_property
    def sizes(self) -> Mapping[str, tuple[int, ...]]:
        """The lengths of the terms, the longest first, by their first three characters, or all of a shorter one."""
        found: dict[str, set[int]] = {}
        for word in self.terms:
            found.setdefault(word[:3], set()).add(len(word))
        for head, sizes in found.items():
            sizes.update(size for size in (1, 2) if head[:size] in self.terms)
        return {head: tuple(sorted(sizes, reverse=True)) for head, sizes in found.items()}

    @cached_property
    def heads(self) -> re.Pattern[str]:
        """The places where a term may begin."""
        single = any_of([word for word in self.terms if len(word) == 1])
        pairs = {word[:2] for word in self.terms if len(word) > 1}
        first = any_of([word[0] for word in self.terms])
        return re.compile(f"{first}(?:(?={any_pair(pairs)})|(?<={single}))")

    @cached_property
    def needs(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the templates that need a word, by word."""
        found: dict[str, tuple[int, ...]] = {}
        for number, template in enumerate(self.templates):
            for word in template.need:
                found[word] = (*found.get(word, ()), number)
        return found

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """The guards of the terms that have one, or begin or end in Latin letters."""
        return _guards(self._guards, self.terms)

    @cached_property
    def around(self) -> SearchWords:
        """The words that people put in front of a term and behind it when they search."""
        return SearchWords(self._data["phrase"])

    @cached_property
    def last_signs(self) -> frozenset[str]:
        """The characters, other than letters and digits, that a search phrase can end with."""
        words = (*self.terms, *self.around.after)
        return frozenset(word[-1] for word in words if not word[-1].isalnum())

    @cached_property
    def report(self) -> re.Pattern[str]:
        """The voice of a report."""
        return re.compile(scanner(split_words(self._data["report"]["words"])))

    @cached_property
    def brand_words(self) -> frozenset[str]:
        """The words of which one stands in every brand phrase."""
        return _brand_words(self._data["brand"])

    @cached_property
    def brands(self) -> Brands:
        """The brands of betting sites."""
        return _brands(self._data["brand"])


compiled = cache(re.compile)
"""Compiles a pattern of our tables: most of them no text of a run ever needs."""


def classes() -> tuple[str, ...]:
    """Return the names of all classes, each of which can be kept."""
    return (*(entry["name"] for entry in toml_table("spam.toml")["class"]), *_RULE_CLASSES)


def check_kept(keep: Iterable[str]) -> None:
    """Raise `UnknownNameError` for a class that does not exist."""
    for name in keep:
        one_of("spam class", name, classes())


@lru_cache(maxsize=8)
def lexicon(keep: tuple[str, ...] = (), table: str = "") -> Lexicon:
    """Return the compiled lexicon without the classes in `keep`, with the user's table (a path) laid over ours."""
    data = toml_table("spam.toml")
    user = user_table(table, check_overlay) if table else {}
    terms = _terms(data, user, keep)
    forms = templates(keep)
    return Lexicon(
        keep=frozenset(keep),
        terms=terms,
        starters=_starters(data, terms),
        caps=_caps(data),
        templates=forms,
        prefilter=Prefilter(_triggers(data, terms, forms)),
        _data=data,
        _guards=[*data["guard"], *user.get("guard", ())],
    )


def triggers() -> frozenset[str]:
    """Return the words of which at least one stands in every line that can be spam by our own tables."""
    data = toml_table("spam.toml")
    return _triggers(data, _terms(data, {}, ()), templates(()))


def _triggers(data: Mapping[str, Any], terms: Mapping[str, Term], forms: Iterable[Template]) -> frozenset[str]:
    needed = (word for template in forms for word in template.need)
    return frozenset((*_starters(data, terms), *needed, *_brand_words(data["brand"])))


def _terms(data: Mapping[str, Any], user: Mapping[str, Any], keep: tuple[str, ...]) -> dict[str, Term]:
    entries: list[tuple[str, str, Iterable[str]]] = []
    for cls in data["class"]:
        entries.extend((cls["name"], key, cls.get(key, "").split()) for key in WEIGHT_KEYS)
    for pair in data["compound"]:
        heads, tails = pair["heads"].split(), pair["tails"].split()
        entries.append((pair["class"], "strong", [head + tail for head in heads for tail in tails]))
    for name, lists in user.get("extend", {}).items():
        entries.extend((name, key, [word.strip().lower() for word in words]) for key, words in lists.items())
    dropped = frozenset(user.get("drop", ()))
    terms: dict[str, Term] = {}
    for name, key, words in entries:
        for word in words if name not in keep else ():
            if word not in dropped and (word not in terms or terms[word].weight < _WEIGHTS[key]):
                terms[word] = Term(word, name, _WEIGHTS[key], key in ("strong", "solo"))
    return terms


def _starters(data: Mapping[str, Any], terms: Mapping[str, Term]) -> frozenset[str]:
    caps = _caps(data)
    return frozenset(term.word for term in terms.values() if term.weight >= PLAIN and term.cls not in caps)


def _caps(data: Mapping[str, Any]) -> dict[str, float]:
    return {cls["name"]: cls["cap"] for cls in data["class"] if "cap" in cls}


def _guards(entries: Iterable[Mapping[str, str]], terms: Iterable[str]) -> dict[str, Guard]:
    """Return the guards of `terms`: a longer term takes over those of the words it begins and ends with."""
    before = {e["term"]: rf"(?:{e['before']})\Z" for e in entries if e.get("before")}
    after = {e["term"]: e["after"] for e in entries if e.get("after")}
    guards: dict[str, Guard] = {}
    for term in terms:
        starts = next((before[term[:n]] for n in range(len(term), 1, -1) if term[:n] in before), None)
        ends = next((after[term[n:]] for n in range(len(term) - 1) if term[n:] in after), None)
        if starts or ends or term[0].isascii() or term[-1].isascii():
            guards[term] = Guard(starts, ends)
    return guards


def _inside_latin_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def _brand_words(data: Mapping[str, Any]) -> frozenset[str]:
    names, shared, kinds, tails = (split_words(data[key]) for key in ("names", "shared", "kinds", "tails"))
    return names.union(name + more for name in shared for more in kinds | tails)


def _brands(data: Mapping[str, Any]) -> Brands:
    names, shared, kinds, tails = (split_words(data[key]) for key in ("names", "shared", "kinds", "tails"))
    # A shared name (a metal, a river, a planet) counts only together with a word of the trade, or set off in brackets.
    known = scanner(names | {name + kind for name in shared for kind in kinds})
    more = alternation(names | shared | kinds | tails)
    set_off = rf"[【‘「『\[](?:{alternation(shared)})(?:{alternation(kinds | tails)})+[】’」』\]]"
    phrase = rf"{set_off}|{known}(?:{more})*\s?[】’”」』)\]]?[:,]?"
    return Brands(re.compile(phrase), re.compile(alternation(tails)))
