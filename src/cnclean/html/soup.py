"""The one place where beautifulsoup4 is used: markup to soup, soup to the tree that the rules see, soup to markup."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from cnclean.html.tree import Element

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def read(markup: str) -> BeautifulSoup:
    """Return the soup of tame markup (see `cnclean.html.sanitize.markup`)."""
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a page that is only a word or an address looks like a mistake to bs4
        return BeautifulSoup(markup, "html.parser")


def mirror(soup: Tag) -> Element:
    """Return the tree of a soup: each element and text knows its original, and removing one removes both."""
    from bs4.element import NavigableString, PreformattedString, Tag

    root = Element("#document")
    stack: list[tuple[Tag, Element]] = [(soup, root)]
    while stack:
        tag, element = stack.pop()
        for child in tag.contents:
            if isinstance(child, Tag):
                copy = Element(child.name.lower(), line=child.sourceline or 0, original=child)
                copy.attributes = {name.lower(): _value(value) for name, value in child.attrs.items()}
                element.children.append(copy)
                stack.append((child, copy))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                element.children.append(child)
    return root


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value if value is not None else "")


def write(soup: BeautifulSoup) -> str:
    """Return a soup as markup: references for &, < and > only, every other character as it is."""
    return str(soup.decode(formatter="minimal"))
