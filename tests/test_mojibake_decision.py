"""What decides that a candidate is a repair: each limit with a case on either side of it."""

import pytest

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake import decision
from cnclean.cleaners.mojibake.codecs import CONFUSIONS, Candidate
from cnclean.cleaners.mojibake.decision import SAMPLE, THRESHOLD, is_structured, is_table, judge

CONFUSION = {confusion.name: confusion for confusion in CONFUSIONS}


def gain(line, broken, new, confusion, before="", after="", **more):
    """By how much `new` is likelier than `broken` in its place in the line; None where it is no repair."""
    start = line.index(broken)
    confusions = (CONFUSION.get(confusion, confusion),)
    repair = judge(line, Candidate(start, start + len(broken), new, confusions, **more), before, after)
    return repair.gain if repair else None


def as_latin1(text):
    return text.encode().decode("latin-1")


@pytest.mark.parametrize(
    ("line", "broken", "new", "name"),
    [
        ("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk"),
        ("´ºÌì", "´ºÌì", "春天", "gbk-as-cp1252"),
        ("我们뉴莖윱是的", "뉴莖윱", "春天来", "gbk-as-euc-kr"),
        ("ぱ\ue5fbと", "ぱ\ue5fbと", "天下午", "big5-as-gbk"),
    ],
    ids=["utf8", "two-han", "inside-sound-text", "letters-of-another-script"],
)
def test_little_is_enough(line, broken, new, name):
    assert THRESHOLD <= gain(line, broken, new, name) < 2 * THRESHOLD


@pytest.mark.parametrize("new", ["春", "，", "。", "嗔痴"])
def test_the_structure_of_utf8_is_a_proof(new):
    assert gain(as_latin1(new), as_latin1(new), new, "utf8-as-cp1252") > THRESHOLD


@pytest.mark.parametrize(
    ("line", "broken", "new", "name"),
    [
        ("景毞", "景毞", "春天", "gbk-as-big5"),
        ("我们뉴莖是的", "뉴莖", "春天", "gbk-as-euc-kr"),
        ("´º¡£´º£¬´º¡¢´º£¡", "´º¡£´º£¬´º¡¢´º£¡", "春。春，春、春！", "gbk-as-cp1252"),
        ("é¾˜é\x9d\x90", "é¾˜é\x9d\x90", "龘靐", "utf8-as-cp1252"),
        ("Ã©tÃ©", "Ã©tÃ©", "été", "utf8-as-cp1252"),
        ("íëíêö´ö¹", "íëíêö´ö¹", "黼黻龃龉", "gbk-as-cp1252"),
        ("ÀïÀ³", "ÀïÀ³", "里の", "gbk-as-cp1252"),
    ],
    ids=[
        "short",
        "inside-sound-text",
        "one-character-again-and-again",
        "too-rare",
        "no-han",
        "too-rare-in-gbk",
        "another-script",
    ],
)
def test_less_is_not(line, broken, new, name):
    assert gain(line, broken, new, name) is None


def test_words_with_accents_are_no_damage():
    assert gain("´ºÌìÀ´ÁË", "´ºÌìÀ´ÁË", "春天来了", "gbk-as-cp1252")
    assert gain("´ºÌaÀbÁcÁd", "´ºÌaÀbÁcÁd", "春天来", "gbk-as-cp1252") is None
    assert gain("­«ÂI", "­«ÂI", "重點", "big5-as-cp1252"), "one of two characters may look like one"


def test_the_characters_around_count_wherever_they_come_from():
    inside = gain("我们´ºÌìÀ´是的", "´ºÌìÀ´", "春天来", "gbk-as-cp1252")
    assert inside == gain("´ºÌìÀ´", "´ºÌìÀ´", "春天来", "gbk-as-cp1252", before="们", after="是")
    alone, before, after = (
        gain("´ºÌìÀ´", "´ºÌìÀ´", "春天来", "gbk-as-cp1252", *around) for around in (("", ""), ("们", ""), ("", "是"))
    )
    assert inside < min(before, after) <= max(before, after) < alone
    assert alone - gain("x´ºÌìÀ´x", "´ºÌìÀ´", "春天来", "gbk-as-cp1252") < THRESHOLD // 2, "ASCII around is no edge"
    assert inside == gain("x们´ºÌìÀ´是x", "´ºÌìÀ´", "春天来", "gbk-as-cp1252"), "one character on each side counts"
    assert before != gain("´ºÌìÀ´", "´ºÌìÀ´", "春天来", "gbk-as-cp1252", before="鱼")
    assert after != gain("´ºÌìÀ´", "´ºÌìÀ´", "春天来", "gbk-as-cp1252", after="，")


