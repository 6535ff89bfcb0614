"""Markup that does nothing: no scripts, no event handlers, no script URLs; and the tree of it written out again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.html.tree import VOID, Element

_ACTIVE = frozenset(
    "script noscript template style iframe frame frameset noframes noembed object embed applet param svg math canvas"
    " portal base".split()
)
_RENAMED = {"xmp": "pre", "listing": "pre", "plaintext": "pre"}
_URLS = frozenset(
    "href src action formaction data poster background cite longdesc lowsrc dynsrc usemap codebase xlink:href".split()
)
_DROPPED = frozenset({"srcdoc", "ping"})
_NAME = re.compile(r"[a-z_][a-z0-9_.:-]*")
_SCRIPT_URL = re.compile(r"(?:javascript|vbscript|livescript|mocha|data:(?!image/(?!svg)))", re.IGNORECASE)
_URL_NOISE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_NOT_IN_MARKUP = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_STYLE_SCRIPT = re.compile(r"expression\s*\(|javascript:|behavior\s*:|-moz-binding|\\", re.IGNORECASE)


def sanitize(root: Element) -> None:
    """Take out of a tree, in place, whatever runs: elements, event handlers, URLs and styles with scripts in them.

    Names that are no names go too: an element with one gives its content to its parent, an attribute vanishes.
    """
    for element in root.walk():
        _flatten(element)
        if element.tag == "title":
            element.children = [element.text()]
        element.attributes = {name: value for name, value in element.attributes.items() if _is_inert(name, value)}


def _flatten(element: Element) -> None:
    """Drop the active children of an element, rename old ones, and put the children of nameless ones in their place."""
    kept: list[Element | str] = []
    stack = list(reversed(element.children))
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            kept.append(child)
        elif child.tag in _ACTIVE or (
            child.tag == "meta" and "refresh" in child.attributes.get("http-equiv", "").lower()
        ):
            continue
        elif _NAME.fullmatch(child.tag):
            child.tag = _RENAMED.get(child.tag, child.tag)
            kept.append(child)
        else:
            stack.extend(reversed(child.children))
    element.children = kept


def _is_inert(name: str, value: str) -> bool:
    if not _NAME.fullmatch(name) or name.startswith("on") or name in _DROPPED:
        return False
    if name in _URLS or "url" in name:
        return not _SCRIPT_URL.match(_URL_NOISE.sub("", value))
    return name != "style" or not _STYLE_SCRIPT.search(value)


def markup(root: Element) -> str:
    """Return a tree as markup that every parser reads alike: all end tags there, all values quoted.

    White space alone between tags is one line feed or one space, outside `pre`; carriage returns are line feeds;
    lone surrogates, which no file can hold, are U+FFFD.
    """
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", "".join(_pieces(root)))


def _pieces(root: Element) -> Iterator[str]:
    pre = 0
    stack: list[Element | str | None] = list(reversed(_merged(root, False)))
    open_elements: list[Element] = []
    while stack:
        node = stack.pop()
        if node is None:
            tag = open_elements.pop().tag
            pre -= tag == "pre"
            yield f"</{tag}>"
        elif isinstance(node, str):
            yield _escaped(node)
        elif node.tag in VOID:
            yield _start_tag(node)
        else:
            pre += node.tag == "pre"
            yield _start_tag(node)
            open_elements.append(node)
            stack.append(None)
            stack.extend(reversed(_merged(node, pre > 0)))


def _merged(element: Element, pre: bool) -> list[Element | str | None]:
    """Return the children with neighbouring texts made one and white space in its one form."""
    children: list[Element | str | None] = []
    run: list[str] = []
    for child in [*element.children, None]:
        if isinstance(child, str):
            run.append(child)
            continue
        if run:
            text = _text_form("".join(run), pre)
            if text:
                children.append(text)
            run = []
        if child is not None:
            children.append(child)
    return children


def _text_form(text: str, pre: bool) -> str:
    text = _NOT_IN_MARKUP.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if pre or not text or text.strip(" \n\t"):
        return text
    return "\n" if "\n" in text else " "


def _start_tag(element: Element) -> str:
    attributes = "".join(f' {name}="{_escaped_value(value)}"' for name, value in element.attributes.items())
    return f"<{element.tag}{attributes}>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped_value(value: str) -> str:
    return _escaped(_NOT_IN_MARKUP.sub("", value)).replace('"', "&quot;")
