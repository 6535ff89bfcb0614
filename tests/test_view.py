"""The view of a line: every character folded by itself, annotations and zero-width characters left out."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from cnclean import view as module
from cnclean.view import compact, fold, folded_characters, view, view_text
from tests.strategies import mixtures

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
TONED = r"\u00e0-\u01dc\u1e3f"
READING = rf"(?:[a-z{TONED}]*[{TONED}][a-z\u00e0-\u01dc]*|[\u3105-\u3129\u02c7\u02ca\u02cb\u02d9]{{1,5}})"
PLAIN_CUT = re.compile(rf"(?<=[{HAN}])[(\uff08]{READING}[)\uff09]|[{INVISIBLE}]+")
PIECES = [
    *"会會()（）aìīǎ\u1e3fㄏㄨㄟˋ，\u200b\ufeff\ufe0f\u00ad\n后後",
    "(huì)",
    "(ㄏㄨㄟˋ)",
    "（yī）",
    "\u200b\u200d",
]

texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=16).map("".join), mixtures(), st.text(max_size=20))


@given(st.one_of(texts, st.text(st.sampled_from(sorted(folded_characters())), max_size=12)))
def test_every_character_is_folded_by_itself(text):
    assert fold(text) == "".join(folded_characters().get(char, char) for char in text)


@given(texts)
def test_the_way_back_leads_to_what_was_folded(text):
    for seen in (view(text), compact(text)):
        assert len(seen.offsets) == len(seen.text) + 1
        assert seen.text == "".join(fold(text[at]) for at in seen.offsets[:-1])
    assert view(text).text == view_text(text)


def test_what_begins_with_a_class_cuts_what_the_plain_pattern_cuts():
    draw = random.Random(11)
    for _ in range(5000):
        text = "".join(draw.choice(PIECES) for _ in range(draw.randrange(14)))
        assert [match.span() for match in module._CUT.finditer(text)] == [
            match.span() for match in PLAIN_CUT.finditer(text)
        ]


def test_annotations_and_zero_width_characters_are_left_out():
    seen = view("來(lái)源\u200b：\ufeffＡ")
    assert seen.text == "来源:a"
    assert list(seen.offsets) == [0, 6, 8, 10, 11]
    assert seen.span(0, 2) == (0, 7)
    assert seen.span(2, 2) == (8, 8)
