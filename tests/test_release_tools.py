"""What a release is checked with: changelog and version, the archives, the audit of dependencies, the interpreters."""

import io
import json
import runpy
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / "tools"

pytestmark = pytest.mark.skipif(not (ROOT / "src").is_dir(), reason="needs the source tree")


def tool(name):
    """Return the functions of a script in tools/."""
    path = TOOLS / f"{name}.py"
    return runpy.run_path(str(path), run_name=name) if path.is_file() else {}


CHANGELOG = tool("check_changelog")
AUDIT = tool("audit_dependencies")
PYTHONS = tool("find_pythons")
DISTRIBUTION = tool("check_distribution")

TOLD = """# Changelog

## [Unreleased]

### Changed output

- Half-width commas after kana become full-width too.

## [0.1.0] - 2026-01-02

### Added

- Everything.
"""
UNTOLD = TOLD.replace("### Changed output", "### Fixed")
GOLDEN = ["tests/golden/page.txt"]


@pytest.mark.parametrize(
    ("changelog", "version", "released", "changed", "problem"),
    [
        (TOLD, "0.1.0", "0.1.0", GOLDEN, None),
        (TOLD, "0.2.0", "0.1.0", GOLDEN, None),
        (UNTOLD, "0.2.0", "0.1.0", [], None),
        (UNTOLD, "0.1.0", None, GOLDEN, None),
        (UNTOLD, "0.2.0", "0.1.0", GOLDEN, "say what under '### Changed output'"),
        (TOLD.replace("- Half-width", "Half-width"), "0.2.0", "0.1.0", GOLDEN, "say what"),
        (TOLD, "0.1.1", "0.1.0", GOLDEN, "at least a minor version"),
        (TOLD, "0.2.0", "0.1.5", GOLDEN, "no section"),
        (TOLD.replace("## [Unreleased]", "## [Next]"), "0.2.0", "0.1.0", [], "not [Unreleased]"),
        ("", "0.2.0", "0.1.0", [], "not [Unreleased]"),
    ],
)
def test_a_changed_default_output_is_told_and_a_minor_version(changelog, version, released, changed, problem):
    found = CHANGELOG["problems"](changelog, version, released, changed)
    assert (problem in found[0]) if problem else not found


def test_what_was_told_in_a_section_made_since_counts():
    since = TOLD.replace("## [Unreleased]", "## [Unreleased]\n\n## [0.2.0] - 2026-02-03")
    assert not CHANGELOG["problems"](since, "0.2.0", "0.1.0", GOLDEN)
    assert not CHANGELOG["release_problems"](since, "0.2.0", "0.1.0")


def test_what_was_told_in_an_earlier_release_does_not_count():
    before = UNTOLD.replace("- Everything.", "- Everything.\n\n### Changed output\n\n- This and that.")
    assert CHANGELOG["problems"](before, "0.2.0", "0.1.0", GOLDEN)


@pytest.mark.parametrize(
    ("version", "released", "problem"),
    [
        ("0.1.0", "0.1.0", "is released"),
        ("0.2.0", "0.1.0", "no section '## [0.2.0] - YYYY-MM-DD'"),
        ("0.1.0", None, "under [Unreleased]"),
    ],
)
def test_a_release_needs_its_section_and_a_new_version(version, released, problem):
    assert problem in "\n".join(CHANGELOG["release_problems"](TOLD, version, released))


