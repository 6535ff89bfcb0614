"""The main text: the box whose blocks weigh most, without the chrome in it and the lists after it."""

from __future__ import annotations

import re
from typing import NamedTuple

from cnclean.html.blocks import Block, Box, Outline
from cnclean.html.metadata import Declared
from cnclean.html.page import PageKind
from cnclean.html.weights import Weighed

_NOT_WORD = re.compile(r"[\W_]+")
_FLOWING = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS_OF_TEXT = _FLOWING | {"blockquote", "ul", "ol", "dl", "li", "pre", "table", "section", "figure"}
_SHARE_BESIDE = 0.3
_SHARE_OF_LISTING = 0.05
_FRAME = frozenset(
    {"navigation", "footer", "login", "advertising", "share"}
)  # of a site; the rest may be what a listing lists
_SHARE_BEFORE_TAIL = 0.9
_TITLE_REACH = 40  # blocks above the text in which its title may stand
_SHORTEST_TITLE = 2
_SHORTEST_ANCHOR = 6

# What must stand between the title and the heaviest box to count as text, in weight (about one a character).
_SHARE_ABOVE = 0.15
_ENOUGH_ABOVE = 60.0
_LINE_ABOVE = 20.0
_TEXT_ABOVE = 40.0


class Reason(NamedTuple):
    """Why a block is left out: the rule, and what it saw."""

    rule: str
    note: str = ""


