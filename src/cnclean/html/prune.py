"""prune_html: a page as HTML without site chrome; and `Pruner`, the same on a tree in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnclean.errors import require_text
from cnclean.html.blocks import Outline
from cnclean.html.main_text import MainText
from cnclean.html.metadata import Declared
from cnclean.html.page import Removal
from cnclean.html.removals import Doomed, doomed
from cnclean.html.sanitize import markup, sanitize
from cnclean.html.soup import mirror, read, write
from cnclean.html.tree import Element, parse

if TYPE_CHECKING:
    from bs4 import Tag

_MAX_ROUNDS = 16  # elements nested where they must not be are put in order one in a round
_DOCTYPE = "<!DOCTYPE html>\n"


class Pruner:
    """Takes the site chrome out of a tree, in place, and tells what it took.

    The tree is an `Element` of ours or a beautifulsoup4 soup. A second call on the same tree takes nothing: calls
    repeat until one finds nothing, and each takes something away, so they end.
    """

    def __call__(self, tree: Element | Tag) -> list[Removal]:
        """Prune `tree` and return the removals in the order they were made.

        >>> root = parse("<nav>首页</nav><p>山下的田开始放水了，老人们说今年雨水早。")
        >>> [removal.excerpt for removal in Pruner()(root)], Pruner()(root)
        (['首页'], [])
        """
        root = tree if isinstance(tree, Element) else mirror(tree)
        declared = Declared(root)
        removals: list[Removal] = []
        while targets := list(doomed(MainText(Outline(root), declared))):
            _remove(targets)
            removals.extend(target.removal for target in targets)
        return removals


def _remove(targets: list[Doomed]) -> None:
    children: dict[int, tuple[Element, list[Element]]] = {}
    for target in targets:
        for element, index in target.parts:
            element.remove_text(index)
        if target.element is not None:
            children.setdefault(id(target.holder), (target.holder, []))[1].append(target.element)
    for holder, gone in children.values():
        holder.remove(gone)


def prune_html(html: str) -> str:
    """Return the page as HTML with its main text only: no chrome, no scripts, no event handlers, no comments.

    The result is in canonical form, and pruning it again changes nothing: a round that changes nothing is the proof.
    A page whose rounds do not settle comes back unpruned; if that does not settle either, as the main part of its text.

    >>> prune_html("<nav><a href=/>首页</a></nav><p onclick='x()'>山下的田开始放水了，老人们说今年雨水早。")
    '<p>山下的田开始放水了，老人们说今年雨水早。</p>'
    """
    require_text(html, "html")
    result = _settled(html, prune=True)
    if result is None:
        result = _settled(html, prune=False)
    if result is None:
        result = _settled(_text_only(html), prune=True)
    return result or ""


def _settled(html: str, *, prune: bool) -> str | None:
    """Repeat rounds until one changes nothing; None if they do not settle."""
    for _ in range(_MAX_ROUNDS):
        after = _round(html, prune=prune)
        if after == html:
            return after
        html = after
    return None


def _round(html: str, *, prune: bool) -> str:
    """Read, prune and write a page once; written by beautifulsoup4, so that reading it there gives it back as it is."""
    root = parse(html)
    sanitize(root)
    if prune:
        Pruner()(root)
    doctype = _DOCTYPE if any(isinstance(child, Element) and child.tag == "html" for child in root.children) else ""
    return doctype + write(read(markup(root))).strip(" \t\n")


def _text_only(html: str) -> str:
    text = Element("#document")
    text.children = [parse(html).text()]
    return markup(text)
