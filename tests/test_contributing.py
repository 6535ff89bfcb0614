"""CONTRIBUTING.md: what it shows is done in a copy of the tree, and the result passes the commands that it names."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import cnclean

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
RULE, CLEANER = "Add a rule in five minutes", "Add a cleaner in an hour"

pytestmark = pytest.mark.skipif(not PAGE.is_file() or not (ROOT / "src").is_dir(), reason="needs the source tree")

_PLACE = re.compile(
    r"(?:(?P<new>New file)|(?P<end>At the\s+end\s+of)|In)\s+`(?P<path>[^`]+)`,?"
    r"(?:\s+below\s+`(?P<below>[^`]+)`)?,?[^`]*:\Z"
)


def section(title):
    """Return the text of a section of the page."""
    return re.split(r"^## ", PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2], flags=re.MULTILINE)[0]


def blocks(title):
    """Yield place, language and text of every block of a section; the place is what the words before it say."""
    text = section(title)
    for found in re.finditer(r"^( *)```(\w+)\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL):
        words = re.split(r"\n\s*\n|(?<=\.)\s", text[: found.start()].rstrip())[-1].strip()
        yield _PLACE.search(words), found[2], textwrap.dedent(found[3])


def apply(place, text, tree):
    """Do with a file of the tree what the page says."""
    path = tree / place["path"]
    if place["new"]:
        assert not path.exists()
        path.write_text(text, encoding="utf-8")
        return
    old = path.read_text(encoding="utf-8")
    if place["end"]:
        new = old + text
    else:
        line = next(line for line in old.splitlines(keepends=True) if place["below"] in line)
        new = old.replace(line, line + text, 1)
    path.write_text(new, encoding="utf-8")


def run(command, tree, **environment):
    """Run a command line of the page with the package of the copied tree."""
    words = [*{"pytest": ["-m", "pytest"], "python": []}[shlex.split(command)[0]], *shlex.split(command)[1:]]
    paths = {"PYTHONPATH": str(tree / "src"), "XDG_CACHE_HOME": str(tree / "cache")}
    return subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env={**os.environ, **paths, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tree(tmp_path):
    """A copy of the tree without what is hidden or built."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "results")
    return Path(shutil.copytree(ROOT, tmp_path / "tree", ignore=ignored))


@pytest.mark.slow
@pytest.mark.parametrize("title", [RULE, CLEANER])
def test_both_ways_lead_there(title, tree):
    commands = []
    for place, language, text in blocks(title):
        if language == "sh":
            commands.extend(text.splitlines())
        else:
            apply(place, text, tree)
    assert commands
    for command in commands:
        done = run(command, tree)
        allowed = 1 if "--update-golden" in command else 0  # it writes the new output down, and does not pass itself
        assert done.returncode <= allowed, f"{command}\n{done.stdout[-4000:]}{done.stderr}"
    for new in (
        place["path"] for place, _, _ in blocks(title) if place and place["new"] and place["path"].endswith(".py")
    ):
        assert run(f"python -m doctest {new}", tree).returncode == 0


@pytest.mark.slow
def test_a_case_without_its_rule_fails(tree):
    place, _, text = next(blocks(RULE))
    apply(place, text, tree)
    done = run("pytest -q tests/test_cases.py -k site-chrome", tree)
    assert "1 failed" in done.stdout


@pytest.mark.parametrize("title", [RULE, CLEANER])
def test_every_block_says_where_it_goes(title):
    for place, language, _ in blocks(title):
        assert (language == "sh") != bool(place)
        if place and not place["new"]:
            text = (ROOT / place["path"]).read_text(encoding="utf-8")
            assert place["end"] or place["below"] in text
        if place and place["new"]:
            assert not (ROOT / place["path"]).exists(), (
                f"{place['path']}: the page shows how to write it; take another example"
            )


def test_the_files_and_parts_that_it_names_exist():
    text = PAGE.read_text(encoding="utf-8")
    shown = {place["path"] for title in (RULE, CLEANER) for place, _, _ in blocks(title) if place and place["new"]}
    named = set(re.findall(r"`((?:src|tests|tools|docs|benchmarks|\.ci)/[\w./-]*)`", text)) - shown
    assert len(named) > 15
    assert not [name for name in sorted(named) if not (ROOT / name).exists() and "repeated-marks" not in name]


@pytest.mark.parametrize("name", cnclean.names())
def test_every_cleaner_has_what_a_new_one_is_asked_for(name):
    for path in (f"tests/cases/{name}.toml", f"tests/tokens/{name}.json", f"docs/reference/{name}.md"):
        assert (ROOT / path).is_file(), path
    for page in ("README.md", "mkdocs.yml"):
        assert f"reference/{name}.md" in (ROOT / page).read_text(encoding="utf-8"), page