class MainText:
    """The main box of a page, the blocks that are kept, and a reason for each block that is not."""

    def __init__(self, outline: Outline, declared: Declared) -> None:
        self.outline = outline
        self.weighed = Weighed(outline, declared)
        self.kind: PageKind = "forum" if self.weighed.forum else "article"
        self.main = self._main_box(_letters(declared.headline()))
        self.main = self._whole_text(self.main)
        if self.weighed.bodies:
            self.main = _around([self.main, *self.weighed.bodies])
        self.title: int | None = None
        self.reasons: dict[int, Reason] = {}
        self._leave_out_outside()
        self._leave_out_boxes()
        self._leave_out_lines()
        self._tell_title_apart(_letters(declared.headline()))
        self.kept = [i for i in range(len(outline.blocks)) if i not in self.reasons]
        if self._is_listing():
            self._keep_listing()

    def _is_listing(self) -> bool:
        """Whether links are the content: next to nothing on the page speaks for being main text, not even a title."""
        blocks = self.outline.blocks
        found = sum(max(blocks[i].weight, 0.0) for i in self.kept)
        return not found or (self.title is None and found < _SHARE_OF_LISTING * sum(block.size for block in blocks))

    def _keep_listing(self) -> None:
        """Keep all but the frame of the site, and that too where it holds half of the text or more."""
        sizes = self.weighed.sizes
        self.kind = "listing"
        self.main = self.outline.boxes[0]
        self.title = None
        self.reasons = {}
        for box in self.outline.boxes:
            if box.says.kind in _FRAME and 2 * (sizes[box.last] - sizes[box.first]) < sizes[-1]:
                reason = Reason(f"html/{box.says.kind}", f"named {box.says.word!r}")
                self.reasons.update(dict.fromkeys(range(box.first, box.last), reason))
        if len(self.reasons) == len(self.outline.blocks):
            self.reasons = {}
        self.kept = [i for i in range(len(self.outline.blocks)) if i not in self.reasons]

    def _main_box(self, title: str) -> Box:
        """Return the heaviest box; where text stands between it and the title, what holds that text."""
        main = max(self.outline.boxes, key=lambda box: (round(self.weighed.weight(box), 6), box.depth))
        if len(title) < _SHORTEST_ANCHOR:
            return main
        blocks = self.outline.blocks
        anchor = next((i for i, block in enumerate(blocks) if _is_title(block, title, _SHORTEST_ANCHOR)), None)
        if anchor is None or main.first <= anchor:
            return main
        return self._below_title(main, [block for block in blocks[anchor + 1 : main.first] if block.weight > 0])

    def _below_title(self, main: Box, between: list[Block]) -> Box:
        """Choose between the heaviest box and the text above it, or take the box around both if that costs little.

        A few words above the heaviest box are a lead or a caption; more than a line is a short text above a long list.
        """
        weight = self.weighed.weight
        if sum(block.weight for block in between) < min(_ENOUGH_ABOVE, _SHARE_ABOVE * weight(main)):
            return main
        first = next((block for block in between if block.weight >= _LINE_ABOVE), None)
        if first is None:
            return main
        around = {id(box) for box in main.chain()}
        above = max((box for box in first.box.chain() if id(box) not in around), key=weight, default=main)
        if weight(above) <= min(_TEXT_ABOVE, 0.5 * weight(main)):
            return main
        both = next(box for box in first.box.chain() if id(box) in around)
        return both if weight(both) >= 0.5 * weight(main) else above

    def _tell_title_apart(self, title: str) -> None:
        """Find the title above the text, the last of several; in the text it would stand twice, as `Page.title` too."""
        blocks = self.outline.blocks
        for i in range(max(0, self.main.first - _TITLE_REACH), self.main.last):
            block = blocks[i]
            if _is_title(block, title, _SHORTEST_TITLE):
                self.reasons[i] = Reason("html/title", "the title of the page")
                self.title = i
            elif i not in self.reasons and block.stops and block.weight > 0:
                return

    def _whole_text(self, main: Box) -> Box:
        """Return the box around `main` as long as `main` is a mere paragraph or list and text stands beside it."""
        while main.parent is not None and main.element.tag in _PARTS_OF_TEXT:
            around, blocks = main.parent, self.outline.blocks
            beside = [*blocks[around.first : main.first], *blocks[main.last : around.last]]
            flowing = [block for block in beside if block.box is around or block.box.parent is around]
            if sum(max(block.weight, 0.0) for block in flowing) < _SHARE_BESIDE * self.weighed.weight(main):
                break
            main = around
        return main

    def _leave_out_outside(self) -> None:
        main, blocks = self.main, self.outline.blocks
        for i in [*range(main.first), *range(main.last, len(blocks))]:
            self.reasons[i] = self._reason(i) or Reason("html/outside", "outside the main text")

    def _reason(self, index: int) -> Reason | None:
        """Return what a block or its box says about being chrome."""
        block = self.outline.blocks[index]
        if index in self.weighed.furniture:
            return Reason("html/post-info", "stands around a post")
        if block.box.chrome:
            kind, _, word = block.box.chrome.partition(": ")
            return Reason(f"html/{kind}", f"named {word!r}")
        cue = self.weighed.cues.get(index)
        if cue is not None:
            return Reason(f"html/{cue.kind}", f"says {cue.matched!r}")
        if block.link > 0.5 * block.size:
            return Reason("html/links", f"{block.link} of {block.size} characters are links")
        return None

    def _leave_out_boxes(self) -> None:
        main, weighed = self.main, self.weighed
        for box in self.outline.boxes:
            if box.first < main.first or box.last > main.last or box.first == box.last:
                continue
            weight = weighed.weight(box)
            if box.chrome and weight <= 0:
                for i in range(box.first, box.last):
                    self.reasons.setdefault(i, self._reason(i) or Reason("html/chrome"))
            elif weight < 0 and weighed.link_share(box) > 0.6 and box.element.tag not in _FLOWING:
                for i in range(box.first, box.last):
                    self.reasons.setdefault(i, self._reason(i) or Reason("html/links", "in a list of links"))

    def _leave_out_lines(self) -> None:
        blocks, main = self.outline.blocks, self.main
        inside = [i for i in range(main.first, main.last) if i not in self.reasons]
        positive = [i for i in inside if blocks[i].weight > 0]
        if not positive:
            return
        total = sum(blocks[i].weight for i in positive)
        seen = 0.0
        tail = False
        for i in inside:
            block = blocks[i]
            seen += max(block.weight, 0.0)
            if self.weighed.bodies and block.weight <= 0 and block.kind != "heading":
                self.reasons[i] = self._reason(i) or Reason("html/post-info", "stands between posts")
            elif tail:
                self.reasons[i] = self._reason(i) or Reason("html/tail", "after the end of the text")
            elif block.weight < -2.0 and not (block.stops and not block.link and block.size > 40):
                self.reasons[i] = self._reason(i) or Reason("html/chrome")
                cue = self.weighed.cues.get(i)
                tail = cue is not None and cue.head and block.size < 40 and seen >= _SHARE_BEFORE_TAIL * total
            elif i > positive[-1] + 2 and not block.stops and block.size < 30:
                self.reasons[i] = Reason("html/tail", "after the last sentence")
            elif i < positive[0] and block.size < 8:
                self.reasons[i] = Reason("html/outside", "before the first sentence")


def _around(boxes: list[Box]) -> Box:
    """Return the innermost box that all of `boxes` stand in."""
    first, last = min(box.first for box in boxes), max(box.last for box in boxes)
    return next(box for box in boxes[0].chain() if box.first <= first and box.last >= last)


def _letters(text: str) -> str:
    return _NOT_WORD.sub("", text)


def _is_title(block: Block, title: str, shortest: int) -> bool:
    if block.size > 2 * len(title) + 24 or block.link > 0.3 * block.size or block.box.chrome:
        return False
    line = _letters(block.text)
    if not shortest <= len(line) <= len(title) + 12 or not (line in title or title in line):
        return False
    return block.level in (1, 2) or line == title
