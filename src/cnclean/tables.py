"""The only reader of `data/`: rule tables in TOML, word lists and pairs in plain text.

Every table says where it comes from: a TOML file has the keys `source` and `licence`, a text file the comment lines
`# source:` and `# licence:`. Mistakes are reported all together, as `file:entry: what is wrong`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from cnclean.errors import TableError


def data_file(name: str) -> Traversable:
    """Return the file `name` of the package's data folder; `TableError` if there is none."""
    path = files("cnclean").joinpath("data", *name.split("/"))
    if not path.is_file():
        raise TableError(f"{name}: no such table in the installed package; reinstall cnclean")
    return path


def data_names(suffix: str, folder: str = "") -> list[str]:
    """Return the names of the data files in `folder` that end in `suffix`, sorted, without folder and suffix."""
    root = files("cnclean").joinpath("data", *folder.split("/")) if folder else files("cnclean").joinpath("data")
    return sorted(p.name.removesuffix(suffix) for p in root.iterdir() if p.name.endswith(suffix))


@cache
def toml_table(name: str) -> Mapping[str, Any]:
    """Return the TOML table `name` (for example `"spam.toml"`) of the data folder, read once."""
    return parse_toml(data_file(name).read_text(encoding="utf-8"), name)


def read_toml(text: str) -> dict[str, Any]:
    """Return the table in `text`; `TOMLDecodeError` for whatever is wrong with it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError("lists or tables nested too deeply") from None


def parse_toml(text: str, name: str) -> Mapping[str, Any]:
    """Return the table in `text`; `TableError` if it is no TOML or does not say its source and licence."""
    try:
        table = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{name}: not valid TOML: {error}") from error
    missing = [key for key in ("source", "licence") if not isinstance(table.get(key), str)]
    if missing:
        raise TableError(f"{name}: the table does not say its {' and '.join(missing)}")
    return table


@cache
def user_table(path: str, check: Callable[[Mapping[str, Any]], Iterable[str]]) -> Mapping[str, Any]:
    """Return a user's TOML table, read once; `TableError` with all its mistakes (told by `check`) as `file:problem`."""
    try:
        table = read_toml(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(f"{path}: not valid TOML: {error}") from error
    except ValueError as error:  # a path that no file can have
        raise TableError(f"{path}: cannot be read: {error}") from error
    problems = [f"{path}:{problem}" for problem in check(table)]
    if problems:
        raise TableError("\n".join(problems))
    return table


@cache
def word_table(name: str) -> tuple[str, ...]:
    """Return the entries of a word list: one a line, `#` starts a comment line, blank lines do not count."""
    return tuple(_entries(name))


@cache
def pair_table(name: str) -> Mapping[str, str]:
    """Return a two-column text table (tab between key and value) as a mapping; `TableError` on doubles."""
    pairs: dict[str, str] = {}
    problems: list[str] = []
    for entry in _entries(name):
        key, tab, value = entry.partition("\t")
        if not tab:
            problems.append(f"{name}:{entry}: no tab between key and value")
        elif key in pairs:
            problems.append(f"{name}:{key}: listed twice")
        pairs[key] = value
    if problems:
        raise TableError("\n".join(problems))
    return pairs


def _entries(name: str) -> Iterator[str]:
    text = data_file(name).read_text(encoding="utf-8")
    for label in ("source", "licence"):
        if f"# {label}:" not in text:
            raise TableError(f"{name}: no comment line '# {label}: …'")
    for line in text.split("\n"):
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\r")


@cache
def text_file(name: str) -> str:
    """Return a file of the data folder that is no table, such as a page template, as it is."""
    return data_file(name).read_text(encoding="utf-8")
