"""The fenced blocks of a Markdown page, and how each is run."""

import contextlib
import glob
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

import cnclean
from cnclean.cli import main

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=indent)```", re.M | re.S)
_MARKER = re.compile(r"<!-- (?P<kind>not run|needs|shortened by): (?P<what>[^>]+?) -->\s*\Z")
_TITLE = re.compile(r'title="(?P<name>[^"]+)"')
_ROOT = Path(__file__).resolve().parents[1]
_FOLDERS = {"python": _ROOT, "pytest": _ROOT, "dj-process": Path()}  # where commands other than cnclean are run


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, what it holds, and what the comment before it says about running it."""

    place: str
    language: str
    text: str
    title: str = ""
    not_run: str = ""
    shortened_by: str = ""
    """Options added to its commands, so that they end within seconds."""
    needs: tuple[str, ...] = ()

    @property
    def is_doctest(self):
        return self.language in ("python", "pycon") and ">>>" in self.text

    @property
    def takes_seconds(self):
        """Whether it cleans a corpus, or would run for long."""
        return bool(self.shortened_by) or (self.language in ("sh", "console") and "cnclean corpus " in self.text)


def blocks(path):
    """Return the fenced blocks of a page, in order."""
    page = path.read_text(encoding="utf-8")
    found = []
    for fence in _FENCE.finditer(page):
        marker = _MARKER.search(page, 0, fence.start())
        title = _TITLE.search(fence["info"])
        text = re.sub(rf"^{fence['indent']}", "", fence["text"], flags=re.M)
        said = {marker["kind"]: marker["what"]} if marker else {}
        found.append(
            Block(
                place=f"{path.name}:{page.count(chr(10), 0, fence.start()) + 1}",
                language=fence["language"],
                text=text,
                title=title["name"] if title else "",
                not_run=said.get("not run", ""),
                shortened_by=said.get("shortened by", ""),
                needs=tuple(said["needs"].split(", ")) if "needs" in said else (),
            )
        )
    return found


def run_page(page_blocks):
    """Run the blocks of a page in order, in the working directory; doctests are left to pytest."""
    names = {"__name__": "page"}
    output = None  # of the commands of the block before
    for block in page_blocks:
        if block.title:
            path = Path(block.title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        if block.language == "toml":
            check_toml(block)
        elif block.language == "json":
            json.loads(block.text)
        elif block.language == "sh":
            output = run_commands(block)
            continue
        elif block.language == "console":
            check_console(block)
        elif block.language == "python" and not block.is_doctest:
            exec(compile(block.text, block.place, "exec"), names)
        elif block.language == "text" and not block.title:
            assert output is not None, f"{block.place}: what command prints this?"
            assert_printed(block.place, block.text, output)
        else:
            known = block.title or block.is_doctest
            assert known, f"{block.place}: nothing is known about blocks of {block.language or 'no language'}"
        output = None


def check_toml(block):
    """Build what a recipe or a rule file says, and try its examples."""
    keys = tomllib.loads(block.text).keys()
    path = Path(block.title or "block.toml")
    path.write_text(block.text, encoding="utf-8")
    if keys & {"stage", "extends", "set"}:
        cnclean.pipeline(path)("你好")
    elif keys & {"extend", "drop", "guard"}:
        cnclean.build("spam", table=str(path))("你好")
    else:
        raise AssertionError(f"{block.place}: neither a recipe nor a rule file")
    if "example" in keys:
        code, output = cnclean_command("test", str(path))
        assert code == 0, f"{block.place}: {output}"


def run_commands(block):
    """Run the lines of a block one by one; each must succeed."""
    output = ""
    for line in block.text.replace("\\\n", " ").splitlines():
        code, printed = run_line(block.place, line, block.shortened_by)
        assert code == 0, f"{block.place}: {line}: exit code {code}\n{printed}"
        output += printed
    return output


def check_console(block):
    """Run the lines after `$ ` and compare what each prints with the lines below it."""
    for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
        line, _, expected = part.partition("\n")
        _, printed = run_line(block.place, line)
        assert_printed(f"{block.place}: {line}", expected, printed)


def assert_printed(place, expected, printed):
    same = OutputChecker().check_output(expected, printed, ELLIPSIS | NORMALIZE_WHITESPACE)
    assert same, f"{place}: printed\n{printed}"


def run_line(place, line, options=""):
    """Run `cnclean …`, with patterns, `>` and `&&`; what `pip install` would bring is there already."""
    code, output = 0, ""
    for command in line.split("&&"):
        words = shlex.split(command, comments=True)
        target = ""
        if ">" in words:
            target = words[words.index(">") + 1]
            words = words[: words.index(">")]
        if words[:2] == ["pip", "install"] or not words:
            continue
        words += shlex.split(options)
        if words[0] == "cnclean":
            words = [name for word in words[1:] for name in (sorted(glob.glob(word)) if "*" in word else [word])]
            code, printed = cnclean_command(*words)
        else:
            code, printed = other_command(place, words)
        if target:
            Path(target).write_text(printed, encoding="utf-8")
        else:
            output += printed
    return code, output


def other_command(place, words):
    """Return the exit code of a script of the repository or a program of another package, and all that it prints."""
    settings = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    program, *arguments = words[len(settings) :]
    assert program in _FOLDERS, f"{place}: nothing is known about the command {program}: mark the block as not run"
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=_FOLDERS[program],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def cnclean_command(*words):
    """Return the exit code of the command line, and all that it prints."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    argv, sys.argv = sys.argv, ["cnclean", *words]
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            main()
    except SystemExit as end:
        return end.code, printed.buffer.getvalue().decode("utf-8")
    finally:
        sys.argv = argv
    raise AssertionError("the command line always ends by an exit code")
