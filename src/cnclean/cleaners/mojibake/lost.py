"""Characters that are lost for good: counted and flagged, or deleted where that is wished, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cnclean.edit import Edit

LOST = re.compile(  # a class of all first characters comes first: that is far quicker than alternatives
    "[\ufffd锟斤烫屯](?:(?P<replacement>(?<=\ufffd)\ufffd*)"
    "|(?P<gbk_as_utf8>(?<=锟)(?:斤拷锟?)+|(?<=锟)斤|(?<=斤)拷锟?(?:斤拷锟?)*)"
    "|(?P<uninitialised>(?<=烫)烫{2,}|(?<=屯)屯{2,}))"
)
_NOTES = {
    "replacement": "replacement characters: the bytes are lost",
    "gbk_as_utf8": "replacement characters of a text that was read twice: GBK as UTF-8, then UTF-8 as GBK",
    "uninitialised": "uninitialised memory, not text",
}


def lost_edits(text: str, around: Iterable[tuple[int, int, int]], drop: bool) -> Iterator[Edit]:
    """Yield a flag for each run of debris in the surroundings of hits, or its deletion if `drop` is set.

    Deleting keeps what may be talk about debris: a single 锟斤拷.
    """
    for match in (match for _, start, end in around for match in LOST.finditer(text, start, end)):
        kind = match.lastgroup or ""
        debris = match.group()
        gone = drop and (kind != "gbk_as_utf8" or len(debris) > 3)
        rule = f"mojibake/lost-{kind.replace('_', '-')}"
        yield Edit(*match.span(), "" if gone else debris, (rule,), _NOTES[kind])
