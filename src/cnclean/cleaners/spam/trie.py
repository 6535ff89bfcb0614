"""One pattern for thousands of words: an alternation in the shape of a trie, which `re` walks without going back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

NOTHING = r"(?!)"


def alternation(words: Iterable[str]) -> str:
    """Return the pattern that matches the longest of `words` at a place; for no words, one that never matches.

    >>> re.findall(alternation(["彩票", "彩票网"]), "彩票网和彩票")
    ['彩票网', '彩票']
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(root) or NOTHING


def _pattern(node: Mapping[str, Any]) -> str:
    singles: list[str] = []
    branches: list[str] = []
    for char in sorted(key for key in node if key):
        rest = _pattern(node[char])
        if rest:
            branches.append(re.escape(char) + rest)
        else:
            singles.append(re.escape(char))
    if singles:
        branches.append(singles[0] if len(singles) == 1 else f"[{''.join(singles)}]")
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return body + ("?" if "" in node else "")
