"""Input that no one would wish for: no crash, no hang, nothing lost, and clear errors where there is no text."""

import random

import pytest

import cnclean
from cnclean.errors import CncleanError
from cnclean.testing import check_laws

STRANGE = [
    "",
    "\0",
    "\n",
    "\ud800",
    "中\udfff文",
    "\ud83d\ude00",  # a pair of surrogates as two code points
    "".join(map(chr, range(0x20))),
    "".join(map(chr, range(0x7F, 0xA1))),
    "\ufffe\uffff\U0010ffff",
    "\ufeff\ufeff中文\ufeff",
    "e" + "\u0301" * 500,
    "(" * 300,
    "（" * 300 + "）" * 300,
    "&amp;" * 200,
    "&" * 400,
    "%E4%BD" * 200,
    "\\u4e" * 200,
    "Ã" * 400,
    "锟斤拷" * 200,
    "\n" * 1000,
    " " * 200,
    "\u3000中" * 300,
    "登录\n" * 200,
    "来源:" * 300,
    "会(huì)" * 200,
    "股票配资" * 200,
    "⿰" * 200 + "㐷:㐷",
    "<![if" * 200,
]


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text[:12]))
def test_every_recipe_takes_it(text):
    for recipe in ("corpus", "minimal", "lines", "news"):
        check_laws(cnclean.pipeline(recipe), text)


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text[:12]))
def test_every_cleaner_takes_it(text):
    for name in cnclean.names():
        check_laws(cnclean.build(name), text)


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: ascii(text[:12]))
def test_html_functions_take_it(text):
    page = cnclean.extract(text)
    assert isinstance(page.text, str)
    once = cnclean.prune_html(text)
    assert cnclean.prune_html(once) == once
    assert isinstance(cnclean.clean_html(text), str)
    assert cnclean.detect_script(text).script in ("simplified", "traditional", "mixed", "unknown")


def test_random_bytes_are_refused_or_decoded_but_never_crash():
    rng = random.Random(7)
    refused = 0
    for size in (1, 2, 3, 10, 100, 1000, 20_000):
        for _ in range(5):
            data = rng.randbytes(size)
            try:
                text = cnclean.decode(data).text
            except CncleanError:
                refused += size >= 100
            else:
                assert isinstance(cnclean.clean(text), str)
    assert refused == 15, "random bytes of some length are no text"


def test_random_text_of_every_plane():
    rng = random.Random(11)
    for _ in range(60):
        text = "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(60)))
        check_laws(cnclean.pipeline("corpus"), text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["今天天气很好，", "Ã", "登录 ", "&amp;", "(", "會", "a", "1", "会(huì)", "\u200b", "锟斤拷", "&#20013;", "——"],
)
def test_a_line_of_ten_megabytes(piece):
    text = piece * (10_000_000 // len(piece.encode()))
    result = cnclean.clean(text, "corpus")
    assert isinstance(result, str)


@pytest.mark.slow
def test_a_million_lines():
    for line in ("\n", "登录\n", "今天天气很好。\n"):
        assert isinstance(cnclean.clean(line * 1_000_000), str)
