"""What the installed package brings: tables, types, modules that import. In .ci/run it runs against the wheel."""

from importlib.metadata import metadata
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
