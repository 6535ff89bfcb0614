"""Blocks: the lines of text of a page, and the boxes (block elements) they stand in, in document order.

Everything later works on these two flat lists; a box knows the range of its blocks, so that sums over subtrees are
differences of prefix sums and nothing recurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.html.class_words import says
from cnclean.html.page import BlockKind
from cnclean.html.tree import BLOCK, Element

NO_TEXT = frozenset(
    "script style noscript template iframe frame frameset noframes noembed object embed applet svg canvas button select"
    " option optgroup textarea input head title meta link base map area audio video dialog datalist".split()
)
"""Elements whose content is never text of the page."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, BlockKind] = {
    "li": "list item",
    "dt": "list item",
    "dd": "list item",
    "figcaption": "caption",
    "caption": "caption",
}
_STOP = re.compile("[，。！？；：、…”」』]|[,;!?](?=\\s|[\u4e00-\u9fff]|$)|\\.(?=\\s|$)")
# CSS Text, segment break transformation: a line break in the source between two wide characters is no space.
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_SOURCE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n]\\s*(?=[{_WIDE}])")
_MAY_HIDE = re.compile("none|hidden", re.IGNORECASE)
_HREF = re.compile("href", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_MAX_CELL = 120


class Box:
    """A block element, the element and the box it stands in, and the blocks [first, last) inside it."""

    __slots__ = ("chrome", "depth", "element", "first", "holder", "last", "parent", "says")

    def __init__(self, element: Element, holder: Element, parent: Box | None, first: int) -> None:
        self.element = element
        self.holder = holder
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.first = self.last = first
        self.chrome = ""
        self.says = says(element)

    def chain(self) -> Iterator[Box]:
        """Yield this box and those around it, the innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


class Block:
    """A line of text: one run of inline content, a table row, or a whole code block.

    `size` counts characters without white space, `link` those of them inside links, `stops` the sentence punctuation.
    """

    __slots__ = ("box", "cells", "kind", "level", "line", "link", "parts", "size", "stops", "text", "weight")

    def __init__(self, text: str, link: int, box: Box, kind: BlockKind, parts: list[tuple[Element, int]]) -> None:
        self.text = text
        self.box = box
        self.kind = kind
        self.level = 0
        self.parts = parts
        self.line = box.element.line
        self.cells = 0
        self.weight = 0.0
        self.link = link
        self.size = size_of(text)
        self.stops = len(_STOP.findall(text))


def size_of(text: str) -> int:
    """Return the number of characters that are not white space."""
    return len(text) - text.count(" ") if "\n" not in text and "\t" not in text else len("".join(text.split()))


class Outline:
    """The boxes and blocks of a page in document order, and the elements that are never shown."""

    def __init__(self, root: Element) -> None:
        self.boxes: list[Box] = []
        self.blocks: list[Block] = []
        self.hidden: list[tuple[Box, Element, Element]] = []  # the box it stands in, its parent, itself
        self._run: list[tuple[Element, int, bool]] = []  # texts of the line being read; index -1 is a line break
        self._pre: Box | None = None
        self._read(root)

    def _read(self, root: Element) -> None:
        box = self._open(root, root, None)
        frames = [(root, iter(enumerate(root.children)), box, False)]
        while frames:
            element, children, box, link = frames[-1]
            for index, child in children:
                if isinstance(child, str):
                    if self._run or self._pre is not None or not child.isspace():
                        self._run.append((element, index, link))
                elif child.tag in NO_TEXT or _is_hidden(child):
                    self.hidden.append((box, element, child))
                else:
                    inner = self._enter(child, element, box)
                    if child.children:
                        linked = link or (child.tag == "a" and child.mentions(_HREF))
                        frames.append((child, iter(enumerate(child.children)), inner, linked))
                        break
                    self._leave(child, inner)
            else:
                frames.pop()
                self._leave(element, box)

    def _enter(self, element: Element, holder: Element, box: Box) -> Box:
        """Begin an element; return the box that its content stands in."""
        tag = element.tag
        if tag not in BLOCK:
            return box
        if self._pre is not None:
            self._run.append((element, -1, False))
            return box
        self._flush(box)
        if tag in ("br", "hr"):
            return box
        inner = self._open(element, holder, box)
        if tag == "pre":
            self._pre = inner
        return inner

    def _leave(self, element: Element, box: Box) -> None:
        if box.element is element:
            self._flush(box)
            box.last = len(self.blocks)
            if self._pre is box:
                self._pre = None
            if element.tag == "tr":
                self._join_row(box)
        elif self._pre is not None and element.tag in BLOCK and element.tag != "br":
            self._run.append((element, -1, False))

    def _open(self, element: Element, holder: Element, parent: Box | None) -> Box:
        box = Box(element, holder, parent, len(self.blocks))
        self.boxes.append(box)
        return box

    def _flush(self, box: Box) -> None:
        """End the line being read: it becomes a block of `box` if there is anything in it."""
        run, self._run = self._run, []
        if not run:
            return
        texts = ["\n" if index < 0 else str(element.children[index]) for element, index, _ in run]
        pre = self._pre is not None
        text = _preformatted("".join(texts)) if pre else _line("".join(texts))
        if not text:
            return
        link = sum(len("".join(piece.split())) for piece, (_, _, linked) in zip(texts, run, strict=True) if linked)
        parts = [(element, index) for element, index, _ in run if index >= 0]
        block = Block(text, link, box, _code_or_lines(text) if pre else "paragraph", parts)
        if not pre:
            _name_kind(block)
        self.blocks.append(block)

    def _join_row(self, row: Box) -> None:
        """Make one block of a table row whose cells hold one line each."""
        cells = self.blocks[row.first : row.last]
        homes = {id(_cell_of(block.box, row)) for block in cells}
        if len(cells) < 2 or len(homes) < len(cells) or any(c.kind == "code" or c.size > _MAX_CELL for c in cells):
            return
        parts = [part for block in cells for part in block.parts]
        joined = Block("\t".join(c.text for c in cells), sum(c.link for c in cells), row, "table row", parts)
        joined.cells = len(cells)
        self.blocks[row.first :] = [joined]
        for box in reversed(self.boxes):
            if box is row:
                break
            box.first, box.last = row.first, row.first + 1
        row.last = row.first + 1


def _cell_of(box: Box, row: Box) -> Box:
    while box.parent is not None and box.parent is not row:
        box = box.parent
    return box


def _is_hidden(element: Element) -> bool:
    """Whether its own markup takes an element out of the page; `visibility: hidden` is what scripts undo."""
    if element.tag in ("html", "body") or not element.mentions(_MAY_HIDE):
        return False
    attributes = element.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))


def _line(text: str) -> str:
    if "\n" in text or "\r" in text:
        text = _SOURCE_BREAK.sub("", text)
    return " ".join(text.split())


def _preformatted(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def _code_or_lines(text: str) -> BlockKind:
    """Old pages set prose in `pre` for its line breaks: mostly Han is no code."""
    return "paragraph" if len(_HAN.findall(text)) > 0.5 * size_of(text) else "code"


def _name_kind(block: Block) -> None:
    for box in block.box.chain():
        tag = box.element.tag
        if tag in _HEADINGS:
            block.kind, block.level = "heading", _HEADINGS[tag]
        elif tag in _KINDS:
            block.kind = _KINDS[tag]
        elif tag in ("p", "div", "span", "section"):
            continue
        return
