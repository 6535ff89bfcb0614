"""A Griffe extension for the documentation site: doctests in docstrings become fenced blocks, in any place."""

import re
from typing import Any

from griffe import Extension, Object

_DOCTEST = re.compile(r"(?:^>>> .*\n(?:^(?!\s*$).*\n?)*)+", re.M)


class DoctestFences(Extension):
    """Puts a fence around each doctest, for Markdown takes `>>>` for a quotation."""

    def on_instance(self, *, obj: Object, **_: Any) -> None:
        """Rewrite the docstring of one object."""
        if obj.docstring and ">>>" in obj.docstring.value:
            obj.docstring.value = _DOCTEST.sub(
                lambda found: f"```pycon\n{found[0].rstrip()}\n```\n", obj.docstring.value
            )
