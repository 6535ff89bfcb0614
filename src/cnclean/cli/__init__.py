"""The command line: arguments in, the functions of the library called, text out.

Cleaned text goes to standard output, everything about it to standard error. Exit codes: 0 done; 1 a check was made and
found something (`clean --check`, `test`); 2 wrong usage, or an input or output error; 3 a fault of cnclean itself;
130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings

import click

from cnclean.cli.clean import clean, html_command
from cnclean.cli.console import note
from cnclean.cli.corpus import corpus
from cnclean.cli.explain import audit, explain
from cnclean.cli.options import Settings, examples, general
from cnclean.cli.recipes import init, list_command, schema, show, test
from cnclean.errors import CncleanError, ConvergenceWarning
from cnclean.files import explain_failure


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    epilog=examples(
        "cnclean clean page.txt",
        "cnclean explain page.txt --html page.html",
        "cnclean audit pages/ --sample 100",
        "cnclean show web",
    ),
)
@click.version_option(package_name="cnclean")
@general
def cli() -> None:
    """Clean Chinese web text: repair it, remove advertising and site chrome, and say what was changed and why.

    FILE may be - for standard input. Text out is UTF-8.
    """


for command in (clean, explain, audit, html_command, corpus, list_command, show, init, test, schema):
    cli.add_command(command)


def main() -> None:
    """Run the command line; the console script `cnclean` and `python -m cnclean` call this."""
    settings = Settings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the summary says it, with the file's name
        sys.exit(_run(settings))


def _run(settings: Settings) -> int:
    """Run a command; a failure becomes one sentence and an exit code, and with --debug also a traceback."""
    try:
        done = cli.main(prog_name="cnclean", standalone_mode=False, obj=settings)
        return done if isinstance(done, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        note("cnclean: interrupted")
        return 130
    except BrokenPipeError:  # a reader that closes the pipe early is no failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more can be flushed there
        return 0
    except (CncleanError, OSError) as error:
        _show_traceback(settings)
        file = getattr(error, "filename", None)
        note(f"cnclean: {explain_failure(str(file), error) if file else error}")
        return 2
    except Exception as error:  # whatever it is, the user gets a sentence
        _show_traceback(settings)
        hint = "" if settings.debug else "; run it again with --debug and report what it prints"
        note(f"cnclean: a fault of cnclean itself: {type(error).__name__}: {error}{hint}")
        return 3


def _show_traceback(settings: Settings) -> None:
    if settings.debug:
        traceback.print_exc()