def test_the_changelog_of_this_tree():
    assert CHANGELOG["main"](release=False) == 0


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_what_changed_is_found_out_from_the_tags(tmp_path):
    def git(*words):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    def check():
        script = tmp_path / "tools" / "check_changelog.py"
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    for folder in ("tools", "src/cnclean", "tests/golden"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(TOOLS / "check_changelog.py", tmp_path / "tools")
    version, golden, changelog = (
        tmp_path / name for name in ("src/cnclean/__init__.py", "tests/golden/page.txt", "CHANGELOG.md")
    )
    version.write_text('__version__ = "0.1.0"\n')
    golden.write_text("before\n")
    changelog.write_text(UNTOLD)
    assert check() == (0, "version 0.1.0, last release unknown or none, 0 golden files changed\n")
    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    golden.write_text("between\n")
    assert check()[0] == 0  # no release yet
    git("commit", "-a", "-m", "second")
    git("tag", "v0.1.0")
    assert check() == (0, "version 0.1.0, last release 0.1.0, 0 golden files changed\n")
    (tmp_path / "tests/golden/another.txt").write_text("new sample\n")
    git("add", ".")
    assert check()[0] == 0  # another sample page changes no output
    golden.write_text("after\n")
    assert check()[0] == 1
    changelog.write_text(TOLD)
    assert check()[0] == 0
    version.write_text('__version__ = "0.1.1"\n')
    assert "at least a minor version" in check()[1]
    version.write_text('__version__ = "0.2.0"\n')
    assert check() == (0, "version 0.2.0, last release 0.1.0, 1 golden files changed\n")


def answer(**skipped):
    """Return an answer of pip-audit: `sound` has no vulnerability, `old` has one, the others are skipped."""
    known = [{"name": "sound", "vulns": []}, {"name": "old", "vulns": [{"id": "CVE-2020-1"}]}]
    return json.dumps({"dependencies": [*known, *({"name": n, "skip_reason": r} for n, r in skipped.items())]})


def test_an_audit_tells_sound_vulnerable_and_unknown_apart():
    found = AUDIT["read_answer"](["sound", "old", "own"], answer(own="Dependency not found on PyPI"), "")
    assert (found.sound, found.vulnerable) == ({"sound"}, {"old": ["CVE-2020-1"]})
    assert found.unknown == {"own": "the service does not know it"}
    assert AUDIT["report"](found).splitlines() == [
        "2 of 3 packages audited, 1 vulnerable",
        "VULNERABLE old: CVE-2020-1",
        "not audited, the service does not know it: own",
    ]


def test_a_service_out_of_reach_is_not_a_vulnerability_and_not_an_all_clear():
    trace = (
        "Traceback…\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(host='pypi.org'): Max retries exceeded"
    )
    found = AUDIT["read_answer"](["click", "rich"], "", trace)
    assert not found.vulnerable
    assert AUDIT["report"](found).splitlines() == [
        "0 of 2 packages audited, 0 vulnerable",
        "not audited, the service cannot be reached: click rich",
    ]


def test_an_audit_that_breaks_for_another_reason_fails():
    with pytest.raises(AUDIT["AuditFailedError"], match="no such option"):
        AUDIT["read_answer"](["click"], "", "pip-audit: error: no such option")


def test_this_python_is_found_among_the_candidates():
    base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    if not base.is_file() or sys.version_info.releaselevel != "final":
        pytest.skip("this interpreter does not lie where others do")
    version, path = PYTHONS["asked"](base)
    assert version == sys.version_info[:3]
    assert path.is_file()
    assert PYTHONS["asked"](Path(sys.base_prefix) / "no-python") is None
    if sys.prefix != sys.base_prefix:
        assert PYTHONS["asked"](Path(sys.executable)) is None


def archives(folder, *, drop="", extra=""):
    """Write a wheel and an sdist of this tree, without the file `drop` and with one named `extra`."""
    package = ROOT / "src" / "cnclean"
    files = {p.relative_to(package.parent).as_posix(): p.read_bytes() for p in package.rglob("*") if p.is_file()}
    files = {name: data for name, data in files.items() if "__pycache__" not in name}
    wheel = files | {"cnclean-1.dist-info/METADATA": b""}
    wheel |= {f"cnclean-1.dist-info/licenses/{name}": (ROOT / name).read_bytes() for name in ("LICENSE", "NOTICE")}
    names = ("CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "pyproject.toml", "conftest.py")
    sdist = {f"src/{name}": data for name, data in files.items()} | {name: (ROOT / name).read_bytes() for name in names}
    with zipfile.ZipFile(folder / "cnclean-1-py3-none-any.whl", "w") as archive:
        for name, data in {**wheel, **({extra: b""} if extra else {})}.items():
            if name != drop:
                archive.writestr(zipfile.ZipInfo(name), data)
    with tarfile.open(folder / "cnclean-1.tar.gz", "w:") as archive:
        for name, data in sdist.items():
            if name not in (drop, f"src/{drop}"):
                info = tarfile.TarInfo(f"cnclean-1/{name}")
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))


def test_complete_archives_pass(tmp_path, capsys):
    archives(tmp_path)
    assert DISTRIBUTION["main"](tmp_path, tmp_path) == 0
    assert "files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"drop": "cnclean/data/spam.toml"}, "data/spam.toml is missing"),
        ({"drop": "cnclean-1.dist-info/licenses/NOTICE"}, "licenses/NOTICE is missing"),
        ({"drop": "conftest.py"}, "conftest.py is missing"),
        ({"extra": "tests/test_x.py"}, "tests/test_x.py does not belong there"),
    ],
)
def test_incomplete_archives_do_not(wrong, told, tmp_path, capsys):
    archives(tmp_path, **wrong)
    assert DISTRIBUTION["main"](tmp_path, None) == 1
    assert told in capsys.readouterr().out


def test_two_builds_that_differ_are_told(tmp_path, capsys):
    for name, wrong in (("one", {}), ("two", {"extra": "cnclean-1.dist-info/BUILD-TIME"})):
        (tmp_path / name).mkdir()
        archives(tmp_path / name, **wrong)
    assert DISTRIBUTION["main"](tmp_path / "one", tmp_path / "two") == 1
    assert "built again it differs in cnclean-1.dist-info/BUILD-TIME" in capsys.readouterr().out
