"""Which parts of a text mojibake looks at: windows around what looks damaged, and the kinds of damage of a line."""

import pytest

from cnclean.cleaners.mojibake.guard import Family, families, guards, hits, surroundings, suspicious_windows
from tests.sentences import SIMPLIFIED, TRADITIONAL

HIT = "Ã¤"


def windows(text):
    return [tuple(window) for window in suspicious_windows(text, surroundings(text))]


def sound(length):
    return (SIMPLIFIED[0] * (length // len(SIMPLIFIED[0]) + 1))[:length]


@pytest.mark.parametrize("text", ["", "\n", *SIMPLIFIED, *TRADITIONAL, "abc\n" * 50, "今天 25℃，café 打烊。"])
def test_sound_text_has_no_windows(text):
    assert windows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HIT, [(0, 2)]),
        (f"上行\n前{HIT}后\n下行", [(3, 7)]),  # the line, no more
        (sound(300) + HIT + sound(300), [(200, 400)]),  # a hundred characters on both sides
        (sound(99) + HIT + sound(97), [(0, 198)]),
        (f"{sound(101)}{HIT}\n{sound(50)}", [(1, 103)]),
        (sound(300) + HIT + sound(60) + HIT + sound(300), [(200, 462)]),  # two that meet are one
        (sound(300) + HIT + sound(10) + HIT + sound(300), [(200, 400)]),  # so near, the second says nothing new
        (sound(300) + HIT + sound(32) + HIT + sound(300), [(200, 434)]),
        (sound(300) + HIT + sound(30) + HIT + sound(300), [(200, 400)]),
        (sound(300) + HIT + sound(31) + HIT + sound(300), [(200, 433)]),
        (sound(300) + HIT + sound(98) + HIT + sound(300), [(200, 400), (400, 500)]),  # and two that touch are two
        (sound(300) + HIT + sound(150) + HIT + sound(300), [(200, 400), (400, 552)]),  # nothing is in two windows
        (sound(300) + HIT + sound(400) + HIT + sound(300), [(200, 400), (602, 802)]),
        (f"{HIT}\n{HIT}\n好\n{HIT}", [(0, 2), (3, 5), (8, 10)]),
        (f"\n{HIT}", [(1, 3)]),
    ],
)
def test_windows_lie_around_the_hits(text, expected):
    assert windows(text) == [(start, end, True) for start, end in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"前{HIT}锟斤拷锟斤拷{HIT}后", [(0, 3), (9, 12)]),
        (f"前{HIT}烫烫烫烫后", [(0, 3)]),  # nothing that looks damaged is left behind it
        (f"{HIT}锟斤拷锟斤拷", [(0, 2)]),
        (f"屯屯屯屯前{HIT}", [(4, 7)]),
        (f"前{HIT}烫烫后", [(0, 6)]),  # two are a word
        (f"\ufffd\ufffd\ufffd\ufffd{HIT}", [(4, 6)]),
    ],
)
def test_debris_parts_windows(text, expected):
    assert windows(text) == [(start, end, True) for start, end in expected]


def test_too_much_of_it_in_a_line_is_not_looked_at_thoroughly():
    much, line = HIT * 5_000, HIT * 5_001
    assert windows(much) == [(0, 10_000, True)]
    assert windows(f"{line}\n{HIT}") == [(0, 10_002, False), (10_003, 10_005, True)], "each line for itself"
    assert {thorough for _, _, thorough in windows((HIT + sound(300)) * 70)} == {False}, "all of it together"


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("æ˜¥å¤©", Family.SINGLE_BYTE),
        ("´ºÌì", Family.SINGLE_BYTE),
        ("鏄ュぉ", Family.UTF8_AS_GBK),
        ("澶゛", Family.UTF8_AS_GBK),  # a character and a letter of ASCII
        ("뉴莖", Family.HANGUL),
        ("ｴｺﾌ", Family.HALF_KANA),
        ("\ue000", Family.SHIFTED),
        ("锟斤拷", Family.LOST),
        ("烫烫烫", Family.LOST),
        ("屯屯屯", Family.LOST),
        ("\ufffd\ufffd", Family.LOST),
    ],
)
def test_families(line, family):
    assert family in families(line)
    assert windows(line) or family is Family.LOST


@pytest.mark.parametrize("line", ["春天来了，院子里的桃花都开了。", "café", "カタカナ", "ｱ", "烫烫", "屯屯", "a"])
def test_sound_lines_are_of_no_family(line):
    assert families(line) <= {Family.GBK_AS_BIG5, Family.BIG5_AS_GBK}


@pytest.mark.parametrize(
    ("line", "family", "places"),
    [
        (f"前{HIT}后{HIT}", Family.SINGLE_BYTE, [1, 4]),
        ("的亇的的的仱", Family.GBK_AS_BIG5, []),  # a rare character alone is just rare
        ("的亇的的仱", Family.GBK_AS_BIG5, [1, 4]),
        ("春天", Family.UTF8_AS_GBK, []),
    ],
)
def test_hits_of_one_family(line, family, places):
    assert list(hits(line, family)) == places


def test_of_stripped_spaces_only_the_certain_ones_are_hits():
    assert windows("打下了基矗") == [(0, 5, True)]
    assert windows("穿上了夹克拢") == [(0, 6, True)], "also of what may stand in a run of Latin letters"
    assert windows("在市常后面") == []


@pytest.mark.parametrize("text", ["天a", "春天来了", "é", "山。河", "，天"])
def test_a_run_of_utf8_read_as_gbk_is_one(text):
    broken = text.encode().decode("gb18030", "ignore")
    assert guards().utf8_as_gbk_run.fullmatch(broken)
    assert guards().lossy_utf8_run.fullmatch(f"{broken}?{broken}")


@pytest.mark.parametrize("char", ["逡", "咡", "一"])
def test_what_no_bytes_of_utf8_are_read_as_is_in_no_run(char):
    assert not guards().utf8_as_gbk_run.search(char)
    assert not guards().lossy_utf8_run.search(char)
