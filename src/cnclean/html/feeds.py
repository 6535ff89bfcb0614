"""Feeds: rows of teasers for other pages. Siblings built alike, each with a linked headline or a date and little text.

A teaser's summary reads like prose, and on a short page all summaries together outweigh the text; what gives them away
is that their neighbours are built alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.html.blocks import Block, Box, Outline

_FEWEST = 3
_MOST_BLOCKS = 9
_LONGEST = 330
_HEADLINE = 9
_SHARE_OF_TEASERS = 0.7
_DATE = re.compile(
    r"\D{0,12}(?:(?:19|20)?\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?\D{0,6}"
    r"|\D{0,12}\d{1,2}[:：]\d\d\D{0,4}|.{0,16}(?:\d+\s*(?:秒|分钟|分|小时|天|周|个月|年)|昨天|前天|刚刚)\s*(?:前|以前)?.{0,6}"
)
_VARYING = re.compile(r"\d+|\b(?:first|last|active|current|on|cur|odd|even|selected)\b")


def feeds(outline: Outline) -> Iterator[tuple[Box, bool]]:
    """Yield each box that is a teaser among teasers, and whether its headline is a link (else a date gave it away)."""
    rows: dict[tuple[int, str, str], list[Box]] = {}
    for box in outline.boxes:
        if box.last > box.first:
            name = _VARYING.sub("", box.element.attributes.get("class", "").lower()).strip()
            rows.setdefault((id(box.parent), box.element.tag, name), []).append(box)
    for row in rows.values():
        if len(row) < _FEWEST:
            continue
        linked = [box for box in row if _is_teaser(outline.blocks[box.first : box.last], linked=True)]
        dated = [box for box in row if _is_teaser(outline.blocks[box.first : box.last], linked=False)]
        if len(linked) >= max(_FEWEST, _SHARE_OF_TEASERS * len(row)):
            yield from ((box, True) for box in row)
        elif len(dated) >= max(_FEWEST, _SHARE_OF_TEASERS * len(row)):
            yield from ((box, False) for box in row)


def _is_teaser(blocks: list[Block], *, linked: bool) -> bool:
    if not 2 <= len(blocks) <= _MOST_BLOCKS or sum(block.size for block in blocks) > _LONGEST:
        return False
    if linked:
        return any(block.link > 0.5 * block.size and block.size >= _HEADLINE for block in blocks)
    return any(block.size <= 24 and _DATE.fullmatch(block.text) for block in blocks)
