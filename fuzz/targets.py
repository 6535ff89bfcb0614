"""The targets: each takes bytes, makes an input of them, and raises if cnclean breaks one of its promises on it."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import cnclean
from cnclean.cleaner import options
from cnclean.cleaners.spam.lexicon import classes, lexicon
from cnclean.cleaners.spam.overlay import WEIGHT_KEYS, check_overlay
from cnclean.edit import apply_edits
from cnclean.errors import CncleanError, ConvergenceWarning, DecodeError
from cnclean.html.prune import Pruner
from cnclean.html.tree import parse
from cnclean.recipe.schema import valid_values
from cnclean.registry import option_names
from cnclean.tables import user_table
from cnclean.testing import check_laws
from fuzz.source import Source

RECIPES = cnclean.recipes()
NAMES = cnclean.names()
# Variants of a recipe: what its stages are most often set to, and what brings other stages together.
OVERRIDES: tuple[dict[str, object], ...] = (
    {},
    {"script": "s2t"},
    {"script": "s2twp"},
    {"script": {"config": "t2s", "protect": (), "segment": "opencc"}},
    {"site_chrome": "article", "spam": "strict"},
    {"spam": "flag", "mojibake": {"drop_debris": True}},
    {"annotations": "strip", "whitespace": "none"},
    {"entities": False, "line_endings": False},
)
ENCODINGS = (None, "gb2312", "gbk", "big5", "utf-8", "latin-1", "shift_jis", "euc-kr", "hz", "utf-16", "utf-7", "")
CODECS = ("gb18030", "big5hkscs", "utf-8", "utf-16", "utf-16-le", "cp932", "cp949", "cp1252", "hz")
PAGE = "<html><head><title>春天</title></head><body><p>山下的田开始放水了，老人们说今年雨水早。</p>{}</body></html>"


def clean(data: bytes) -> None:
    """Every recipe, with overrides: settles, twice is once, explained."""
    source = Source(data)
    recipe, overrides, times = source.pick(RECIPES), source.pick(OVERRIDES), source.pick((1, 1, 1, 2, 3, 40))
    text = source.text() * times
    pipeline = cnclean.pipeline(recipe, **overrides)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if overrides else "error", ConvergenceWarning)
        once = pipeline(text)
        again = pipeline(once)
        report = pipeline.explain(text)
    assert again == once, f"{recipe} {overrides}: twice is not once: {text!r} -> {once!r} -> {again!r}"
    assert report.text == once, f"{recipe} {overrides}: explained otherwise: {text!r} -> {once!r}, {report.text!r}"
    told = apply_edits(text, report.edits)
    assert told == once, f"{recipe} {overrides}: edits lead elsewhere: {text!r} -> {once!r}, {told!r}"
    assert all(flag.is_flag(text) for flag in report.flags), f"{recipe}: a flag that changes {text!r}"


def cleaner(data: bytes) -> None:
    """Every cleaner, with options: all four laws."""
    source = Source(data)
    name = source.pick(NAMES)
    chosen = {option: source.pick(values) for option, values in OPTIONS[name].items()}
    check_laws(cnclean.build(name, **chosen), source.text())


def _values(name: str, option: str, value: object) -> list[object]:
    """Return the values of an option to try: the default, and each other one (alone, where it takes several)."""
    if isinstance(value, bool):
        return [value, not value]
    if isinstance(value, str):
        return [value, *valid_values(name, option, "?")]
    return [value, *((item,) for item in valid_values(name, option, ("?",)))]


OPTIONS = {
    name: {
        option: _values(name, option, value)
        for option, value in options(cnclean.build(name)).items()
        if option not in ("table", "assume")  # a file; and assume="source" promises less, and says so
    }
    for name in NAMES
}


def html(data: bytes) -> None:
    """HTML, as text or as bytes: never an exception but `DecodeError`; pruning and cleaning twice is once."""
    source = Source(data)
    kind, frame, recipe = source.number(4), source.pick(("{}", PAGE)), source.pick(("web", "news", "forum"))
    if kind == 0:
        with suppress(DecodeError):
            cnclean.clean_html(source.rest())
        return
    text = frame.replace("{}", source.text())
    if kind == 1:
        once = cnclean.prune_html(text)
        assert cnclean.prune_html(once) == once, f"pruned twice is not once: {text!r} -> {once!r}"
    elif kind == 2:
        root = parse(text)
        Pruner()(root)
        assert not Pruner()(root), f"a second call removes more: {text!r}"
    else:
        page = cnclean.extract(text)
        assert page.text == "\n".join(block.text for block in page.blocks)
        once = cnclean.clean_html(text, recipe)
        assert cnclean.clean(once, recipe, entities=False) == once, f"{text!r} -> {once!r}"


def decode(data: bytes) -> None:
    """Bytes: a result whose parts hold together, or `DecodeError`."""
    source = Source(data)
    encoding, declared = source.pick(ENCODINGS), source.pick(ENCODINGS)
    codec = source.pick((None, None, *CODECS))
    body = source.rest()
    if codec is not None:  # text in that encoding, with at most one byte too many
        body = Source(body).text().encode(codec, "replace") + body[-1:] * (len(body) % 2)
    try:
        decoded = cnclean.decode(body, encoding=encoding, declared=declared)
    except DecodeError as error:
        _check_message(error)
        return
    assert isinstance(decoded.text, str)
    assert decoded.how
    assert 0 <= decoded.confidence <= 1
    "".encode(decoded.encoding)
    decoded.text.encode("utf-8")  # no lone surrogates come out of bytes


_VALUES = (
    *('"t2s"', '"article"', '"strict"', '"source"', '"none"', '""', '"\\u0000"', '"a.toml"', "true", "false"),
    *("0", "1", "-1", "9223372036854775808", "1.5", "nan", "inf", "1979-05-27", "07:32:00", "[]", '[""]', '["menu"]'),
    *('[["a"]]', "[1]", "[{a = 1}]", "{}", '{config = "s2t"}', '{mode = "cues", keep = ["source"]}', "{on = false}"),
    *("{most = 0}", '{table = "\\u0000"}', '{table = "."}', '{level = ["strict"]}', '{keep = "menu"}', "{use = 1}"),
)
_TOP = ("about", "extends", "each_line", "stage", "set", "example", "[set]", "[[stage]]", "[[example]]", "[stage]")
_KEYS = (*NAMES, "site_chrome", *sorted({option for name in NAMES for option in option_names(name)}), "use", "on")
_KEYS = (*_KEYS, "before", "after", "input", "output", "drop", "keep", "name", "why")


def recipe_file(data: bytes) -> None:
    """Recipe files, raw or put together of keys and values: they load and clean, or an error of ours says why not."""
    path = _write("recipe.toml", _content(Source(data), _recipe_line))
    try:
        pipeline = cnclean.pipeline(path)
    except CncleanError as error:
        _check_message(error)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        check_laws(pipeline, SAMPLE)


def _recipe_line(source: Source) -> str:
    form = source.number(4)
    if form == 0:
        key = source.pick(_TOP)
        return key if key.startswith("[") else f"{key} = {source.pick(_VALUES)}"
    if form == 1:
        return f'[[stage]]\nuse = "{source.pick(NAMES)}"'
    return f'"{source.pick(_KEYS)}" = {source.pick(_VALUES) if form == 2 else _quoted(source.text(6))}'


def _content(source: Source, line: Callable[[Source], str]) -> bytes:
    """Return a file: what is left of the input as it is, or lines put together by its choices."""
    if source.number(2):
        return source.rest()
    lines = [line(source) for _ in range(12) if source.left]
    return "\n".join(lines).encode("utf-8", "replace")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def rule_file(data: bytes) -> None:
    """Rule files for `spam`: they load and clean, or an error of ours says why not."""
    user_table.cache_clear()
    lexicon.cache_clear()
    content = _content(Source(data), _rule_line)
    path = str(_write("rules.toml", content))
    try:
        user_table(path, check_overlay)
        if len(content) % 8:  # putting it to use takes long: all terms are compiled
            return
        spam = cnclean.build("spam", table=path)
    except CncleanError as error:
        _check_message(error)
        return
    check_laws(spam, SAMPLE)


def _rule_line(source: Source) -> str:
    form = source.number(6)
    if form == 0:
        return f"[extend.{source.pick(classes())}]"
    if form == 1:
        return f"{source.pick((*WEIGHT_KEYS, 'drop'))} = [{_quoted(source.text(6))}, {_quoted(source.text(6))}]"
    if form == 2:
        return f"[[guard]]\nterm = {source.pick(_TERMS) if source.number(2) else _quoted(source.text(6))}"
    if form == 3:
        return f"{source.pick(('before', 'after'))} = {_quoted(source.text(8))}"
    return f"{source.pick((*WEIGHT_KEYS, *_KEYS, 'guard', 'extend'))} = {source.pick(_VALUES)}"


_TERMS = ('"股票配资"', '"股票配资平台"', '"平台"')


def _check_message(error: CncleanError) -> None:
    assert str(error), f"{type(error).__name__} without a message"


SAMPLE = "ａｂ,你好&amp;amp;\r\n登录 注册\n會(huì)議 股票配资平台\n\n\n正文很长,讲的是春天里的事情。\n"


def _write(name: str, content: bytes) -> Path:
    path = Path(_FOLDER.name, name)
    path.write_bytes(content)
    return path


_FOLDER = tempfile.TemporaryDirectory(prefix="cnclean-fuzz-")

TARGETS: dict[str, Callable[[bytes], None]] = {
    "clean": clean,
    "cleaner": cleaner,
    "html": html,
    "decode": decode,
    "recipe-file": recipe_file,
    "rule-file": rule_file,
}
