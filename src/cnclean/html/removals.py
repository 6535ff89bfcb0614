"""What to take out of a tree so that only the main text is left: whole elements where possible, else lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from cnclean.html.blocks import NO_TEXT, Box
from cnclean.html.main_text import MainText
from cnclean.html.page import Removal
from cnclean.html.tree import Element

HARMLESS = frozenset({"head", "title", "meta", "link", "base", "audio", "video", "map", "area"})
"""Elements without text of the page that pruning leaves where they are."""

_EXCERPT = 40
_STEPS = 4
_LOOKED_AT = 20
_CSS_NAME = re.compile(r"-?[^\W\d][\w-]*")


class Doomed(NamedTuple):
    """What is to be taken out: a child of `holder`, or the texts of a line; and the account of it."""

    removal: Removal
    holder: Element
    element: Element | None
    parts: list[tuple[Element, int]]


def doomed(text: MainText) -> Iterator[Doomed]:
    """Yield what a page loses: all but the main text and its title.

    What stands inside an element that goes as a whole is not told apart.
    """
    gone: set[int] = set()
    yield from _boxes(text, gone)
    for box, holder, element in text.outline.hidden:
        if element.tag not in HARMLESS and id(box) not in gone:
            yield Doomed(_account_of_hidden(box, element), holder, element, [])
    for index, reason in sorted(text.reasons.items()):
        block = text.outline.blocks[index]
        if id(block.box) not in gone and index != text.title:
            account = Removal(reason.rule, selector(block.box), block.line, excerpt(block.text), reason.note)
            yield Doomed(account, block.box.element, None, block.parts)


def _boxes(text: MainText, gone: set[int]) -> Iterator[Doomed]:
    """Yield the outermost boxes of which nothing is kept; `gone` collects them and the boxes inside them."""
    blocks, reasons = text.outline.blocks, text.reasons
    kept = [0, *accumulate(index not in reasons or index == text.title for index in range(len(blocks)))]
    around = {id(box) for box in text.main.chain()}
    inside = {id(text.main)}
    for box in text.outline.boxes:
        if id(box.parent) in gone:
            gone.add(id(box))
            continue
        if id(box.parent) in inside:
            inside.add(id(box))
        if id(box) in around or kept[box.last] > kept[box.first]:
            continue
        if box.first < box.last or id(box) not in inside:
            gone.add(id(box))
            yield Doomed(_account_of_box(text, box), box.holder, box.element, [])


def _account_of_box(text: MainText, box: Box) -> Removal:
    blocks = text.outline.blocks
    if box.first == box.last:
        return Removal("html/outside", selector(box), box.element.line, "", "an empty element outside the main text")
    last = min(box.last, box.first + _LOOKED_AT)
    index = max(range(box.first, last), key=lambda i: blocks[i].size)
    reason = text.reasons[index]
    seen = excerpt(" ".join(block.text for block in blocks[box.first : last]))
    return Removal(reason.rule, selector(box), box.element.line, seen, reason.note)


def _account_of_hidden(box: Box, element: Element) -> Removal:
    where = f"{selector(box)} {_step(element)}".strip()
    if element.tag in NO_TEXT:
        return Removal("html/no-text", where, element.line, "", f"<{element.tag}> holds no text of the page")
    return Removal("html/hidden", where, element.line, excerpt(element.text()), "hidden by its own markup")


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text[: 8 * _EXCERPT].split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def selector(box: Box) -> str:
    """Return a CSS path to a box: from the nearest element with an id, or the last few steps."""
    steps: list[str] = []
    for around in box.chain():
        if around.parent is None:
            break
        steps.append(_step(around.element))
        if "#" in steps[-1] or len(steps) == _STEPS:
            break
    return " > ".join(reversed(steps))


def _step(element: Element) -> str:
    name = element.attributes.get("id", "").strip()
    if _CSS_NAME.fullmatch(name):
        return f"{element.tag}#{name}"
    words = element.attributes.get("class", "").split()
    return ".".join([element.tag, *(word for word in words[:2] if _CSS_NAME.fullmatch(word))])
