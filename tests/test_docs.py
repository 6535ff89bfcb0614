"""The documentation: every code block is run or says why not, links lead somewhere, the site knows every page."""

import importlib
import re
import shutil
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

import cnclean
from cnclean import errors
from cnclean.cli import cli
from tests.doc_blocks import blocks, run_page

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
each_page = pytest.mark.parametrize("page", PAGES, ids=NAMES)

# How many blocks of a page cannot be run. A new one is a decision, so it is counted here.
NOT_RUN = {
    "README.md": 1,
    "README.zh.md": 1,
    "docs/explanation/speed.md": 1,
    "docs/explanation/tests.md": 1,
    "docs/how-to/ray.md": 1,
    "docs/reference/command-line.md": 2,
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The sample pages, under the names that the pages call a folder of texts, in the working directory."""
    for name in ("examples", "pages", "crawl"):
        shutil.copytree(ROOT / "examples", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def runnable(page):
    return [block for block in blocks(page) if not block.not_run and not block.needs]


def takes_seconds(page):
    return any(block.takes_seconds for block in runnable(page))


@each_page
def test_every_block_runs(page, folder):
    run_page([block for block in runnable(page) if not block.takes_seconds])


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name, page in zip(NAMES, PAGES, strict=True) if takes_seconds(page)])
def test_blocks_that_take_seconds_run(name, folder):
    pytest.importorskip("pyarrow", reason="needs the extra corpus")
    run_page(runnable(ROOT / name))


WITH_NEEDS = [(page, block) for page in PAGES for block in blocks(page) if block.needs]


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("page", "block"), WITH_NEEDS, ids=[block.place for _, block in WITH_NEEDS])
def test_blocks_that_need_packages_run_beside_them(page, block, folder, monkeypatch):
    if missing := [name for name in block.needs if find_spec(name) is None]:
        pytest.skip(f"needs {', '.join(missing)}")
    if "pages.parquet" in block.text:
        monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
        table = importlib.import_module("pyarrow").table({"id": [1, 2], "text": ["他們來了,春天也來了。", None]})
        importlib.import_module("pyarrow.parquet").write_table(table, folder / "pages.parquet")
    files = [each for each in blocks(page) if each.title and not each.not_run]
    if files:
        shutil.rmtree(folder / "pages")  # there are those of the page itself
    run_page([*files, block])


def test_blocks_that_are_not_run_are_counted():
    counts = {name: sum(bool(block.not_run) for block in blocks(page)) for name, page in zip(NAMES, PAGES, strict=True)}
    assert {name: count for name, count in counts.items() if count} == NOT_RUN


@each_page
def test_commands_and_options_exist(page):
    text = page.read_text(encoding="utf-8")
    for command in re.findall(r"(?:^|`|\$ |&& )(cnclean [a-z]+ [^`\n]*)", text, re.M):
        words = re.findall(r"[\w-]+", command.partition(" #")[0])
        options = {option for parameter in cli.commands[words[1]].params for option in parameter.opts}
        options |= {option for parameter in cli.commands[words[1]].params for option in parameter.secondary_opts}
        for word in _OPTION.findall(command.partition(" #")[0]):
            assert word in options, f"{command}: no option {word}"


def test_the_synopsis_names_every_command_and_option():
    synopsis = blocks(DOCS / "reference" / "command-line.md")[0].text
    shown = {part.split()[0]: set(_OPTION.findall(part)) for part in synopsis.split("cnclean ")[1:]}
    assert set(shown) == set(cli.commands)
    for name, command in cli.commands.items():
        for parameter in command.params:
            spellings = {option for option in parameter.opts if option.startswith("-")}
            if spellings and not spellings & {"--quiet", "--debug"}:  # every command has these
                assert spellings & shown[name], f"{name}: {parameter.opts}"


@each_page
def test_benchmarks_that_are_named_exist(page):
    text = page.read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "benchmarks").glob("*.py"))
    for name, options in re.findall(r"python -m\s+benchmarks[. ](\w+)([^`\n#]*)", text):
        known = (ROOT / "benchmarks" / f"{name}.py").exists() or f'"{name}"' in code
        assert known, f"{page.name}: benchmarks has no {name}"
        for option in re.findall(r"--[a-z-]+", options):
            assert f'"{option}"' in code, f"{page.name}: no benchmark has an option {option}"


def github_anchor(heading):
    """Return the anchor that GitHub gives to a heading; mkdocs.yml makes the site give the same."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip())
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def without_code(text):
    return re.sub(r"^( *)```.*?^\1```", "", text, flags=re.M | re.S)


@pytest.mark.parametrize("page", sorted({*PAGES, *ROOT.glob("*.md")}), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = re.sub(r"`[^`\n]*`", "", without_code(page.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.is_file(), f"{page.name}: {target}"
        assert page.parent == ROOT or DOCS in linked.parents, f"{page.name}: {target} is not on the site"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", without_code(linked.read_text(encoding="utf-8")), re.M)
            assert anchor in map(github_anchor, headings), f"{page.name}: {target}"


@each_page
def test_lists_and_tables_read_the_same_on_github_and_on_the_site(page):
    lines = without_code(page.read_text(encoding="utf-8")).split("\n")
    for before, line in pairwise(lines):
        starts = re.match(r"(?:\* |- |\d+\. |\|)", line)
        inside = not before.strip() or re.match(r"\* |- |\d+\. |\|| {2,}|<!--", before)
        assert not starts or inside, f"{page.name}: a blank line is missing before {line!r}"


def test_the_site_knows_every_page():
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[2]
    named = re.findall(r"[\w/-]+\.md", nav)
    assert sorted(named) == sorted(str(page.relative_to(DOCS)) for page in PAGES if DOCS in page.parents)


def test_the_reference_names_everything_public():
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^::: cnclean\.(?:recipe\.)?(\w+)$", page, re.M)) == set(cnclean.__all__)
    assert set(re.findall(r"^\| \[`(\w+)`\]\(#", page, re.M)) == set(cnclean.__all__)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "docs/index.md"])
def test_tables_of_cleaners_are_complete(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[`([\w-]+)`\]\([\w/]*reference/\1\.md\) \|", page, re.M)
    assert rows == list(cnclean.names())


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "docs/zh/quick-start.md"])
def test_tables_of_recipes_are_complete(name):
    page = (ROOT / name).read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == set(cnclean.recipes())


def test_the_page_of_errors_is_complete():
    page = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
    kinds = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == kinds - {"CncleanError"}


def test_every_cleaner_has_a_page():
    for name in cnclean.names():
        assert (DOCS / "reference" / f"{name}.md").exists()
