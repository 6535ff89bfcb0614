"""The tables of spam, compiled: terms with weights, collision guards, templates, brand phrases, report voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from cnclean.cleaners.spam.overlay import WEIGHT_KEYS, check_overlay
from cnclean.cleaners.spam.prefilter import Prefilter, anchor
from cnclean.cleaners.spam.trie import alternation, scanner
from cnclean.errors import one_of
from cnclean.tables import toml_table, user_table

STRONG, PLAIN, WEAK = 3, 2, 1
_WEIGHTS = dict(zip(WEIGHT_KEYS, (STRONG, PLAIN, PLAIN, WEAK), strict=True))
_RULE_CLASSES = ("reprint", "leads", "link-farm", "injected")
"""Classes without words of their own: templates and document rules decide them."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of advertising with its class and its weight; `alone`: it may make up a whole line of advertising."""

    word: str
    cls: str
    weight: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Template:
    """A set form of speech that can be cut out of a line; tried only where one of the words `need` stands."""

    name: str
    weight: float
    whole_line: bool
    need: tuple[str, ...]
    forms: tuple[tuple[str, int], ...]
    """Patterns, each with the number of characters in front of a match that belong to it, back to a stop."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Where a term is only a part of other words: patterns, compiled when first needed."""

    before: str | None
    after: str | None

    def rejects(self, text: str, start: int, end: int) -> bool:
        """Whether the term at [start, end) stands inside another word."""
        left = self.before is not None and compiled(self.before).search(text[max(0, start - 6) : start])
        return bool(left) or (self.after is not None and compiled(self.after).match(text, end) is not None)


@dataclass(frozen=True, slots=True)
class Brands:
    """The pattern of a brand phrase, and that of the words that show its trade."""

    phrase: re.Pattern[str]
    trade: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Everything that the matcher needs, compiled once for each set of options."""

    keep: frozenset[str]
    terms: Mapping[str, Term]
    term_pattern: re.Pattern[str]
    strong_words: Mapping[str, tuple[str, ...]]
    """The terms that can start anything, by the pair of characters that finds them."""
    guards: Mapping[str, Guard]
    caps: Mapping[str, float]
    templates: tuple[Template, ...]
    needs: Mapping[str, tuple[tuple[str, int], ...]]
    words_before: re.Pattern[str]
    words_after: re.Pattern[str]
    last_signs: frozenset[str]
    """The characters, other than letters and digits, that a search phrase can end with."""
    report: re.Pattern[str]
    brands: Brands
    prefilter: Prefilter


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
    templates = _templates(keep)
    phrase = data["phrase"]
    before, after = alternation(_words(phrase["before"], phrase["places"])), alternation(_words(phrase["after"]))
    return Lexicon(
        keep=frozenset(keep),
        terms=terms,
        term_pattern=re.compile(scanner(terms)),
        strong_words=_by_anchor(_strong(data, terms)),
        guards=_guards([*data["guard"], *user.get("guard", ())], terms),
        caps=_caps(data),
        templates=templates,
        needs=_needs(templates),
        words_before=re.compile(rf"(?:{before}|[\s、,/|_·-])+\Z"),
        words_after=re.compile(rf"(?:{after}|[0-9]{{1,4}}(?![0-9a-z.])|{phrase['address']})+"),
        last_signs=frozenset(word[-1] for word in (*terms, *_words(phrase["after"])) if not word[-1].isalnum()),
        report=re.compile(scanner(_words(data["report"]["words"]))),
        brands=_brands(data["brand"]),
        prefilter=Prefilter(_triggers(data, terms, templates)),
    )


def triggers() -> frozenset[str]:
    """Return the words of which at least one stands in every line that can be spam by our own tables."""
    data = toml_table("spam.toml")
    return _triggers(data, _terms(data, {}, ()), _templates(()))


def _triggers(data: Mapping[str, Any], terms: Mapping[str, Term], templates: Iterable[Template]) -> frozenset[str]:
    brand = {key: _words(data["brand"][key]) for key in ("names", "shared", "kinds", "tails")}
    return frozenset(
        [
            *_strong(data, terms),
            *(word for template in templates for word in template.need),
            *brand["names"],
            *(name + more for name in brand["shared"] for more in brand["kinds"] | brand["tails"]),
        ]
    )


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


def _strong(data: Mapping[str, Any], terms: Mapping[str, Term]) -> list[str]:
    return [term.word for term in terms.values() if term.weight >= PLAIN and term.cls not in _caps(data)]


def _by_anchor(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(anchor(word), []).append(word)
    return {pair: tuple(found[pair]) for pair in found}


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
        if starts or ends:
            guards[term] = Guard(starts, ends)
    return guards


def _templates(keep: tuple[str, ...]) -> tuple[Template, ...]:
    data = toml_table("spam-templates.toml")
    return tuple(
        Template(
            name=entry["id"],
            weight=entry.get("weight", 4.0),
            whole_line=entry.get("cut", "span") == "line",
            need=tuple(entry["need"]),
            forms=tuple(
                (_expand("|".join(entry[key]), data["macros"]), entry["lead"] if key == "led" else 0)
                for key in ("forms", "led")
                if key in entry
            ),
        )
        for entry in data["template"]
        if entry["class"] not in keep
    )


def _needs(templates: tuple[Template, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the words that templates need, with the number of the template, by their first two characters."""
    needs: dict[str, list[tuple[str, int]]] = {}
    for number, template in enumerate(templates):
        for word in template.need:
            needs.setdefault(word[:2], []).append((word, number))
    return {pair: tuple(words) for pair, words in needs.items()}


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    for _ in range(2):  # a macro may use another one; {0,9} is none
        for name, text in macros.items():
            pattern = pattern.replace(f"{{{name}}}", text)
    return pattern


def _brands(data: Mapping[str, Any]) -> Brands:
    names, shared, kinds, tails = (_words(data[key]) for key in ("names", "shared", "kinds", "tails"))
    # A shared name (a metal, a river, a planet) counts only together with a word of the trade, or set off in brackets.
    known = scanner(names | {name + kind for name in shared for kind in kinds})
    more = alternation(names | shared | kinds | tails)
    set_off = rf"[【‘「『\[](?:{alternation(shared)})(?:{alternation(kinds | tails)})+[】’」』\]]"
    phrase = rf"{set_off}|{known}(?:{more})*\s?[】’”」』)\]]?[:,]?"
    return Brands(re.compile(phrase), re.compile(alternation(tails)))


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in text.split()}
