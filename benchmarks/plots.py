"""Plots of the results, as SVG: F by page length, repair by class and length, share of the time by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.results import read_tables
from benchmarks.tables import Table

IMAGES = Path(__file__).parents[1] / "docs" / "images"
OURS, OTHERS = "#c0392b", ("#2c5f8a", "#5b8c5a", "#8e6c9b", "#b08a3e", "#5f7d83", "#999999")
STYLE = {
    "svg.hashsalt": "cnclean",  # the same figures give the same file
    "svg.fonttype": "none",  # text stays text: small files that can be searched
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "legend.frameon": False,
    "figure.facecolor": "white",
}
SHOWN = ("trafilatura", "readability-lxml", "newspaper4k", "resiliparse", "bs4.get_text")
OF_COLUMNS = ("web pages, dirty", "Common Crawl, dirty", "weekly", "weekly, clean", "ours, dirty", "ours, clean")


def draw(results: Path, images: Path) -> Iterator[Path]:
    """Draw each plot whose figures are there; yield the files written."""
    import matplotlib as mpl

    mpl.use("svg")
    images.mkdir(parents=True, exist_ok=True)
    for name, (benchmark, title, plot) in PLOTS.items():
        table = read_tables(benchmark, results).get(title)
        if table is None:
            continue
        with mpl.rc_context(STYLE):
            figure = plot(table)
            path = images / f"{name}.svg"
            figure.savefig(path, metadata={"Date": None, "Creator": None})
        yield path


def by_length(table: Table) -> Any:
    """Draw the mean F of main text by the length of the text."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    rows = {str(row[0]): row[1:] for row in table.rows}
    pages = rows.pop("pages")
    places = range(len(pages))
    axes.plot(places, rows["cnclean"], marker="o", label="cnclean", color=OURS, linewidth=2.5, zorder=3)
    for name, colour in zip([name for name in SHOWN if name in rows], OTHERS, strict=False):
        axes.plot(places, rows[name], marker="o", label=name, color=colour, linewidth=1.3)
    spans = [head.replace(" to ", "–").replace(" and more", "–") for head in table.heads[1:]]
    labels = [f"{span}\n{count} pages" for span, count in zip(spans, pages, strict=True)]
    axes.set_xticks(places, labels, fontsize=8)
    axes.set(ylim=(0, 1.02), xlabel="characters of main text", ylabel="mean F")
    axes.set_title("Main text of HTML pages, by length", loc="left")
    figure.legend(loc="outside right center")
    return figure


def by_class(table: Table) -> Any:
    """Draw the share of mojibake that is exactly restored, a panel for each class."""
    from matplotlib.figure import Figure

    lengths = [int(head.split()[0]) for head in table.heads[2:]]
    rows = {(str(row[0]), str(row[1])): row[2:] for row in table.rows}
    classes = list(dict.fromkeys(name for name, _ in rows))
    tools = list(dict.fromkeys(tool for _, tool in rows))
    figure = Figure(figsize=(9, 9), layout="constrained")
    panels = figure.subplots(-(-len(classes) // 4), 4, sharex=True, sharey=True)
    for axes, name in zip(panels.flat, classes, strict=False):
        for tool, colour, style in zip(tools, (OURS, *OTHERS), ("-", "--", ":"), strict=False):
            axes.plot(range(len(lengths)), rows[name, tool], style, marker=".", color=colour, label=tool)
        axes.set_title(name.replace(", then ", ",\nthen "), fontsize=8)
        axes.set_xticks(range(len(lengths)), [str(length) for length in lengths])
        axes.set_ylim(-0.03, 1.05)
    for axes in panels.flat[len(classes) :]:
        axes.set_visible(False)
    figure.suptitle("Mojibake exactly restored, by length in characters")
    figure.legend(*panels.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=len(tools))
    return figure


def by_stage(table: Table) -> Any:
    """Draw the share of the time that each stage of a recipe takes, a bar for each corpus."""
    from matplotlib import colormaps
    from matplotlib.figure import Figure

    columns = [head for head in OF_COLUMNS if head in table.heads]
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    colours = colormaps["tab20"].colors
    left = [0.0] * len(columns)
    for row, colour in zip(table.rows, colours, strict=False):
        shares = [float(row[table.heads.index(head)] or 0) for head in columns]
        axes.barh(columns, shares, left=left, color=colour, label=str(row[0]))
        left = [start + share for start, share in zip(left, shares, strict=True)]
    axes.invert_yaxis()
    axes.set(xlabel="share of the time of the whole recipe", xlim=(0, max(1.0, *left)))
    axes.grid(visible=False, axis="y")
    axes.set_title("Where the time goes", loc="left")
    figure.legend(loc="outside right center", fontsize=8)
    return figure


PLOTS: dict[str, tuple[str, str, Callable[[Table], Any]]] = {
    "main-text-by-length": ("extract", "mean F by length", by_length),
    "mojibake-by-class": ("mojibake", "exactly restored", by_class),
    "time-by-stage": ("recipes", "share of each stage", by_stage),
}
