"""The README's table of figures: what cnclean reaches and what the best peer reaches, each with its command."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import BETWEEN

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- figures:begin -->\n", "<!-- figures:end -->"
DATA = " --data FOLDER"


@dataclass(frozen=True)
class Row:
    """One figure; `*` in the pattern stands for the tool, `tool` is ours. A ratio has no `*`, but says to whom."""

    job: str
    figure: str
    pattern: str
    tool: str = "cnclean"
    form: str = ".3f"
    fewer_is_better: bool = False
    peer: str = ""

    @property
    def ours(self) -> str:
        """The name of our figure."""
        return self.pattern.replace("*", self.tool)

    def best_peer(self, figures: Mapping[str, int | float]) -> str:
        """Return the best figure of the others, and whose it is."""
        pattern = re.compile(re.escape(self.pattern).replace(r"\*", "(.+)"))
        matches = {match: value for name, value in figures.items() if (match := pattern.fullmatch(name))}
        others = {match[1]: value for match, value in matches.items() if not _is_ours(match[1])}
        if not others:
            return "–"
        best = (min if self.fewer_is_better else max)(others, key=lambda tool: others[tool])
        return f"{format(others[best], self.form)} ({best})"

    def markdown(self, figures: Mapping[str, int | float]) -> str:
        """Return the row."""
        value = format(figures[self.ours], self.form) if self.ours in figures else "–"
        peer = self.peer or self.best_peer(figures)
        command = f"`python -m benchmarks {self.pattern.split(BETWEEN)[0]}{DATA}`"
        return f"| {self.job} | {self.figure} | {value} | {peer} | {command} |"


def _is_ours(tool: str) -> bool:
    return tool.startswith(("cnclean", "site-chrome"))


ROWS = (
    Row("main text of articles", "mean F", "extract > article > * > mean F"),
    Row("main text of forum threads", "mean F", "extract > forum > * > mean F"),
    Row(
        "chrome left in extracted text",
        "mean F of the content",
        "chrome > lines > resiliparse_output > * > F all",
        "site-chrome, article",
    ),
    Row(
        "mojibake of 8 characters, 15 classes",
        "exactly restored",
        "mojibake > exactly restored > mean of the classes > * > 8 characters",
    ),
    Row("GB18030, 4 characters", "read rightly", "decode > read rightly > GB18030, Simplified > * > 4 characters"),
    Row(
        "script, Taiwan literature",
        "errors in 10,000 Han",
        "script > accuracy > * > tw_lit",
        form=".1f",
        fewer_is_better=True,
    ),
    Row(
        "script, twice",
        "dictionary entries changed again",
        "script > twice is once > * > s2tw: changed again",
        form=",",
        fewer_is_better=True,
    ),
    Row(
        "half-width punctuation",
        "recall, at a precision over .998",
        "punctuation > marks restored > weekly > checking > * > recall",
    ),
    Row(
        "advertising lines of novel sites",
        "removed",
        "spam > advertising removed > spam_novel_ads > * > single lines",
    ),
    Row(
        "sound texts, of 39,400",
        "changed by the spam filter",
        "spam > sound texts changed > all > changed by *",
        form=",",
        fewer_is_better=True,
    ),
    Row(
        "dirty web pages, recipe `corpus`",
        "speed, × ftfy.fix_text",
        "recipes > beside peers > web pages, dirty > × ftfy.fix_text",
        form=".1f",
        peer="1",
    ),
    Row(
        "clean text, recipe `corpus`",
        "speed, × ftfy.fix_text",
        "recipes > beside peers > weekly, clean > × ftfy.fix_text",
        form=".1f",
        peer="1",
    ),
)


def patterns() -> list[str]:
    """Return the names of the figures that the table needs, with `*` for the tools."""
    return [row.pattern for row in ROWS]


def table(figures: Mapping[str, int | float]) -> str:
    """Return the table as Markdown."""
    head = "| job | figure | cnclean | best peer | command |\n|---|---|---:|---:|---|\n"
    return head + "".join(f"{row.markdown(figures)}\n" for row in ROWS)


def filled(readme: str, figures: Mapping[str, int | float]) -> str:
    """Return the README with the table between its two marks."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README has no lines {BEGIN.strip()} and {END}")
    return f"{before}{begin}{table(figures)}{end}{after}"
