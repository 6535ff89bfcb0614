"""The installed OpenCC dictionary files, brought up to date by our delta, loaded once.

Two PyPI packages install a package named `opencc`, and the last one installed wins. So `opencc` is never imported: the
files are found through the metadata of `opencc-python-reimplemented`, which stays right in every install order. Its
dictionaries are those of OpenCC 1.1.6 (2022); `data/opencc-1.4.2.txt` holds what was added, changed and deleted since.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cnclean.errors import DataError, DataWarning
from cnclean.tables import word_table

_DISTRIBUTION = "opencc-python-reimplemented"
_DELTA = "opencc-1.4.2.txt"


@cache
def dictionary_folder() -> Path:
    """Return the folder of the installed dictionary files; `DataError` if they are not there."""
    try:
        folder = Path(str(distribution(_DISTRIBUTION).locate_file("opencc/dictionary")))
    except PackageNotFoundError:
        folder = Path()
    if not (folder / "STPhrases.txt").is_file():
        raise DataError(
            f"the dictionary files of {_DISTRIBUTION} are missing; "
            f"run: pip install --force-reinstall {_DISTRIBUTION}==0.1.7"
        )
    return folder


@cache
def dictionary(name: str) -> Mapping[str, str]:
    """Return one dictionary of OpenCC 1.4.2 (for example `"TSCharacters"`): key to its first, preferred value.

    >>> dictionary("STPhrases")["头发"]
    '頭髮'
    """
    return {key: values.split(" ", 1)[0] if " " in values else values for key, values in candidates(name).items()}


@cache
def candidates(name: str) -> Mapping[str, str]:
    """Return one dictionary with all its values: key to values, separated by a space, the preferred one first.

    >>> candidates("STCharacters")["发"]
    '發 髮'
    """
    delta = _delta()
    if name not in delta:
        raise DataError(f"OpenCC has no dictionary {name!r}; it has {', '.join(sorted(delta))}")
    pairs = installed_dictionary(name) if (dictionary_folder() / f"{name}.txt").is_file() else {}
    apply_changes(pairs, delta[name][1:])
    return pairs


def dictionary_names() -> tuple[str, ...]:
    """Return the names of all dictionaries of OpenCC 1.4.2."""
    return tuple(_delta())


def installed_dictionary(name: str) -> dict[str, str]:
    """Return one dictionary file of the installed package as it is, without the delta."""
    data = (dictionary_folder() / f"{name}.txt").read_bytes()
    return dict(_entries(data.decode("utf-8").split("\n")))


def apply_changes(pairs: dict[str, str], changes: Iterable[str]) -> None:
    r"""Add, change and delete entries: a line is `key\tvalues`, or `-key` for one to delete."""
    for line in changes:
        key, tab, values = line.partition("\t")
        if tab:
            pairs[key] = values
        else:
            pairs.pop(key.removeprefix("-"), None)


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, tab, values = line.partition("\t")
        if tab and not key.startswith("#"):
            yield key, values.rstrip("\r")


@cache
def _delta() -> Mapping[str, tuple[str, ...]]:
    """Return the delta by dictionary: the heading of its section first, then its changes."""
    sections: dict[str, list[str]] = {}
    for line in word_table(_DELTA):
        if line.startswith("["):
            name = line[1:].partition("]")[0]
            sections[name] = []
        sections[name].append(line)
    _check_hashes(sections)
    return {name: tuple(lines) for name, lines in sections.items()}


def _check_hashes(sections: Mapping[str, list[str]]) -> None:
    """Warn once if the installed files are not those that the delta was made for; it is applied all the same."""
    other = [
        name
        for name, lines in sections.items()
        if (digest := lines[0].partition("] ")[2]) and file_digest(name) != digest
    ]
    if other:
        warnings.warn(
            f"the installed {_DISTRIBUTION} is not 0.1.7: {', '.join(other)} differ from the dictionaries that "
            f"{_DELTA} was made for; its entries are laid over them one by one",
            DataWarning,
            stacklevel=3,
        )


def file_digest(name: str) -> str:
    """Return the SHA-256 of one installed dictionary file, in hexadecimal; empty if there is no such file."""
    path = dictionary_folder() / f"{name}.txt"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@cache
def simplified_characters() -> Mapping[int, str]:
    """Return a `str.translate` table of single characters, Traditional to Simplified, one code point each.

    For matching and for statistics only; the `script` cleaner knows phrases and context.
    """
    return {ord(k): v for k, v in dictionary("TSCharacters").items() if len(k) == 1 == len(v) and k != v}
