"""The tokenizer and the tree: standard repairs, total on every str, linear where other parsers are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.html.tokens import Kind, attributes, decoded, tokens
from cnclean.html.tree import MAX_DEPTH, Element, parse
from tests.growth import assert_linear


def shape(element: Element) -> str:
    """Return a tree as nested tags, texts as they are."""
    return "".join(
        child if isinstance(child, str) else f"{child.tag}({shape(child)})" for child in element.children if child
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>一<p>二", "p(一)p(二)"),
        ("<ul><li>一<li>二<ul><li>三</ul><li>四</ul>", "ul(li(一)li(二ul(li(三)))li(四))"),
        ("<table><tr><td>一<td>二<tr><td>三</table>尾", "table(tr(td(一)td(二))tr(td(三)))尾"),
        ("<div><p>一<div>二</div>三</div>", "div(p(一)div(二)三)"),
        ("<p>一</div>二</p>", "p(一二)"),
        ("<div><table><tr><td>一</div>二</td></tr></table></div>", "div(table(tr(td(一二))))"),
        ("<body>一</body></html>二<p>三", "body(一二p(三))"),
        ("<a href=x><div>一</a>二</div>三", "a(div(一))div(二)三"),
        ("<a>一<a>二</a>", "a(一)a(二)"),
        ("<b><div>一</b>二</div>三", "b(div(一二)三)"),
        ("<head><title>题</title><div>身</div>", "head(title(题))div(身)"),
        ("<br>一</br>二</p>三", "br()一br()二p()三"),
        ("一<![if !IE]>二<![endif]>三<![CDATA[四]]>五<?php x ?>六", "一二三五六"),
        ("一<!-- x --><!-- y", "一"),
        ("1 < 2 <3 <", "1 < 2 <3 <"),
        ('<p title="a>b">一</p>', "p(一)"),
        ('<p class="a"">一</p><p class="b">二', "p(一)p(二)"),
        ("<p class=a<b>一", "p(b(一))"),
        ("<script>if (a<b) '</p>'</script>一", "script(if (a<b) '</p>')一"),
    ],
)
def test_repairs(html: str, expected: str) -> None:
    assert shape(parse(html)) == expected


def test_an_unclosed_quote_costs_one_tag_not_the_page() -> None:
    assert shape(parse('<p>一</p><a href="x>二</a><p>三</p>')) == "p(一)a(二)p(三)"


def test_depth_is_bounded_and_end_tags_of_deeper_ones_close_nothing() -> None:
    deep = parse("<main>" + "<div>" * 1000 + "内" + "</div>" * 1000 + "外</main>尾")
    assert [child if isinstance(child, str) else child.tag for child in deep.children] == ["main", "尾"]
    assert deep.children[0].children[-1] == "外"
    assert sum(1 for _ in deep.walk()) == MAX_DEPTH


def test_attributes_are_read_as_browsers_read_them() -> None:
    assert attributes("a=1 A=2 b='x y' c=\"&lt;\" d /e='") == {"a": "1", "b": "x y", "c": "<", "d": "", "e": ""}


def test_huge_references_do_not_raise() -> None:
    assert decoded("&#" + "9" * 6000 + ";好") == "\N{REPLACEMENT CHARACTER}好"


PIECES = "< > </ <! <!-- --> <![ ]> <? = \" ' / <a <a> </a> <p> <td> <table> </table> <script> </script> <b 字 & &# ;"
MARKUP = st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=30).map("".join)


@given(MARKUP)
def test_tokens_cover_the_page_in_order(html: str) -> None:
    places = [start for _, _, _, start in tokens(html)]
    assert places == sorted(set(places))
    assert all(source in html for kind, _, source, _ in tokens(html) if kind is Kind.TEXT)


@given(st.text() | MARKUP)
def test_parse_is_total(html: str) -> None:
    parse(html).text()


HARD = [
    "<!-- ",
    '<a "b="',
    "<a ",
    "<",
    "</",
    "<a x='",
    "&#9",
    "<script>",
    "<a><div>",
    "</b>",
    "<b>",
    "<![",
    "<p>",
    "<td>",
    "<div><span></b>",
]


@pytest.mark.parametrize("unit", HARD)
def test_time_is_linear(unit: str) -> None:
    short = unit * (30_000 // len(unit))
    assert_linear(parse, short, short * 8)