def test_edges_count_less_where_the_span_is_long_and_not_where_it_is_structured():
    def edge(broken, new, name):  # a line that begins is judged like one behind a full stop, but for the edge
        return gain(broken, broken, new, name) - gain(broken, broken, new, name, before="。")

    assert edge("´ºÌìÀ´", "春天来", "gbk-as-cp1252") == decision._EDGE
    assert edge("´ºÌìÀ´ÁË", "春天来了", "gbk-as-cp1252") == decision._EDGE_OF_LONG
    assert edge("鏄ュぉ", "春天", "utf8-as-gbk") == 0


def test_handicaps_are_taken_off():
    broken, new, confusion = "뉴莖윱", "春天来", CONFUSION["gbk-as-euc-kr"]._replace(handicap=100)
    known = gain(broken, broken, new, confusion, guesses=1)
    assert gain(broken, broken, new, confusion._replace(handicap=130), guesses=1) == known - 30
    assert gain(broken, broken, new, confusion._replace(per_char=confusion.per_char + 10), guesses=1) == known - 30
    assert gain(broken, broken, new, confusion, guesses=1, evidence=50) == known + 50


def test_a_guess_costs_what_it_says():
    first = gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", guesses=1)
    assert gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", guesses=200) == first - 199
    assert gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", guesses=1 + first - THRESHOLD) == THRESHOLD
    assert gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", guesses=2 + first - THRESHOLD) is None


def test_long_spans_are_judged_by_their_beginning():
    new = "春天来了，院子里的桃花都开了。"
    broken = as_latin1(new)
    times = 3 * SAMPLE // len(broken) + 1
    long, longer = (gain(broken * n, broken * n, new * n, "utf8-as-cp1252") for n in (times, 2 * times))
    assert long == longer == gain("x" * SAMPLE + broken * times, broken * times, new * times, "utf8-as-cp1252")
    assert long > gain(broken, broken, new, "utf8-as-cp1252")


def test_what_is_the_same_on_both_sides_and_what_repeats_prove_nothing():
    once = gain("´ºÌìÀ´ÁË", "´ºÌìÀ´ÁË", "春天来了", "gbk-as-cp1252")
    assert gain("´ºÌì abc À´ÁË", "´ºÌì abc À´ÁË", "春天 abc 来了", "gbk-as-cp1252") == once
    assert gain("´ºÌìÀ´ÁËÁËÁËÁË", "´ºÌìÀ´ÁËÁËÁËÁË", "春天来了了了了", "gbk-as-cp1252") < 2 * once


def test_a_repair_must_be_lighter():
    assert gain("春天来了", "春天来了", "春天来了", "utf8-as-cp1252") is None
    assert gain("春天来了", "春天来了", "春天来了", "utf8-as-cp1252", evidence=100 * THRESHOLD) is None


@pytest.mark.parametrize(("broken", "new"), [("ÀïÀ³", "里の"), ("íëíêö´ö¹", "黼黻龃龉")], ids=["implausible", "rare"])
def test_no_evidence_outweighs_what_cannot_be(broken, new):
    assert gain(broken, broken, new, "gbk-as-cp1252", evidence=100 * THRESHOLD) is None


def test_what_follows_counts_on_both_sides():
    alone = gain("´ºÌìÀ´ÁË", "´ºÌìÀ´ÁË", "春天来了", "gbk-as-cp1252")
    assert alone == gain("´ºÌìÀ´ÁË", "´ºÌìÀ´ÁË", "春天来了", "gbk-as-cp1252", after="x")


