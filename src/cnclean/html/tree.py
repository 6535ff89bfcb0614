"""The tree that the rules work on, and the few operations they need: tag, attributes, children, text, remove.

`parse` makes it from markup. `cnclean.html.soup` makes it as a mirror of a beautifulsoup4 tree: there every element
and text knows its original, and removing one removes both. Trees are walked with loops, never by recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from cnclean.html.tokens import Kind, attributes, decoded, tokens

MAX_DEPTH = 256
"""Tags below this depth are passed over, so that their content goes to the last element allowed (browsers: 512)."""

VOID = frozenset(
    "area base basefont bgsound br col command embed frame hr image img input isindex keygen link menuitem meta nextid"
    " param source spacer track wbr".split()
)
"""Elements that never have content."""

BLOCK = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup"
    " option p plaintext pre search section select summary table tbody td textarea tfoot th thead title tr ul".split()
)
"""Elements that begin and end a line of text; the others stand inside a line."""

_CELL = frozenset({"td", "th", "caption", "table"})
_IN_PARAGRAPH = frozenset({"br", "head", "html", "body", "title", "option", "optgroup", "select", "textarea"})
# A start tag closes the open elements of the first set, as long as none of the second lies between.
_IMPLIED_END: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(BLOCK - _IN_PARAGRAPH, (frozenset({"p"}), BLOCK - {"p"})),
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "dir", "menu"}) | _CELL),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), frozenset({"dl"}) | _CELL)),
    **dict.fromkeys(("option", "optgroup"), (frozenset({"option"}), frozenset({"select"}) | _CELL)),
    **dict.fromkeys(("td", "th"), (frozenset({"td", "th"}), frozenset({"tr", "table"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"}))),
    "a": (frozenset({"a"}), _CELL),
}
_HEAD = frozenset("title meta link script style base basefont noscript template head html".split())
_PAGE = frozenset({"html", "body"})  # pages in the wild close them in the middle and go on: they end with the page
_TABLE = frozenset({"table", "tr", "tbody", "thead", "tfoot"})
_MAX_REOPENED = 8


@runtime_checkable
class Original(Protocol):
    """An element or text of another library's tree that a node of ours stands for."""

    def extract(self) -> object:
        """Take it out of its tree."""


class Element:
    """An element of a page: tag, attributes, children (elements and texts) and the source line it starts in."""

    __slots__ = ("_attributes", "_source", "children", "line", "original", "tag")

    def __init__(self, tag: str, source: str = "", line: int = 0, original: Original | None = None) -> None:
        self.tag = tag
        self.line = line
        self.children: list[Element | str] = []
        self.original = original
        self._source = source
        self._attributes: dict[str, str] | None = None if source else {}

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by lower-case name, values decoded; read from the markup when first asked for."""
        if self._attributes is None:
            self._attributes = attributes(self._source)
        return self._attributes

    @attributes.setter
    def attributes(self, values: dict[str, str]) -> None:
        self._attributes = values

    def mentions(self, words: re.Pattern[str]) -> bool:
        """Whether the markup of this start tag may have one of `words` in it: cheaper than reading the attributes."""
        if self._attributes is not None:
            return bool(self._attributes)
        return words.search(self._source) is not None

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend([child for child in reversed(element.children) if isinstance(child, Element)])

    def text(self) -> str:
        """Return all text in this element, as written.

        >>> parse("<p>春眠<b>不觉</b>晓").text()
        '春眠不觉晓'
        """
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                stack.extend(reversed(node.children))
        return "".join(parts)

    def remove(self, doomed: Iterable[Element]) -> None:
        """Take children out of this element, and their originals out of theirs."""
        gone = {id(child): child for child in doomed}
        self.children = [child for child in self.children if id(child) not in gone]
        for child in gone.values():
            if child.original is not None:
                child.original.extract()

    def remove_text(self, index: int) -> None:
        """Empty the text that is the child `index`; the other children keep their places."""
        text = self.children[index]
        self.children[index] = ""
        if isinstance(text, Original):
            text.extract()

    def __repr__(self) -> str:
        return f"<{self.tag} line {self.line}, {len(self.children)} children>"


def parse(html: str) -> Element:
    """Return the tree of a page: never an error, at most `MAX_DEPTH` deep, in time linear in the page's length.

    Missing end tags are supplied as the HTML standard says for paragraphs, list items, table parts and links. Stray
    ones are passed over, those of html and body always: whatever follows a `</html>` in the middle is kept.
    """
    builder = _Builder()
    line, counted = 1, 0
    for kind, name, source, start in tokens(html):
        if kind is Kind.TEXT:
            builder.stack[-1].children.append(source if name else decoded(source))
        elif kind is Kind.END:
            builder.end(name)
        else:
            line += html.count("\n", counted, start)
            counted = start
            builder.start(name, source, line)
    return builder.stack[0]


class _Builder:
    """The open elements of a page while it is read."""

    def __init__(self) -> None:
        self.stack = [Element("#document")]
        self.open: dict[str, int] = {}
        self.passed_over: dict[str, int] = {}  # too deep to be opened: their end tags must close nothing

    def start(self, name: str, source: str, line: int) -> None:
        if name not in _HEAD and self.open.get("head"):
            self._close("head")
        if name in _IMPLIED_END:
            closed, barrier = _IMPLIED_END[name]
            for tag in closed:
                if self.open.get(tag):
                    self._imply_end(closed, barrier)
                    break
        if name in VOID:
            self.stack[-1].children.append(Element(name, source, line))
        elif len(self.stack) < MAX_DEPTH:
            element = Element(name, source, line)
            self.stack[-1].children.append(element)
            self._push(element)
        else:
            self.passed_over[name] = self.passed_over.get(name, 0) + 1

    def end(self, name: str) -> None:
        if self.stack[-1].tag == name and name not in _PAGE:
            self.stack.pop()
            self.open[name] -= 1
        elif self.passed_over.get(name):
            self.passed_over[name] -= 1
        elif name in ("br", "p") and not self.open.get(name):
            self.stack[-1].children.append(Element(name))
        elif self.open.get(name) and name not in _PAGE:
            self._close(name)

    def _imply_end(self, closed: frozenset[str], barrier: frozenset[str]) -> None:
        for element in reversed(self.stack):
            if element.tag in closed:
                self._close(element.tag)
                return
            if element.tag in barrier:
                return

    def _close(self, name: str) -> None:
        """Close the innermost open `name`; a table cell shields what is open around it from block end tags."""
        depth = len(self.stack) - 1
        blocks = 0
        while self.stack[depth].tag != name:
            tag = self.stack[depth].tag
            if tag in BLOCK:
                blocks += 1
                if tag in _PAGE or (tag in _CELL and name not in _TABLE):
                    return
            depth -= 1
        inline = name not in BLOCK
        if inline and blocks > (_MAX_REOPENED if name == "a" else 0):
            return
        reopened = [element for element in self.stack[depth + 1 :] if inline and element.tag in BLOCK]
        for element in self.stack[depth:]:
            self.open[element.tag] -= 1
        del self.stack[depth:]
        for element in reopened:  # <a><div></a>text</div>: the block goes on after the link
            copy = Element(element.tag, line=element.line)
            copy.attributes = element.attributes
            self.stack[-1].children.append(copy)
            self._push(copy)

    def _push(self, element: Element) -> None:
        self.stack.append(element)
        self.open[element.tag] = self.open.get(element.tag, 0) + 1
