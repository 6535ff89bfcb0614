"""Line endings: every way to end a line becomes a line feed, the one that all other cleaners know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cnclean.cleaner import Scope
from cnclean.edit import Edit

# \r\r\n is what a text-mode writer makes of \r\n: one line end. NEL (U+0085) is none here: it is a byte of broken
# UTF-8 far more often, which `mojibake` needs as evidence.
_LINE_END = re.compile(r"[\r\v\f\u2028\u2029](?:(?<=\r)\r?\n)?")
_RULES = {
    "\r": "line-endings/carriage-return",
    "\v": "line-endings/vertical-tab",
    "\f": "line-endings/form-feed",
    "\N{LINE SEPARATOR}": "line-endings/line-separator",
    "\N{PARAGRAPH SEPARATOR}": "line-endings/paragraph-separator",
}


@dataclass(frozen=True)
class LineEndings:
    r"""Give a text whose lines all end in a line feed, whatever system or editor it comes from.

    Scope: document, because it makes the lines. Idempotent because nothing that it looks for is left, and a line feed
    is never changed.

    >>> LineEndings()("第一行\r\n第二行\r第三行")
    '第一行\n第二行\n第三行'
    """

    name = "line-endings"
    scope = Scope.DOCUMENT
    triggers = r"\r\v\f\u2028\u2029"

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each line end that is no line feed."""
        for match in _LINE_END.finditer(text):
            found = match[0]
            rule = "line-endings/crlf" if found.endswith("\n") else _RULES[found]
            yield Edit(match.start(), match.end(), "\n", (rule,))

    def __call__(self, text: str, /) -> str:
        """Return the text with every line end a line feed."""
        return _LINE_END.sub("\n", text)
