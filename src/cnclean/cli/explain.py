"""`cnclean explain` and `cnclean audit`: what cleaning does, for one file and for many."""

from __future__ import annotations

from pathlib import Path

import click

from cnclean.cli.console import print_audit, print_explanation, print_text
from cnclean.cli.documents import Document, Reading, documents, sample
from cnclean.cli.options import ENCODING, RECIPE, SCRIPT, chosen_pipeline, each, examples, general, settings
from cnclean.files import Output, plan_outputs, plan_pages
from cnclean.report.audit import Audit

_TEXT_FIELD = click.option(
    "--text-field",
    metavar="NAME",
    default="text",
    show_default=True,
    help="The field that holds the text in JSON Lines and Parquet.",
)


@click.command(
    epilog=examples(
        "cnclean explain page.txt",
        "cnclean explain page.txt --html page.html",
        "cnclean explain pages/ --html report/",
        "cnclean explain page.txt --json",
    )
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True))
@RECIPE
@SCRIPT
@ENCODING
@_TEXT_FIELD
@click.option("--json", "as_json", is_flag=True, help="Print the full report as JSON, one object a line.")
@click.option(
    "--html",
    "html_out",
    metavar="OUT",
    help="Write a self-contained HTML page; for several files or a folder, OUT is a folder that also gets an index.",
)
@general
def explain(
    files: tuple[str, ...],
    recipe: str,
    script: str | None,
    encoding: str | None,
    text_field: str,
    as_json: bool,
    html_out: str | None,
) -> int:
    """Print every change that cleaning each FILE (or each text file of a folder) would make, with line and reason."""
    stages = [chosen_pipeline(recipe, script, for_pages=for_pages) for for_pages in (False, True)]
    found = list(documents(files, Reading(encoding, text_field, settings().say)))
    single = len(found) == 1 and not Path(files[0]).is_dir()
    places = [document.place for document in found]
    pages = plan_outputs(files, html_out, in_place=False, suffix=".html") if single else plan_pages(places, html_out)
    totals = Audit()

    def run(item: tuple[Document, Output]) -> None:
        document, out = item
        report = stages[document.is_page].explain(document.read())
        if html_out is not None:
            out.write(report.to_html(document.name))
            if not single and out.path and out.folder:
                totals.add(document.name, report, out.path.relative_to(out.folder).as_posix())
        if as_json:
            print_text(report.to_json() + "\n")
        elif html_out is None:
            print_explanation(document.name, report)

    pairs = list(zip(found, pages, strict=True))
    on_screen = as_json or html_out in (None, "-")
    failed = each(pairs, lambda pair: pair[0].name, run, progress=None if on_screen else "explaining")
    if not single and html_out not in (None, "-"):
        Output(Path(str(html_out)) / "index.html").write(totals.to_html(f"cnclean: {', '.join(files)}"))
    return 2 if failed else 0


@click.command(
    epilog=examples(
        "cnclean audit pages/",
        "cnclean audit rows.jsonl --text-field content --sample 100 --seed 7",
        "cnclean audit pages/ -r corpus --html audit.html",
        "cnclean audit pages/ --json",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(allow_dash=True))
@RECIPE
@SCRIPT
@ENCODING
@_TEXT_FIELD
@click.option(
    "--sample",
    "number",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="How many documents, drawn at random; 0 for all.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other documents and examples.")
@click.option(
    "--examples", "per_rule", type=click.IntRange(0, 100), default=3, show_default=True, help="Examples for each rule."
)
@click.option("--json", "as_json", is_flag=True, help="Print the audit as JSON.")
@click.option("--html", "html_out", metavar="OUT", help="Write the audit as a self-contained HTML page.")
@general
def audit(
    inputs: tuple[str, ...],
    recipe: str,
    script: str | None,
    encoding: str | None,
    text_field: str,
    number: int,
    seed: int,
    per_rule: int,
    as_json: bool,
    html_out: str | None,
) -> int:
    """Print what cleaning would do to a corpus, before it is done: totals, examples, and who would lose most.

    INPUT is a text file, a file of many documents (JSON Lines, Parquet, .warc, .wet), or a folder of such files.
    All but Parquet may be compressed (.gz, .zst).
    """
    stages = [chosen_pipeline(recipe, script, for_pages=for_pages) for for_pages in (False, True)]
    chosen = sample(documents(inputs, Reading(encoding, text_field, settings().say)), number, seed)
    (page,) = plan_outputs(["audit"], html_out, in_place=False, suffix=".html")
    totals = Audit(examples=per_rule, seed=seed)

    def run(document: Document) -> None:
        totals.add(document.place, stages[document.is_page].explain(document.read()))

    failed = each(chosen, lambda document: document.name, run, progress="auditing")
    if html_out is not None:
        page.write(totals.to_html(f"cnclean audit: {', '.join(inputs)}"))
    if as_json:
        print_text(totals.to_json() + "\n")
    elif html_out is None:
        print_audit(totals)
    return 2 if failed else 0
