"""What is found out about lines, kept from text to text: the pages of a site have their chrome in common."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, TypeVar

Found = TypeVar("Found")

# So many lines are kept, and only short ones: others hardly come again, and a few long ones would fill the memory.
_MOST = 8192
_LONGEST = 80
_MISSING = object()


def remembering(
    find: Callable[[Sequence[str]], Iterable[Found]], lines: Sequence[str], kind: Hashable
) -> dict[str, Found]:
    """Return what `find` finds for each of these different lines; it is asked about those that are not remembered.

    `kind` tells what is remembered from what else is. What is found must depend on nothing but it and the line.
    """
    kept = _kept(kind)
    results = dict(zip(lines, map(kept.get, lines, repeat(_MISSING)), strict=True))
    asked = [line for line, each in results.items() if each is _MISSING]
    if asked:
        found = list(find(asked))
        results.update(zip(asked, found, strict=True))
        if len(kept) + len(asked) > _MOST:
            kept.clear()
        kept.update(zip(asked[:_MOST], found, strict=False))
        for line in asked:
            if len(line) > _LONGEST:
                kept.pop(line, None)
    return results


@lru_cache(maxsize=1024)  # a bound, though nobody has so many kinds
def _kept(kind: Hashable) -> dict[str, Any]:
    return {}
