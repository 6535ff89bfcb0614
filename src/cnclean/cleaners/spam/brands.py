"""Brands of betting sites that hijacked pages push into titles and sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cnclean.cleaners.spam.lexicon import Brands
from cnclean.edit import Edit, Evidence
from cnclean.view import view

_NOT_WORD = re.compile(r"[\W_]")
_LIST_SIGNS = frozenset(",，、|｜;；_\n\t【】[]‘’「」")
_OPENING = frozenset("【‘“「『([")
_RULES = ("spam/injected-brand",)


class Mention(NamedTuple):
    """A brand phrase in a line; `trade`: words of its trade stand with it."""

    start: int
    end: int
    phrase: str
    brand: str
    trade: bool


def brand_edits(
    text: str, lines: Iterable[tuple[int, str]], brands: Brands, known: dict[str, tuple[Mention, ...]]
) -> Iterator[Edit]:
    """Yield the cuts of brand phrases among the `lines` (start, line) of `text`; `known` keeps the mentions of lines.

    A phrase is a brand with words of its trade (官网, 手机版 …). It is cut where the text mentions the brand twice,
    or where it is set off as an item of a list; a bare brand only where both is so.
    """
    found: list[tuple[int, Mention]] = []
    for start, line in lines:
        if line not in known:
            known[line] = tuple(_mentions(line, brands))
        found += [(start, mention) for mention in known[line]]
    count = Counter(mention.brand for _, mention in found)
    traded = {mention.brand for _, mention in found if mention.trade}
    for at, mention in found:
        start, end = at + mention.start, at + mention.end
        repeated = count[mention.brand] >= 2 and mention.brand in traded
        set_off = _is_set_off(text, start, end)
        if (repeated and (mention.trade or set_off)) or (mention.trade and set_off):
            features = [name for name, seen in (("repeated-brand", repeated), ("set-off-brand", set_off)) if seen]
            evidence = tuple(Evidence(feature, 4.0, mention.phrase) for feature in features)
            yield Edit(start, end, "", _RULES, "a brand phrase put into the text", evidence)


def _mentions(line: str, brands: Brands) -> Iterator[Mention]:
    seen = view(line)
    for match in brands.phrase.finditer(seen.text):
        phrase = _NOT_WORD.sub("", match.group())
        brand = brands.trade.sub("", phrase)
        first = match.start() - (seen.text[match.start() - 1 : match.start()] in _OPENING)
        start, end = seen.span(first, match.end())
        yield Mention(start, end, phrase, brand or phrase, brand != phrase)


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether a phrase is an item of its own: a sign of a list or an end of the line on both sides."""
    inner = text[start:end]
    before = inner[:1] if inner[:1] in _LIST_SIGNS else text[max(0, start - 1) : start]
    after = inner[-1:] if inner[-1:] in _LIST_SIGNS else text[end : end + 1]
    return (not after or after in _LIST_SIGNS) and (not before or before in _LIST_SIGNS or before in ":：")
