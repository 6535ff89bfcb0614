"""Mojibake: text that was decoded with the wrong charset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cnclean.cleaner import Scope
from cnclean.cleaners.mojibake.repair import repair_edits
from cnclean.edit import Edit, apply_edits


@dataclass(frozen=True)
class Mojibake:
    """Text that was decoded with the wrong charset reads as it was written; what is lost is flagged, never guessed.

    Scope: document. Idempotent because a line is replaced only by one of lower weight (a sum over its characters), the
    decision depends on nothing but the text as it stands, and it is repeated until no replacement is left: the result
    is a text for which there is none.

    >>> Mojibake()("标题：浣犲ソ锛屼腑鍥戒汉")
    '标题：你好，中国人'
    """

    drop_debris: bool = False
    """Delete runs of pure debris (锟斤拷, U+FFFD, 烫烫烫) instead of flagging them."""

    name = "mojibake"
    scope = Scope.DOCUMENT

    def __call__(self, text: str, /) -> str:
        """Return the repaired text."""
        return apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield the repairs, each with class, gain and span, and flags for what is broken and stays."""
        return self.edits_with(text, {})

    def edits_with(self, text: str, memory: dict[str, Any], /) -> Iterator[Edit]:
        """Yield the same edits; windows that `memory` knows are not judged again."""
        yield from repair_edits(text, self.drop_debris, memory)
