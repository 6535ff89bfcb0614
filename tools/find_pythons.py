"""Print the Python interpreters of this machine that cnclean supports: one path for each version, oldest first.

They are looked for on PATH and where pyenv, uv and conda put them, and each is started once and asked for its version,
because a name says little: a shim of pyenv may exist and start nothing. Interpreters of environments do not count.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST = (3, 11)
_NAME = re.compile(r"python3(?:\.\d+)?")
_ASK = """
import sys, ensurepip
if sys.prefix == sys.base_prefix and sys.version_info.releaselevel == "final":
    print(*sys.version_info[:3], sys.executable)
"""


def candidates() -> Iterator[Path]:
    """Yield every file that may be an interpreter, those on PATH first."""
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv"))
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local" / "share" / "uv" / "python"))
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for pattern in (pyenv / "versions", uv, home / "miniconda3" / "envs", home / "anaconda3" / "envs"):
        folders.extend(sorted(pattern.glob("*/bin")))
    for folder in folders:
        yield from sorted(path for path in folder.glob("python3*") if _NAME.fullmatch(path.name))


def asked(candidate: Path) -> tuple[tuple[int, ...], Path] | None:
    """Return version and path of an interpreter; None if it does not start, has no pip, or is no final release."""
    try:
        done = subprocess.run([candidate, "-c", _ASK], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode or not done.stdout:
        return None
    *numbers, path = done.stdout.split(maxsplit=3)
    return tuple(map(int, numbers)), Path(path.strip())


def pythons() -> list[Path]:
    """Return one interpreter of each version (3.11, 3.12, …): the latest of its patches, and of these the first."""
    found: dict[tuple[int, ...], tuple[tuple[int, ...], Path]] = {}
    for version, path in filter(None, map(asked, candidates())):
        minor = version[:2]
        if minor >= OLDEST and (minor not in found or version > found[minor][0]):
            found[minor] = (version, path)
    return [path for _, (_, path) in sorted(found.items())]


if __name__ == "__main__":
    chosen = pythons()
    if not chosen:
        sys.exit(f"no Python from {'.'.join(map(str, OLDEST))} on")
    print(*chosen, sep="\n")
