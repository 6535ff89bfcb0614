"""The same address put into line after line of a text: the watermark of a site that copied it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cnclean.edit import Edit, Evidence
from cnclean.view import view

_PLACES = 3  # behind so many different words the address must stand
_TEXT = 10  # Han that a line must hold besides
_TLD = r"(?:com|cn|net|cc|org|top|xyz|vip|la|tw|info|me|co|so|tv)"
_ADDRESS = re.compile(
    r"(?<![a-z0-9@./-])(?:https?://)?"
    rf"((?:(?:www|wap|m)[.。·])?[a-z0-9][a-z0-9\-]{{1,30}}[.。·]{_TLD}(?:\.cn)?)(?![a-z0-9/@.:?#-])/?"
)
# Up to eight Han of a name may stand between an address and its brackets.
_OPENING = re.compile(r"[(\[【〖「『<]\s?(?:[\u4e00-\u9fff]{2,8}\s?)?\Z")
_CLOSING = re.compile(r"(?:\s?[\u4e00-\u9fff]{2,8})?\s?[)\]】〗」』>]")
_ADDRESS_END = re.compile(rf"\.{_TLD}(?![a-z0-9/@:?#])")
_PAIRS = dict(zip("([【〖「『<", ")]】〗」』>", strict=True))
_REACH = 12
_GLUE = frozenset("。!?,”")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NOT_ADDRESS = re.compile(r"[^a-z0-9]")
# What stands before an address that the sentence is about.
_SPEAKS_OF = re.compile(r"(?:在|是|到|用|见|于|访问|登[录陆]|网站|网址|域名|打开|进入|上|从|为|和|与|的)\Z")
_PREFIX = re.compile(r"^(?:www|wap)")


class Address(NamedTuple):
    """An address put into a line: `core` is what it has in common with other ways to write it."""

    start: int
    end: int
    core: str
    before: str
    """The two characters in front of it."""


def watermark_edits(text: str, known: dict[str, tuple[Address, ...]]) -> Iterator[Edit]:
    """Yield the cuts of an address that stands in three or more places, behind other words each time.

    Only in brackets, or glued between two Han characters: where a sentence speaks of the address, it stays, and where
    the address stands behind the name of its owner again and again, too. `known` keeps the addresses of lines.
    """
    found: list[tuple[int, Address]] = []
    for at, line in _lines_with_address(text):
        if line not in known:
            known[line] = tuple(_addresses(line))
        found += [(at, address) for address in known[line]]
    before: dict[str, set[str]] = {}
    for _, address in found:
        before.setdefault(address.core, set()).add(address.before)
    for at, address in found:
        if len(before[address.core]) >= _PLACES:
            evidence = (Evidence("repeated-address", 4.0, address.core),)
            note = "an address put into line after line"
            yield Edit(at + address.start, at + address.end, "", ("spam/watermark",), note, evidence)


def _addresses(line: str) -> Iterator[Address]:
    seen = view(line)
    for match in _ADDRESS.finditer(seen.text):
        span = _inserted(seen.text, match)
        if span and len(_HAN.findall(seen.text)) - len(_HAN.findall(seen.text, *span)) >= _TEXT:
            core = _PREFIX.sub("", _NOT_ADDRESS.sub("", match[1]))
            yield Address(*seen.span(*span), core, seen.text[max(0, span[0] - 2) : span[0]])


def _lines_with_address(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines in which an address ends, with their places; none if there are too few of them."""
    places = [match.start() for match in _ADDRESS_END.finditer(text)]
    done = 0
    for place in places if len(places) >= _PLACES else ():
        if place >= done:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            done = len(text) if end < 0 else end
            yield start, text[start:done]


def _inserted(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the span of an address that no sentence speaks of: with its brackets, or itself between two Han."""
    start, end = match.span()
    opening = _OPENING.search(text[max(0, start - _REACH) : start])
    closing = _CLOSING.match(text, end)
    if opening and closing and _PAIRS[opening.group()[0]] == closing.group()[-1]:
        first = start - len(opening.group())
        return (first, closing.end()) if text[:first].strip() else None  # at the head of a line it is a by-line
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    glued = _HAN.match(after) and (_HAN.match(before) or before in _GLUE)
    return (start, end) if before and glued and not _SPEAKS_OF.search(text[max(0, start - 4) : start]) else None
