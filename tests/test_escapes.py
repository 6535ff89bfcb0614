"""Escapes: decoded where they become Chinese text, kept in addresses and code."""

import json
import urllib.parse

from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.escapes import _ESCAPES, Escapes, _may_hold_escapes
from cnclean.testing import check_laws

DECODE = Escapes()
han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=12)
fragments = st.one_of(
    han,
    han.map(lambda t: json.dumps(t)[1:-1]),
    han.map(urllib.parse.quote),
    han.map(lambda t: "".join(f"\\x{b:02x}" for b in t.encode())),
    st.sampled_from(["https://example.org/", " ", "，", '"', "`", "(", ")", "[", "\\", "%", "\n", "a", "1", "\\u005c"]),
)


@given(han)
def test_every_way_of_writing_is_read(text):
    assert DECODE(json.dumps(text)[1:-1]) == text
    assert DECODE(urllib.parse.quote(text)) == text
    assert DECODE("".join(f"\\x{byte:02X}" for byte in text.encode())) == text
    assert DECODE("".join(f"%u{ord(char):04X}" for char in text)) == text
    assert DECODE("".join(f"\\u{{{ord(char):x}}}" for char in text)) == text


@given(st.lists(fragments | st.text("\\%ux{}0aF", max_size=30)).map("".join))
def test_no_text_with_escapes_is_passed_over(text):
    assert _may_hold_escapes(text) or not _ESCAPES.search(text)


@given(han)
def test_addresses_and_literals_stay(text):
    quoted = urllib.parse.quote(text)
    for line in (
        f"https://example.org/{quoted}",
        f"?q={quoted}&p=1",
        f"《x》www.example.org/a/{quoted}.html",
        f'"{quoted}"',
    ):
        assert DECODE(line) == line


@given(st.lists(fragments, max_size=10).map("".join))
def test_laws(text):
    check_laws(DECODE, text)
