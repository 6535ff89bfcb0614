"""`cnclean corpus`: whole corpora, files in and files out."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from cnclean.cli.options import RECIPE, SCRIPT, examples, general, settings
from cnclean.errors import MissingExtraError

if TYPE_CHECKING:
    from cnclean.corpus.run import Result, Seen

_BAR = 24
_EVERY_TERMINAL, _EVERY_PIPE = 0.5, 30.0


@click.command(
    epilog=examples(
        "cnclean corpus pages/ --output clean/",
        "cnclean corpus 'crawl/*.jsonl.zst' --output clean/ -r corpus --workers 8",
        "cnclean corpus CC-MAIN-*.warc.gz --output clean/ --extras --max-removed 0.6",
        "cnclean corpus pages/ --output clean/ --resume",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--output", "-o", required=True, metavar="DIR", help="Folder for the results; made if need be.")
@RECIPE
@SCRIPT
@click.option("--text-field", default="text", show_default=True, metavar="FIELD", help="The column to clean.")
@click.option("--html-field", metavar="FIELD", help="A column of HTML whose main text goes to the text column.")
@click.option("--lines", is_flag=True, help="Each line of a .txt file is a document, not the file.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that clean; without it one a core.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where to work."
)
@click.option("--address", metavar="ADDRESS", help="Ray cluster to connect to, for example auto.")
@click.option("--extras", is_flag=True, help="Add columns on each document: script, date, share removed, and more.")
@click.option("--keep-edits", is_flag=True, help="Add a column with every edit of each document.")
@click.option("--rules/--no-rules", default=True, help="Count edits by rule, which takes a little longer.")
@click.option("--drop-empty", is_flag=True, help="Leave out documents of which nothing remains.")
@click.option("--max-removed", type=click.FloatRange(0, 1), metavar="SHARE", help="Set documents apart that lose more.")
@click.option(
    "--max-characters",
    type=click.IntRange(min=1),
    metavar="N",
    help="Reject documents that are longer; without it 1,500,000.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N rows of each file.")
@click.option("--resume", is_flag=True, help="Go on with an earlier run.")
@click.option("--overwrite", is_flag=True, help="Remove what an earlier run has made, and begin anew.")
@general
def corpus(
    inputs: tuple[str, ...],
    output: str,
    recipe: str,
    script: str | None,
    resume: bool,
    overwrite: bool,
    max_characters: int | None,
    **options: Any,
) -> int:
    """Clean the files, folders and patterns INPUT into a folder: an output file for each input file.

    Reads .txt, .jsonl, .parquet, .warc and .wet (but for Parquet also with .gz and .zst). Rows that cannot be read or
    cleaned go to DIR/rejects with their place, the reason and their bytes. Stopped at any moment, a run goes on with
    --resume.
    """
    if resume and overwrite:
        raise click.UsageError("choose one of --resume and --overwrite")
    try:
        from cnclean.corpus.run import clean_corpus
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("cnclean"):
            raise
        raise MissingExtraError("cnclean corpus", "corpus") from error

    quiet = settings().quiet
    if max_characters is not None:
        options["max_characters"] = max_characters
    line = _ProgressLine()
    try:
        result = clean_corpus(
            inputs,
            output,
            recipe,
            overrides={"script": script} if script else None,
            existing="resume" if resume else "overwrite" if overwrite else "refuse",
            progress=None if quiet else line.show,
            **options,
        )
    finally:
        line.end()
    for summary in _summary(result, output):
        settings().say(summary)
    return 0


def _summary(result: Result, output: str) -> list[str]:
    stats = result.stats
    parts = [f"{stats.rows:,} rows", f"{stats.written:,} written ({stats.changed:,} changed)"]
    parts += [
        f"{count:,} {what}" for what, count in (("dropped", stats.dropped), ("for review", stats.review)) if count
    ]
    parts += [f"{stats.rejects.total():,} rejected"]
    lines = [f"{output}: {result.shards:,} files, " + ", ".join(parts)]
    if stats.rejects:
        lines.append("  rejected: " + ", ".join(f"{reason} {n:,}" for reason, n in stats.rejects.most_common()))
    if result.skipped:
        lines.append(f"  {result.skipped:,} files were done before")
    if result.left_out:
        lines.append(f"  left out, of unknown format: {len(result.left_out):,} files, first {result.left_out[0]}")
    return lines


class _ProgressLine:
    """One line on standard error: a bar, rows and bytes a second, time to go. In a pipe a new line now and then."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._start = time.monotonic()
        self._next = self._start + (_EVERY_TERMINAL if self._terminal else _EVERY_PIPE)
        self._shown = False

    def show(self, seen: Seen) -> None:
        """Show how far the run is, if it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_EVERY_TERMINAL if self._terminal else _EVERY_PIPE)
        text = progress_text(seen, now - self._start)
        sys.stderr.write(f"\r\x1b[2K{text}" if self._terminal else f"{text}\n")
        sys.stderr.flush()
        self._shown = self._terminal

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def progress_text(seen: Seen, seconds: float) -> str:
    """Return how far a run is after so many seconds.

    >>> from cnclean.corpus.run import Seen
    >>> progress_text(Seen(1, 4, 1000, 25_000_000, 100_000_000), 10)
    '██████░░░░░░░░░░░░░░░░░░  25%  1/4 files  100 rows/s  2.5 MB/s  0:00:30 to go'
    """
    share = seen.bytes / seen.of_bytes if seen.of_bytes else 1.0
    full = int(share * _BAR)
    left = timedelta(seconds=int(seconds / share - seconds)) if share else "?"
    return (
        f"{'█' * full}{'░' * (_BAR - full)}  {share:.0%}  {seen.shards:,}/{seen.of_shards:,} files  "
        f"{seen.rows / seconds:,.0f} rows/s  {seen.bytes / seconds / 1e6:,.1f} MB/s  "
        f"{left} to go"
    )
