"""decode: the right encoding from two characters on, and no text made of what is none."""

import gzip
import random

import pytest

from cnclean.errors import DecodeError
from cnclean.html.decode import decode

SIMPLIFIED = "今天下午三点在会议室开会，请大家准时参加并带好笔记本。"
TRADITIONAL = "這座城市的夜景非常漂亮，每年都有許多遊客前來參觀。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "hz"])
@pytest.mark.parametrize("length", [8, 16, len(SIMPLIFIED)])
def test_simplified_text_is_read(encoding, length):
    for start in range(len(SIMPLIFIED) - length + 1):
        text = SIMPLIFIED[start : start + length]
        assert decode(text.encode(encoding))[:2] == (text, encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@pytest.mark.parametrize("length", [4, 8, len(TRADITIONAL)])
def test_traditional_text_is_read(encoding, length):
    for start in range(len(TRADITIONAL) - length + 1):
        text = TRADITIONAL[start : start + length]
        assert decode(text.encode(encoding))[:2] == (text, encoding)


@pytest.mark.parametrize(
    ("data", "text", "encoding", "how"),
    [
        (b"", "", "utf-8", "valid UTF-8"),
        (b"plain", "plain", "utf-8", "valid UTF-8"),
        ("\ufeff你好".encode(), "你好", "utf-8", "byte order mark"),
        ("你好".encode("utf-16"), "你好", "utf-16", "byte order mark"),
        ("你好".encode("utf-32"), "你好", "utf-32", "byte order mark"),
        ("été à Paris".encode(), "été à Paris", "utf-8", "valid UTF-8"),
        ("привет".encode(), "привет", "utf-8", "valid UTF-8"),
        (b"~{VPND~}", "中文", "hz", "statistics"),
    ],
)
def test_what_speaks_for_itself(data, text, encoding, how):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.how) == (text, encoding, how)
    assert 0.9 <= decoded.confidence <= 1


def test_declared_charset_means_what_browsers_take_it_for():
    assert decode("镕基".encode("gbk"), declared="gb2312") == ("镕基", "gb18030", 0.99, "declared")
    assert decode("㗎喎".encode("big5hkscs"), declared="Big5")[:2] == ("㗎喎", "big5hkscs")
    page = '<html><head><meta charset="gb2312"><title>朱镕基</title>'.encode("gbk")
    assert decode(page).text.endswith("<title>朱镕基</title>")
    assert decode("日本語".encode("cp932"), declared="shift_jis").text == "日本語"


def test_a_false_declaration_does_not_win():
    assert decode(SIMPLIFIED.encode("gbk"), declared="utf-8").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gbk"), declared="iso-8859-1").text == SIMPLIFIED
    assert decode(TRADITIONAL.encode("big5"), declared="gb2312").text == TRADITIONAL
    assert decode(SIMPLIFIED.encode(), declared="gbk").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode(), declared="no-such-charset").text == SIMPLIFIED


def test_latin_text_needs_its_declaration():
    assert decode("café".encode("cp1252"), declared="iso-8859-1") == ("café", "cp1252", 0.5, "declared")
    with pytest.raises(DecodeError, match="encoding="):
        decode("café crème".encode("cp1252"))


def test_an_encoding_that_is_given_is_an_order():
    assert decode("你好".encode("big5"), encoding="big5").text == "你好"
    with pytest.raises(DecodeError, match="offset 0 does not fit"):
        decode("你好".encode("gbk"), encoding="utf-8")
    with pytest.raises(DecodeError, match="unknown encoding 'gb-1'"):
        decode(b"x", encoding="gb-1")
    with pytest.raises(DecodeError):
        decode(b"x", encoding="base64")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_a_cut_off_end_costs_one_character(encoding):
    text = SIMPLIFIED * 9 if encoding != "big5hkscs" else TRADITIONAL * 9
    decoded = decode((text + "好").encode(encoding)[:-1])
    assert decoded.text == text + "\ufffd"
    assert "1 bad" in decoded.how


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(SIMPLIFIED.encode() * 20),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04" + bytes(range(256)),
    ],
)
def test_files_that_are_no_text_are_refused_by_name(data):
    with pytest.raises(DecodeError, match="not text"):
        decode(data)


def test_random_bytes_are_refused():
    for seed in range(100):
        with pytest.raises(DecodeError):
            decode(random.Random(seed).randbytes(200))
