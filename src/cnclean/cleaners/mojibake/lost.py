"""Characters that are lost for good: counted and flagged, or deleted where that is wished, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.edit import Edit

LOST = re.compile(  # a class of all first characters comes first: that is far quicker than alternatives
    "[\ufffd锟斤烫屯](?:(?P<replacement>(?<=\ufffd)\ufffd*)"
    "|(?P<gbk_as_utf8>(?<=锟)(?:斤拷锟?)+|(?<=锟)斤|(?<=斤)拷锟?(?:斤拷锟?)*)"
    "|(?P<uninitialised>(?<=烫)烫{2,}|(?<=屯)屯{2,}))"
)
_MARKS = ("\ufffd", "锟斤", "斤拷", "烫烫烫", "屯屯屯")
_LONGEST = 3  # characters of a mark
_NOTES = {
    "replacement": "replacement characters: the bytes are lost",
    "gbk_as_utf8": "replacement characters of a text that was read twice: GBK as UTF-8, then UTF-8 as GBK",
    "uninitialised": "uninitialised memory, not text",
}


def lost_edits(text: str, drop: bool) -> Iterator[Edit]:
    """Yield a flag for each run of debris, or its deletion if `drop` is set.

    Deleting keeps what may be talk about debris: a single 锟斤拷.
    """
    places = [at for mark in _MARKS if mark in text for at in (text.find(mark), text.rfind(mark))]
    if not places:
        return
    for match in LOST.finditer(text, max(0, min(places) - 1), max(places) + _LONGEST):
        kind = match.lastgroup or ""
        debris = match.group()
        gone = drop and (kind != "gbk_as_utf8" or len(debris) > 3)
        rule = f"mojibake/lost-{kind.replace('_', '-')}"
        yield Edit(*match.span(), "" if gone else debris, (rule,), _NOTES[kind])
