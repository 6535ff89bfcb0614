"""Which parts of a text mojibake looks at: windows around what looks damaged, and the kinds of damage of a line."""

import pytest

from cnclean.cleaners.mojibake.guard import Family, families, surroundings, suspicious_windows
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
        (sound(300) + HIT + sound(150) + HIT + sound(300), [(200, 400), (400, 552)]),  # nothing is in two windows
        (sound(300) + HIT + sound(400) + HIT + sound(300), [(200, 400), (602, 802)]),
        (f"{HIT}\n{HIT}\n好\n{HIT}", [(0, 2), (3, 5), (8, 10)]),
    ],
)
def test_windows_lie_around_the_hits(text, expected):
    assert windows(text) == [(start, end, True) for start, end in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"前{HIT}锟斤拷锟斤拷{HIT}后", [(0, 3), (9, 12)]),
        (f"前{HIT}烫烫烫烫后", [(0, 3)]),  # nothing that looks damaged is left behind it
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


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("æ˜¥å¤©", Family.SINGLE_BYTE),
        ("´ºÌì", Family.SINGLE_BYTE),
        ("鏄ュぉ", Family.UTF8_AS_GBK),
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
