"""Example code that mypy and pyright check: the public API is typed as the documentation says. Never run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_type

import cnclean
from cnclean.cleaners.annotations import Annotations
from cnclean.cleaners.blank_lines import BlankLines
from cnclean.cleaners.entities import Entities
from cnclean.cleaners.escapes import Escapes
from cnclean.cleaners.invisibles import Invisibles
from cnclean.cleaners.line_endings import LineEndings
from cnclean.cleaners.mojibake import Mojibake
from cnclean.cleaners.punctuation import Punctuation
from cnclean.cleaners.script import Script
from cnclean.cleaners.site_chrome import SiteChrome
from cnclean.cleaners.spam import Spam
from cnclean.cleaners.unicode_form import UnicodeForm
from cnclean.cleaners.whitespace import Whitespace
from cnclean.cleaners.width import Width
from cnclean.corpus.run import Result, clean_corpus
from cnclean.testing import check_laws

# Text in, text out; recipes are names, files, pipelines or stages.
assert_type(cnclean.clean("文", "corpus", spam=False), str)
assert_type(cnclean.clean("文", Path("own.toml"), site_chrome="article", script={"config": "s2t"}), str)
assert_type(cnclean.clean_html(b"<p>abc</p>", recipe="rag"), str)
assert_type(cnclean.names(), tuple[str, ...])
assert_type(cnclean.recipes(), tuple[str, ...])


def cleaned(texts: Iterable[str], recipe: cnclean.RecipeLike = "web") -> Iterator[str]:
    """Pass a recipe of any kind on, as a wrapper of a user's own does."""
    pipeline = cnclean.pipeline(recipe, punctuation=False)
    assert_type(pipeline, cnclean.Pipeline)
    return map(pipeline, texts)


cleaned(["文"], recipe=["width", str.strip, cnclean.build("punctuation")])


# A report: edits and flags with their evidence, the lines that changed, places both ways.
def account(report: cnclean.Report) -> tuple[list[str], Mapping[str, int]]:
    """Tell what a report holds."""
    told: list[str] = [f"{edit.start}-{edit.end} {edit.new} {edit.note}" for edit in (*report.edits, *report.flags)]
    evidence: list[cnclean.Evidence] = [item for edit in report.edits for item in edit.evidence]
    told.extend(f"{item.feature} {item.weight:.1f} {item.matched}" for item in evidence)
    changes: list[cnclean.LineChange] = report.lines()
    told.extend(f"{line.number} {line.before} {line.after} {', '.join(line.rules)}" for line in changes)
    assert_type(report.to_original(0, 3), tuple[int, int])
    assert_type(report.converged, bool)
    return told, report.counts()


account(cnclean.explain("文", recipe="web", script="t2s"))
assert_type(cnclean.apply_edits("文", cnclean.explain("文").edits), str)

audit = cnclean.Audit(examples=2, seed=1)
audit.add("page.txt", cnclean.explain("文"))
shares: list[tuple[str, float]] = [(document.name, document.share) for document in audit.documents()]
rules: list[tuple[str, int]] = [(rule.rule, rule.edits) for rule in audit.rules()]


# HTML and bytes.
def headings(page: cnclean.Page) -> list[cnclean.TextBlock]:
    """Pick blocks of a page by kind."""
    return [block for block in page.blocks if block.kind == "heading" and block.level <= 2]


def chrome(page: cnclean.Page) -> list[cnclean.Removal]:
    """Pick what was left out of a page by rule."""
    return [removal for removal in page.removals if removal.rule != "html/no-text"]


found = cnclean.extract("<p>文</p>")
headings(found)
chrome(found)
assert_type(found.title, str)
assert_type(found.author, str | None)
assert_type(found.kind, Literal["article", "forum", "listing"])
assert_type(cnclean.prune_html("<p>文</p>"), str)
prune: cnclean.Pruner = cnclean.Pruner()
decoded: cnclean.Decoded = cnclean.decode(b"abc")
assert_type(decoded.text, str)
assert_type(decoded.encoding, str)
script: cnclean.DetectedScript = cnclean.detect_script("文")
assert_type(script.script, str)


# Built-in cleaners by their classes, which know their options.
spam = Spam(level="strict")
assert_type(spam.name, str)
assert_type(spam.scope, cnclean.Scope)
every: tuple[cnclean.Cleaner, ...] = (
    LineEndings(),
    Entities(),
    Escapes(),
    Mojibake(),
    Invisibles(),
    Annotations(ruby="strip"),
    Width(),
    UnicodeForm(),
    Punctuation(),
    spam,
    SiteChrome(mode="article"),
    Script(config="s2twp", assume="source", segment="opencc"),
    Whitespace(keep_indent="none"),
    BlankLines(),
)
assert_type(cnclean.Pipeline((Spam(), Mojibake()))("文"), str)
assert_type(cnclean.clean("文", [Width(), spam, str.strip]), str)
cnclean.Pipeline(every, max_passes=4)
check_laws(SiteChrome(), "文")


# A cleaner of a user's own: a class without a base class, or a shape around a function.
@dataclass(frozen=True)
class PageNumbers:
    """A class with options, as the built-in ones are."""

    word: str = "页"
    name = "page-numbers"
    scope = cnclean.Scope.LINE
    whole_text = True

    def __call__(self, text: str, /) -> str:
        """Return the text without its page numbers."""
        return cnclean.apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[cnclean.Edit]:
        """Yield one edit for each line that is nothing else."""
        at = 0
        for line in text.splitlines(keepends=True):
            if line.strip() == self.word:
                yield cnclean.Edit(at, at + len(line), "", ("page-numbers/line",))
            at += len(line)


class Upper:
    """A table of characters, written out."""

    name = "upper"
    scope = cnclean.Scope.CHAR

    def __call__(self, text: str, /) -> str:
        """Return the text in capitals."""
        return cnclean.apply_edits(text, self.edits(text))

    def edits(self, text: str, /) -> Iterator[cnclean.Edit]:
        """Yield one edit for each small letter."""
        for at, char in enumerate(text):
            if "a" <= char <= "z":
                yield cnclean.Edit(at, at + 1, char.upper(), ("upper",))


def advert(line: str) -> str | None:
    """Give the reason for dropping a line, or None."""
    return "advert" if line.startswith("广告") else None


function: Callable[[str], str] = str.strip
own: list[cnclean.Cleaner] = [
    Upper(),
    PageNumbers(word="頁"),
    cnclean.CharMap({"「": "“"}, name="corner-quotes"),
    cnclean.Substitution(r"【编者按】", ""),
    cnclean.LineFilter(advert, name="adverts"),
    cnclean.LineRewrite(str.rstrip),
    cnclean.Wrapped(function, cnclean.Scope.LINE),
    cnclean.EachLine(cnclean.build("spam", level="flag")),
    cnclean.pipeline("minimal"),
]
nested: cnclean.Cleaner = cnclean.Pipeline([*own, str.strip], max_passes=4)
cnclean.Pipeline((PageNumbers(), Upper(), Spam(), cnclean.LineFilter(advert), str.strip))
check_laws(nested, "文")
options: dict[str, object] = cnclean.options(nested)

# Errors of our own are also the kind that a caller expects.
try:
    cnclean.build("punctuaton")
except cnclean.CncleanError as error:
    message: str = str(error)

# A whole corpus.
result: Result = clean_corpus([Path("crawl")], "clean", "corpus", workers=2, existing="resume", text_field="text")
