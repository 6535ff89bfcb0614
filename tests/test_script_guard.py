"""What the guard of script conversion lets through; in texts of its own, where s is source script, T target script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.script.chain import build_chain
from cnclean.cleaners.script.guard import Guard, Treatment, character_class, clauses_around, spent_characters
from cnclean.opencc_data import dictionary

GUARD = Guard("s", "T")
SIGN = {Treatment.CONVERT: "+", Treatment.CONVERT_EVIDENCE: "e"}


def treated(text):
    """The text with every character replaced by what is done with it: + converted, e only evidence, . left."""
    out = ["."] * len(text)
    done = 0
    for start, end, treatment in GUARD.spans(text):
        assert done <= start <= end <= len(text)
        out[start:end] = SIGN[treatment] * (end - start)
        done = end
    return "".join(out)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("", ""),
        ("abc\nabc", "......."),  # no evidence, nothing to do
        ("T\nabc", "....."),
        ("abs\nabc\nabc", "+++++++++++"),  # no target script: the whole text goes
        # the lines between two lines with target script go together, if there is evidence in any
        ("aT\nab\nsb\ncc\ncT\ndd", "...+++++++++....."),
        ("aT\nab\ncT\nds", ".........++"),
        ("ab\ncT\nds", "......++"),
        ("as\ncT\ndd", "+++....."),
        ("T\nT\ns", "....+"),
        ("s\nT\ns\nT\ns", "++..++..+"),
        ("\nT\n\ns\n\nT\n\n", "...++++..."),
    ],
)
def test_lines_without_target_script_go_together(text, done):
    assert treated(text) == done


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("as，aT", "++..."),  # as many of each: only the clauses with evidence
        ("aa，as，TT，aa", "...++......"),
        ("aa，as，TT，aa\n", "...++......."),
        ("ss，aT，aa", "+++..+++"),  # the source script prevails: all but the clauses of the target script
        ("aa，ss，aT，aa\n", "++++++..++++"),
        ("ss，ssT，aa", "+++++++++"),  # in the clause too
        ("sss，sTT，aa", "++++eee+++"),  # but not in this one
        ("sTT，a", "eee.."),
        ("sT", "ee"),
        ("ssT", "+++"),
        ("Tsa，b", "eee.."),
        ("T，s，T", "..+.."),
        ("T，sT，T", "..ee.."),
        ("aTssa，b", "+++++++"),
    ],
)
def test_lines_with_target_script_are_judged_by_clauses(line, done):
    assert treated(line) == done
    assert treated(f"T\n{line}") == f"..{done}"


@given(st.text("sTab，\n", max_size=30))
def test_all_evidence_is_converted_and_nothing_is_where_there_is_none(text):
    done = treated(text)
    assert all(sign in "+e" for char, sign in zip(text, done, strict=True) if char == "s")
    for clause in re.finditer("[^，\n]+", text):
        if "T" in clause[0] and "s" not in clause[0]:
            assert set(done[slice(*clause.span())]) == {"."}
    if "s" not in text:
        assert set(done) <= {"."}


def test_clauses_around_places_each_once():
    text = "ab，cd，ef"
    assert list(clauses_around([0, 1, 4], text, 0)) == [(0, 2), (3, 5)]
    assert list(clauses_around([0, 4, 7], text, 4)) == [(4, 5), (6, 8)], "not before the begin"
    assert list(clauses_around([7], text, 0)) == [(6, 8)]
    assert list(clauses_around([], text, 0)) == []


@pytest.mark.parametrize("delimiter", ["，", "。", " ", "\n", "“", ")", "…", "/", "|", "'"])
def test_delimiters_end_a_clause(delimiter):
    assert list(clauses_around([2], f"a{delimiter}s{delimiter}b", 0)) == [(2, 3)]


def test_a_character_class_holds_all_of_the_plane_and_nothing_else():
    pattern = character_class("]^-a\ud7ff\ud800\udfff\ue000\uffff\U00010000𠮷")
    assert pattern.findall("]^-ab\ud7ff\ud800\udfff\ue000\uffff\U00010000𠮷") == [*"]^-a\ud7ff\ue000\uffff"]
    assert not character_class("𠮷").search("𠮷")
    assert not character_class("").search("a\n")


def test_triggers_and_pattern_of_a_guard_are_the_same_characters():
    assert Guard("国]^-学𠮷", "T").triggers == Guard("学-国]^", "").triggers
    found = re.compile(f"[{Guard('国]^-学', 'T').triggers}]")
    assert found.findall("国]^-学T，a_") == Guard("国]^-学", "T").source.findall("国]^-学T，a_") == [*"国]^-学"]
    assert Guard("", "").triggers == Guard("𠮷", "").triggers == ""
    assert not Guard("", "").source.search("国(?!)")


def test_spent_characters_never_come_out_of_the_chain():
    spent = spent_characters(build_chain("t2s", dictionary))
    assert {"漢", "國", "學"} <= spent
    assert not spent & {"乾", "后", "汉", "，", "。"}
    assert all(map(str.isalpha, spent))
