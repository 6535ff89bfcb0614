"""The tools that cnclean is measured beside, and how to install them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

from benchmarks.tables import Skipped

# Two that the dependency group `benchmarks` cannot hold: one shares its folder with a dependency of cnclean, and an
# older release of the other is all that a peer allows.
LAST = {"opencc": "1.4.2", "chardet": "7.7.0"}
LAST_COMMAND = "pip install --no-deps --force-reinstall " + " ".join(f"{name}=={v}" for name, v in LAST.items())
PEERS = (
    "autocorrect-py",
    "chardet",
    "charset-normalizer",
    "clean-text",
    "datatrove",
    "ftfy",
    "goose3",
    "hanziconv",
    "inscriptis",
    "jionlp",
    "jusText",
    "newspaper4k",
    "opencc",
    "opencc-purepy",
    "opencc-python-reimplemented",
    "pangu",
    "py-data-juicer",
    "readability-lxml",
    "resiliparse",
    "trafilatura",
    "zhconv",
)


def version(peer: str) -> str | None:
    """Return the version of a package, or None where it is not installed."""
    try:
        return metadata.version(peer)
    except metadata.PackageNotFoundError:
        return None


def is_there(peer: str) -> bool:
    """Whether a package is installed."""
    return version(peer) is not None


def absent(*peers: str) -> Iterator[Skipped]:
    """Yield a line for each of the packages that is not installed."""
    for peer in peers:
        if not is_there(peer):
            yield Skipped(f"{peer} is not installed: {LAST_COMMAND if peer in LAST else f'pip install {peer}'}")


def versions() -> dict[str, str]:
    """Return the versions of the peers that are installed."""
    return {peer: found for peer in PEERS if (found := version(peer)) is not None}
