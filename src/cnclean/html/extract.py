"""extract: the main text of a page, with its structure, its metadata and an account of what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.errors import require_text
from cnclean.html.blocks import Block, Outline
from cnclean.html.decode import decode
from cnclean.html.main_text import MainText
from cnclean.html.metadata import Declared
from cnclean.html.page import Page, Removal, TextBlock
from cnclean.html.removals import doomed
from cnclean.html.tree import parse

__all__ = ["Page", "extract"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:-]{2,30})", re.IGNORECASE)
_HEAD_BYTES = 8192
_LONGEST_VERSE = 30
_SHORTEST_VERSE = 3
_BYLINE_REACH = 12


def extract(html: str | bytes) -> Page:
    """Return the `Page` of an HTML document: its main text in blocks, its kind, metadata and removals.

    Bytes are decoded first, with the charset that a meta tag declares as a hint. Never raises on a `str`; bytes that
    are no text raise `DecodeError`, anything else `InputTypeError`.

    >>> page = extract("<ul><li><a href=/>首页</a></ul><p>山下的田开始放水了，老人们说今年雨水早。</p>")
    >>> page.text
    '山下的田开始放水了，老人们说今年雨水早。'
    >>> page.removals[0].rule, page.removals[0].excerpt
    ('html/navigation', '首页')
    """
    root = parse(_text_of(html))
    declared = Declared(root)
    main = MainText(Outline(root), declared)
    metadata = declared.metadata(_byline(main) if main.kind != "listing" else ())
    blocks = tuple(_text_blocks(main))
    return Page(
        title=metadata.title,
        text="\n".join(block.text for block in blocks),
        kind=main.kind,
        blocks=blocks,
        removals=tuple(_told(main)),
        author=metadata.author,
        date=metadata.date,
        site_name=metadata.site_name,
        source=metadata.source,
    )


def _text_of(html: str | bytes) -> str:
    if isinstance(html, (bytes, bytearray, memoryview)):
        data = bytes(html)
        declared = _CHARSET.search(data, 0, _HEAD_BYTES)
        return decode(data, declared=declared[1].decode("ascii") if declared else None).text
    require_text(html, "html")
    return html


def _told(main: MainText) -> list[Removal]:
    """Return the removals that took text away, in the order of the source."""
    removals = [target.removal for target in doomed(main)]
    return sorted((removal for removal in removals if removal.excerpt), key=lambda removal: removal.line)


def _byline(main: MainText) -> Iterator[str]:
    """Yield the short lines around the beginning of the main text."""
    blocks = main.outline.blocks
    start = main.kept[0] if main.kept else 0
    near = sorted(range(max(0, start - _BYLINE_REACH), min(len(blocks), start + 4)), key=lambda i: abs(i - start))
    yield from (blocks[i].text for i in near if blocks[i].size <= 80)


def _text_blocks(main: MainText) -> Iterator[TextBlock]:
    """Yield the kept blocks; short lines that only line breaks part are verse."""
    blocks = main.outline.blocks
    group: list[Block] = []
    for index in main.kept:
        block = blocks[index]
        if group and block.box is not group[0].box:
            yield from _group(group)
            group = []
        group.append(block)
    yield from _group(group)


def _group(group: list[Block]) -> Iterator[TextBlock]:
    verse = len(group) >= _SHORTEST_VERSE and all(
        block.kind == "paragraph" and block.size <= _LONGEST_VERSE for block in group
    )
    if verse:
        yield TextBlock("verse", "\n".join(block.text for block in group))
    else:
        for block in group:
            yield TextBlock(block.kind, block.text, block.level)
