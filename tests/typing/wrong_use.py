"""What mypy and pyright must refuse: each comment below is reported as needless if a line is accepted. Never run."""

import cnclean
from cnclean.cleaners.annotations import Annotations
from cnclean.cleaners.script import Script
from cnclean.cleaners.site_chrome import SiteChrome
from cnclean.cleaners.spam import Spam
from cnclean.cleaners.whitespace import Whitespace
from cnclean.cleaners.width import Width

cnclean.clean(b"abc")  # type: ignore[arg-type]
cnclean.clean(None)  # type: ignore[arg-type]
cnclean.explain("文", 3)  # type: ignore[arg-type]
cnclean.prune_html(b"<p>abc</p>")  # type: ignore[arg-type]
cnclean.decode("abc")  # type: ignore[arg-type]
cnclean.explain("文").edits.append("more")  # type: ignore[attr-defined]
cnclean.explain("文").edits[0].start = 3  # type: ignore[misc]
cnclean.explain("文").text = "other"  # type: ignore[misc]
cnclean.Pipeline([len])  # type: ignore[list-item]
cnclean.LineFilter(len)  # type: ignore[arg-type]
cnclean.EachLine(str.strip)  # type: ignore[arg-type]
cnclean.options(Width)  # type: ignore[arg-type]
Annotations(ruby="remove")  # type: ignore[arg-type]
Script("t2x")  # type: ignore[arg-type]
Script(assume="traditional")  # type: ignore[arg-type]
Script(segment="jieba")  # type: ignore[arg-type]
SiteChrome("articel")  # type: ignore[arg-type]
Spam("gentle")  # type: ignore[arg-type]
Whitespace("some")  # type: ignore[arg-type]
number: int = cnclean.clean("文")  # type: ignore[assignment]


class NoEdits:
    """Not a cleaner: it does not tell its edits."""

    name = "no-edits"
    scope = cnclean.Scope.LINE

    def __call__(self, text: str, /) -> str:
        """Return the text."""
        return text


silent: cnclean.Cleaner = NoEdits()  # type: ignore[assignment]
