"""Check that the changelog tells a changed default output, and that the version says so too.

usage: python tools/check_changelog.py [--release]

The default output is what `tests/golden/` holds. It counts as changed if a file there is not what it was in the last
release: the latest tag `v*` among the ancestors of the present commit. Before the first release, and where the history
of git is not at hand, nothing counts as changed. With --release, all that CONTRIBUTING.md asks of a release must hold.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?$", re.MULTILINE)
_CHANGED_OUTPUT = re.compile(r"^### Changed output\n+(?=- )", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def sections(changelog: str) -> dict[str, tuple[str, str]]:
    """Return date and text of every section, by its name, in their order."""
    heads = list(_HEADING.finditer(changelog))
    ends = [head.start() for head in heads[1:]] + [len(changelog)]
    return {
        head["name"]: (head["date"] or "", changelog[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=False)
    }


def problems(changelog: str, version: str, released: str | None, changed: list[str]) -> list[str]:
    """Return what is wrong: `released` is the version of the last release, `changed` are golden files changed since."""
    found = sections(changelog)
    names = list(found)
    if names[:1] != ["Unreleased"]:
        return ["CHANGELOG.md: the first section is not [Unreleased]"]
    if released is None or not changed:
        return []
    if released not in found:
        return [f"CHANGELOG.md: no section [{released}], which is the last release"]
    told = []
    if not any(_CHANGED_OUTPUT.search(found[name][1]) for name in names[: names.index(released)]):
        told.append(
            f"{', '.join(changed)} changed since {released}: say what under '### Changed output' in CHANGELOG.md"
        )
    if version != released and numbers(version)[:2] <= numbers(released)[:2]:
        told.append(f"a changed default output is at least a minor version: {version} comes after {released}")
    return told


def release_problems(changelog: str, version: str, released: str | None) -> list[str]:
    """Return what else keeps the present state from being released as `version`."""
    found = sections(changelog)
    date, text = found.get(version, ("", ""))
    told = []
    if not text or not _DATE.fullmatch(date):
        told.append(f"CHANGELOG.md: no section '## [{version}] - YYYY-MM-DD' with entries")
    if found.get("Unreleased", ("", ""))[1]:
        told.append("CHANGELOG.md: there are entries under [Unreleased]")
    if released and numbers(version) <= numbers(released):
        told.append(f"the version is {version}, and {released} is released")
    return told


def numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, for comparing."""
    return tuple(map(int, version.split(".")))


def git(*arguments: str) -> str | None:
    """Return what git prints; None if it cannot tell."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def main(*, release: bool) -> int:
    """Check, say what was compared with what, and return the exit status."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    source = (ROOT / "src/cnclean/__init__.py").read_text("utf-8")
    version = re.findall(r'^__version__ = "([^"]+)"$', source, re.MULTILINE)[0]
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    released = tag.removeprefix("v") if tag else None
    changed = (git("diff", "--name-only", "--diff-filter=a", tag, "--", "tests/golden") or "").split() if tag else []
    told = problems(changelog, version, released, changed)
    if release:
        told += release_problems(changelog, version, released)
    print(
        *told,
        f"version {version}, last release {released or 'unknown or none'}, {len(changed)} golden files changed",
        sep="\n",
    )
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(release="--release" in sys.argv[1:]))
