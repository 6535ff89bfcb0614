"""The converters that `benchmarks.script` compares, and what its parts share."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cnclean.cleaners.script import Script

Convert = Callable[[str], str]
Maker = Callable[[str], Convert]


def cpp(config: str) -> Convert:
    importlib.import_module("opencc.clib")  # only the C++ package has it
    return importlib.import_module("opencc").OpenCC(config).convert


def zhconv(config: str) -> Convert:
    names = {"t2s": "zh-cn", "tw2s": "zh-cn", "hk2s": "zh-cn", "s2t": "zh-hant", "s2tw": "zh-tw", "s2hk": "zh-hk"}
    convert = importlib.import_module("zhconv").convert
    return partial(lambda target, text: convert(text, target), names[config])


exact = partial(Script, assume="source", segment="opencc")
MAKERS: dict[str, Maker] = {
    "cnclean": Script,
    "cnclean segment=opencc": partial(Script, segment="opencc"),
    "cnclean assume=source": partial(Script, assume="source"),
    "cnclean source, opencc": exact,
    "OpenCC C++ 1.4.2": cpp,
    "opencc-python-reimplemented": lambda config: importlib.import_module("opencc.opencc").OpenCC(config).convert,
    "opencc-purepy": lambda config: importlib.import_module("opencc_purepy").OpenCC(config).convert,
    "zhconv": zhconv,
}


def available() -> dict[str, Maker]:
    found = {}
    for name, make in MAKERS.items():
        try:
            make("t2s")("發")
        except ImportError:
            print(f"({name} is not installed)", file=sys.stderr)
        else:
            found[name] = make
    return found


def records(data: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(data / "script" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def supported(make: Maker, config: str) -> Convert | None:
    try:
        make(config)("发發")
        return make(config)
    except Exception:  # a configuration that the peer does not have
        return None


def table(title: str, heads: list[str], rows: list[list[str]]) -> None:
    print(f"\n## {title}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
