"""Entities: HTML character references that leaked into the text, however often they were escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.entities import html5
from typing import NamedTuple

from cnclean.cleaner import Scope
from cnclean.edit import Edit, compose_edits
from cnclean.tables import toml_table

_ANCHORS = "&;\N{FULLWIDTH AMPERSAND}"
_ANCHOR = re.compile(rf"[{_ANCHORS}](?:(?<!;)|(?<=[a-z];))")
_CJK = (
    r"\u2018-\u201d\u2014\u2026\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff"
)
_IS_CJK = re.compile(f"[{_CJK}]")
_BOUNDARY = re.compile(rf"[\s{_CJK}&<]|\Z")  # what may follow a reference without semicolon
# &amp;amp;lt; is one reference: an ampersand, how often it was escaped, and what it stands for. Possessive: linear.
_REFERENCE = re.compile(
    r"[&\N{FULLWIDTH AMPERSAND}]"
    r"(?P<escaped>(?:(?:amp|AMP|#0*+38|#[xX]0*+26)(?:[;\N{FULLWIDTH SEMICOLON}]"
    rf"|(?=[\s{_CJK}&<#]|\Z)|(?=(?:amp|nbsp|quot|lt|gt|[lr]dquo|hellip|mdash|middot);)))*+)"
    r"(?P<reference>(?:#(?P<decimal>[0-9]++)|#[xX](?P<hex>[0-9A-Fa-f]++)|(?P<name>[A-Za-z][0-9A-Za-z]{1,31}+))"
    r"(?P<end>[;\N{FULLWIDTH SEMICOLON}])?)?"
)
_ASSIGNED = re.compile(r"(?:=|\breturn)\s?\Z")
_OPERAND = re.compile(r"(?:[=(,*!|+-]|\breturn)\s?\Z")
_CODE_AFTER = re.compile(r"[^\S\n]?[=;)\]]")
_CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f\u2028\u2029]")
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "「": "」"}
_LEFT = 64  # how many characters a decision looks back
_UNFINISHED = re.compile(rf"[&\N{{FULLWIDTH AMPERSAND}}][#0-9A-Za-z]*+\Z|\A[#0-9A-Za-z]{{{_LEFT}}}\Z")
_TOKEN = re.compile(r"[!-~]++\Z")
_ADDRESS = re.compile(r"[=?/]|www\.")
# What may stand before a question mark that took the place of an ampersand; before anything else it is a lost byte of
# a broken charset, and the matter of `mojibake`.
_ORDINARY = re.compile(r"[0-9A-Za-z\u00a0\u2014\u2018-\u201d\u2026\u3001-\u3011\uff01-\uff5e]")
# Before one of these a name is no reference without ampersand, but the rest of a word or of another reference.
_INSIDE = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#_&?;\N{FULLWIDTH AMPERSAND}")
_NOTES = {
    "entities/invalid": "the number stands for no character",
    "entities/mention": "between quotation marks: the text speaks about the reference",
}


class _Decoded(NamedTuple):
    """What the references at a place become."""

    start: int
    end: int
    new: str
    rule: str


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(toml_table("entities.toml")[kind]["names"])


@cache
def _text_name() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_names("text"))), re.IGNORECASE)


@cache
def _plain_names() -> dict[str, str]:
    """Return the names that stand for their characters before a semicolon, whatever else is around them."""
    names = _names("text") | {name for name in _names("unterminated") if not _text_name().match(name)}
    return {name: html5[f"{name};"] for name in names}


@cache
def _bare() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a reference without ampersand: of one, to look back from its end, and of a run."""
    one = rf"\??(?:{'|'.join(sorted(_names('bare')))});"
    return re.compile(rf"{one}\Z"), re.compile(rf"(?:{one})++")


def _is_address(left: str) -> bool:
    """Whether the text before a place ends in what looks like a URL or an expression of a program."""
    token = _TOKEN.search(left)
    return token is not None and (len(token[0]) == _LEFT or _ADDRESS.search(token[0]) is not None)


