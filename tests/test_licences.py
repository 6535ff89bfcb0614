"""Whose data the package holds: every table says it, and NOTICE names all that is not ours, with its licence."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from cnclean.tables import data_names, text_file, toml_table

ROOT = Path(__file__).resolve().parents[1]
NOTICE = ROOT / "NOTICE"
TABLES = [f"{name}{end}" for end in (".toml", ".txt") for name in data_names(end)]
MADE_HERE = {"recipe.schema.json", "rules.schema.json"}  # from the registry, by tools/build_schemas.py
OWN = re.compile(
    r"(?:our own|own list|cnclean:|(?:written|counted) for (?:cnclean|this)|tools/build_\w+\.py, from our own)",
    re.IGNORECASE,
)

needs_tree = pytest.mark.skipif(not NOTICE.is_file(), reason="needs the source tree")


def stated(name):
    """Return source and licence of a table, as it states them."""
    if name.endswith(".toml"):
        table = toml_table(name)
        return table["source"], table["licence"]
    lines = text_file(name).split("\n")
    found = {}
    for at, line in enumerate(lines):
        if match := re.match(r"# (source|licence): (.*)", line):
            more = [text[4:] for text in lines[at + 1 : at + 2] if text.startswith("#   ")]
            found[match[1]] = " ".join([match[2], *more])
    return found["source"], found["licence"]


def notice():
    """Return NOTICE on one line."""
    return " ".join(NOTICE.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_whose_it_is(name):
    source, licence = stated(name)
    assert len(source) > 10
    assert re.match(r"Apache-2\.0|MIT|Unicode", licence)
    if licence.startswith("Apache-2.0") and not licence.startswith("Apache-2.0 ("):
        assert OWN.match(source) or f"data/{name}" in notice(), f"{name}: NOTICE does not name it"


@needs_tree
@pytest.mark.parametrize("name", [name for name in TABLES if not OWN.match(stated(name)[0])])
def test_what_comes_from_others_is_in_the_notice(name):
    assert f"src/cnclean/data/{name}" in notice()


@needs_tree
@pytest.mark.parametrize("name", TABLES)
def test_another_licence_than_ours_is_in_the_notice(name):
    licence = stated(name)[1]
    if not licence.startswith("Apache-2.0"):
        assert f"src/cnclean/data/{name}" in notice()
        assert {"MIT": "MIT License", "Uni": "Unicode Data Files and Software License"}[licence[:3]] in notice()


@needs_tree
def test_the_notice_names_nothing_that_is_gone():
    named = re.findall(r"(?:src|tools|tests|benchmarks)/[\w./-]+\w", notice())
    assert len(named) > 8
    assert not [name for name in named if not (ROOT / name).exists()]


@needs_tree
def test_versions_in_tables_and_notice_agree():
    for name in TABLES:
        for work, version in re.findall(r"(jieba|OpenCC|Unicode Character Database) (\d+(?:\.\d+)+)", stated(name)[0]):
            assert f"{work} {version}" in notice(), f"{name}: {work} {version}"


def test_every_other_data_file_is_ours():
    """Recipes, the frames of reports and schemas are written or made here; anything else states its source."""
    root = files("cnclean").joinpath("data")
    for entry in root.iterdir():
        assert entry.is_dir() or entry.name in {*TABLES, *MADE_HERE}, entry.name
    assert {entry.name for entry in root.iterdir() if entry.is_dir()} == {"recipes", "report"}
    for entry in root.joinpath("report").iterdir():
        assert entry.name.rpartition(".")[2] in {"css", "html", "js", "toml"}
        assert not re.search(r"https?://(?!www\.w3\.org)", entry.read_text(encoding="utf-8")), "nothing is fetched"
