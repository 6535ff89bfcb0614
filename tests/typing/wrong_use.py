"""What mypy and pyright must refuse: each comment below is reported as needless if a line is accepted. Never run."""

import cnclean

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
number: int = cnclean.clean("文")  # type: ignore[assignment]


class NoEdits:
    """Not a cleaner: it does not tell its edits."""

    name = "no-edits"
    scope = cnclean.Scope.LINE

    def __call__(self, text: str, /) -> str:
        """Return the text."""
        return text


silent: cnclean.Cleaner = NoEdits()  # type: ignore[assignment]