def _code_point(match: re.Match[str]) -> int:
    """Return the code point of a numeric reference, -1 where the match is none or the number far too large."""
    digits = (match["decimal"] or match["hex"] or "x").lstrip("0") or "0"
    return int(digits, 16 if match["hex"] else 10) if len(digits) < 8 and digits != "x" else -1


def _numeric(text: str, match: re.Match[str]) -> tuple[int, str] | None:
    """Return the end and the character of a numeric reference, None where it stands for no character."""
    code, end = _code_point(match), match.end()
    if 0x80 <= code <= 0x9F:  # HTML reads these as Windows-1252, and the holes of that table as controls
        return end, bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ")
    if 0xD800 <= code <= 0xDBFF and (low := _REFERENCE.match(text, end)) and 0xDC00 <= _code_point(low) <= 0xDFFF:
        return low.end(), chr(0x10000 + ((code - 0xD800) << 10) + _code_point(low) - 0xDC00)
    is_scalar = 0 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
    is_character = is_scalar and not (0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)
    return (end, chr(code)) if is_character else None


def _named(text: str, match: re.Match[str], left: str) -> tuple[int, str] | None:
    """Return the end and the characters of a named reference, None where the name is none, or is a variable."""
    name, end = match["name"], match.end()
    if match["end"] and (new := _plain_names().get(name)):
        return end, new
    if (known := _text_name().match(name)) and (known[0] == name or name + ";" not in html5):
        is_whole = known[0] == name and match["end"]
        end = end if is_whole else match.start("name") + known.end()
        is_variable = not is_whole and (text[end : end + 1] in ("=", "_") or _is_address(left))
        if not is_whole and text.startswith((" ;", " \N{FULLWIDTH SEMICOLON}"), end):
            end += 2
        return None if is_variable else (end, html5[known[0].lower() + ";"])
    is_known = name in _names("unterminated")
    if match["end"]:
        is_variable = not is_known and _ASSIGNED.search(left) is not None  # p = &sum;
    else:
        is_operand = _OPERAND.search(left) or _CODE_AFTER.match(text, end) or _is_address(left)
        is_variable = not is_known or bool(is_operand)
    new = html5.get(name + ";")
    return (end, new) if new and not is_variable else None


def _is_cjk(text: str, at: int) -> bool:
    """Whether a Chinese character stands at a place, or a numeric reference to one."""
    if (match := _REFERENCE.match(text, at)) and match["end"]:
        return bool((found := _numeric(text, match)) and _IS_CJK.match(found[1]))
    return _IS_CJK.match(text, at) is not None


def _value(text: str, match: re.Match[str], left: str) -> tuple[int, str] | None:
    """Return the end and the characters of the innermost reference of a match, None where it is none."""
    is_delimited = bool(match["end"] or _BOUNDARY.match(text, match.end()))
    if match["name"]:
        return _named(text, match, left) if is_delimited or _text_name().match(match["name"]) else None
    if match["reference"] and is_delimited and (match["end"] or not _is_address(left)):
        return _numeric(text, match)
    return None


def _decode_reference(text: str, at: int, left: str) -> _Decoded | None:
    """Decode the reference that begins with the ampersand at a place; `left` is the decoded text before it."""
    match = _REFERENCE.match(text, at)
    if not match:
        return None
    found = _value(text, match, left)
    if found is None and not match["escaped"]:
        is_number = match["end"] and not match["name"]
        return _Decoded(at, match.end(), match[0], "entities/invalid") if is_number else None
    end, new = found or (match.end("escaped"), "&")
    if text.startswith(_QUOTES.get(left[-1:], "\0\0"), end) and not _IS_CJK.match(new):
        reference = text[match.start("reference") : end] if found else "amp;"
        return _Decoded(at, end, "&" + reference, "entities/mention")  # a text about HTML that speaks of "&nbsp;"
    if (new in "#;" or (new[0].isascii() and new[0].isalnum())) and _UNFINISHED.search(left):
        return None  # it would finish another reference, which then hangs on the order of decoding
    rule = "double-escaped" if match["escaped"] and found else "named" if match["name"] or not found else "numeric"
    return _Decoded(at, end, _CONTROL.sub(" ", new), f"entities/{rule}")