def test_what_follows_is_weighed_behind_the_last_character_of_either_side():
    alone, followed = (gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", "山", after) for after in ("", "气"))
    after = character_model().after
    assert followed - alone == after("ぉ", "气") - after("天", "气") > 0


def test_letters_that_may_be_what_they_seem_count_against_a_repair():
    def doubts(old):
        return decision._doubts(old, "春天来了", 0, (CONFUSION["gbk-as-euc-kr"],))

    assert doubts("가나다") == 0
    assert doubts("가、나，다") == 2 * decision._ITEM
    assert doubts("가나ばбα") == 3 * decision._KANA


def run(*codes):
    return "".join(map(chr, codes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宒宓宔", False),
        ("宒宓宔宕", True),
        ("宕宔宓宒", False),
        ("宔宔宔宔", False),
        ("㐀㐁㐂㐃", True),
        ("㏿㐀㐁㐂㐃", False),
        ("啊阿埃挨哎唉", True),
        ("凡久么也乞", True),
        ("他们搬进了小城", False),
        (run(*range(0x3500, 0x3540, decision._NEXT)), True),
        (run(*range(0x3500, 0x3540, decision._NEXT + 1)), False),
        (run(0x3500, 0x3501, 0x3900, 0x3901, 0x3700), True),
        (run(0x3500, 0x3501, 0x3900, 0x3901, 0x3700, 0x3600), False),
        (run(0x3500, 0x3501, 0x3900, 0x3901, 0x3700, 0x3701, 0x3600, 0x3601, 0x3480), True),
        ("", False),
    ],
    ids=[
        "three",
        "four",
        "backwards",
        "the same",
        "the first Han",
        "begins with a sign",
        "GB 2312",
        "Big5",
        "prose",
        "steps",
        "too large steps",
        "half of them",
        "less than half",
        "half of many",
        "nothing",
    ],
)
def test_a_table_has_its_characters_in_some_order(text, expected):
    assert is_table(text) is expected


def test_a_table_is_neither_broken_nor_the_repair():
    def is_repaired(old, new):
        return gain(old, old, new, "utf8-as-gbk", evidence=100 * THRESHOLD) is not None

    assert is_repaired("鏇鏆鏅鏄", "春天来了")
    assert not is_repaired("鏄鏅鏆鏇", "春天来了")
    assert is_repaired("鏇鏆鏅鏄", "挨埃阿啊")
    assert not is_repaired("鏇鏆鏅鏄", "啊阿埃挨")


@pytest.mark.parametrize(
    ("names", "structured"),
    [
        (["utf8-as-gbk"], True),
        (["gbk-as-cp1252"], False),
        (["utf8-as-cp1252", "utf8-as-cp1252"], True),
        (["gbk-as-cp1252", "utf8-as-cp1252"], False),
        (["utf8-as-cp1252", "gbk-as-cp1252"], False),
    ],
)
def test_only_utf8_all_the_way_is_a_proof(names, structured):
    assert is_structured(tuple(CONFUSION[name] for name in names)) is structured


def test_valid_utf8_of_two_han_counts_for_itself_unless_guessed():
    plain = gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk")
    assert plain == gain("鏄ュぉ", "鏄ュぉ", "春天", "utf8-as-gbk", guesses=1) + 1 + decision._STRUCTURE
    for new, counts in (("春", False), ("春天", True), ("春天来", True), ("春天来了", False)):
        sure, guessed = (gain(as_latin1(new), as_latin1(new), new, "utf8-as-cp1252", guesses=n) for n in (0, 1))
        assert sure == guessed + 1 + counts * decision._STRUCTURE
    rare = CONFUSION["utf8-as-gbk"]._replace(handicap=30)
    assert gain("鏄ュぉ", "鏄ュぉ", "春天", rare) == plain - 30


def test_a_repair_is_certain_by_its_gain_for_each_character():
    candidate = Candidate(0, 8, "春天来了春天来了", (CONFUSION["utf8-as-gbk"],))
    enough = max(2 * THRESHOLD, decision._CERTAIN * len(candidate.new))
    assert decision.Repair(candidate, enough).is_certain()
    assert not decision.Repair(candidate, enough - 1).is_certain()
    short = candidate._replace(new="春天")
    assert not decision.Repair(short, 2 * THRESHOLD - 1).is_certain()
    assert decision.Repair(short, 2 * THRESHOLD).is_certain()
