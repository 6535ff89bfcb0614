r"""Escapes: `\u4f60\u597d`, `%E4%BD%A0%E5%A5%BD`, `\xe4\xbd\xa0\xe5\xa5\xbd` that leaked into text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from cnclean.character_model import character_model
from cnclean.cleaner import Scope
from cnclean.edit import Edit, apply_edits, compose_edits

# It begins with a class, which `re` searches ten times faster than an alternation.
_ESCAPES = re.compile(
    r"[\\%](?:(?<=\\)(?P<unicode>u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})+)"
    r"|(?<=\\)(?P<braced>u\{[0-9a-fA-F]{2,6}\}(?:\\u\{[0-9a-fA-F]{2,6}\})+)"
    r"|(?<=%)(?P<javascript>u[0-9a-fA-F]{4}(?:%u[0-9a-fA-F]{4})+)"
    r"|(?<=%)(?P<percent>[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2}){3,})"
    r"|(?<=\\)(?P<hex>x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2}){3,}))"
)
_BACKSLASH, _PERCENT = re.compile(r"\\[ux]"), re.compile(r"%(?:u|[0-9a-fA-F]{2}%)")  # how any of these begins
# Addresses end at white space and at Chinese punctuation; code and string literals at their closing mark.
_TABOO = re.compile(r"(?:://|www\.)[^\s<>\"，。；：！？、）】》”]*|`[^`\n]*`|\"[^\"\n]*\"|'[^'\n]*'")
# What makes an escape part of an address, a path, a pattern or a literal, where it touches one: before, after.
_PART_OF_CODE = (
    re.compile(r"[\\%/=&?#@~_+^$*|{\[`'\"-]$|[a-zA-Z0-9_\])]\($"),
    re.compile(r"[\\%/=&#@~_+^$*|}\]`'\"-]"),
)
_PART_OF_ADDRESS = (re.compile(r"[a-zA-Z0-9.(]$"), re.compile(r"[a-zA-Z0-9]|\.[a-z]"))
_TWO_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{2}")
_UNWANTED = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff\ufffd\ufffe\uffff\u2028\u2029]")
_SOUND = 900  # hundredths of a nat for each character: what sound Chinese costs at most


@dataclass(frozen=True)
class Escapes:
    r"""Leaked escape sequences read as the Chinese text they stand for; addresses and code keep theirs.

    Scope: line. Idempotent because each step shortens the line and steps are repeated until none is left.

    >>> Escapes()(r"\u4f60\u597d，%E4%B8%96%E7%95%8C")
    '你好，世界'
    >>> Escapes()("https://example.org/%E4%B8%96%E7%95%8C")
    'https://example.org/%E4%B8%96%E7%95%8C'
    """

    name = "escapes"
    scope = Scope.LINE
    whole_text = True
    triggers = r"\\%"

    def __call__(self, text: str, /) -> str:
        """Return the text with the leaked escapes decoded."""
        return apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each run of escapes that is decoded."""
        if not _may_hold_escapes(text):
            return
        done = -1
        for match in _ESCAPES.finditer(text):
            if match.start() < done:
                continue
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            done = len(text) if end < 0 else end
            for edit in _line_edits(text[start:done]):
                yield edit.shifted(start)


def _may_hold_escapes(text: str) -> bool:
    """Whether the text holds the beginning of any escapes: one character is found quicker than one of two."""
    return bool(("\\" in text and _BACKSLASH.search(text)) or ("%" in text and _PERCENT.search(text)))


def _line_edits(line: str) -> list[Edit]:
    """Return the edits of a line; decoding may bring forth more escapes, so it is repeated until nothing is left."""
    edits: list[Edit] = []
    now = line
    while step := list(_step(now)):
        edits = compose_edits(line, edits, step)
        now = apply_edits(now, step)
    return edits


def _step(line: str) -> Iterator[Edit]:
    taboo = bytearray(len(line))
    for match in _TABOO.finditer(line):
        taboo[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _ESCAPES.finditer(line):
        kind = match.lastgroup or ""
        if taboo[match.start()] or _is_code(line, *match.span(), kind):
            continue
        new = _decoded(kind, match.group())
        if new and _TWO_HAN.search(new) and not _UNWANTED.search(new):
            yield Edit(*match.span(), new, (f"escapes/{kind}",), "a leaked escape sequence")


def _is_code(line: str, start: int, end: int, kind: str) -> bool:
    """Whether what the escapes touch makes them part of something that needs them."""
    before, after = line[max(0, start - 2) : start], line[end : end + 2]
    tests = (_PART_OF_CODE,) if kind in ("unicode", "braced") else (_PART_OF_CODE, _PART_OF_ADDRESS)
    return any(left.search(before) or right.match(after) for left, right in tests)


def _decoded(kind: str, escapes: str) -> str:
    """Return what the escapes stand for; the empty string where that is no text."""
    if kind in ("percent", "hex"):
        data = unquote_to_bytes(escapes) if kind == "percent" else bytes.fromhex(escapes.replace("\\x", ""))
        return _decoded_bytes(data)
    codes = [int(code, 16) for code in re.findall(r"[0-9a-fA-F]{2,6}", escapes)]
    if max(codes) > 0x10FFFF:
        return ""
    units = "".join(map(chr, codes)).encode("utf-16", "surrogatepass")
    return units.decode("utf-16", "replace")


def _decoded_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return text if character_model().cost(text) <= _SOUND * len(text) else ""