def _is_common_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and bool(char.encode("gb2312", "ignore"))


def _decode_bare(text: str, at: int, left: str, room: int) -> _Decoded | None:
    """Decode a run of references without ampersand, the first of which ends with the semicolon at a place.

    `room` is how many of the characters before it belong to no reference yet.
    """
    one, run = _bare()
    first = one.search(left + ";")
    if not first or len(first[0]) > room + 1 or _is_address(left[: first.start()]):
        return None
    before, start = left[: first.start()][-1:], at + 1 - len(first[0])
    if first[0][0] == "?":
        if before and not _ORDINARY.match(before) and not _is_common_han(before):
            return None
    elif before in _INSIDE:
        return None
    match = run.match(text, start)
    assert match is not None  # it begins with the reference that `one` found
    if first[0][0] != "?" and not _IS_CJK.match(before) and not _is_cjk(text, match.end()):
        return None
    names = re.findall(r"\w+", match[0])
    new = "".join(html5[name + ";"] for i, name in enumerate(names) if name != "amp" or i == len(names) - 1)
    return _Decoded(start, match.end(), new, f"entities/{'eaten-ampersand' if first[0][0] == '?' else 'bare'}")


def _pass(text: str) -> tuple[list[_Decoded], str]:
    """Return what one reading from left to right decodes, and its result; decisions look back at what is decoded."""
    decoded, parts = list[_Decoded](), list[str]()
    done, tail = 0, ""
    for anchor in _ANCHOR.finditer(text):
        at = anchor.start()
        if at < done:
            continue
        left = (tail + text[max(done, at - _LEFT) : at])[-_LEFT:].rpartition("\n")[2]
        found = _decode_bare(text, at, left, at - done) if text[at] == ";" else _decode_reference(text, at, left)
        if found:
            decoded.append(found)
            parts += (text[done : found.start], found.new)
            done, tail = found.end, left[: len(left) - (at - found.start)] + found.new
    return decoded, "".join([*parts, text[done:]])


def _passes(text: str) -> Iterator[tuple[list[_Decoded], str]]:
    """Yield what each reading decodes, and its result, until a reading changes nothing."""
    before = ""
    while text != before and any(map(text.__contains__, _ANCHORS)):
        before = text
        found, text = _pass(text)
        yield found, text


@dataclass(frozen=True)
class Entities:
    r"""Decode HTML character references that leaked into the text, however often they were escaped.

    Named and numeric references, with or without a semicolon, with an ampersand that was escaped again, became a
    question mark or was lost. A reference to a line break or a control character becomes a space. URLs, code and a
    reference that a text speaks about in quotes stay. Scope: line. Idempotent because decoding is repeated until
    nothing changes, and every change makes the text shorter.

    >>> Entities()("&ldquo;中&amp;amp;nbsp;国&rdquo;，&#20013;文")
    '“中\xa0国”，中文'
    """

    name = "entities"
    scope = Scope.LINE
    whole_text = True
    triggers = _ANCHORS

    def edits(self, text: str, /) -> Iterable[Edit]:
        """Return one edit for each reference that is decoded, and a flag for each that stands for no character."""
        edits: list[Edit] = []
        for found, _ in _passes(text):
            steps = [Edit(start, end, new, (rule,), _NOTES.get(rule, "")) for start, end, new, rule in found]
            edits = compose_edits(text, edits, steps)
        return edits

    def __call__(self, text: str, /) -> str:
        """Return the text with its references decoded."""
        for _, after in _passes(text):
            text = after
        return text
