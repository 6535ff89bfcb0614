"""The registry: every built-in cleaner by name, in the order of the recipes' stages."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import Any, cast

from cnclean.cleaner import Cleaner
from cnclean.errors import OptionError, UnknownNameError, one_of

# The order has reasons: bytes before characters, characters before lines, spam spans before repeated lines are
# compared, spaces and blank lines last because every deletion makes new ones.
CLEANERS: dict[str, str] = {
    "line-endings": "cnclean.cleaners.line_endings:LineEndings",
    "entities": "cnclean.cleaners.entities:Entities",
    "escapes": "cnclean.cleaners.escapes:Escapes",
    "mojibake": "cnclean.cleaners.mojibake:Mojibake",
    "invisibles": "cnclean.cleaners.invisibles:Invisibles",
    "annotations": "cnclean.cleaners.annotations:Annotations",
    "width": "cnclean.cleaners.width:Width",
    "unicode-form": "cnclean.cleaners.unicode_form:UnicodeForm",
    "punctuation": "cnclean.cleaners.punctuation:Punctuation",
    "spam": "cnclean.cleaners.spam:Spam",
    "site-chrome": "cnclean.cleaners.site_chrome:SiteChrome",
    "script": "cnclean.cleaners.script:Script",
    "whitespace": "cnclean.cleaners.whitespace:Whitespace",
    "blank-lines": "cnclean.cleaners.blank_lines:BlankLines",
}


def names() -> tuple[str, ...]:
    """Return the names of all built-in cleaners, in the order of the recipes' stages."""
    return tuple(CLEANERS)


def build(name: str, /, **options: Any) -> Cleaner:
    """Return the cleaner `name` with the given options; a list counts as a tuple.

    Raises `UnknownNameError` (a `ValueError`) that lists the nearest names if the cleaner or an option does not
    exist, and `OptionError` if an option has a value that it cannot have.

    >>> build("width")("２０２４年")
    '2024年'
    """
    cleaner = _load(name)
    valid = option_names(name)
    for option in options:
        if option not in valid:
            raise UnknownNameError(f"option of {name!r}", option, valid)
        if isinstance(default(name, option), bool) and not isinstance(options[option], bool):
            raise OptionError(f"{name}: {option} is true or false, not {options[option]!r}")
    frozen = {option: tuple(value) if isinstance(value, list) else value for option, value in options.items()}
    try:
        built = cleaner(**frozen)
        hash(built)
    except TypeError as error:
        raise OptionError(f"{name}: an option has a value of the wrong kind: {error}") from error
    return cast(Cleaner, built)


def option_names(name: str) -> tuple[str, ...]:
    """Return the options of the cleaner `name`, the one that a bare value sets first."""
    return tuple(f.name for f in fields(_load(name)) if f.init)


def default(name: str, option: str) -> Any:
    """Return the default of an option of the cleaner `name`."""
    return next(f.default for f in fields(_load(name)) if f.name == option)


def cleaner_class(name: str) -> type:
    """Return the class of the cleaner `name`."""
    return cast(type, _load(name))


def summary(name: str) -> str:
    """Return the first line of what the cleaner `name` says of itself."""
    return (_load(name).__doc__ or "").strip().split("\n", 1)[0]


@cache
def _load(name: str) -> Any:
    one_of("cleaner", name, CLEANERS)
    module, _, attribute = CLEANERS[name].partition(":")
    return getattr(import_module(module), attribute)
