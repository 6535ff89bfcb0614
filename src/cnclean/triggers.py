"""Triggers: the characters without which a cleaner finds nothing, looked for once for all stages of a pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cnclean.cleaner import Cleaner


def triggers_of(cleaner: Cleaner) -> str:
    r"""Return the triggers that a cleaner declares, as the inside of a character class; empty if it declares none.

    >>> import cnclean
    >>> triggers_of(cnclean.build("annotations"))
    '(（'
    """
    return getattr(cleaner, "triggers", "")


class Watch:
    """Looks for the triggers of many cleaners in one search of a text."""

    def __init__(self, cleaners: Iterable[Cleaner]) -> None:
        found = {id(cleaner): triggers_of(cleaner) for cleaner in cleaners}
        self._own = {key: re.compile(f"[{triggers}]") for key, triggers in found.items() if triggers}
        self._any = re.compile(f"[{''.join(triggers for triggers in found.values())}]") if self._own else None

    def idle(self, text: str) -> frozenset[int]:
        """Return the `id` of every cleaner that declares triggers none of which is in the text."""
        if self._any is None:
            return frozenset()
        present = "".join(set(self._any.findall(text)))
        return frozenset(key for key, own in self._own.items() if not own.search(present))
