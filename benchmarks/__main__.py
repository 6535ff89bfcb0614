"""Run the benchmarks, compare them with their floors, write the README's table and the plots.

python -m benchmarks all --data FOLDER          every benchmark; tables as Markdown and JSON in benchmarks/results/
python -m benchmarks extract spam --data FOLDER two of them; one alone also takes options of its own
python -m benchmarks check                      what was measured last against the floors; 1 where one is missed
python -m benchmarks floors --raise             raise the floors to what was measured last
python -m benchmarks readme                     write the README's table; with --check only compare
python -m benchmarks plot                       draw the plots in docs/images/
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import floors, plots, readme, results, summary
from benchmarks.benchmark import NAMES, benchmark
from benchmarks.peers import absent, is_there

FOLDER_HELP = "folder of the results (default: benchmarks/results)"


def run(names: list[str], given: list[str]) -> int:
    """Measure, write, and keep the figures that the floors and the README name; 1 where one failed."""
    chosen = []
    for name in names:
        each, about = benchmark(name)
        own = each.parser(about)
        own.prog = f"python -m benchmarks {name}"
        own.add_argument("--output", type=Path, default=results.FOLDER, metavar="FOLDER", help=FOLDER_HELP)
        chosen.append((name, own.parse_args(given)))
    folder = chosen[0][1].output
    found = []
    for name, options in chosen:
        found.append(results.measure_alone(name, options))
        results.write(found[-1], folder)
        figures = summary.update(summary.read(folder), found[-1:], kept_figures())
        if figures:
            summary.write(figures, folder)
    if is_there("matplotlib"):
        list(plots.draw(folder, folder))
    tell(found, folder)
    return int(any(result.failed for result in found))


def tell(found: list[results.Result], folder: Path) -> None:
    """Print what was written and what was not measured."""
    print(f"\nwritten to {folder}/: {', '.join(f'{result.name}.md' for result in found)} and as many .json")
    for result in found:
        for reason in result.skipped:
            print(f"skipped in {result.name}: {reason}")
    if not all(result.whole for result in found):
        print(f"{summary.NAME} has no figure of a run that is quick, lacks the evaluation data or has other options")


def kept_figures() -> list[str]:
    """Return the names of the figures to keep, with `*` for tools."""
    return [*floors.read().entries, *readme.patterns()]


def parser(name: str, about: str | None) -> argparse.ArgumentParser:
    """Return the parser of a command that reads results."""
    made = argparse.ArgumentParser(prog=f"python -m benchmarks {name}", description=about)
    made.add_argument("--output", type=Path, default=results.FOLDER, metavar="FOLDER", help=FOLDER_HELP)
    return made


def check(arguments: list[str]) -> int:
    """Compare the figures with the floors, and the floors with those of a commit."""
    own = parser("check", check.__doc__)
    own.add_argument("--against", default="HEAD", metavar="REVISION", help="a floor lower than there needs a reason")
    options = own.parse_args(arguments)
    held, figures = floors.read(), summary.read(options.output)
    missing = [name for name in held.entries if name not in figures]
    below, sunk = list(held.below(figures)), list(held.sunk(floors.committed(options.against)))
    for title, lines in (("below the floor", below), ("floor sunk", sunk), ("not measured", missing)):
        for line in lines:
            print(f"{title}: {line}")
    for name, floor in held.entries.items():
        if name in figures and floor.asked is not None and floor.is_worse(figures[name], floor.asked):
            print(f"not yet what was asked: {name}: {figures[name]:g}, asked {floor.asked:g}")
    print(f"{len(held.entries) - len(missing)} figures compared, {len(below)} below the floor, {len(sunk)} floors sunk")
    return int(bool(below or sunk))


def raise_floors(arguments: list[str]) -> int:
    """Raise the floors to the figures measured last, or tell what they are."""
    own = parser("floors", raise_floors.__doc__)
    own.add_argument("--raise", dest="up", action="store_true", help="write floors.toml")
    options = own.parse_args(arguments)
    held, figures = floors.read(), summary.read(options.output)
    entries = {n: floor.raised(figures[n]) if n in figures else floor for n, floor in held.entries.items()}
    for name, floor in held.entries.items():
        risen = entries[name].floor
        print(f"{name}: floor {floor.floor}" + (f" -> {risen}" if risen != floor.floor else ""))
    if options.up:
        floors.PATH.write_text(floors.written(replace(held, entries=entries)), encoding="utf-8")
    return 0


def write_readme(arguments: list[str]) -> int:
    """Write the README's table from the kept figures; with --check tell whether it is what they say."""
    own = parser("readme", write_readme.__doc__)
    own.add_argument("--check", action="store_true", help="write nothing; 1 where the README says something else")
    options = own.parse_args(arguments)
    text = readme.README.read_text(encoding="utf-8")
    filled = readme.filled(text, summary.read(options.output))
    if options.check and filled != text:
        print("the README's table is not what summary.json says: python -m benchmarks readme", file=sys.stderr)
        return 1
    if filled != text:
        readme.README.write_text(filled, encoding="utf-8")
    return 0


def plot(arguments: list[str]) -> int:
    """Draw the plots from the results."""
    own = parser("plot", plot.__doc__)
    own.add_argument("--images", type=Path, default=plots.IMAGES, metavar="FOLDER", help="default: docs/images")
    options = own.parse_args(arguments)
    for skipped in absent("matplotlib"):
        print(skipped.reason, file=sys.stderr)
        return 1
    for path in plots.draw(options.output, options.images):
        print(path)
    return 0


COMMANDS = {"check": check, "floors": raise_floors, "readme": write_readme, "plot": plot}


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    if arguments[:1] and arguments[0] in COMMANDS:
        return COMMANDS[arguments[0]](arguments[1:])
    names = [a for a in arguments if a in (*NAMES, "all")]
    rest = arguments[len(names) :]
    if not names or arguments[: len(names)] != names:
        print(f"{__doc__}\nbenchmarks: {', '.join(NAMES)}")
        return 0 if set(arguments) <= {"-h", "--help"} else 2
    return run(list(NAMES) if "all" in names else names, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
