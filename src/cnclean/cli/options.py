"""Options that several commands share, and how commands go through their files."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from cnclean.cli.console import note, with_progress
from cnclean.errors import CncleanError
from cnclean.files import explain_failure
from cnclean.pipeline import Pipeline
from cnclean.recipe import pipeline, recipes

Command = TypeVar("Command", bound=Callable[..., Any])
Item = TypeVar("Item")


@dataclass
class Settings:
    """What holds for the whole run."""

    quiet: bool = False
    debug: bool = False

    def say(self, message: str) -> None:
        """Print a line to standard error, unless the user wants none."""
        if not self.quiet:
            note(message)


def settings() -> Settings:
    """Return the settings of this run."""
    return click.get_current_context().ensure_object(Settings)


def _set(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        setattr(context.ensure_object(Settings), str(option.name), True)


def general(command: Command) -> Command:
    """Add the options that every command takes, before its name or behind it."""
    for names, text in (
        (("--debug",), "Show a traceback where something fails."),
        (("-q", "--quiet"), "Print nothing but the result and failures."),
    ):
        command = click.option(*names, is_flag=True, expose_value=False, callback=_set, help=text)(command)
    return command


def examples(*lines: str) -> str:
    """Return the end of a command's help: lines to try, left as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


if TYPE_CHECKING:
    _ParamType = click.ParamType[str]
else:
    _ParamType = click.ParamType  # before click 8.4 it takes no type of its values


class _RecipeType(_ParamType):
    name = "recipe"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the recipes that ship, and files."""
        names = [CompletionItem(name) for name in recipes() if name.startswith(incomplete)]
        return names or [CompletionItem(incomplete, type="file")]


RECIPE_TYPE = _RecipeType()
RECIPE = click.option(
    "-r",
    "--recipe",
    default="web",
    show_default=True,
    type=RECIPE_TYPE,
    help="Recipe: a name, or a path to a TOML file.",
)
SCRIPT = click.option("--script", metavar="CONFIG", help="Convert the script too, for example t2s or s2twp.")
ENCODING = click.option("--encoding", metavar="NAME", help="The encoding of the input; without it UTF-8, or found out.")
FILES = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True))


def chosen_pipeline(recipe: str, script: str | None, *, for_pages: bool = False) -> Pipeline:
    """Return the pipeline that the options ask for; for text from HTML, whose references the parser has decoded, the
    one without `entities`.
    """
    overrides = {"script": script} if script else {}
    return pipeline(recipe, **overrides, **({"entities": False} if for_pages else {}))


def each(
    items: Sequence[Item], name: Callable[[Item], str], run: Callable[[Item], None], *, progress: str | None = None
) -> bool:
    """Call `run` for each item; a failure costs one line and that item, not the others. Return whether any failed.

    `progress` says what is going on, for a bar; None where the result itself goes to the screen.
    """
    run_settings = settings()
    failed = False
    for item in with_progress(items, progress or "", shown=progress is not None and not run_settings.quiet):
        try:
            run(item)
        except BrokenPipeError:
            raise
        except (CncleanError, OSError) as error:
            if run_settings.debug:
                traceback.print_exc()
            note(f"cnclean: {explain_failure(name(item), error)}")
            failed = True
    return failed
