"""The converters that `benchmarks.script` compares, and what its parts share."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import material
from benchmarks.peers import LAST_COMMAND, absent, is_there
from benchmarks.tables import Skipped
from cnclean.cleaners.script import Script

Convert = Callable[[str], str]
Maker = Callable[[str], Convert]


CPP = "OpenCC C++ 1.4.2"


def cpp(config: str) -> Convert:
    """Return a converter of the C++ package; of it and the port, both named `opencc`, the last one installed wins."""
    module = importlib.import_module("opencc")
    if not hasattr(module, "CONFIGS"):  # only the C++ package has it
        raise ImportError("`import opencc` is the port in pure Python")
    convert: Convert = module.OpenCC(config).convert
    return convert


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
    CPP: cpp,
    "opencc-python-reimplemented": lambda config: importlib.import_module("opencc.opencc").OpenCC(config).convert,
    "opencc-purepy": lambda config: importlib.import_module("opencc_purepy").OpenCC(config).convert,
    "zhconv": zhconv,
}


def available() -> dict[str, Maker]:
    """Return the converters that are installed."""
    return {name: make for name, make in MAKERS.items() if supported(make, "t2s")}


def missing() -> Iterator[Skipped]:
    """Yield a line for each of the others."""
    yield from absent("opencc", "opencc-purepy", "zhconv")
    if is_there("opencc") and CPP not in available():
        yield Skipped(f"opencc is hidden by opencc-python-reimplemented, which came last: {LAST_COMMAND}")


def records(data: Path, name: str) -> list[dict[str, str]]:
    return material.rows(data / "script" / f"{name}.jsonl.gz")


def supported(make: Maker, config: str) -> Convert | None:
    try:
        make(config)("发發")
        return make(config)
    except Exception:  # a configuration that the peer does not have
        return None
