"""Who may import what, who may touch files, what `import cnclean` costs: read from the source, not from good will."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import cnclean

SOURCE = Path(cnclean.__file__).parent

# A module imports only what stands above it. A package is one entry; inside it other rules hold (below).
LAYERS = [
    "errors",
    "edit",
    "cleaner",
    "triggers",
    "tables",
    "offsets",
    "ledger",
    "report",
    "shapes",
    "passes",
    "pipeline",
    "testing",
    "opencc_data",
    "character_model",
    "view",
    "readings",
    "cleaners",
    "html",
    "registry",
    "recipe",
    "api",
    "files",
    "corpus",
    "adapters",
    "cli",
    "__init__",
    "__main__",
]
FOR_CLEANERS = {"errors", "edit", "cleaner", "tables", "opencc_data", "character_model", "view", "readings"}
LOADED_LATE = {"ftfy", "bs4", "click", "rich"}
READERS = {"tables", "opencc_data", "recipe", "files", "corpus", "cli"}
WRITERS = {"files", "corpus", "cli", "opencc_data"}  # the last one only a cache of its own tables
LONGEST = 250  # lines of a module
VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}


@cache
def modules():
    """Return the dotted name (without the package's own) and the syntax tree of every module."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts
        found[".".join(parts)] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


def at_run_time(tree):
    """Yield the nodes of a module, without what stands in `if TYPE_CHECKING:`."""
    types_only = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for statement in node.body
        for child in ast.walk(statement)
    }
    return [node for node in ast.walk(tree) if node not in types_only]


def imports(nodes):
    """Yield the full name of everything that is imported, at the top of a module or inside a function."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            assert node.module
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule.removeprefix("cnclean.") in modules() else node.module


def own_imports(tree):
    """Yield the imports from cnclean itself, without the package's name."""
    return sorted({name.removeprefix("cnclean.") for name in imports(ast.walk(tree)) if name.startswith("cnclean.")})


def layer(name):
    """Return the first part of a dotted name."""
    return name.partition(".")[0]


@pytest.mark.parametrize("name", modules())
def test_a_module_imports_only_what_stands_above_it(name):
    assert layer(name) in LAYERS, f"{name}: new module; say in LAYERS where it stands"
    for imported in own_imports(modules()[name]):
        if layer(imported) != layer(name):
            assert LAYERS.index(layer(imported)) < LAYERS.index(layer(name)), f"{name} must not import {imported}"


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("cleaners.")])
def test_a_cleaner_imports_no_other_cleaner(name):
    own = ".".join(name.split(".")[:2])
    for imported in own_imports(modules()[name]):
        is_own = imported == own or imported.startswith(own + ".")
        assert is_own or imported in FOR_CLEANERS, f"{name} must not import {imported}"


@pytest.mark.parametrize("package", ["ftfy", "bs4", "opencc"])
def test_a_dependency_is_named_in_one_module(package):
    users = [name for name, tree in modules().items() if package in map(layer, imports(at_run_time(tree)))]
    if package == "opencc":
        assert not users, "two packages on PyPI install a package of this name"
    else:
        assert len(users) <= 1, users


def calls(tree, names):
    """Yield the name of every call of one of the given functions or methods."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield name


@pytest.mark.parametrize("name", modules())
def test_only_a_few_modules_touch_files(name):
    tree = modules()[name]
    if layer(name) not in READERS:
        assert not list(calls(tree, {"open", "read_text", "read_bytes"})), f"{name} must not read files"
    if layer(name) not in WRITERS:
        assert not list(calls(tree, {"write_text", "write_bytes", "mkdir", "unlink"})), f"{name} must not write files"
    if layer(name) not in (WRITERS | {"console", "__main__"}) - {"opencc_data"}:
        assert not list(calls(tree, {"print", "input"})), f"{name} must not touch streams"


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("cleaners.")])
def test_cleaners_split_lines_at_line_feeds_only(name):
    assert not list(calls(modules()[name], {"splitlines"})), f"{name}: use cnclean.cleaner.lines"


def test_modules_are_named_for_what_they_do():
    assert not [name for name in modules() if set(name.replace("_", ".").split(".")) & VAGUE]


def test_modules_are_short():
    lengths = {str(path.relative_to(SOURCE)): path.read_bytes().count(b"\n") for path in SOURCE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}, "split what has two jobs"


IMPORT = """
import sys, time
before = set(sys.modules)
start = time.process_time()
import cnclean
seconds = time.process_time() - start
print(seconds, *sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
"""


def test_import_is_light():
    """`import cnclean` loads no heavy dependency. The promise is 100 ms on a quiet machine; a busy one gets more."""
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    seconds, *loaded = done.stdout.split()
    assert not LOADED_LATE & set(loaded)
    assert not done.stderr
    assert float(seconds) < 1
