"""Unicode form: all 1,114,112 code points, the table against the facts, clusters against the whole."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.unicode_form import _LOOK, UnicodeForm, _folds
from cnclean.edit import apply_edits
from cnclean.tables import pair_table
from cnclean.testing import check_laws
from tests.strategies import documents

unicode_form = UnicodeForm()
TABLE = pair_table("unicode-form.txt")
TWELVE = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"


def test_the_table_holds_112_pairs_that_nfkc_leaves_and_the_two_that_it_folds():
    assert len(TABLE) == 114
    folded = {char: unicodedata.normalize("NFKC", char) for char in TABLE}
    assert {char for char in TABLE if folded[char] != char} == {"\u2e9f", "\u2ef3"}
    assert all(folded[char] in (char, ideograph) for char, ideograph in TABLE.items())
    block = {chr(code) for code in range(0x2E80, 0x2F00) if unicodedata.category(chr(code)) != "Cn"}
    assert block - set(TABLE) == {"\u2e80"}
    assert all("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0002b81d" for c in TABLE.values())


def test_every_code_point_is_settled_after_one_run():
    whole = [unicode_form(chr(code)) for code in range(sys.maxunicode + 1)]
    for code, new in enumerate(whole):
        if new != chr(code):
            assert unicode_form(new) == new
            assert unicodedata.is_normalized("NFC", new)


def test_what_folds_and_what_stays():
    for code in range(0x2F00, 0x2FD6):
        assert unicode_form(chr(code)) == unicodedata.normalize("NFKC", chr(code)) != chr(code)
    compatibility = [
        chr(code)
        for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
        if unicodedata.category(chr(code)) == "Lo"
    ]
    stays = [char for char in compatibility if unicode_form(char) == char]
    assert (len(compatibility), "".join(stays)) == (1014, TWELVE)
    for code in (*range(0x3000, 0x3100), *range(0x4E00, 0xA000), *range(0xFF00, 0xFFF0)):
        assert unicode_form(chr(code)) == chr(code)


@given(
    st.one_of(
        documents("unicode-form"),
        st.text(max_size=8),
        st.text("e\u0301\u0323\u3099か각\u1100\u1161\u11a8\u09c7\u09be中\n "),
    )
)
def test_clusters_give_what_the_whole_text_gives(text):
    """The edits are made cluster by cluster, the text is normalised in one go: both must agree."""
    assert apply_edits(text, unicode_form.edits(text)) == unicode_form(text)
    check_laws(unicode_form, text)


def test_every_radical_is_looked_at():
    assert all(map(_LOOK.search, _folds()))


def test_edits_are_small():
    text = "很\u2ed3的一句话，cafe\u0301，\uf98e。"
    assert [(text[e.start : e.end], e.new, e.rules[0]) for e in unicode_form.edits(text)] == [
        ("\u2ed3", "长", "unicode-form/radical-supplement"),
        ("e\u0301", "é", "unicode-form/nfc"),
        ("\uf98e", "年", "unicode-form/compatibility-ideograph"),
    ]


def test_surrogate_pairs_join_and_lone_ones_stay():
    assert unicode_form("好\ud83d\ude00") == "好\U0001f600"
    assert unicode_form("\ud87e\udc00") == "丽"  # the pair of U+2F800, itself a compatibility ideograph
    assert unicode_form("\ude00\ud83d") == "\ude00\ud83d"
