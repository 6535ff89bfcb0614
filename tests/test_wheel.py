"""What the installed package brings: tables, types, licences, the command. .ci/release runs it from the wheel."""

import subprocess
import sys
from importlib.metadata import distribution, metadata
from importlib.resources import files

import cnclean
from cnclean.tables import data_names, toml_table, word_table


def test_every_table_and_recipe_is_installed_and_readable():
    assert files("cnclean").joinpath("py.typed").is_file()
    assert set(data_names(".toml", "recipes")) == set(cnclean.recipes())
    for name in data_names(".toml"):
        assert toml_table(f"{name}.toml")
    for name in data_names(".txt"):
        assert word_table(f"{name}.txt")


def test_metadata():
    meta = metadata("cnclean")
    assert meta["Version"] == cnclean.__version__
    assert meta["License-Expression"] == "Apache-2.0"
    assert "idempotent" in meta["Summary"].lower()


def test_licence_and_notice_are_installed():
    texts = {file.name: file.read_text() for file in distribution("cnclean").files or () if "licenses" in file.parts}
    assert set(texts) == {"LICENSE", "NOTICE"}
    assert "Apache License" in texts["LICENSE"]
    assert "jieba" in texts["NOTICE"]


def test_the_command_and_the_module_are_the_same():
    by_module = subprocess.run(
        [sys.executable, "-m", "cnclean", "--version"], capture_output=True, text=True, check=True
    )
    assert cnclean.__version__ in by_module.stdout
    entry = next(entry for entry in distribution("cnclean").entry_points if entry.group == "console_scripts")
    assert (entry.name, entry.value) == ("cnclean", "cnclean.cli:main")


def test_every_requirement_has_a_lower_bound_and_data_are_pinned():
    runtime = [line for line in distribution("cnclean").requires or () if "extra ==" not in line]
    assert all(">=" in line or "==" in line for line in runtime), runtime
    assert "opencc-python-reimplemented==0.1.7" in runtime, "its dictionary files are data, and data is behaviour"
