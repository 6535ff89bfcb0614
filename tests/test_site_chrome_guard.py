"""Which raw lines site chrome looks at: each limit from both sides, and nothing that a cue of the table would take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.site_chrome.cues import cues
from cnclean.cleaners.site_chrome.guard import _Limits, spellings, worth_a_look
from cnclean.tables import toml_table
from tests.strategies import tokens

LINES = [
    ("山", False),
    ("山河", False),
    ("山维码山", False),  # the end of a word that a cue needs is not the word
    ("山二维码山", True),
    ("登录", True),  # the head of a cue
    ("登录山河", True),
    ("登录" + "山" * 200, False),  # too long for what it starts with
    ("分享到" + "山" * 37, True),
    ("分享到" + "山" * 38, False),
    ("ＬＯＧＩＮ", True),
    ("登錄", True),
    ("登 录", True),
    ("【登录】", True),
    ("_登录", True),
    ("登㊣录", True),  # the view leaves the mark out
    ("山|河", True),  # a mark between entries
    ("山 河 水 土", True),  # three spaces
    ("山 河 水", False),
    ("山" * 219 + "|", True),
    ("山" * 220 + "|", False),
    ("山 " * 219 + "|", True),  # spaces do not count
    ("山 " * 220 + "|", False),
    ("会(huì)" + "山" * 794, True),  # annotated lines may be longer
    ("会(huì)" + "山" * 795, False),
    ("（ㄏㄨㄟˋ）山", True),
    ("山(hui4)山", False),
    ("——", True),  # no letter at all
    ("©", True),
    ("春天来了。", False),
    ("登录之后可以看到全文。", False),  # a sentence, though it starts like a cue
    ("本文版权归原作者所有。", True),  # a sentence that a cue may take
    ("登录之后“可以看到”全文", True),
    ("山河里登录", False),
    ("春天到来，版权所有", True),  # a word that a cue needs, wherever it stands
]


@pytest.mark.parametrize(("line", "looked_at"), LINES, ids=lambda value: str(value)[:12])
def test_what_is_worth_a_look(line, looked_at):
    assert worth_a_look([line]) == [line] * looked_at


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_lines_are_judged_together_as_each_alone(lines):
    assert sorted(worth_a_look([line for line, _ in lines])) == sorted(line for line, looked_at in lines if looked_at)


@given(st.lists(st.one_of(st.sampled_from(tokens("site-chrome")), st.text(max_size=8)), max_size=12))
def test_any_lines_are_judged_together_as_each_alone(texts):
    lines = [line for text in texts for line in map(str.strip, text.split("\n")) if line]
    assert sorted(worth_a_look(lines)) == sorted(line for line in lines if worth_a_look([line]))


def test_every_line_that_an_entry_drops_is_looked_at():
    dropped = [line for entry in toml_table("site-chrome.toml")["cue"] for line in entry["drop"]]
    assert sorted(worth_a_look(dropped)) == sorted(dropped)
    assert len(dropped) > len(cues())


def test_spellings():
    assert spellings("版权") == ["版权", "版權"]
    assert set(spellings("台历")) >= {"台历", "臺曆"}
    assert spellings("icp") == ["icp", "ICP", "Icp"]
    assert spellings("1") == ["1"]


def test_every_menu_word_is_looked_at():
    menu = toml_table("site-chrome.toml")["menu"]
    words = [word for key in ("sure", "weak") for word in menu[key].split()]
    assert sorted(worth_a_look(words)) == sorted(words)


def test_the_limits_of_starts_are_kept_up_to_a_number():
    limits = _Limits()
    asked = [chr(0x4E00 + number % 10_000) + chr(0x4E00 + number // 10_000) for number in range(_Limits._MOST + 1)]
    expected = {start: limits[start] for start in asked}
    assert limits.items() == {"": limits[""], **dict(list(expected.items())[: _Limits._MOST - 1])}.items()
