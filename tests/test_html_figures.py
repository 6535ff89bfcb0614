"""Floors under the figures on real pages, which are only read where they are: nothing of them is kept here."""

from __future__ import annotations

from statistics import mean

import pytest

from benchmarks import floors
from benchmarks.extract import letters, score
from cnclean.html.extract import extract
from cnclean.html.prune import prune_html
from tests.evaluation import needs_shared, records

pytestmark = [pytest.mark.slow, needs_shared]
SHORT = 500


@pytest.fixture(scope="module")
def pages() -> list[dict[str, str]]:
    return records("pages/pages")


@pytest.fixture(scope="module")
def scores(pages: list[dict[str, str]]) -> list[tuple[str, int, float, float]]:
    """Type, length of the gold text, precision and F of every page."""
    rows = []
    for page in pages:
        precision, _, f = score(extract(page["html"]).text, page["gold"], page["neutral"])
        rows.append((page["type"], len(letters(page["gold"])), precision, f))
    return rows


def holds(kind: str, figure: str, value: float) -> bool:
    return floors.read().entries[f"extract > {kind} > cnclean > {figure}"].holds(value)


def test_articles(scores: list[tuple[str, int, float, float]]) -> None:
    rows = [row for row in scores if row[0] == "article"]
    assert holds("article", "P", mean(row[2] for row in rows))
    assert holds("article", "F < .5", sum(row[3] < 0.5 for row in rows))


def test_short_articles(scores: list[tuple[str, int, float, float]]) -> None:
    rows = [row for row in scores if row[0].startswith("article") and row[1] < SHORT]
    assert holds(f"articles under {SHORT} characters", "mean F", mean(row[3] for row in rows))


@pytest.mark.parametrize("kind", ["article", "article163", "forum", "code"])
def test_all_kinds(scores: list[tuple[str, int, float, float]], kind: str) -> None:
    assert holds(kind, "mean F", mean(row[3] for row in scores if row[0] == kind))


def test_kinds_are_told_apart(pages: list[dict[str, str]]) -> None:
    wrong = [page["id"] for page in pages if (extract(page["html"]).kind == "forum") != (page["type"] == "forum")]
    assert len(wrong) <= 0.03 * len(pages)


def test_pruning_twice_is_pruning_once(pages: list[dict[str, str]]) -> None:
    for page in pages:
        once = prune_html(page["html"])
        assert prune_html(once) == once, page["id"]
