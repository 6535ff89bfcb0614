"""Entities: every name and number of HTML, every depth of escaping, the table's own examples, linear time."""

import html
import re
import sys
from html.entities import html5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.entities import Entities
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from tests.strategies import documents, tokens

entities = Entities()
KINDS = ("text", "unterminated", "bare")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@pytest.mark.parametrize("kind", KINDS)
def test_examples_of_the_table(kind):
    table = toml_table("entities.toml")[kind]
    for text in table["drop"]:
        assert entities(text) != text, text
    for text in table["keep"]:
        assert entities(text) == text, text
    assert all(f"{name};" in html5 for name in table["names"])


def test_no_code_point_by_itself_changes():
    text = "中".join(chr(code) for code in range(sys.maxunicode + 1))
    assert entities(text) == text


def test_every_name_of_html():
    for name, value in html5.items():
        if name.endswith(";"):
            assert entities(f"中&{name}文") == f"中{CONTROL.sub(' ', value)}文"


@pytest.mark.parametrize("before", ["中", "x = ", "http://example.com/?a=1", "=", "return ", '中"'])
def test_what_text_is_full_of_is_decoded_before_a_semicolon_whatever_stands_before_it(before):
    names = {name for kind in ("text", "unterminated") for name in toml_table("entities.toml")[kind]["names"]}
    assert not [(name, other) for name in names for other in names if other != name and other.startswith(name)]
    for name in names:
        assert entities(f"{before}&{name};文") == before + html5[f"{name};"] + "文"


def test_every_number():
    """Numbers mean what HTML says they mean, but never a control character or a line break."""
    numbers = [*range(0x500), *range(0x500, 0x110400, 1009), 0xD800, 0xDFFF, 0xFFFE, 0x10FFFF, 0x110000]
    for code in numbers:
        expected = html.unescape(f"&#{code};")
        no_character = expected in ("", "\ufffd") and code > 0x9F and code != 0xFFFD
        for reference in (f"&#{code};", f"&#x{code:X};", f"&#X{code:06x};"):
            if no_character:
                assert entities(reference) == reference
            elif code == 0 or CONTROL.match(expected):
                assert entities(f"中{reference}文") == "中 文"
            else:
                assert entities(f"中{reference}文") == f"中{expected}文" if expected else True


@given(
    st.sampled_from(["<", "&", "中", "“", "\u00a0", "é"]),
    st.integers(0, 12),
    st.sampled_from(["amp", "#38", "#x26", "#038", "AMP"]),
)
def test_every_depth_of_escaping(char, depth, ampersand):
    reference = f"&{'amp' if char == '&' else f'#{ord(char)}'};"
    for _ in range(depth):
        reference = reference.replace("&", f"&{ampersand};")
    assert entities(f"中{reference}文") == f"中{char}文"


@given(st.text("中文<>&\"' ab;=?", max_size=10), st.integers(1, 3))
def test_undoes_html_escape(text, times):
    """Escaped text comes back, unless what comes back is itself a reference or speaks of one in quotes."""
    escaped = text
    for _ in range(times):
        escaped = html.escape(escaped)
    plain = html.unescape(text) == text and not re.search(r"[\"'][&<>\"'][\"']|&[^ ]", text)
    if plain:
        assert entities(escaped) == text


@given(documents("entities"))
def test_laws(text):
    check_laws(entities, text)
    result = entities(text)
    assert len(result) <= len(text)
    assert result.count("\n") == text.count("\n")


@given(st.lists(st.sampled_from(tokens("entities")), max_size=12).map("".join))
def test_chains_settle(text):
    check_laws(entities, text)


def _readings(text, monkeypatch):
    """Return how often a text is read until nothing changes."""
    from cnclean.cleaners import entities as module

    count = 0
    original = module._pass

    def counted(text):
        nonlocal count
        count += 1
        return original(text)

    monkeypatch.setattr(module, "_pass", counted)
    entities(text)
    return count


HOSTILE = {
    "escaped over and over": lambda n: "&" + "amp;" * n + "lt;",
    "escaped by number": lambda n: "&" + "#38" * n + ";lt;",
    "nothing but ampersands": lambda n: "&" * n,
    "one inside the other": lambda n: "&am" * n + "&#112;;" * n,
    "digits far inside": lambda n: f"&#{'0' * 40}4" * n + "&#57;" + ";" * n,
    "letters of a name by number": lambda n: "&#110;bsp;中" * n,
    "names without ampersand": lambda n: "中" + "amp;" * n + "nbsp;文",
    "eaten and lost": lambda n: "中?nbsp;nbsp;?ldquo;" * n,
    "halves of characters": lambda n: "&#55357;" * n,
    "one endless number": lambda n: "&#" + "0" * n + "38;lt;",
}


@pytest.mark.parametrize("text", [make(300) for make in HOSTILE.values()], ids=list(HOSTILE))
def test_few_readings_whatever_the_text(text, monkeypatch):
    check_laws(entities, text)
    assert _readings(text, monkeypatch) <= 4
