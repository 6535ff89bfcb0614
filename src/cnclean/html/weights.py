"""Weights: how much each block speaks for being main text, and which boxes are chrome by name.

The weight of a block is its number of characters outside links where it is prose, less where it is not sure, below
zero where it is short and without punctuation, mostly links, or says that it is chrome. It depends on the block alone.
"""

from __future__ import annotations

import re
from itertools import accumulate

from cnclean.html.blocks import Block, Box, Outline
from cnclean.html.cues import Cue, cues_of
from cnclean.html.feeds import feeds
from cnclean.html.metadata import Declared
from cnclean.html.posts import Posts

_SENTENCE_END = re.compile("[。！？!?…]")
_DATE_OR_MARK = re.compile(r"(?:(?:19|20)?\d\d[-/.年])?\d{1,2}[-/.月:]\d{1,2}日?(?::\d\d)?|[^\w\s]{1,3}")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_ROW = 90
_STRONG = frozenset({"copyright", "share", "follow", "comments"})

# Shares of a page's positive weight above which a box is no chrome whatever its name says: a wrong name, or the form or
# frame around the whole page. Removing other text only raises a share, so the decision survives pruning.
_SHARE = 0.4
_SHARE_OF_CONTENT_NAME = 0.25
_IN_CHROME = -0.3
_LINK_IN_BODY = 0.0


class Weighed:
    """An outline with the weights of its blocks, their running sums, and the cues of its lines."""

    def __init__(self, outline: Outline, declared: Declared) -> None:
        self.outline = outline
        self.cues: dict[int, Cue] = {}
        said = cues_of(block.text for block in outline.blocks if block.kind != "code")
        for index, block in enumerate(outline.blocks):
            cue = said.get(block.text) if block.kind != "code" else None
            if cue is not None:
                self.cues[index] = cue
            block.weight = _weight(block, cue)
        self._weigh_bodies()
        posts = Posts(outline)
        self.forum = posts.are_the_text(outline, declared)
        self.furniture: set[int] = set()
        self.bodies: list[Box] = []
        self._mark_feeds(posts)
        self._mark_chrome()
        if self.forum:
            self._weigh_posts(posts)
        self.sums = [0.0, *accumulate(block.weight for block in outline.blocks)]
        self.sizes = [0, *accumulate(block.size for block in outline.blocks)]
        self.links = [0, *accumulate(block.link for block in outline.blocks)]

    def _weigh_bodies(self) -> None:
        """Trust the lines of a box that is named for the text itself.

        Short ones without punctuation count in full, and links are no chrome unless they stand below a head of lists.
        """
        named: set[int] = set()
        for box in self.outline.boxes:
            if box.last > box.first and (id(box.parent) in named or box.says.body):
                named.add(id(box))
        below_head = False
        for index, block in enumerate(self.outline.blocks):
            if index in self.cues:
                below_head = below_head or self.cues[index].head
            elif 2 * block.link > block.size:
                if id(block.box) in named and not below_head:
                    block.weight = max(block.weight, _LINK_IN_BODY)
            else:
                below_head = False
                if id(block.box) in named and not block.stops:
                    block.weight = max(block.weight, float(block.size - 2 * block.link))

    def _weigh_posts(self, posts: Posts) -> None:
        """Count what stands in the body of a post in full, and what stands around it not at all."""
        self.bodies = [body for body in posts.bodies if not body.chrome]
        bodies = {id(body) for body in self.bodies}
        for index, block in enumerate(self.outline.blocks):
            if id(block.box) not in posts.inside:
                continue
            if any(id(box) in bodies for box in block.box.chain()):
                block.weight = max(block.weight, float(block.size - 2 * block.link))
            else:
                block.weight = min(block.weight, -3.0)
                self.furniture.add(index)

    def _mark_feeds(self, posts: Posts) -> None:
        for box, linked in feeds(self.outline):
            if self.forum and id(box) in posts.inside:
                continue
            box.chrome = "teaser: linked" if linked else "teaser: dated"

    def _mark_chrome(self) -> None:
        """Name the chrome boxes, and turn the weight of the text in them against it."""
        blocks = self.outline.blocks
        for box in self.outline.boxes:
            if box.chrome.startswith("teaser"):
                for block in blocks[box.first : box.last]:
                    block.weight = min(block.weight, _IN_CHROME * block.weight)
        positive = [0.0, *accumulate(max(block.weight, 0.0) for block in blocks)]
        total = positive[-1] or 1.0
        for box in self.outline.boxes:
            if box.parent is not None and box.parent.chrome:
                box.chrome = box.parent.chrome
                continue
            if box.first == box.last or box.chrome:
                continue
            kind, word, content = box.says[:3]
            if self.forum and kind == "comments":
                continue
            share = (positive[box.last] - positive[box.first]) / total
            if kind and share <= (_SHARE_OF_CONTENT_NAME if content else _SHARE):
                box.chrome = f"{kind}: {word}"
        for block in blocks:
            if block.weight > 0 and block.box.chrome:
                block.weight *= _IN_CHROME

    def weight(self, box: Box) -> float:
        """Return the sum of the weights of the blocks in a box."""
        return self.sums[box.last] - self.sums[box.first]

    def link_share(self, box: Box) -> float:
        """Return the share of the characters in a box that are links."""
        size = self.sizes[box.last] - self.sizes[box.first]
        return (self.links[box.last] - self.links[box.first]) / size if size else 0.0


def _dates(block: Block) -> int:
    """Return how many characters of a row with a link are its date and its bullet: a date is no text of its own."""
    if not block.link or block.size > _LONGEST_ROW:
        return 0
    return sum(len(found) for found in _DATE_OR_MARK.findall(block.text.replace(" ", "")))


def _is_prose_with_links(block: Block) -> bool:
    """Whether a block with many links is a sentence all the same, as in an encyclopedia."""
    own = block.size - block.link
    return own >= 25 and own > 0.2 * block.size and _SENTENCE_END.search(block.text) is not None


def _weight(block: Block, cue: Cue | None) -> float:
    size, link = block.size, block.link
    if block.kind == "code":
        return float(size - link) if _LETTER.search(block.text) else -5.0  # a column of line numbers is no code
    if cue is not None and cue.kind in _STRONG:
        return -min(size, 60) - 5.0
    if link > 0.5 * (size - _dates(block)) and not _is_prose_with_links(block):
        return -0.8 * min(size, 80) - 3.0
    if cue is not None:
        return -0.5 * min(size, 20) - 2.0
    if not block.stops:
        return -2.0 if size < 30 else 0.3 * (size - link)
    sure = size >= 20 or _SENTENCE_END.search(block.text) is not None
    return (size - link) * (1.0 if sure else 0.5) - 0.5 * link
