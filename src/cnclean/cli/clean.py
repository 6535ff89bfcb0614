"""`cnclean clean` and `cnclean html`: cleaned text out."""

from __future__ import annotations

from typing import Any

import click

from cnclean.api import clean_html
from cnclean.cli.console import print_diff, summary
from cnclean.cli.options import ENCODING, FILES, RECIPE, SCRIPT, chosen_pipeline, each, examples, general, settings
from cnclean.files import Output, plan_outputs, read_bytes, read_text
from cnclean.html.prune import prune_html


@click.command(
    epilog=examples(
        "cnclean clean page.txt",
        "cnclean clean page.txt -r corpus -o clean.txt",
        "cnclean clean page.txt other.txt -o cleaned/",
        "cnclean clean --diff page.txt",
        "cnclean clean --in-place --quiet page.txt",
        "cnclean clean --check page.txt",
    )
)
@FILES
@RECIPE
@SCRIPT
@ENCODING
@click.option("-o", "--output", metavar="OUT", help="Write to this file (one input) or into this folder (several).")
@click.option("--in-place", is_flag=True, help="Write each cleaned text back to its file.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Print the changes as a unified diff instead of the text.")
@general
def clean(
    files: tuple[str, ...],
    recipe: str,
    script: str | None,
    encoding: str | None,
    output: str | None,
    in_place: bool,
    check: bool,
    diff: bool,
) -> int:
    """Print the cleaned text of each FILE; a short summary of the changes goes to standard error."""
    if (output is not None) + in_place + check > 1 or (diff and (output or in_place)):
        raise click.UsageError("choose one of --output, --in-place and --check; --diff writes no files")
    stages = chosen_pipeline(recipe, script)
    outputs = plan_outputs(files, output, in_place=in_place)
    say = settings().say
    changed = 0

    def run(item: tuple[str, Output]) -> None:
        nonlocal changed
        name, out = item
        report = stages.explain(read_text(name, encoding, say))
        changed += report.text != report.original
        if diff:
            print_diff(report.diff(name))
        elif not check:
            out.write(report.text)
        say(summary(name, report, check=check))

    on_screen = diff or (output in (None, "-") and not in_place and not check)
    pairs = list(zip(files, outputs, strict=True))
    failed = each(pairs, lambda pair: pair[0], run, progress=None if on_screen else "cleaning")
    return 2 if failed else int(check and changed > 0)


@click.command("html", epilog=examples("cnclean html page.html", "cnclean html --prune page.html -o pruned.html"))
@FILES
@RECIPE
@SCRIPT
@ENCODING
@click.option("--prune", is_flag=True, help="Print HTML without site chrome instead of the cleaned main text.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file (one input) or into this folder (several).")
@general
def html_command(
    files: tuple[str, ...], recipe: str, script: str | None, encoding: str | None, prune: bool, output: str | None
) -> int:
    """Print the cleaned main text of each HTML FILE."""
    chosen_pipeline(recipe, script)  # wrong names fail before the first file
    outputs = plan_outputs(files, output, in_place=False, suffix=".html" if prune else ".txt")
    overrides: dict[str, Any] = {"script": script} if script else {}
    say = settings().say

    def run(item: tuple[str, Output]) -> None:
        name, out = item
        page: str | bytes = read_text(name, encoding, say) if encoding or prune else read_bytes(name)
        text = prune_html(str(page)) if prune else clean_html(page, recipe, **overrides)
        out.write(text if text.endswith("\n") or not text else text + "\n")

    pairs = list(zip(files, outputs, strict=True))
    failed = each(pairs, lambda pair: pair[0], run, progress=None if output in (None, "-") else "cleaning")
    return 2 if failed else 0
