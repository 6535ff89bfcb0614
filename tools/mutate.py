"""Mutation testing of one module: makes one small mistake at a time and tells which ones no test notices.

    python tools/mutate.py src/cnclean/edit.py tests/test_edit.py tests/test_pipeline.py --most 100

Works on a copy of the project, so that the tree is not touched. The mistakes: constants, comparisons and their
boundaries, boolean and arithmetic operators, conditions, deleted statements, returned values. Annotations, decorators,
docstrings and texts stay as they are.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_SMALL = 10  # above that a constant is a measured limit, and one more or less is no mistake: it is doubled
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Mod: ast.Mult,
}
_SKIPPED_FIELDS = ("annotation", "returns", "decorator_list", "bases", "type_params")

Mutation = tuple[str, Callable[[], None]]
"""What is done to a node, in words, and the doing."""


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes whose mutation a test could notice, in the order of the source."""
    for field, value in ast.iter_fields(tree):
        if field in _SKIPPED_FIELDS:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from nodes(child)


def mutations(node: ast.AST) -> list[Mutation]:
    """Return the mistakes that can be made at a node."""
    match node:
        case ast.Constant(value=bool() as value):
            return [_set(node, "value", not value, f"{value} -> {not value}")]
        case ast.Constant(value=int() | float() as value):
            other = value + 1 if abs(value) <= _SMALL else value * 2
            return [_set(node, "value", other, f"{value} -> {other}")]
        case ast.Compare(ops=[op, *rest]) if type(op) in _COMPARED:
            return [
                _set(node, "ops", [other(), *rest], f"{type(op).__name__} -> {other.__name__}")
                for other in _COMPARED[type(op)]
            ]
        case ast.BoolOp(op=op):
            opposite = ast.Or() if isinstance(op, ast.And) else ast.And()
            return [_set(node, "op", opposite, f"{type(op).__name__} -> {type(opposite).__name__}")]
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _COMPUTED:
            made = _COMPUTED[type(op)]
            return [_set(node, "op", made(), f"{type(op).__name__} -> {made.__name__}")]
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            found = [_set(node, "test", ast.UnaryOp(ast.Not(), test), "condition negated")]
            return found if isinstance(node, ast.While) else [*found, *_never(node)]
        case ast.Return(value=value) if value is not None and not _is_none(value):
            return [_set(node, "value", ast.Constant(None), "returns None")]
        case _:
            return []


def _never(node: ast.AST) -> list[Mutation]:
    return [_set(node, "test", ast.Constant(False), "condition never true")]


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _set(node: ast.AST, field: str, value: object, words: str) -> Mutation:
    return words, lambda: setattr(node, field, value)


def deletions(tree: ast.AST) -> Iterator[tuple[ast.stmt, Mutation]]:
    """Yield each statement that can be left out, with the leaving out."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            block = getattr(node, field, None)
            if not isinstance(block, list) or isinstance(node, (ast.Module, ast.ClassDef)):
                continue
            for at, statement in enumerate(block):
                if isinstance(statement, (ast.Assign, ast.AugAssign, ast.Continue, ast.Break)) or (
                    isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant)
                ):
                    yield statement, _delete(block, at)


def _delete(block: list[ast.stmt], at: int) -> Mutation:
    def delete() -> None:
        block[at] = ast.Pass()

    return "deleted", delete


def mutants(source: str) -> list[tuple[int, str, str]]:
    """Return the mutants of a module: line, what was done, the new source."""
    plan = _plan(ast.parse(source))
    made = []
    for number in range(len(plan)):
        tree = ast.parse(source)
        line, (words, act) = _plan(tree)[number]
        act()
        made.append((line, words, ast.unparse(ast.fix_missing_locations(tree))))
    return sorted(made, key=lambda mutant: mutant[0])


def _plan(tree: ast.Module) -> list[tuple[int, Mutation]]:
    plan = [(getattr(node, "lineno", 0), mutation) for node in nodes(tree) for mutation in mutations(node)]
    return plan + [(statement.lineno, mutation) for statement, mutation in deletions(tree)]


def run_tests(folder: Path, tests: list[str], seconds: float, *, quiet: bool = True) -> int:
    """Run the tests in a process of their own, begun as a copy of this one; return its exit status, 0 if they pass.

    `seconds` are of processor time: how busy the machine is does not decide.
    """
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (round(seconds), round(seconds)))  # ends the process
        os.chdir(folder)
        sys.path[:0] = [str(folder / "src"), str(folder)]
        if quiet:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
        import pytest

        os._exit(pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Run the mutants of a module, print those that survive, and exit with 1 if there are more than `--allowed`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module", help="path from the root of the project")
    parser.add_argument("tests", nargs="+", help="what pytest runs for each mutant")
    parser.add_argument("-k", default="", metavar="WORDS", help="which of the tests, as for pytest")
    parser.add_argument("--most", type=int, default=10_000, help="mutants to run, spread evenly over the module")
    parser.add_argument("--seconds", type=float, default=1e9, help="time for all mutants; what is left is not run")
    parser.add_argument("--allowed", type=int, default=0, help="survivors that are known and explained")
    args = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cnclean-mutants-"))
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"), dirs_exist_ok=True)
    module = folder / args.module
    source = module.read_text(encoding="utf-8")
    tests = [*args.tests, *(["-k", args.k] if args.k else [])]
    import hypothesis  # loaded once here, not again for each mutant  # noqa: F401
    import pytest  # noqa: F401

    begin = time.monotonic()
    if run_tests(folder, tests, 600, quiet=False):
        sys.exit(f"{args.module}: the tests fail without any mutant")
    limit = 3 * sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) + 2
    made = mutants(source)
    chosen = [made[at * len(made) // min(args.most, len(made))] for at in range(min(args.most, len(made)))]
    random.Random(0).shuffle(chosen)  # noqa: S311 - so that those that time allows are spread over the module, too
    survivors = ran = 0
    for line, words, text in chosen:
        if time.monotonic() - begin > args.seconds:
            break
        module.write_text(text, encoding="utf-8")
        ran += 1
        if run_tests(folder, tests, limit) == 0:
            survivors += 1
            print(f"{args.module}:{line}: {words}: {source.splitlines()[line - 1].strip()}", flush=True)
    shutil.rmtree(folder)
    print(f"{args.module}: {len(made)} mutants, {ran} run, {ran - survivors} killed, {survivors} survived", flush=True)
    sys.exit(survivors > args.allowed)


main()
