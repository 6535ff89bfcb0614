"""Example code that mypy checks: the public API is typed as the documentation says. Never run."""

from collections.abc import Iterable

import cnclean
from cnclean.testing import check_laws

text: str = cnclean.clean("文", "corpus", spam=False)
report: cnclean.Report = cnclean.explain("文", recipe="web", script={"config": "s2t"})
counts: dict[str, int] = report.counts()
edits: tuple[cnclean.Edit, ...] = report.edits
span: tuple[int, int] = report.to_original(0)
page: cnclean.Page = cnclean.extract("<p>文</p>")
title: str = page.title
decoded: cnclean.Decoded = cnclean.decode(b"abc")
body: str = decoded.text
script: str = cnclean.detect_script("文").script
html: str = cnclean.prune_html("<p>文</p>")
main_text: str = cnclean.clean_html(b"<p>abc</p>")
cleaner: cnclean.Cleaner = cnclean.build("width")
names: tuple[str, ...] = cnclean.names()
recipes: tuple[str, ...] = cnclean.recipes()
pipeline: cnclean.Pipeline = cnclean.pipeline([cleaner, str.strip, "punctuation"])


class Upper:
    """A cleaner of a user's own: no base class."""

    name = "upper"
    scope = cnclean.Scope.CHAR

    def __call__(self, text: str, /) -> str:
        return text.upper()

    def edits(self, text: str, /) -> Iterable[cnclean.Edit]:
        return ()


own: cnclean.Cleaner = Upper()
nested: cnclean.Cleaner = cnclean.Pipeline([own, pipeline, cnclean.CharMap({"a": "b"})])
check_laws(nested, text)
