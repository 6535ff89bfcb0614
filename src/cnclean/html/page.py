"""Page: what `extract` returns, the main text with its structure, its declared metadata and what was left out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "list item", "table row", "verse", "code", "caption"]
PageKind = Literal["article", "forum", "listing"]


class TextBlock(NamedTuple):
    """One block of the main text: its kind, its text, and the level of a heading (1 to 6, else 0).

    Code and verse hold their line breaks; the cells of a table row are separated by tabs.
    """

    kind: BlockKind
    text: str
    level: int = 0


class Removal(NamedTuple):
    """One piece of a page that was left out: by which rule, what, where, and why.

    `selector` is a CSS path to the element, `line` the line of the source it starts in (from 1), `excerpt` the
    beginning of its text, `note` what the rule saw.
    """

    rule: str
    selector: str
    line: int
    excerpt: str
    note: str = ""


@dataclass(frozen=True)
class Metadata:
    """What a page declares about itself in meta tags, JSON-LD and its byline; None where it says nothing.

    `date` is an ISO date, with the time where the page gives one.
    """

    title: str = ""
    author: str | None = None
    date: str | None = None
    site_name: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Page:
    """The main text of a page.

    `kind` says what was found: an article, the posts of a forum thread, or a listing, where links are the content and
    only the frame of the site (menus, footer, login, share bar) is left out.
    """

    title: str
    text: str
    kind: PageKind
    blocks: tuple[TextBlock, ...] = field(repr=False)
    removals: tuple[Removal, ...] = field(repr=False)
    author: str | None = None
    date: str | None = None
    site_name: str | None = None
    source: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the page as plain values, ready for JSON."""
        return {
            **asdict(self),
            "blocks": [block._asdict() for block in self.blocks],
            "removals": [removal._asdict() for removal in self.removals],
        }
