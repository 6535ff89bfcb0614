"""What the tag, role, id and class of a box say about it: chrome of some kind, the text itself, a post, a thread."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cnclean.html.tree import Element
from cnclean.tables import toml_table

_PAGE = frozenset({"html", "body"})  # their classes tell of the whole page: "comment_feature", "with-sidebar"
_NAMED = re.compile("class|id|role", re.IGNORECASE)
_CASE_CHANGE = re.compile("(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile("[-_]+")
_CHROME_TAGS = {"nav": "navigation", "footer": "footer", "aside": "sidebar", "form": "form", "menu": "navigation"}
_CHROME_ROLES = {"navigation": "navigation", "contentinfo": "footer", "complementary": "sidebar", "search": "login"}


class Says(NamedTuple):
    """What a box says it is: a kind of chrome or "", and the word for it; and what else its name may mean."""

    kind: str = ""
    word: str = ""
    content: bool = False
    """It may hold the text."""
    body: bool = False
    """It holds the text itself and nothing else."""
    post: bool = False
    """It is something that a visitor wrote, with what stands around it."""
    post_body: bool = False
    """Inside a post, it is what the visitor wrote."""
    thread: bool = False
    """It is a thread of posts, or a part of one."""


_NOTHING = Says()


def says(element: Element) -> Says:
    """Return what an element says about itself; html and body say nothing, they speak for the whole page.

    >>> says(Element("div", ' class="hotNews left"'))[:3]
    ('related', 'hot', True)
    """
    tag = element.tag
    if tag in _PAGE:
        return _NOTHING
    kind = _CHROME_TAGS.get(tag, "")
    if not element.mentions(_NAMED):
        return Says(kind, tag) if kind else _NOTHING
    attributes = element.attributes
    said = _read(f"{attributes.get('id', '')} {attributes.get('class', '')}")
    if kind:
        return said._replace(kind=kind, word=tag)
    role = attributes.get("role", "")
    return said._replace(kind=_CHROME_ROLES[role], word=f"role={role}") if role in _CHROME_ROLES else said


@lru_cache(maxsize=8192)
def _read(name: str) -> Says:
    name = _SEPARATORS.sub("-", _CASE_CHANGE.sub("-", name)).lower()
    patterns = _patterns()
    chrome = patterns["chrome"].search(name)
    kind = (chrome.lastgroup or "") if chrome else ""
    return Says(
        kind,
        chrome[0].strip(" \t\n-/") if chrome else "",
        content=bool(patterns["content"].search(name)),
        body=bool(patterns["body"].search(name)),
        post=kind == "comments" or bool(patterns["post"].search(name)),
        post_body=bool(patterns["post_body"].search(name)),
        thread=bool(patterns["thread"].search(name)),
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = toml_table("html-classes.toml")
    words = {group["name"]: _alternatives(group["words"]) for group in table["chrome"]}
    return {
        "chrome": _alone("|".join(f"(?P<{name}>{alternatives})" for name, alternatives in words.items())),
        "content": _alone(_alternatives(table["content"]["words"])),
        "body": _alone(_alternatives(table["content"]["body"])),
        "post": _alone(_alternatives(table["thread"]["post"])),
        "post_body": _alone(_alternatives(table["thread"]["post_body"])),
        "thread": _alone(_alternatives(table["thread"]["words"])),
    }


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\*", r"[a-z0-9]*") for word in words)


def _alone(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s\-/])(?:{alternatives})(?=$|[\s\-/])")
