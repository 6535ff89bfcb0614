"""Width: every code point, every pair of kana and voicing mark."""

import itertools
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.width import Width
from cnclean.testing import check_laws

width = Width()
HALF_KANA = [chr(code) for code in range(0xFF66, 0xFF9E)]
FULL_KANA = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC, 0x30FD, 0x30FE)]
MARKS = ["\uff9e", "\uff9f"]


def test_every_code_point():
    """A table of single characters: letters, digits and half-width kana fold as NFKC does, nothing else changes."""
    chars = [chr(code) for code in range(sys.maxunicode + 1) if chr(code) != "\n"]
    results = width("\n".join(chars)).split("\n")
    for char, result in zip(chars, results, strict=True):
        folds = ("\uff01" <= char <= "\uff5e" and char.isalnum()) or "\uff66" <= char <= "\uff9d"
        assert result == (unicodedata.normalize("NFKC", char) if folds else char)
    assert width("\n".join(results)).split("\n") == results


def test_every_kana_with_every_mark():
    for kana, mark in itertools.product(HALF_KANA, MARKS):
        joined = unicodedata.normalize("NFKC", kana + mark)
        if len(joined) == 1:
            assert width(kana + mark) == joined
        else:
            assert width(kana + mark) == joined[0] + {"\u3099": "\u309b", "\u309a": "\u309c"}[joined[1]]
    for kana, mark, more in itertools.product(FULL_KANA, MARKS, ["", *MARKS]):
        result = width(kana + mark + more)
        assert not set(result) & set(MARKS)
        assert width(result) == result


@given(st.text("".join([*HALF_KANA[:12], *MARKS, "カガかァーヽ・Ａｚ０９，．（％￥　\n", "a1中"]), max_size=12))
def test_laws(text):
    check_laws(width, text)


@given(
    st.text("，。：；？！（）【】《》“”‘’、…—～％＋＝＃＆＊＠／＼｜＜＞｛｝［］．｡｢｣､･￥￡　", max_size=12),
    st.text("Ａｂ１ｶ中"),
)
def test_punctuation_is_never_touched(marks, letters):
    text = marks + letters + marks
    kept = [char for char in width(text) if not char.isalnum()]
    assert "".join(kept) == "".join(char for char in text if not char.isalnum())
