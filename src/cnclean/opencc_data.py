"""The installed OpenCC dictionary files, brought up to date by our delta, loaded once.

Two PyPI packages install a package named `opencc`, and the last one installed wins. So `opencc` is never imported: the
files are found through the metadata of `opencc-python-reimplemented`, which stays right in every install order. Its
dictionaries are those of OpenCC 1.1.6 (2022); `data/opencc-1.4.2.txt` holds what was added, changed and deleted since.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tomllib
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from cnclean.errors import DataError, DataWarning, TableError
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


def candidates(name: str) -> Mapping[str, str]:
    """Return one dictionary with all its values: key to values, separated by a space, the preferred one first.

    >>> candidates("STCharacters")["发"]
    '發 髮'
    """
    delta = _delta()
    _foreign_dictionaries()
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
    return {name: tuple(lines) for name, lines in sections.items()}


@cache
def _foreign_dictionaries() -> tuple[str, ...]:
    """Return the installed dictionaries that are not those the delta was made for; warn of them, once."""
    digests = {name: lines[0].partition("] ")[2] for name, lines in _delta().items()}
    names = tuple(name for name, digest in digests.items() if digest and file_digest(name) != digest)
    if names:
        warnings.warn(
            f"the installed {_DISTRIBUTION} is not 0.1.7: {', '.join(names)} differ from the dictionaries that "
            f"{_DELTA} was made for; its entries are laid over them one by one",
            DataWarning,
            stacklevel=2,
        )
    return names


def file_digest(name: str) -> str:
    """Return the SHA-256 of one installed dictionary file, in hexadecimal; empty if there is no such file."""
    path = dictionary_folder() / f"{name}.txt"
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def user_dictionary(path: str) -> dict[str, str | None]:
    r"""Return the entries of a user's dictionary file: word to what it becomes, None for a word to delete.

    A `.toml` file has a table `[add]` of words and a list `delete`. Any other file is text as OpenCC writes it:
    `word\tbecomes`, or `-word` to delete; `#` begins a comment line. `TableError` names the first line that is neither.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: not a readable dictionary: {error}") from error
    return _toml_entries(text, path) if path.endswith(".toml") else _text_entries(text, path)


def _text_entries(text: str, path: str) -> dict[str, str | None]:
    entries: dict[str, str | None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        word, tab, becomes = line.partition("\t")
        if word and tab:
            entries[word] = becomes.split(" ")[0]
        elif line.startswith("-") and len(line) > 1:
            entries[line[1:]] = None
        elif line.strip() and not line.startswith("#"):
            raise TableError(f"{path}:{number}: neither 'word<tab>becomes' nor '-word': {line!r}")
    return entries


def _toml_entries(text: str, path: str) -> dict[str, str | None]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{path}: not valid TOML: {error}") from error
    add, delete = table.get("add", {}), table.get("delete", [])
    if table.keys() - {"add", "delete"} or not isinstance(add, dict) or not isinstance(delete, list):
        raise TableError(f"{path}: only a table [add] of words and a list delete are known")
    return {str(word): str(becomes) for word, becomes in add.items()} | dict.fromkeys(map(str, delete))


def kept_state(name: str, build: Callable[[], Any]) -> Any:
    """Return what `build` returns, from the user's cache folder if an earlier process has left it there.

    A state is plain data (what `marshal` writes). It is filed under a fingerprint of everything that it depends on and
    verified by its digest; where the folder cannot be read or written, it is built anew.
    """
    path = _state_folder() / name
    try:
        digest, _, payload = path.read_bytes().partition(b"\n")
        if digest.decode() == hashlib.blake2b(payload).hexdigest():
            return marshal.loads(payload)  # noqa: S302 - our own bytes, verified
    except (OSError, ValueError):
        pass
    state = build()
    if not _foreign_dictionaries():
        _write_state(path, marshal.dumps(state))
    return state


def _write_state(path: Path, payload: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(hashlib.blake2b(payload).hexdigest().encode() + b"\n" + payload)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()


@cache
def _state_folder() -> Path:
    from platformdirs import user_cache_path

    fingerprint = hashlib.blake2b(repr((sys.version_info[:3], marshal.version)).encode(), digest_size=16)
    package = Path(__file__).parent
    tables = (package / "data" / _DELTA, *sorted((package / "data").glob("script-*.txt")))
    code = (package / "cleaners" / "script").glob("*.py")
    for path in [*sorted(dictionary_folder().glob("*.txt")), *tables, *sorted(code), Path(__file__)]:
        fingerprint.update(path.read_bytes())
    return user_cache_path("cnclean") / fingerprint.hexdigest()


@cache
def simplified_characters() -> Mapping[int, str]:
    """Return a `str.translate` table of single characters, Traditional to Simplified, one code point each.

    For matching and for statistics only; the `script` cleaner knows phrases and context.
    """
    return {ord(k): v for k, v in dictionary("TSCharacters").items() if len(k) == 1 == len(v) and k != v}
