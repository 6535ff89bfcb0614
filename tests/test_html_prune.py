"""prune_html: canonical, idempotent on every page and on random markup, and free of everything that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from cnclean.errors import InputTypeError
from cnclean.html.extract import extract
from cnclean.html.prune import Pruner, prune_html

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
BODY = "山下的田开始放水了，老人们说今年雨水早，秧苗也比往年长得快一些。"

PIECES = st.sampled_from(
    [
        *"<p> </p> <div> </div> <a_href=x> </a> <table> <tr> <td> </table> <b> </b> <ul> <li> </ul> <br> </br>".split(),
        *"<script> </script> <title> </title> <textarea> <pre> </pre> <form> <svg> <noscript>".split(),
        *"<plaintext> <xmp> <select> <option> <nobr> <ruby> <rt> <head> <body> <html> </html> <style> <a<b>".split(),
        *"<center> <template> & &amp; &amp;amp; &lt; &nbsp; &#13; &copy &ampcopy".split(),
        *"<!-- --> <! <? <![CDATA[ ]]> <![if < > \" ' x= /".split(),
        *"<div_hidden> <div_class=nav> <p_onclick=x> <div_class=comment> <a_href=javascript:x> <x:y>".split(),
        *("\n", " ", "\r\n", "\x00", "\ud800", "\u3000", "字", "。", BODY, "相关阅读", "责任编辑：李", "上一篇"),
    ]
).map(lambda piece: piece.replace("_", " "))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_idempotent_on_random_markup(html: str) -> None:
    once = prune_html(html)
    assert prune_html(once) == once


@pytest.mark.parametrize(
    "html",
    ["<head>" * depth + "</p>&#13;" + after for depth in (3, 30, 60) for after in ("", BODY, "\n相关阅读\n" + BODY)],
)
def test_idempotent_where_putting_in_order_takes_many_rounds(html: str) -> None:
    once = prune_html(html)
    assert prune_html(once) == once
    assert (BODY in once) == (BODY in html)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_idempotent_and_inert_on_pages(page: Path) -> None:
    html = page.read_bytes().decode("utf-8", errors="replace")
    once = prune_html(html)
    assert prune_html(once) == once
    assert extract(once).text == extract(html).text
    assert not re.search(r"<script|<iframe|<noscript|<!--|\son\w+=|javascript:", once, re.IGNORECASE)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<IMG SRC='jav&#x09;ascript:alert(1)'>",
        "<a href=' JaVaScRiPt:alert(1)'>字</a>",
        "<a href='java\x00script:alert(1)'>字</a>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>字</button></form>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href='data:text/html,<script>alert(1)</script>'>字</a>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<p style='width:expression(alert(1))'>字</p>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
        "<x onclick=alert(1)>字</x>",
    ],
)
def test_nothing_runs(bad: str) -> None:
    pruned = prune_html(f"<p>{BODY}{bad}</p>")
    assert BODY in pruned
    assert "alert" not in pruned


def test_written_as_beautifulsoup4_writes_it() -> None:
    pruned = prune_html(f"<!doctype html><html><body><div class=nav>首页</div><p>{BODY}&nbsp;&lt;</p></body></html>")
    assert pruned.startswith("<!DOCTYPE html>\n<html>")
    assert "首页" not in pruned
    markup = pruned.removeprefix("<!DOCTYPE html>\n")
    assert str(BeautifulSoup(markup, "html.parser")) == markup


def test_code_keeps_its_white_space() -> None:
    code = "<pre>def f():\n\n\n    return 1 &lt; 2\n</pre>"
    assert code in prune_html(f"<p>{BODY}</p>{code}")


def test_a_soup_is_pruned_in_place_and_a_second_call_takes_nothing() -> None:
    soup = BeautifulSoup(
        f"<nav>首页</nav><p>{BODY}<br>责任编辑：李小满</p><div style='display:none'>暗链</div>", "html.parser"
    )
    removals = Pruner()(soup)
    assert {removal.excerpt for removal in removals} == {"首页", "责任编辑：李小满", "暗链"}
    assert soup.get_text() == BODY
    assert Pruner()(soup) == []


def test_bytes_are_refused_with_a_hint() -> None:
    with pytest.raises(InputTypeError, match=r"decode"):
        prune_html(b"<p>")  # type: ignore[arg-type]
