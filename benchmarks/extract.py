"""Main text of real pages: cnclean beside other extractors, quality and CPU time in one run.

    python -m benchmarks.extract [--data ../shared/eval] [--type article] [--half tuning|checking] [--peers NAME …]

Metric: the bag of character 4-grams of the text in NFKC without white space; grams of title and credit lines that are
not in the gold text count neither way. Precision, recall and F a page, unweighted means. The systems take turns page by
page, so that their CPU times compare; the ratio is to trafilatura. Those that are not installed are passed over.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
import re
import time
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from cnclean.html.extract import extract

System = Callable[[str], str]
_NO_TEXT = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_HOST = re.compile(r"(?:canonical|og:url)[^>]*?https?://([^/\"' ]+)")
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
        try:
            found[name] = PEERS[name]()
        except ImportError:
            print(f"not installed: {name}")
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


PEERS: dict[str, Callable[[], System]] = {
    "trafilatura": _trafilatura(),
    "trafilatura precision": _trafilatura(favor_precision=True),
    "trafilatura recall": _trafilatura(favor_recall=True),
    "readability-lxml": _readability,
    "jusText": _justext,
    "resiliparse": _resiliparse,
    "newspaper4k": _newspaper,
    "goose3": _goose,
    "inscriptis": _inscriptis,
    "bs4.get_text": _soup,
}


def run(pages: Iterable[dict[str, str]], found: dict[str, System]) -> dict[str, list[Score]]:
    """Return the scores of every system on every page; a system that raises gave no text."""
    scores: dict[str, list[Score]] = {name: [] for name in found}
    for page in pages:
        for name, system in found.items():
            start = time.process_time()
            try:
                text = system(page["html"])
            except Exception:  # a failure of a peer on one page is part of its result
                text = ""
            seconds = time.process_time() - start
            result = score(text, page["gold"], page["neutral"])
            scores[name].append(Score(*result, seconds, len(letters(page["gold"])), page["type"]))
    return scores


def table(scores: dict[str, list[Score]], pick: Callable[[Score], bool]) -> Iterator[str]:
    """Yield the lines of a Markdown table of the pages that `pick` takes."""
    yield "| system | pages | P | R | mean F | F >= .95 | F < .5 | CPU ms a page | x trafilatura |"
    yield "|---|---|---|---|---|---|---|---|---|"
    base = mean([s.seconds for s in scores.get("trafilatura", []) if pick(s)] or [0.0])
    for name, all_of_it in scores.items():
        rows = [s for s in all_of_it if pick(s)]
        if not rows:
            continue
        p, r, f, seconds = (mean(row[i] for row in rows) for i in range(4))
        good, bad = sum(row.f >= 0.95 for row in rows), sum(row.f < 0.5 for row in rows)
        ratio = f"{seconds / base:.2f}" if base else "-"
        cells = [name, len(rows), f"{p:.3f}", f"{r:.3f}", f"{f:.3f}", good, bad, f"{seconds * 1e3:.1f}", ratio]
        yield f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Read the pages, run every system on each, print one table for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    parser.add_argument("--type", help="article, article163, forum or code")
    parser.add_argument("--half", choices=("tuning", "checking"))
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="none: cnclean alone")
    arguments = parser.parse_args()
    pages = read_pages(arguments.data)
    if arguments.type:
        pages = [page for page in pages if page["type"] == arguments.type]
    if arguments.half:
        pages = [page for page in pages if half_of(page) == arguments.half]
    print_tables(pages, arguments.peers)


def read_pages(data: Path) -> list[dict[str, str]]:
    """Return the real pages of the evaluation data."""
    with gzip.open(data / "pages" / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def print_tables(pages: list[dict[str, str]], peers: list[str]) -> None:
    """Run every system on each page and print a table for each kind of page."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    scores = run(pages, systems(peers))
    for kind in sorted({page["type"] for page in pages}):
        print(f"\n{kind}\n")
        print("\n".join(table(scores, lambda row, kind=kind: row.type == kind)))  # type: ignore[misc]
    print("\narticles under 500 characters\n")
    print("\n".join(table(scores, lambda row: row.type.startswith("article") and row.gold_length < 500)))


if __name__ == "__main__":
    main()
