"""How long HTML reports of large documents take to make and to show.

Three large documents, made from the pages in `examples/`: those pages with unchanged stretches between them, a dense
one with a change every few characters, and one without any line break. The browser columns need Selenium and
Chromium (`pip install --group browser`, `apt-get install chromium chromium-driver`) and stay empty without them.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cnclean
from benchmarks.benchmark import Benchmark, Part
from benchmarks.tables import Cell, Skipped, Table
from cnclean.report import Report

NO_BROWSER = (
    "no browser, so the columns of showing stay empty: pip install --group browser, "
    "apt-get install chromium chromium-driver"
)
EMPTY: tuple[Cell, ...] = (None, None, None, None)
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FRAME = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))"


def documents(megabytes: float) -> Iterator[tuple[str, Report]]:
    """Yield a name and a report for each document."""
    pages = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    sound = "".join(f"{cnclean.clean(page)}\n" for page in pages)
    mixed = "".join(f"{page}\n{sound * 3}" for page in pages)
    dense = "".join(line for line in pages[0].splitlines(keepends=True) if line.count("(") > 5)
    one_line = "".join(pages).replace("\r", "").replace("\n", " ")
    for name, text, recipe in (
        ("mixed", mixed, "web"),
        ("dense", dense, "web"),
        ("one line", one_line, "minimal"),
    ):
        times = int(megabytes * 1e6) // len(text.encode()) + 1
        yield name, cnclean.explain(text * times, recipe)


def browser() -> Any:
    """Return a headless browser, or None where there is none."""
    try:
        from selenium import webdriver
    except ImportError:
        return None
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        return None
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


def shown(page: Path) -> tuple[float, ...] | None:
    """Return the seconds until first paint, until loaded, for a jump to the last change, and for a switch."""
    window = browser()
    if window is None:
        return None
    try:
        window.get(page.as_uri())
        paint, load = window.execute_script(
            "return [performance.getEntriesByName('first-contentful-paint')[0].startTime,"
            " performance.timing.loadEventEnd - performance.timing.navigationStart]"
        )
        times = [paint / 1000, load / 1000]
        for selector in ("#previous", "[data-cleaner]"):
            start = time.perf_counter()
            window.execute_script(f"document.querySelector({selector!r}).click()")
            window.execute_async_script(FRAME)
            times.append(time.perf_counter() - start)
        return tuple(times)
    finally:
        window.quit()


def tables(options: argparse.Namespace) -> Iterator[Part]:
    """Yield the table."""
    rows: list[tuple[Cell, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, report in documents(options.megabytes):
            start = time.process_time()
            html = report.to_html(name)
            seconds = time.process_time() - start
            page = Path(folder, "page.html")
            page.write_text(html, encoding="utf-8")
            times = shown(page)
            size = len(html.encode()) / 1e6
            rows.append((name, len(report.edits), seconds, size, *(times or EMPTY)))
    if times is None:
        yield Skipped(NO_BROWSER)
    shows = ("first paint, s", "loaded, s", "jump to the last change, s", "switch off, s")
    yield Table("report", ("document", "edits", "to make, s of CPU", "page, MB", *shows), rows, form=".1f")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what can be chosen."""
    parser.add_argument("--megabytes", type=float, default=2, help="size of each document")


BENCHMARK = Benchmark(tables, "unused", add_options, {"megabytes": 0.2})

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
