"""The command line: arguments in, the functions of the library called, text out.

Cleaned text goes to standard output, everything about it to standard error. Exit codes: 0 done, 1 `--check` found a
file that would change, 2 wrong usage or an input or output error.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from cnclean.api import clean_html
from cnclean.console import explanation, note, summary, table
from cnclean.errors import CncleanError, ConvergenceWarning
from cnclean.files import Output, explain_failure, plan_outputs, read_bytes, read_text
from cnclean.html.prune import prune_html
from cnclean.pipeline import Pipeline
from cnclean.recipe import load_recipe, pipeline, recipes
from cnclean.registry import names
from cnclean.registry import summary as cleaner_summary

_RECIPE = click.option(
    "-r", "--recipe", default="web", show_default=True, help="Recipe: a name, or a path to a TOML file."
)
_SCRIPT = click.option("--script", metavar="CONFIG", help="Convert the script too, for example t2s or s2twp.")
_ENCODING = click.option(
    "--encoding", metavar="NAME", help="The encoding of the input; without it UTF-8, or found out."
)
_FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cnclean")
def cli() -> None:
    """Clean Chinese web text: repair it, remove advertising and site chrome, and say what was changed and why.

    FILE may be - for standard input. Text out is UTF-8.
    """


@cli.command()
@_FILES
@_RECIPE
@_SCRIPT
@_ENCODING
@click.option("-o", "--output", metavar="OUT", help="Write to this file (one input) or into this folder (several).")
@click.option("--in-place", is_flag=True, help="Write each cleaned text back to its file.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Print the changes as a unified diff instead of the text.")
def clean(
    files: tuple[str, ...],
    recipe: str,
    script: str | None,
    encoding: str | None,
    output: str | None,
    in_place: bool,
    check: bool,
    diff: bool,
) -> None:
    """Print the cleaned text of each FILE; a short summary of the changes goes to standard error."""
    if (output is not None) + in_place + check > 1 or (diff and (output or in_place)):
        raise click.UsageError("choose one of --output, --in-place and --check; --diff writes no files")
    stages = _pipeline(recipe, script)
    outputs = plan_outputs(files, output, in_place=in_place)
    changed = 0

    def run(name: str, out: Output) -> None:
        nonlocal changed
        report = stages.explain(read_text(name, encoding, note))
        changed += report.text != report.original
        if diff:
            Output(None).write(report.diff(name))
        elif not check:
            out.write(report.text)
        note(summary(name, report, check=check))

    failed = _each(files, outputs, run)
    sys.exit(2 if failed else int(check and changed > 0))


@cli.command()
@_FILES
@_RECIPE
@_SCRIPT
@_ENCODING
@click.option("--json", "as_json", is_flag=True, help="Print the full report as JSON, one object a line.")
@click.option("--html", "html_out", metavar="OUT", help="Write the report as a self-contained HTML page.")
def explain(
    files: tuple[str, ...], recipe: str, script: str | None, encoding: str | None, as_json: bool, html_out: str | None
) -> None:
    """Print every change that cleaning FILE would make, with line, rule and reason."""
    stages = _pipeline(recipe, script)
    pages = plan_outputs(files, html_out, in_place=False, suffix=".html")

    def run(name: str, out: Output) -> None:
        report = stages.explain(read_text(name, encoding, note))
        if html_out is not None:
            out.write(report.to_html(name))
        if as_json:
            click.echo(report.to_json())
        elif html_out is None:
            click.echo(explanation(name, report), nl=False)

    sys.exit(2 if _each(files, pages, run) else 0)


@cli.command("html")
@_FILES
@_RECIPE
@_SCRIPT
@_ENCODING
@click.option("--prune", is_flag=True, help="Print HTML without site chrome instead of the cleaned main text.")
@click.option("-o", "--output", metavar="OUT", help="Write to this file (one input) or into this folder (several).")
def html_command(
    files: tuple[str, ...], recipe: str, script: str | None, encoding: str | None, prune: bool, output: str | None
) -> None:
    """Print the cleaned main text of each HTML FILE."""
    _pipeline(recipe, script)  # wrong names fail before the first file
    outputs = plan_outputs(files, output, in_place=False, suffix=".html" if prune else ".txt")
    overrides: dict[str, Any] = {"script": script} if script else {}

    def run(name: str, out: Output) -> None:
        page: str | bytes = read_text(name, encoding, note) if encoding or prune else read_bytes(name)
        text = prune_html(str(page)) if prune else clean_html(page, recipe, **overrides)
        out.write(text if text.endswith("\n") or not text else text + "\n")

    sys.exit(2 if _each(files, outputs, run) else 0)


@cli.command("list")
def list_command() -> None:
    """List the recipes and the cleaners."""
    click.echo("Recipes (cnclean show NAME prints one)")
    click.echo(table([(name, load_recipe(name).about) for name in recipes()]), nl=False)
    click.echo("\nCleaners, in the order in which the recipes run them")
    click.echo(table([(name, cleaner_summary(name)) for name in names()]), nl=False)


@cli.command()
@click.argument("recipe")
def show(recipe: str) -> None:
    """Print the stages of RECIPE (a name or a path), with their options and what each is for."""
    loaded = load_recipe(recipe)
    click.echo(f"{loaded.name}: {loaded.about}")
    rows = []
    for stage in loaded.stages:
        shown = ", ".join(f"{key} = {value!r}" for key, value in stage.options)
        rows.append(
            (
                stage.use if stage.on else f"({stage.use})",
                shown or ("off" if not stage.on else ""),
                cleaner_summary(stage.use),
            )
        )
    click.echo(table(rows), nl=False)


def _pipeline(recipe: str, script: str | None) -> Pipeline:
    return pipeline(recipe, **({"script": script} if script else {}))


def _each(files: Sequence[str], outputs: Sequence[Output], run: Callable[[str, Output], None]) -> bool:
    """Call `run` for each file; a failure costs one line and that file, not the others. Return whether any failed."""
    failed = False
    for name, out in zip(files, outputs, strict=True):
        try:
            run(name, out)
        except BrokenPipeError:
            raise
        except (CncleanError, OSError) as error:
            note(f"cnclean: {explain_failure(name, error)}")
            failed = True
    return failed


@contextmanager
def _failures_as_sentences() -> Iterator[None]:
    """One clear line instead of a traceback; a reader that closes the pipe early is no failure."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the summary says it, with the file's name
            yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more can be flushed there
        sys.exit(0)
    except (CncleanError, OSError) as error:
        note(f"cnclean: {error}")
        sys.exit(2)


def main() -> None:
    """Run the command line; the console script `cnclean` and `python -m cnclean` call this."""
    with _failures_as_sentences():
        cli(prog_name="cnclean")
