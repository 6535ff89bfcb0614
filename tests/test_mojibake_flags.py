"""Mojibake that is flagged or left: what looks broken, what was guessed, what is too much to look at."""

import random
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.character_model import CharacterModel
from cnclean.cleaners.mojibake import Mojibake
from cnclean.opencc_data import simplified_characters
from cnclean.tables import pair_table
from cnclean.testing import check_laws

REPAIR = Mojibake()
ROOT = Path(__file__).resolve().parents[1]

SOUND = (
    "院子里的桃花都开了，孩子们在树下做游戏，老人们坐在门口晒太阳。",
    "老师通知大家明天下午三点在会议室开会，请准时参加。",
    "这家酒店的房间很干净，服务态度也非常好，值得推荐。",
)


def _rules(text):
    return [rule for edit in REPAIR.edits(text) for rule in edit.rules]


@pytest.mark.parametrize(
    "text",
    [
        "我们知道，令돤股수，是这样",
        "我们知道，ﾊ\ue5b2ﾂﾗ\ue4fa，是这样",
        "我们知道，搭\ue4c7ぶ︰，是这样",
        "我们知道，圉硐憐ㄛ，是这样",
    ],
)
def test_what_looks_broken_and_stays_is_flagged(text):
    edits = list(REPAIR.edits(text))
    assert REPAIR(text) == text
    assert [edit.rules for edit in edits] == [("mojibake/unrepaired",)]
    assert edits[0].is_flag(text)


@pytest.mark.parametrize(
    "text",
    [
        "好ㄛ，我知道了",
        "注音符號ㄅㄆㄇㄈ很好學",
        "世宗大学（세종대학교）在首尔",
        "한국어로 쓰는 글입니다",
        "日本語の本を読んでいます",
        "電影ゴジラ2024年上映",
        "α粒子和β粒子，Δt趋近于零",
        "今天真高兴\ue415\ue056",
        "莒犁比公、郤犨、叔孙豹",
        "他说：Привет，朋友",
    ],
)
def test_sound_text_of_several_scripts_is_not_flagged(text):
    assert not _rules(text)


def test_guessed_bytes_have_a_rule_of_their_own():
    broken = "今天的天气".encode().decode("gbk", "replace")
    (edit,) = REPAIR.edits(broken)
    assert edit.rules == ("mojibake/utf8-as-gbk-guessed",)
    assert [evidence.feature for evidence in edit.evidence] == ["gain", "guessed"]
    assert "guessed" in edit.note
    whole = "今天天气".encode().decode("gb18030")
    assert _rules(whole) == ["mojibake/utf8-as-gbk"]


def _long_line(count):
    rng = random.Random(3)
    sound = "".join(SOUND)
    return "".join(rng.choice(sound) for _ in range(count))


def test_a_line_with_too_much_damage_gets_exact_inverses_only():
    text = _long_line(30_000)
    lossy = text.encode().decode("gbk", "replace").replace("\ufffd", "?")
    short, long = REPAIR(lossy[:300]), REPAIR(lossy)
    assert any(rule.endswith("-guessed") for rule in _rules(lossy[:300]))
    rules = set(_rules(lossy))
    assert "mojibake/unrepaired" in rules, "what is given up is flagged"
    assert "mojibake/utf8-as-gbk" in rules
    assert not any(rule.endswith("-guessed") for rule in rules)
    assert short != long[: len(short)]
    assert REPAIR(long) == long
    lossless = text.encode().decode("latin-1")
    assert REPAIR(lossless) == text


def test_damage_far_apart_in_a_long_line_is_repaired_in_each_place():
    broken, sound = "你好，中国人".encode().decode("gb18030"), SOUND[0] * 30
    assert REPAIR((sound + broken) * 3 + sound) == (sound + "你好，中国人") * 3 + sound


def test_debris_stays_and_what_stands_beside_it_is_repaired():
    broken = "你好，中国人".encode().decode("gb18030")
    text = f"{broken}锟斤拷锟斤拷{broken}烫烫烫{broken}"
    assert REPAIR(text) == "你好，中国人锟斤拷锟斤拷你好，中国人烫烫烫你好，中国人"
    check_laws(REPAIR, text)


def test_the_table_of_damaged_characters_is_what_the_tool_derives():
    tool = runpy.run_path(str(ROOT / "tools" / "build_mojibake_damaged.py"))
    assert tool["table"]() == pair_table("mojibake-damaged.txt"), "run tools/build_mojibake_damaged.py"


parts = st.one_of(
    st.sampled_from(SOUND),
    st.sampled_from(
        ("锟斤拷", "锟斤", "斤拷", "\ufffd" * 5, "\ufffd", "烫烫烫烫", "屯屯屯", "\n", "令돤股수", "吏挂\ue4c7搭")
    ),
    st.builds(
        lambda text, length, codec: text[:length].encode("gb18030", "ignore").decode(codec, "replace"),
        st.sampled_from(SOUND),
        st.integers(2, 30),
        st.sampled_from(("big5hkscs", "cp949", "cp932", "latin-1", "utf-8")),
    ),
)


@given(st.lists(parts, min_size=2, max_size=25).map("".join))
def test_laws_on_debris_among_damage_and_sound_text(text):
    check_laws(REPAIR, text)


def test_the_model_does_not_depend_on_what_it_has_met():
    pairs = simplified_characters()
    fresh, used = CharacterModel(), CharacterModel()
    used.weight("".join(pairs.values()))
    assert [fresh[chr(code)] for code in pairs] == [used[chr(code)] for code in pairs]
