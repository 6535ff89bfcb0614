"""Inline readings: removed where a machine put them, left where a person did."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.annotations import Annotations
from cnclean.errors import CncleanError
from cnclean.readings import split_tone
from cnclean.testing import check_laws
from tests.evaluation import needs_shared, seed, texts
from tests.growth import assert_linear
from tests.strategies import tokens

TOKENS = tokens("annotations")

READINGS = {
    "會": "huì", "國": "guó", "來": "lái", "開": "kāi", "說": "shuō", "時": "shí", "個": "gè", "發": "fā", "學": "xué",
    "現": "xiàn", "見": "jiàn", "對": "duì", "長": "zhǎng", "問": "wèn", "點": "diǎn",
    "過": "guò", "後": "hòu", "書": "shū",
}  # fmt: skip
SENTENCES = [
    "這個國家的人很好客，來的人都說下次還會來。",
    "我問他何時開學，他說過了中秋再說。",
    "書店開在山後，我去過一次，沒見到人。",
    "長時間不開口說話，對身體也不好。",
    "他現在每天學一點，三年後會有所成。",
    "發車的時間到了，個個都往前走。",
]


def annotate(text: str, form: str = "({})") -> str:
    return re.sub("[" + "".join(READINGS) + "]", lambda m: m[0] + form.format(READINGS[m[0]]), text)


PAGE = "\n".join(SENTENCES)
tokens = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
pages = st.lists(st.sampled_from([*SENTENCES, *map(annotate, SENTENCES), *TOKENS]), max_size=14).map("\n".join)


@given(tokens)
def test_laws_on_nasty_tokens(text):
    check_laws(Annotations(), text)
    check_laws(Annotations(ruby="strip"), text)


@given(pages)
def test_laws_on_pages(text):
    check_laws(Annotations(), text)
    check_laws(Annotations(ruby="strip"), text)


@pytest.mark.parametrize("form", ["({})", "（{}）", "( {} )", "（{})", "(\u00a0{})", "({})({})"])
def test_a_page_annotated_by_rule_comes_out_as_it_was(form):
    page = re.sub("[" + "".join(READINGS) + "]", lambda m: m[0] + form.format(READINGS[m[0]], READINGS[m[0]]), PAGE)
    assert Annotations()(page) == PAGE


@pytest.mark.parametrize("spell", [lambda r: split_tone(r)[0], lambda r: "{}{}".format(*split_tone(r)), str.capitalize])
def test_other_spellings(spell):
    page = re.sub("[" + "".join(READINGS) + "]", lambda m: f"{m[0]}({spell(READINGS[m[0]])})", PAGE)
    assert Annotations()(page) == PAGE


def test_every_removal_names_its_rule_and_character():
    page = annotate(PAGE)
    edits = list(Annotations().edits(page))
    assert {edit.rules for edit in edits} == {("annotations/toned",)}
    assert [edit.note for edit in edits] == [f"reading of {page[edit.start - 1]}" for edit in edits]


@pytest.mark.parametrize("count", range(5))
def test_fewer_than_five_are_no_evidence(count):
    page = "".join(f"山上{char}({reading})水" for char, reading in list(READINGS.items())[:count])
    assert Annotations()(page) == page


def test_bare_occurrences_speak_against_a_machine():
    page = annotate(PAGE) + "\n" + PAGE
    assert Annotations()(page) == page


def test_a_few_bare_ones_from_a_repaired_run_do_not():
    page = annotate(PAGE * 6)
    assert "(" not in Annotations()(page + "會來")


def test_a_readers_text_is_left_and_flagged():
    text = "山(shān)高(gāo)月(yuè)小(xiǎo)，水(shuǐ)落(luò)石(shí)出(chū)。"
    (flag,) = Annotations().edits(text)
    assert flag.is_flag(text)
    assert "ruby" in flag.note
    assert Annotations(ruby="strip")(text) == "山高月小，水落石出。"


def test_a_poem_with_readings_inside_a_page_is_left():
    readings = "bái rì yī shān jìn huáng hé rù hǎi liú"
    poem = "".join(f"{a}({b})" for a, b in zip("白日依山尽黄河入海流", readings.split(), strict=True))
    page = (
        f"今天学一首古诗：\n{poem}。\n诗人站在楼上，看见太阳靠着山落下去，河水一直流到海里，河面上的白光都收进了诗里。"
    )
    assert Annotations()(page) == page


def test_wrong_option():
    with pytest.raises(CncleanError, match=r"annotations\.ruby"):
        Annotations(ruby="delete")


def test_time_grows_linearly():
    for piece in (annotate(PAGE), "會(" * 50, "((" * 50, "(huì)" * 50):
        assert_linear(Annotations(), piece * 50, piece * 400)


@needs_shared
def test_seed_with_annotations():
    text = seed("000")
    clean = Annotations()(text)
    left = re.findall("[\u3400-\u9fff][(（][a-z\u00e0-\u01dc]+[)）]", clean)
    assert left == []
    assert len(list(Annotations().edits(text))) == 1037
    assert re.sub(r"\([a-z\u00e0-\u01dc]+\)", "", clean) == re.sub(r"\([a-z\u00e0-\u01dc]+\)", "", text)


@needs_shared
@pytest.mark.parametrize(
    "name", ["weekly", "classical", "zhihu", "reviews", "traditional_web", "poetry_traditional", "japanese"]
)
def test_sound_text_is_not_touched(name):
    sound = texts(f"clean/{name}")
    assert list(Annotations().edits("\n".join(sound))) == []
    for text in random.Random(1).sample(sound, min(60, len(sound))):
        assert list(Annotations().edits(text)) == []
