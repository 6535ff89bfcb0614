"""How much site chrome goes from extracted text, and how much content with it.

Three sets of labelled lines: all visible
lines of pages, and what two extractors leave of them; and the seed pages beside the data folder. For each page the
characters of content and chrome that a filter keeps are counted; the table gives means over pages, for the half of
the pages that the weights were tuned on, for the other half, and for all. `--counts` prints how many lines of chrome
and content each entry of the cue table matches. jusText takes part where it is installed. The other table of site
chrome, that of whole HTML pages, is `benchmarks.extract`.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import escape
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from benchmarks.benchmark import Benchmark, Part
from benchmarks.material import rows as read_rows
from benchmarks.peers import absent, is_there
from benchmarks.tables import Table
from cnclean.cleaners.site_chrome import SiteChrome
from cnclean.cleaners.site_chrome.alone import tighten
from cnclean.cleaners.site_chrome.cues import cues
from cnclean.cleaners.site_chrome.menus import find_menu
from cnclean.view import view

SETS = ("full_page", "resiliparse_output", "trafilatura_output")
SEEDS = "seeds"
CONTENT, CHROME, NEUTRAL = 1, 0, -1
HALVES = ("tuned", "checked", "all")

# Lines of the seed pages, counted from one: site chrome, and what may go or stay (credits, advertising).
SEED_CHROME = {
    "000": [1, 4, 168, *range(170, 175), 176, 178],
    "001": [],
    "002": [3, 9, *range(57, 63)],
    "003": [3, 4, 12, 26, 42, 84, 118, *range(138, 148)],
    "004": [1, 2, 3, 4, 7, 9, 33, 45, *range(64, 92)],
}
SEED_NEUTRAL = {"000": [166], "001": [1, 2, 35]}
FUNCTION = frozenset(
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会与及对把被从但而或其所之于因更最将已还都可能并等"
)
HAN = re.compile("[\u3400-\u9fff]")

Filter = Callable[[list[str]], Iterable[int]]


class LabelledPage(NamedTuple):
    """The lines of a page and what they are."""

    name: str
    lines: list[str]
    labels: list[int]

    @property
    def tuned(self) -> bool:
        """Whether the page belongs to the half that weights were tuned on."""
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2 == 0


class Score(NamedTuple):
    """One filter on one page: F of the content, content lost, chrome removed (None where there is none)."""

    f: float
    lost: float
    removed: float | None


def pages(data: Path, name: str) -> list[LabelledPage]:
    """Return the pages of one set."""
    if name == SEEDS:
        return [_seed(path) for path in sorted((data.parent / SEEDS).glob("*.txt"))]
    found = []
    for row in read_rows(data / "lines" / f"{name}.jsonl.gz"):
        labelled = [(line["t"].replace("\n", " "), line["y"]) for line in row["lines"] if line["t"].strip()]
        found.append(LabelledPage(row["id"], [text for text, _ in labelled], [label for _, label in labelled]))
    return found


def _seed(path: Path) -> LabelledPage:
    name = path.name[:3]
    lines, labels = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            lines.append(line)
            neutral = number in SEED_NEUTRAL.get(name, ())
            labels.append(NEUTRAL if neutral else CHROME if number in SEED_CHROME[name] else CONTENT)
    return LabelledPage(path.name, lines, labels)


def kept_by(cleaner: SiteChrome, lines: list[str]) -> Iterator[int]:
    """Yield the places of the lines that a cleaner keeps."""
    text = "\n".join(lines)
    gone = {edit.start for edit in cleaner.edits(text) if not edit.is_flag(text)}
    start = 0
    for place, line in enumerate(lines):
        if start not in gone:
            yield place
        start += len(line) + 1


def kept_by_justext(lines: list[str]) -> list[int]:
    """Return what jusText keeps: lines as paragraphs, characters spaced, the best of four settings."""
    import justext  # type: ignore[import-not-found, unused-ignore]

    markup = "".join(f"<p>{escape(' '.join(line))}</p>" for line in lines)
    found = justext.justext(markup, FUNCTION, length_low=40, length_high=140, stopwords_low=0.05, stopwords_high=0.1)
    kept = {paragraph.text for paragraph in found if not paragraph.is_boilerplate}
    return [place for place, line in enumerate(lines) if " ".join(" ".join(line).split()) in kept]


def filters() -> dict[str, Filter]:
    """Return all filters by name."""
    found: dict[str, Filter] = {
        "keep all": lambda lines: range(len(lines)),
        "terminal punctuation": partial(_keep, lambda line: line[-1] in '。！？!?….”"」'),
        "C4-like line rule": partial(_keep, lambda line: len(line) >= 5 and line[-1] in "。！？…”："),
        "10 Han or more": partial(_keep, lambda line: len(HAN.findall(line)) >= 10),
    }
    if is_there("jusText"):
        found["jusText, characters spaced"] = kept_by_justext
    found["site-chrome, cues"] = partial(kept_by, SiteChrome("cues"))
    found["site-chrome, article"] = partial(kept_by, SiteChrome("article"))
    return found


def _keep(rule: Callable[[str], bool], lines: list[str]) -> list[int]:
    return [place for place, line in enumerate(lines) if rule(line)]


def score(page: LabelledPage, kept: set[int]) -> Score:
    """Return how well a filter did on a page."""
    sizes = dict.fromkeys((CONTENT, CHROME), 0)
    left = dict(sizes)
    for place, (line, label) in enumerate(zip(page.lines, page.labels, strict=True)):
        if label in sizes:
            sizes[label] += len(line)
            left[label] += len(line) if place in kept else 0
    total = left[CONTENT] + left[CHROME]
    precision = left[CONTENT] / total if total else 0.0
    recall = left[CONTENT] / sizes[CONTENT] if sizes[CONTENT] else 1.0
    f = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(f, 1 - recall, 1 - left[CHROME] / sizes[CHROME] if sizes[CHROME] else None)


def measure(data: Path) -> Iterator[tuple[str, str, dict[str, Score], float]]:
    """Yield set, filter, mean scores by half, and CPU seconds; the filters take turns page by page."""
    for name in (*SETS, SEEDS):
        if not (table := pages(data, name)):
            continue
        results: dict[str, list[Score]] = {title: [] for title in filters()}
        seconds = dict.fromkeys(results, 0.0)
        for page in table:
            for title, keep in filters().items():
                begun = time.process_time()
                kept = set(keep(page.lines))
                seconds[title] += time.process_time() - begun
                results[title].append(score(page, kept))
        for title, scores in results.items():
            halves = {half: [s for s, page in zip(scores, table, strict=True) if _is_of(page, half)] for half in HALVES}
            means = {half: Score(*map(_mean, zip(*part, strict=True))) for half, part in halves.items()}
            yield name, title, means, seconds[title]


def _mean(values: Iterable[float | None]) -> float:
    return mean(value for value in values if value is not None)


def _is_of(page: LabelledPage, half: str) -> bool:
    return half == "all" or page.tuned == (half == "tuned")


def count(data: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each entry of the cue table with the lines of chrome and of content that it matches."""
    seen = [
        (view(line).text.strip(), label)
        for name in SETS
        for page in pages(data, name)
        for line, label in zip(page.lines, page.labels, strict=True)
    ]
    menu = [label for text, label in seen if find_menu(text) is not None]
    yield "menu", menu.count(CHROME), menu.count(CONTENT)
    for cue in cues():
        matched = [label for text, label in seen if cue.match(tighten(text)) is not None]
        yield cue.name, matched.count(CHROME), matched.count(CONTENT)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--counts", action="store_true", help="the lines that each entry of the cue table matches")


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the table of the line sets, or the counts."""
    if options.counts:
        yield Table("entries of the cue table", ("entry", "chrome", "content"), list(count(options.data)))
        return
    yield from absent("jusText")
    rows = []
    for name, title, scores, seconds in (measured := list(measure(options.data))):
        base = next(s for n, t, _, s in measured if (n, t) == (name, "site-chrome, cues"))
        halves = [scores[half] for half in HALVES]
        removed = [100 * (score.removed or 0) for score in halves]
        cells = (*(score.f for score in halves), *(100 * score.lost for score in halves), *removed)
        rows.append((name, title, *cells, seconds / base))
    parts = [f"{figure} {half}" for figure in ("F", "lost %", "removed %") for half in HALVES]
    forms = dict.fromkeys(parts[3:6], ".2f") | dict.fromkeys(parts[6:], ".1f") | {"CPU, × cues": ".2f"}
    note = "F of the content, content lost, chrome removed; on the half tuned on, on the half to check, on all pages."
    yield Table("lines", ("lines", "filter", *parts, "CPU, × cues"), rows, keys=2, forms=forms, note=note)


BENCHMARK = Benchmark(tables, add_options=add_options)

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
