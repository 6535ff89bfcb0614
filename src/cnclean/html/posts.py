"""Posts: the texts that visitors wrote on a page, and whether they are what the page is for.

Below an article comments are chrome; in a thread, a question with answers or a wall of reviews they are the text, and
the names, dates and buttons around each of them are furniture.
"""

from __future__ import annotations

import re
from itertools import accumulate

from cnclean.html.blocks import Box, Outline
from cnclean.html.metadata import Declared
from cnclean.tables import toml_table

_FEWEST = 2
_MUCH = 0.2
_LITTLE = 300  # characters: more beside the posts is an article with comments
_PARTS = re.compile(r"\s*[_|｜丨·]\s*|\s+[-–—]+\s+|-{2,}")
_LONGEST_NAME = 16


class Posts:
    """The boxes of posts and the boxes of their bodies."""

    def __init__(self, outline: Outline) -> None:
        self.inside: set[int] = set()  # ids of the boxes of posts and of all boxes in them
        bodies: dict[int, Box] = {}
        for box in outline.boxes:
            if box.last > box.first and (box.says.post or id(box.parent) in self.inside):
                self.inside.add(id(box))
                if box.says.post_body:
                    bodies[id(box)] = box
        outer = {id(around) for box in bodies.values() for around in box.chain() if around is not box}
        self.bodies = [box for box in bodies.values() if id(box) not in outer]

    def are_the_text(self, outline: Outline, declared: Declared) -> bool:
        """Whether the page says that it is a thread, or a box with much of the text does, or posts are all there is."""
        if _says_thread(declared):
            return True
        sums = [0.0, *accumulate(max(block.weight, 0.0) for block in outline.blocks)]
        written = sum(sums[body.last] - sums[body.first] for body in self.bodies)
        if len(self.bodies) > _FEWEST and sums[-1] - written < min(written, _LITTLE):
            return True
        if len(self.bodies) < _FEWEST:
            return False
        return any(box.says.thread and sums[box.last] - sums[box.first] >= _MUCH * sums[-1] for box in outline.boxes)


def _says_thread(declared: Declared) -> bool:
    table = toml_table("html-classes.toml")["thread"]
    software = declared.meta.get("generator", "").lower()
    if any(word in software for word in table["software"]):
        return True
    if any(kind in str(item.get("@type")) for item in declared.linked for kind in table["types"]):
        return True
    parts = [part for part in _PARTS.split(declared.title) if part]
    tails = parts[1:] or [part[-4:] for part in parts]
    return any(part.endswith(tuple(table["title"])) and len(part) <= _LONGEST_NAME for part in tails)
