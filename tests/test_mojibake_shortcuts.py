"""What mojibake repair decides early, from single characters, is what the long way would decide."""

import re
from itertools import pairwise, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import CHARACTERWISE, CONFUSIONS, undo
from cnclean.cleaners.mojibake.guard import Family, families, guards, in_company
from cnclean.cleaners.mojibake.lattice import _SWITCH, best_path
from cnclean.cleaners.mojibake.prospects import promising
from tests.sentences import SIMPLIFIED, TRADITIONAL
from tests.strategies import mixtures

CONFUSION = {confusion.name: confusion for confusion in CONFUSIONS}
BROKEN = [
    text[start : start + 9].encode(confusion.true, "ignore").decode(confusion.wrong, "ignore")
    for confusion in CONFUSIONS
    if confusion.wrong != "cp1252"
    for text in (*SIMPLIFIED[:3], *TRADITIONAL[:3], "café·ñandú×Ωмир§±")
    for start in range(0, len(text) - 8, 4)
]
ODD = [*"€ÿ\x81\udc80ｱﾞ𠀀", "Ê\u0304", "ê\u030c"]
broken = st.lists(st.one_of(st.sampled_from(BROKEN), st.sampled_from(ODD), mixtures("mojibake", 3)), max_size=4).map(
    "".join
)


@pytest.mark.parametrize("confusion", CONFUSIONS, ids=lambda confusion: confusion.name)
@given(text=broken)
@example("Ê\u0304")
@example("缁")
def test_what_has_no_prospect_is_no_repair(confusion, text):
    weight = character_model().weight
    spans = [(start, end) for start in range(len(text)) for end in {start + 2, start + 3, len(text)}]
    spans = [(start, end) for start, end in spans if end <= len(text)]
    kept = {(start, end) for start, end, _ in promising(text, spans, (confusion,))}
    for start, end in spans:
        old = text[start:end]
        new = undo(old, confusion) if len(old) > 1 else None
        if new is not None and (confusion not in CHARACTERWISE or weight(new) < weight(old)):
            assert (start, end) in kept
        elif (start, end) in kept and confusion in CHARACTERWISE:
            assert re.search("[\u0304\u030c]", old), "nothing is kept in vain"


def test_what_has_prospects_keeps_its_order():
    line = "今天浠婂ぉ浠婂ぉ"
    confusions = (CONFUSION["utf8-as-gbk"], CONFUSION["gbk-as-cp1252"], CONFUSION["big5-as-gbk"])
    assert promising(line, [(5, 8), (2, 8), (0, 8), (2, 3), (2, 5)], confusions) == [
        (2, 5, confusions[0]),
        (2, 8, confusions[0]),
        (5, 8, confusions[0]),
    ]


@pytest.mark.parametrize("confusion", CHARACTERWISE, ids=lambda confusion: confusion.name)
@given(text=broken)
def test_characterwise_confusions_are_undone_character_by_character(confusion, text):
    """Why their prospects can be told from single characters; Big5 has one code for some pairs with an accent."""
    if (whole := undo(text, confusion)) and not re.search("[\u0304\u030c]", text):
        assert whole == "".join([undo(char, confusion) or char for char in text])


@pytest.mark.parametrize("family", [Family.GBK_AS_BIG5, Family.BIG5_AS_GBK])
def test_no_rare_character_in_company_escapes_the_guard(family):
    rare = [char for char in map(chr, range(0x80, 0x10000)) if guards().families[family].match(char)]
    assert len(rare) > 2000
    for char, other in pairwise(rare):
        assert guards().any.match(char + other)
        assert guards().any.match(other + char, 1)
    char, other = rare[:2]
    for before, distance, after in product(["的" * n for n in range(6)], range(4), ["", "的"]):
        for pair in (char, other), (other, char):
            text = before + pair[0] + "的" * distance + pair[1] + after
            for at in (len(before), len(text) - len(after) - 1):
                assert in_company(text, at) == (distance < 3)
                assert guards().any.match(text, at) or distance == 3


@given(broken)
def test_all_damage_but_that_of_rare_characters_is_seen_by_the_guard_of_whole_texts(text):
    for family in families(text) - {Family.GBK_AS_BIG5, Family.BIG5_AS_GBK}:
        assert guards().any.search(text), family


@given(broken)
def test_the_cost_of_a_text_is_that_of_its_pairs(text):
    model = character_model()
    assert model.cost(text) == sum(model.after(last, char) for last, char in pairwise("。" + text))


@st.composite
def lattices(draw):
    """Return, for each of a few places, readings that end within them."""
    size = draw(st.integers(1, 4))
    texts = st.sampled_from([("今",), ("天", "气"), ("",), ("é",), ("é»‘",), ("a", "中", "¤")])
    extra = st.sampled_from([0, 0, 300])
    readings = [
        draw(st.lists(st.tuples(st.integers(at + 1, size), texts, extra, st.booleans()), max_size=5))
        for at in range(size)
    ]
    return size, readings


def assert_best(size, readings):
    def cost(text, last, kept, keeps):
        return (character_model().after(last, text[0]) if text else 0) + (_SWITCH if kept != keeps else 0)

    def cheapest(at, last, kept):
        costs = [0] if at == size else []
        for end, texts, extra, keeps in readings[at] if at < size else ():
            for text in texts:
                rest = cheapest(end, text[-1:] or last, keeps)
                if rest is not None:
                    costs.append(extra + cost(text, last, kept, keeps) + rest)
        return min(costs, default=None)

    path, total, last, kept = best_path(size, readings.__getitem__, "。"), 0, "。", True
    for piece in path:
        total += piece.cost + cost(piece.text, last, kept, piece.kept)
        last, kept = piece.text[-1:] or last, piece.kept
    assert [piece.start for piece in path] == [0, *(piece.end for piece in path)][: len(path)]
    assert (total if path else None) == cheapest(0, "。", True)


@given(lattices())
def test_the_best_path_is_the_cheapest_of_all(lattice):
    assert_best(*lattice)


@pytest.mark.parametrize("extra", range(0, 2000, 40))
def test_a_dearer_beginning_may_be_part_of_the_best_path(extra):
    assert_best(2, [[(1, ("的",), 0, False), (1, ("咖",), extra, False)], [(2, ("啡",), 0, False)]])
