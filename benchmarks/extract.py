"""Main text of real pages: cnclean beside other extractors, quality and CPU time in one run.

Metric: the bag of character 4-grams of the text in NFKC without white space; grams of title and credit lines that are
not in the gold text count neither way. Precision, recall and F a page, unweighted means. The systems take turns page by
page, so that their CPU times compare; the ratio is to trafilatura. Those that are not installed are passed over.
`--counts` prints how many lines of chrome and content each entry of the table of cues matches that count on pages only.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import logging
import re
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from statistics import mean
from typing import Any, NamedTuple

from benchmarks.benchmark import Benchmark, Part
from benchmarks.material import rows as read_rows
from benchmarks.peers import absent
from benchmarks.tables import Cell, Skipped, Table
from cnclean.html.blocks import Outline
from cnclean.html.cues import rules, shared_cues
from cnclean.html.extract import extract
from cnclean.html.tree import parse
from cnclean.view import view_text

System = Callable[[str], str]
_NO_TEXT = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_HOST = re.compile(r"(?:canonical|og:url)[^>]*?https?://([^/\"' ]+)")
SURE = 10  # characters of a line that stands in the gold text by no accident
LENGTHS = (0, 300, 500, 1000, 2000, 5000)  # characters of gold text: where the classes of length begin
PAGES = "pages"
_ANY_HOST = re.compile(r"https?://([a-z0-9.-]+)")


class Score(NamedTuple):
    """How well one system did on one page, and what it cost."""

    precision: float
    recall: float
    f: float
    seconds: float
    gold_length: int
    type: str


def letters(text: str) -> str:
    """Return a text as the metric sees it."""
    return _NO_TEXT.sub("", unicodedata.normalize("NFKC", text))


def grams(text: str, n: int = 4) -> Counter[str]:
    """Return the bag of character n-grams of a text."""
    seen = letters(text)
    return Counter(seen[i : i + n] for i in range(max(1, len(seen) - n + 1))) if seen else Counter()


def score(text: str, gold: str, neutral: str) -> tuple[float, float, float]:
    """Return precision, recall and F of an extracted text."""
    want, free = grams(gold), Counter[str]()
    for line in neutral.split("\n"):
        free += grams(line)
    got = grams(text) - (free - want)
    hits = sum((got & want).values())
    precision, recall = hits / max(1, sum(got.values())), hits / max(1, sum(want.values()))
    return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def half_of(page: dict[str, str]) -> str:
    """Return the half that a page belongs to, by a hash of its site."""
    found = _HOST.search(page["html"])
    hosts = Counter(_ANY_HOST.findall(page["html"]))
    host = found[1] if found else max(hosts, key=lambda name: hosts[name], default=page["id"])
    labels = host.split(".")
    site = ".".join(labels[-3:] if labels[-2:-1] and labels[-2] in ("com", "org", "gov", "edu", "net") else labels[-2:])
    return "checking" if hashlib.sha1(site.encode()).digest()[0] % 2 else "tuning"


def systems(peers: list[str]) -> dict[str, System]:
    """Return cnclean and those of `peers` that are installed."""
    found: dict[str, System] = {"cnclean": lambda html: extract(html).text}
    for name in peers:
        with suppress(ImportError):
            found[name] = PEERS[name][1]()
    return found


def _trafilatura(**options: Any) -> Callable[[], System]:
    def make() -> System:
        run = import_module("trafilatura").extract
        return lambda html: run(html, include_comments=False, **options) or ""

    return make


def _readability() -> System:
    document = import_module("readability").Document
    from_string = import_module("lxml.html").fromstring
    return lambda html: str(from_string(document(html).summary()).text_content())


def _justext() -> System:
    justext = import_module("justext")
    return lambda html: "\n".join(
        paragraph.text for paragraph in justext.justext(html.encode(), frozenset()) if not paragraph.is_boilerplate
    )


def _resiliparse() -> System:
    run = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html: str(run(html, main_content=True))


def _newspaper() -> System:
    article = import_module("newspaper").Article

    def run(html: str) -> str:
        page = article("http://example.org/", language="zh", fetch_images=False)
        page.download(input_html=html)
        page.parse()
        return str(page.text)

    return run


def _goose() -> System:
    stop_words = import_module("goose3.text").StopWordsChinese
    goose = import_module("goose3").Goose({"stopwords_class": stop_words, "enable_image_fetching": False})
    return lambda html: str(goose.extract(raw_html=html).cleaned_text)


def _inscriptis() -> System:
    run: System = import_module("inscriptis").get_text
    return run


def _soup() -> System:
    soup = import_module("bs4").BeautifulSoup

    def run(html: str) -> str:
        page = soup(html, "html.parser")
        for element in page(["script", "style", "noscript", "template"]):
            element.decompose()
        return str(page.get_text("\n"))

    return run


PEERS: dict[str, tuple[str, Callable[[], System]]] = {  # what installs it, and how it is made
    "trafilatura": ("trafilatura", _trafilatura()),
    "trafilatura precision": ("trafilatura", _trafilatura(favor_precision=True)),
    "trafilatura recall": ("trafilatura", _trafilatura(favor_recall=True)),
    "readability-lxml": ("readability-lxml", _readability),
    "jusText": ("jusText", _justext),
    "resiliparse": ("resiliparse", _resiliparse),
    "newspaper4k": ("newspaper4k", _newspaper),
    "goose3": ("goose3", _goose),
    "inscriptis": ("inscriptis", _inscriptis),
    "bs4.get_text": ("beautifulsoup4", _soup),
}


def warm_up(pages: Iterable[dict[str, str]], found: dict[str, System]) -> None:
    """Let every system load what it needs, and keep that out of the search for garbage, or each pays for all others."""
    for page in pages:
        for system in found.values():
            with suppress(Exception):  # told when the page is measured
                system(page["html"])
    gc.collect()
    gc.freeze()


def run(pages: Iterable[dict[str, str]], found: dict[str, System]) -> tuple[dict[str, list[Score]], list[Skipped]]:
    """Return the scores of every system on every page, and those that raised on every page and so have no score.

    A system that raises on a page gave no text for it.
    """
    scores: dict[str, list[Score]] = {name: [] for name in found}
    errors: dict[str, list[Exception]] = {name: [] for name in found}
    pages = list(pages)
    warm_up(pages[:1], found)
    for page in pages:
        for name, system in found.items():
            start = time.process_time()
            try:
                text = system(page["html"])
            except Exception as error:  # a failure of a peer on one page is part of its result
                text = ""
                errors[name].append(error)
            seconds = time.process_time() - start
            result = score(text, page["gold"], page["neutral"])
            scores[name].append(Score(*result, seconds, len(letters(page["gold"])), page["type"]))
    broken = {name: raised[-1] for name, raised in errors.items() if len(raised) == len(scores[name])}
    sound = {name: rows for name, rows in scores.items() if name not in broken}
    return sound, [Skipped(f"{name} fails on every page: {error!r}") for name, error in broken.items()]


def table(title: str, scores: dict[str, list[Score]], pick: Callable[[Score], bool]) -> Table:
    """Return the table of the pages that `pick` takes."""
    base = mean([s.seconds for s in scores.get("trafilatura", []) if pick(s)] or [0.0])
    rows: list[Sequence[Cell]] = []
    for name, all_of_it in scores.items():
        found = [s for s in all_of_it if pick(s)]
        p, r, f, seconds = map(mean, zip(*(score[:4] for score in found), strict=True))
        good, bad = sum(score.f >= 0.95 for score in found), sum(score.f < 0.5 for score in found)
        rows.append((name, len(found), p, r, f, good, bad, seconds * 1e3, seconds / base if base else None))
    heads = ("system", PAGES, "P", "R", "mean F", "F ≥ .95", "F < .5", "CPU, ms a page", "CPU, × trafilatura")
    return Table(title, heads, rows, forms={"CPU, ms a page": ".1f", "CPU, × trafilatura": ".2f"})


def by_length(scores: dict[str, list[Score]]) -> Table:
    """Return the mean F by length of the gold text."""
    classes = list(zip(LENGTHS, (*LENGTHS[1:], 10**9), strict=True))
    sizes = [sum(low <= s.gold_length < high for s in scores["cnclean"]) for low, high in classes]
    heads = [f"{low} to {high - 1}" if high < 10**9 else f"{low} and more" for low, high in classes]
    rows: list[Sequence[Cell]] = [(PAGES, *sizes)]
    for name, found in scores.items():
        means = [[s.f for s in found if low <= s.gold_length < high] for low, high in classes]
        rows.append((name, *(mean(part) if part else None for part in means)))
    return Table("mean F by length", ("system", *heads), rows, note="By characters of the known main text.")


def count(pages: Iterable[dict[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Yield each entry of the cue table with the lines of chrome and content that it matches and no shared cue does."""
    counts = [[0, 0] for _ in rules()]
    for page in pages:
        neutral, gold = letters(page["neutral"]), letters(page["gold"])
        gold_lines = set(map(letters, page["gold"].split("\n")))
        texts = {block.text for block in Outline(parse(page["html"])).blocks if block.kind != "code"}
        lines = {text: letters(text) for text in texts if "\n" not in text}
        shared = shared_cues([line for line in lines if line])
        for line, seen in lines.items():
            if line not in shared and seen not in neutral:
                is_content = seen in gold_lines or (len(seen) >= SURE and seen in gold)
                for number, rule in enumerate(rules()):
                    counts[number][is_content] += rule.match(view_text(line).replace(" ", "")) is not None
    for rule, (chrome, content) in zip(rules(), counts, strict=True):
        yield rule.name, chrome, content


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--type", help="article, article163, forum or code")
    parser.add_argument("--half", choices=("tuning", "checking"))
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="none: cnclean alone")
    parser.add_argument("--counts", action="store_true", help="the lines that each entry of the cue table matches")


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Run every system on each page; yield one table for each kind of page, for short articles, and by length."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    pages = [
        page
        for page in read_rows(options.data / "pages" / "pages.jsonl.gz")
        if options.type in (None, page["type"]) and options.half in (None, half_of(page))
    ]
    if options.counts:
        yield Table("entries of the cue table", ("entry", "chrome", "content"), list(count(pages)))
        return
    yield from absent(*dict.fromkeys(PEERS[name][0] for name in options.peers))
    scores, skipped = run(pages, systems(options.peers))
    yield from skipped
    for kind in sorted({page["type"] for page in pages}):
        yield table(kind, scores, lambda score, kind=kind: score.type == kind)  # type: ignore[misc]
    if options.type is None:
        short = "articles under 500 characters"
        yield table(short, scores, lambda score: score.type.startswith("article") and score.gold_length < 500)
    yield by_length(scores)


BENCHMARK = Benchmark(tables, add_options=add_options)

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
