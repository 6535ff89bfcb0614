"""Characters that nobody can see, shown by their number: for reports on a page and in a terminal."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[ -~\n\t\u3001-\u303e\u3041-\u30ff\u4e00-\u9fff\uff01-\uff5e“”‘’…—·]*")

# Controls, lone surrogates, private use, bidi controls (they reorder what stands around them), noncharacters.
_UNSAFE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef"
    "\ufeff\ufff9-\uffff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def code_point(char: str) -> str:
    r"""Return the number of a character in brackets.

    >>> code_point("\u200b")
    '[U+200B]'
    """
    return f"[U+{ord(char):04X}]"


def show_unsafe(text: str) -> str:
    r"""Return the text with what a page or terminal cannot hold, or what would reorder it, shown by number.

    Line feeds and tabs stay.

    >>> show_unsafe("甲\0乙\u202e")
    '甲[U+0000]乙[U+202E]'
    """
    return _UNSAFE.sub(lambda match: code_point(match[0]), text)


def show_invisible(text: str) -> str:
    r"""Return the text with everything in it visible: also spaces other than the plain one, and format characters.

    Line feeds become ⏎; plain spaces stay unless there is nothing else.

    >>> show_invisible("广告\u3000\n"), show_invisible("  ")
    ('广告[U+3000]⏎', '␣␣')
    """
    plain = _PLAIN.fullmatch(text)
    shown = text.replace("\n", "⏎").replace("\t", "⇥") if plain else "".join(map(_visible, text))
    return shown if shown.strip(" ") else "␣" * len(shown)


def _visible(char: str) -> str:
    if char.isprintable():
        return char
    return {"\n": "⏎", "\t": "⇥"}.get(char) or code_point(char)


def without_surrogates(text: str) -> str:
    """Return JSON text with lone surrogates written as escapes, so that it can be encoded."""
    return _SURROGATES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
