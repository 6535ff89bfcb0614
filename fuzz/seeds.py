"""What a fuzzer starts from: the cases, pages and recipes of the tests as inputs, their tokens as a dictionary."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from cnclean.tables import data_file
from fuzz.targets import NAMES, OPTIONS, RECIPES

TESTS = Path(__file__).parent.parent / "tests"
_LONGEST = 64  # bytes of a dictionary word that libFuzzer takes
# Parted by "|": pieces of HTML, of recipe files, of rule files.
_MARKUP = (
    """<p>|</p>|<div class="|<ul><li><a href=/>|</a></li>|<table><tr><td>|<pre>|<br>|<!--|-->|<![CDATA[|&#|;|<script>"""
)
_RECIPE = (
    """extends = "web"\n|[[stage]]\nuse = "|[set]\n|[[example]]\n|input = "|output = "|drop = ["|keep = [\"|on = """
)
_RULES = (
    """[extend.gambling]\n|[[guard]]\nterm = "|before = '|after = '|strong = ["|weak = ["|(?i)|(?<=|(?P<a>|(?:|[^|*?"""
)

_RULE_FILES = (
    '[extend.gambling]\nstrong = ["彩虹岛"]\nweak = ["岛上"]\n',
    'drop = ["时时彩"]\n[[guard]]\nterm = "股票配资"\nbefore = "[一二]$"\nafter = "岛"\n',
)


def words() -> list[bytes]:
    """Return the dictionary: the nasty tokens of all cleaners, pieces of HTML and TOML, byte order marks."""
    found = [word for words in (_MARKUP, _RECIPE, _RULES) for word in words.split("|")]
    for path in sorted((TESTS / "tokens").glob("*.json")):
        found += json.loads(path.read_text("utf-8"))
    encoded = [word.encode("utf-8", "surrogatepass") for word in found]
    encoded += [token.encode("gb18030", "ignore") for token in ("中文", "，的")] + [b"\xff\xfe", b"\xef\xbb\xbf", b"~{"]
    return [word for word in dict.fromkeys(encoded) if 0 < len(word) <= _LONGEST]


def dictionary() -> str:
    """Return the words in the form that libFuzzer reads."""
    return "".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in words())


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs for a target, in the layout that it reads."""
    if target == "html":
        for number, page in enumerate(sorted((TESTS / "pages").glob("*.html"))):
            yield bytes([number % 4, 0, 0]) + page.read_bytes()
        yield bytes([1, 1, 0]) + "<nav><a href=/>首页</a></nav><p>春天来了".encode()
    elif target == "recipe-file":
        for name in RECIPES:
            yield b"\x01" + data_file(f"recipes/{name}.toml").read_bytes()
        yield bytes([0, 0, 1, 1, 0, 6, 2, 13, 0, 3, 2, *b"1"])
    elif target == "rule-file":
        for rules in _RULE_FILES:
            data = rules.encode()
            yield b"\x01" + data + b"\n" * (-len(data) % 8)  # of a length that is put to use
        yield bytes([0, 0, 1, 1, 0, *"彩虹海岛".encode(), 2, 1, 0, 3, 0, *b"[ab]$   "])
    else:
        for number, (stem, text) in enumerate(_cases()):
            if target == "decode":
                yield bytes([0, 0, number % 11]) + text.encode("utf-8", "surrogatepass")
            elif target == "cleaner":
                yield bytes([NAMES.index(stem), *[0] * len(OPTIONS[stem])]) + text.encode("utf-8", "surrogatepass")
            else:
                yield bytes([number % len(RECIPES), 0, 0]) + text.encode("utf-8", "surrogatepass")


def _cases() -> Iterator[tuple[str, str]]:
    for path in sorted((TESTS / "cases").glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        for case in (*table.get("case", ()), *table.get("unchanged", ())):
            yield path.stem, case.get("input", case.get("text"))
