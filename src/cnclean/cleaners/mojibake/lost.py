"""Characters that are lost for good: counted and flagged, or deleted where that is wished, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.cleaners.mojibake.guard import Family, guards
from cnclean.edit import Edit

_LOST = re.compile("(?P<replacement>\ufffd+)|(?P<gbk_as_utf8>锟?(?:斤拷锟?)+|锟斤)|(?P<uninitialised>烫{3,}|屯{3,})")
_NOTES = {
    "replacement": "replacement characters: the bytes are lost",
    "gbk_as_utf8": "replacement characters of a text that was read twice: GBK as UTF-8, then UTF-8 as GBK",
    "uninitialised": "uninitialised memory, not text",
}


def lost_edits(line: str, drop: bool) -> Iterator[Edit]:
    """Yield a flag for each run of debris in the line, or its deletion if `drop` is set.

    Deleting keeps what may be talk about debris: a single 锟斤拷.
    """
    if not guards().families[Family.LOST].search(line):
        return
    for match in _LOST.finditer(line):
        kind = match.lastgroup or ""
        debris = match.group()
        gone = drop and (kind != "gbk_as_utf8" or len(debris) > 3)
        rule = f"mojibake/lost-{kind.replace('_', '-')}"
        yield Edit(*match.span(), "" if gone else debris, (rule,), _NOTES[kind])
