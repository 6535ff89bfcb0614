"""The errors and the warning that cnclean raises itself.

Every error says what was wrong and what to do. All of them derive from `CncleanError`; each is also the built-in
kind that a caller would expect (`ValueError`, `TypeError`).
"""

from __future__ import annotations

from collections.abc import Iterable


class CncleanError(Exception):
    """Any error that cnclean raises on purpose."""


class UnknownNameError(CncleanError, ValueError):
    """A cleaner, recipe, option or key that does not exist; the message lists the nearest ones that do."""

    def __init__(self, kind: str, name: object, valid: Iterable[str]) -> None:
        from difflib import get_close_matches  # only when something is wrong: keeps the import cheap

        names = sorted(valid)
        self.valid = tuple(names)
        near = get_close_matches(str(name), names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(map(repr, near))}? " if near else ""
        super().__init__(f"unknown {kind} {str(name)!r}: {hint}valid: {', '.join(names) or 'none'}")

    def __reduce__(self) -> tuple[type[CncleanError], tuple[str]]:
        return (CncleanError, (str(self),))  # pickled between processes: the message is what counts


class OptionError(CncleanError, ValueError):
    """An option of a cleaner has a value that it cannot have."""


class InputTypeError(CncleanError, TypeError):
    """Something that is not a `str` where text is expected."""


class EditError(CncleanError, ValueError):
    """Edits that overlap, are not sorted, or lie outside the text."""


class RecipeError(CncleanError, ValueError):
    """A recipe file that cannot be read as one."""


class TableError(CncleanError, ValueError):
    """A rule table with a mistake in it; the message names the file and the entry."""


class DecodeError(CncleanError, ValueError):
    """Bytes that are no text, or do not fit the encoding that was asked for."""


class DataError(CncleanError, RuntimeError):
    """Data files that an installed dependency should bring are missing."""


class MissingExtraError(CncleanError, ImportError):
    """A package is not installed that only a part of cnclean needs; the message names the extra that brings it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs a package that is not installed: pip install 'cnclean[{extra}]'")

    def __reduce__(self) -> tuple[type[CncleanError], tuple[str]]:
        return (CncleanError, (str(self),))


class DataWarning(UserWarning):
    """Data files of an installed dependency are not the version that ours were made for."""


class ConvergenceWarning(UserWarning):
    """A pipeline did not settle, so it gave the line or the text back as it came."""


def one_of(kind: str, value: object, valid: Iterable[str]) -> None:
    """Raise `UnknownNameError` unless `value` is one of `valid`."""
    names = tuple(valid)
    if value not in names:
        raise UnknownNameError(kind, value, names)


def require_text(value: object, what: str = "text") -> None:
    """Raise `InputTypeError` unless `value` is a `str`; bytes are pointed to `cnclean.decode`."""
    if isinstance(value, str):
        return
    if isinstance(value, (bytes, bytearray, memoryview)):
        raise InputTypeError(f"{what} is bytes, not str: decode it first, for example cnclean.decode(data).text")
    raise InputTypeError(f"{what} must be a str, not {type(value).__name__}")
