"""Check what is to be published: one sdist and one wheel, complete, and the same bytes however they were built.

usage: python tools/check_distribution.py DIST [AGAIN]

AGAIN holds a second build of the same state: its sdist is the same, and so is its wheel, made from the tree, while the
one in DIST was made from the sdist. So nothing that a wheel needs is missing in the sdist, and nothing depends on time,
place or order.
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def contents(archive: Path) -> dict[str, bytes]:
    """Return the files of a wheel or an sdist; those of an sdist without its leading folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as sdist:
        files = {member.name.partition("/")[2]: sdist.extractfile(member) for member in sdist if member.isfile()}
        return {name: file.read() for name, file in files.items() if file}


def only(folder: Path, pattern: str) -> Path:
    """Return the only file of a kind; anything else is an error."""
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{folder}: {len(found)} files {pattern}, not one")
    return found[0]


def problems(files: dict[str, bytes], *, wheel: bool) -> list[str]:
    """Return what an archive lacks of this tree, holds otherwise, or should not hold."""
    package = ROOT / "src" / "cnclean"
    parent = package.parent if wheel else ROOT
    sources = [path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    expected = {path.relative_to(parent).as_posix(): path for path in sources}
    foreign: list[str] = []
    if wheel:
        info = next(name for name in files if name.endswith(".dist-info/METADATA")).partition("/")[0]
        expected |= {f"{info}/licenses/{name}": ROOT / name for name in ("LICENSE", "NOTICE")}
        foreign = [name for name in files if name not in expected and not name.startswith(f"{info}/")]
    else:
        names = ("CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "pyproject.toml", "conftest.py")
        expected |= {name: ROOT / name for name in names}
    told = [f"{name} is missing" for name in expected if name not in files]
    told += [
        f"{name} is not what the tree holds"
        for name in expected.keys() & files
        if files[name] != expected[name].read_bytes()
    ]
    return [*told, *(f"{name} does not belong there" for name in foreign)]


def differences(archive: Path, other: Path) -> list[str]:
    """Return in what two builds differ; nothing if they are the same bytes."""
    if archive.read_bytes() == other.read_bytes():
        return []
    one, two = contents(archive), contents(other)
    names = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    return [f"built again it differs in {', '.join(names) or 'times or order'}"]


def main(dist: Path, again: Path | None) -> int:
    """Check both archives, print each problem and a line for each archive, and return the exit status."""
    failed = False
    for pattern in ("*.tar.gz", "*.whl"):
        archive = only(dist, pattern)
        files = contents(archive)
        told = problems(files, wheel=archive.suffix == ".whl")
        told += differences(archive, only(again, pattern)) if again else []
        failed = failed or bool(told)
        print(*(f"{archive.name}: {problem}" for problem in told), sep="\n", end="\n" if told else "")
        print(f"{archive.name}: {len(files)} files, {archive.stat().st_size:,} bytes")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
