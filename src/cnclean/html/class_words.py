"""What class and id names say about a box: chrome of some kind, content, or nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cnclean.html.tree import Element
from cnclean.tables import toml_table

_CASE_CHANGE = re.compile("(?<=[a-z])(?=[A-Z])")
_CHROME_TAGS = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "form": "form", "menu": "navigation"}
_CHROME_ROLES = {"navigation": "navigation", "contentinfo": "footer", "complementary": "sidebar", "search": "login"}


class Names(NamedTuple):
    """What a box is by its name: the kind of chrome or "", the word that says so, and whether it is named content."""

    kind: str
    word: str
    content: bool


NOTHING = Names("", "", False)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = toml_table("html-classes.toml")
    chrome = "|".join(f"(?P<{group['name']}>{_alternatives(group['words'])})" for group in table["chrome"])
    return _alone(chrome), _alone(_alternatives(table["content"]["words"]))


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\*", r"[a-z0-9_]*") for word in words)


def _alone(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_\-/])(?:{pattern})(?=$|[\s_\-/])", re.IGNORECASE)


def names(element: Element) -> Names:
    """Return what the tag, role, id and class of an element say about it.

    >>> names(Element("div", ' class="hotNews left"'))
    Names(kind='related', word='hot', content=True)
    """
    kind = _CHROME_TAGS.get(element.tag, "")
    if not (element.mentions("class") or element.mentions("id") or element.mentions("role")):
        return Names(kind, element.tag, False) if kind else NOTHING
    attributes = element.attributes
    said = attributes.get("id", "") + " " + attributes.get("class", "")
    named = _named(said)
    if kind:
        return Names(kind, element.tag, named.content)
    role = _CHROME_ROLES.get(attributes.get("role", ""), "")
    return Names(role, f"role={attributes['role']}", named.content) if role else named


@lru_cache(maxsize=4096)
def _named(said: str) -> Names:
    chrome, content = _patterns()
    said = _CASE_CHANGE.sub("-", said)
    found = chrome.search(said)
    return Names(
        (found.lastgroup or "") if found else "",
        found[0].strip(" \t\n_-/") if found else "",
        content.search(said) is not None,
    )
