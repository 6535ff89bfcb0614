"""What cleaning tools do to sound Chinese, and to their own output. Each peer runs with its defaults.

    pip install ftfy zhconv hanziconv clean-text jionlp pangu autocorrect-py
    pip install trafilatura readability-lxml lxml_html_clean
    python -m benchmarks.damage [--data FOLDER]

The sentences are our own, and nothing is wrong with them. The inputs of the second table were found by a property test
or, for script conversion, by trying every entry of the tool's dictionary. With `--data` the third table counts what
sets of sound texts lose.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import cnclean
from benchmarks.benchmark import Benchmark, Options, Part
from benchmarks.material import texts
from benchmarks.peers import absent
from benchmarks.tables import Table

Tool = Callable[[str], str]
PACKAGES = (
    "ftfy",
    "zhconv",
    "hanziconv",
    "clean-text",
    "jionlp",
    "pangu",
    "autocorrect-py",
    "trafilatura",
    "readability-lxml",
)
SETS = ("clean/weekly", "clean/zhihu", "clean/classical", "spam/ham_news", "spam/ham_wiki")
MOST = 200_000  # characters of a set

SENTENCES = {
    "quotes and marks": "他说：“你好！”（笑）",
    "a book": "她读完了《边城》，又读《长河》。",
    "an ellipsis": "雨还在下……",
    "rare characters": "𠮷先生住在㙍头村。",
    "an aside": "小镇（人口三千）通了火车。",
    "words that converters know": "大雪覆盖了著名的乾隆行宫和瞭望台。",
    "a name in Latin letters": "用Python写的程序",
    "signs": "①洗手②开灯，5㎏",
}

TWICE = {
    "html.unescape": ("&amp;lt;",),
    "ftfy.fix_text": ("&amp;\r<b>", "。&#10;\x80ß"),
    "zhconv zh-cn": ("慶餘堂", "墨瀋"),
    "zhconv zh-tw": ("丑时",),
    "zhconv zh-hk": ("縕袍",),
    "HanziConv simplified": ("諮詢",),
    "HanziConv traditional": ("咨询",),
    "OpenCC dictionaries s2t": ("发明了",),
    "OpenCC dictionaries s2twp": ("演算法", "实模式"),
    "OpenCC dictionaries t2s": ("乾圖",),
    "JioNLP tra2sim": ("亁坤",),
    "JioNLP clean_text": ("见 http://a.example 网站",),
    "clean-text": ("电话:Ã电话:", "\\你好"),
    "clean-text no_numbers": ("，2.5",),
    "pangu": ("山#水#&火",),
    "AutoCorrect": ("你好１",),
    "trafilatura to HTML": ("<p>你好<p>\N{IDEOGRAPHIC SPACE}",),
    "readability to HTML": ("<p>http://a.examplehttp://a.example",),
}


@cache
def tools() -> dict[str, Tool]:
    """Return the tools that are installed, each as a function from text to text."""
    makers: dict[str, Callable[[], Tool]] = {
        "cnclean web": lambda: cnclean.clean,
        "cnclean corpus": lambda: partial(cnclean.clean, recipe="corpus"),
        "unicodedata NFKC": lambda: partial(unicodedata.normalize, "NFKC"),
        "html.unescape": lambda: html.unescape,
        "ftfy.fix_text": lambda: import_module("ftfy").fix_text,
        **{f"zhconv {to}": partial(_zhconv, to) for to in ("zh-cn", "zh-tw", "zh-hk")},
        "HanziConv simplified": lambda: import_module("hanziconv").HanziConv.toSimplified,
        "HanziConv traditional": lambda: import_module("hanziconv").HanziConv.toTraditional,
        **{f"OpenCC dictionaries {to}": partial(_opencc, to) for to in ("t2s", "s2t", "s2twp")},
        "JioNLP clean_text": lambda: import_module("jionlp").clean_text,
        "JioNLP tra2sim": lambda: import_module("jionlp").tra2sim,
        "clean-text": lambda: import_module("cleantext").clean,
        "clean-text no_numbers": lambda: partial(import_module("cleantext").clean, no_numbers=True),
        "pangu": lambda: import_module("pangu").space_text,
        "AutoCorrect": lambda: import_module("autocorrect_py").format,
        "trafilatura to HTML": _trafilatura,
        "readability to HTML": _readability,
    }
    found: dict[str, Tool] = {}
    for name, make in makers.items():
        with contextlib.suppress(ImportError), contextlib.redirect_stdout(io.StringIO()):  # some print when imported
            found[name] = make()
    return found


def _zhconv(target: str) -> Tool:
    convert = import_module("zhconv").convert
    return lambda text: str(convert(text, target))


def _opencc(config: str) -> Tool:
    return import_module("opencc.opencc").OpenCC(config).convert  # type: ignore[no-any-return]


def _trafilatura() -> Tool:
    extract = import_module("trafilatura").extract
    return lambda page: extract(page, output_format="html") or ""


def _readability() -> Tool:
    document = import_module("readability").Document
    return lambda page: str(document(page).summary())


CLEANERS = (
    "cnclean web",
    "cnclean corpus",
    "unicodedata NFKC",
    "ftfy.fix_text",
    "zhconv zh-cn",
    "HanziConv simplified",
    "OpenCC dictionaries t2s",
    "JioNLP clean_text",
    "JioNLP tra2sim",
    "clean-text",
    "AutoCorrect",
)
"""The tools of the tables about sound text: those that are meant for Simplified text as it stands."""


def sentences() -> Table:
    """Return what each tool makes of sentences in which nothing is wrong; an empty cell: they stay."""
    names = [name for name in CLEANERS if name in tools()]
    rows = []
    for name in names:
        made = [(text, tools()[name](text) or "(nothing)") for text in SENTENCES.values()]
        rows.append((name, *(None if after == text else after for text, after in made)))
    return Table("sound sentences", ("tool", *SENTENCES), rows, keys=1 + len(SENTENCES))


def twice() -> Table:
    """Return inputs whose result each tool changes again."""
    rows = []
    for name, inputs in TWICE.items():
        for text in inputs if name in tools() else ():
            once = tools()[name](text)
            again = tools()[name](once)
            rows.append((name, *map(_shown, (text, once, again)), "no" if once == again else "yes"))
    return Table("its own output", ("tool", "text", "once", "twice", "changed again"), rows, keys=5)


def _shown(text: str) -> str:
    text = re.sub(r"\s*\n\s*", " ", text.strip("\n"))
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)


def entries() -> Table:
    """Return how many words and results of its dictionaries, or which of all Han, a converter changes again."""
    rows = []
    for name, convert in tools().items():
        words: set[str] = set()
        if name.startswith("zhconv"):
            zhconv = import_module("zhconv.zhconv")
            pairs = zhconv.getdict(name.split()[1])
            words = {*pairs, *pairs.values()}
        elif name.startswith(("HanziConv", "JioNLP tra2sim")):
            words = {chr(code) for code in range(0x3400, 0xA000)}
        again = sorted(word for word in words if convert(convert(word)) != convert(word))
        if words:
            rows.append((name, len(words), len(again), " ".join(again[:5])))
    return Table("dictionary entries changed again", ("tool", "entries", "changed again", "for example"), rows)


def losses(data: Path) -> Iterator[Table]:
    """Yield how many Han, and how many full-width marks, sound texts lose."""
    for title, kept in (
        ("Han lost, of 10,000", re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")),
        ("full-width marks lost, of 10,000", re.compile("[，。：；？！（）《》“”‘’、…—]")),
    ):
        names = [name for name in CLEANERS if name in tools()]
        rows = [(name, *(_loss(tools()[name], kept, data, each) for each in SETS)) for name in names]
        yield Table(title, ("tool", *SETS), rows, form=".1f")


def _loss(tool: Tool, kept: re.Pattern[str], data: Path, name: str) -> float:
    lost = there = size = 0
    for text in texts(data, name):
        before = Counter(kept.findall(text))
        after = Counter(kept.findall(tool(text)))
        lost += (before - after).total()
        there += before.total()
        size += len(text)
        if size >= MOST:
            break
    return 10_000 * lost / there


def tables(options: Options) -> Iterator[Part]:
    """Yield the tables."""
    yield from absent(*PACKAGES)
    yield sentences()
    yield twice()
    yield entries()
    if options.data:
        yield from losses(options.data)


BENCHMARK = Benchmark(tables, "more")

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
