"""Edits: applying, comparing, composing, and mapping places both ways."""

import pickle
from copy import copy
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.edit import Edit, Evidence, apply_edits, compose_edits, diff_edits
from cnclean.errors import EditError
from cnclean.offsets import OffsetMap

ALPHABET = "ab中，\n"
TEXT = st.text(ALPHABET, max_size=14)


@st.composite
def edit_lists(draw, text):
    """Sorted, non-overlapping edits of `text`: deletions, insertions, replacements and flags."""
    out, pos = [], 0
    for _ in range(draw(st.integers(0, 4))):
        if pos > len(text):
            break
        start = draw(st.integers(pos, len(text)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        new = draw(st.one_of(st.just(text[start:end]), st.text("xyz", max_size=3)))
        if end == start and not new:
            continue
        out.append(Edit(start, end, new, (draw(st.sampled_from(["p", "q"])),), "note", (Evidence("f", 1.0),)))
        pos = end + (start == end)  # two edits may touch, but not insert at one place
    return out


@given(st.data(), TEXT)
def test_composed_edits_do_what_the_two_steps_do(data, text):
    first = data.draw(edit_lists(text))
    middle = apply_edits(text, first)
    second = data.draw(edit_lists(middle))
    assert apply_edits(text, compose_edits(text, first, second)) == apply_edits(middle, second)


@given(st.data(), TEXT)
def test_composing_keeps_rules_of_everything_that_survives(data, text):
    first = data.draw(edit_lists(text))
    middle = apply_edits(text, first)
    second = data.draw(edit_lists(middle))
    composed = compose_edits(text, first, second)
    known = {rule for edit in (*first, *second) for rule in edit.rules}
    assert all(edit.rules and set(edit.rules) <= known for edit in composed)
    assert [(e.start, e.end) for e in composed] == sorted((e.start, e.end) for e in composed)


@given(st.data(), TEXT)
def test_composing_with_nothing_changes_nothing(data, text):
    edits = data.draw(edit_lists(text))
    assert compose_edits(text, edits, []) == edits
    assert compose_edits(text, [], edits) == edits


@given(st.data(), TEXT)
def test_an_edit_that_meets_no_other_comes_through_as_it_is(data, text):
    first = data.draw(edit_lists(text))
    middle = apply_edits(text, first)
    second = data.draw(edit_lists(middle))
    composed = compose_edits(text, first, second)
    offsets = OffsetMap(first)
    for edit in first:
        start, _ = OffsetMap([e for e in first if e < edit]).to_new(edit.start, edit.start)
        if all(e.end < start or e.start > start + len(edit.new) for e in second):
            assert any(edit is found for found in composed)
    for edit in second:
        start, end = offsets.to_old(edit.start, edit.end)
        if all(e.end < start or e.start > end for e in first):
            assert Edit(start, end, edit.new, edit.rules, edit.note, edit.evidence) in composed


def test_an_insertion_where_something_has_been_deleted_is_one_edit_with_it():
    first, second = [Edit(1, 3, "", ("cut",))], [Edit(1, 1, "X", ("put",))]
    assert compose_edits("abcd", first, second) == [Edit(1, 3, "X", ("cut", "put"))]
    assert compose_edits("abcd", second, [Edit(2, 4, "", ("cut",))]) == [*second, Edit(1, 3, "", ("cut",))]
    assert compose_edits("abcd", first, [Edit(0, 1, ""), Edit(1, 1, "X")]) == [
        Edit(0, 1, ""),
        Edit(1, 3, "X", ("cut",)),
    ]


def test_a_chain_of_overlaps_is_one_edit_and_notes_and_evidence_are_told_once():
    seen, also = Evidence("seen", 1.0), Evidence("also")
    first = [Edit(1, 2, "xy", ("one",), "first", (seen,)), Edit(3, 4, "zz", ("two",), "", (seen, also))]
    second = [Edit(0, 2, "", ("three",), "first"), Edit(2, 5, "-", ("one",), "last"), Edit(6, 7, "!", ("far",))]
    (whole, far) = compose_edits("abcdef", first, second)
    assert whole == Edit(0, 4, "-z", ("one", "two", "three"))
    assert (whole.note, whole.evidence) == ("first; last", (seen, also))
    assert far == Edit(4, 5, "!", ("far",))


@pytest.mark.parametrize("step", ["first", "second"])
def test_edits_of_one_step_that_overlap_are_refused(step):
    wrong, right = [Edit(0, 2, "x"), Edit(1, 3, "y")], [Edit(3, 4, "")]
    with pytest.raises(EditError):
        compose_edits("abcdefgh", *((wrong, right) if step == "first" else (right, wrong)))
    with pytest.raises(EditError):
        compose_edits("abcdefgh", *(([Edit(2, 1, "")], right) if step == "first" else (right, [Edit(2, 1, "")])))


def test_the_second_step_may_come_in_any_order():
    first, second = [Edit(0, 1, "A")], [Edit(3, 4, "D"), Edit(1, 2, "B")]
    assert compose_edits("abcd", first, second) == compose_edits("abcd", first, sorted(second))


def test_an_edit_is_a_value():
    edit = Edit(0, 1, "x", ("rule",), "note", (Evidence("f"),))
    assert edit == Edit(start=0, end=1, new="x", rules=("rule",)) != Edit(0, 1, "x")
    assert hash(edit) == hash(Edit(0, 1, "x", ("rule",), "another note"))
    assert sorted([Edit(1, 1, ""), edit, Edit(0, 1, "a")]) == [Edit(0, 1, "a"), edit, Edit(1, 1, "")]
    assert replace(edit, new="y") == Edit(0, 1, "y", ("rule",))
    assert (pickle.loads(pickle.dumps(edit)), copy(edit).evidence) == (edit, edit.evidence)
    assert edit.shifted(2) == Edit(2, 3, "x", ("rule",))
    assert (edit.shifted(2).note, edit.shifted(2).evidence) == (edit.note, edit.evidence)
    with pytest.raises(FrozenInstanceError):
        edit.start = 5
    with pytest.raises((AttributeError, TypeError)):
        edit.other = 5


def test_touching_edits_stay_apart():
    first = [Edit(1, 3, "", ("cut",))]
    second = [Edit(1, 2, "X", ("up",))]
    assert [(e.start, e.end, e.new, e.rules) for e in compose_edits("abcd", first, second)] == [
        (1, 3, "", ("cut",)),
        (3, 4, "X", ("up",)),
    ]


def test_overlapping_edits_become_one_with_the_rules_of_both_in_order():
    first = [Edit(0, 1, "XY", ("one",), "first")]
    second = [Edit(1, 3, "Z", ("two",), "second")]
    assert compose_edits("abc", first, second) == [Edit(0, 2, "XZ", ("one", "two"))]
    assert compose_edits("abc", first, second)[0].note == "first; second"


@pytest.mark.parametrize(
    ("second", "composed"),
    [
        ([Edit(0, 1, "p"), Edit(2, 3, "q")], [Edit(0, 2, "pY"), Edit(2, 3, "q")]),
        ([Edit(0, 1, "p"), Edit(2, 2, "q")], [Edit(0, 2, "pY"), Edit(2, 2, "q")]),
    ],
    ids=["a change", "an insertion"],
)
def test_what_follows_on_merged_edits_stays_apart(second, composed):
    assert compose_edits("abcd", [Edit(0, 2, "XY")], second) == composed


def test_two_insertions_at_one_place_before_an_edit_are_both_made():
    first, second = [Edit(0, 1, "ab", ("one",))], [Edit(0, 0, "1", ("two",)), Edit(0, 0, "2", ("three",))]
    assert compose_edits("c", first, second) == [Edit(0, 0, "12", ("two", "three")), *first]


def test_what_is_put_in_place_of_the_beginning_is_merged_with_nothing_else():
    composed = compose_edits("abcdef", [Edit(0, 2, "")], [Edit(0, 0, "X"), Edit(3, 4, "Y")])
    assert composed == [Edit(0, 2, "X"), Edit(5, 6, "Y")]


def test_merged_edits_cover_no_more_than_they_change():
    first = [Edit(0, 0, "123"), Edit(3, 5, "DE")]
    assert compose_edits("abcdefg", first, [Edit(5, 7, "-")]) == [Edit(0, 0, "123"), Edit(2, 5, "-E")]


def test_changes_that_cancel_out_vanish():
    assert compose_edits("ab", [Edit(0, 1, "X", ("there",))], [Edit(0, 1, "a", ("back",))]) == []


def test_flags_beside_changes_that_cancel_out_stay():
    first = [Edit(0, 1, "X", ("there",)), Edit(1, 2, "b", ("looked",))]
    (flag,) = compose_edits("abc", first, [Edit(0, 2, "ab", ("back",))])
    assert (flag, flag.is_flag("abc")) == (Edit(0, 2, "ab", ("looked",)), True)
    (flag,) = compose_edits("ab", [Edit(0, 2, "ab", ("looked",))], [Edit(1, 2, "b", ("again",))])
    assert (flag, flag.is_flag("ab")) == (Edit(0, 2, "ab", ("looked", "again")), True)


def test_flags_stay_flags_and_a_change_over_one_takes_its_rules():
    flag = Edit(0, 2, "ab", ("looked",))
    assert compose_edits("abc", [flag], [Edit(2, 3, "", ("cut",))])[0] == flag
    over = compose_edits("abc", [flag], [Edit(1, 2, "", ("cut",))])
    assert over == [Edit(0, 2, "a", ("looked", "cut"))]


@pytest.mark.parametrize(
    "edits",
    [[Edit(2, 3, ""), Edit(0, 1, "")], [Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 1, "")], [Edit(0, 9, "")]],
    ids=["unsorted", "overlapping", "backwards", "outside"],
)
def test_edits_that_cannot_be_applied_are_refused(edits):
    with pytest.raises(EditError):
        apply_edits("abc", edits)


@given(TEXT, TEXT)
def test_a_diff_leads_from_the_old_text_to_the_new_one(old, new):
    edits = list(diff_edits(old, new, ("r",)))
    assert apply_edits(old, edits) == new
    assert bool(edits) == (old != new)


def test_a_diff_of_equal_length_is_exact_and_of_lines_is_by_line():
    assert list(diff_edits("发展国家", "發展國家", ("r",))) == [Edit(0, 1, "發", ("r",)), Edit(2, 3, "國", ("r",))]
    assert [(e.start, e.end, e.new) for e in diff_edits("a b\nc\nd e", "ab\nc\nde", ("r",))] == [(1, 2, ""), (7, 8, "")]


@given(st.data(), TEXT)
def test_offsets_map_unchanged_text_to_itself_both_ways(data, text):
    edits = data.draw(edit_lists(text))
    new, offsets = apply_edits(text, edits), OffsetMap(edits)
    edges = [0, *[p for e in edits for p in (e.start, e.end)], len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):  # the pieces between the edits
        if start == end:
            continue
        a, b = offsets.to_new(start, end)
        assert new[a:b] == text[start:end]
        assert offsets.to_old(a, b) == (start, end)


@given(st.data(), TEXT)
def test_offsets_stay_inside_and_in_order(data, text):
    edits = data.draw(edit_lists(text))
    new, offsets = apply_edits(text, edits), OffsetMap(edits)
    spans = [(i, j) for i in range(len(new) + 1) for j in range(i, len(new) + 1)]
    for start, end in spans:
        a, b = offsets.to_old(start, end)
        assert 0 <= a <= b <= len(text)


@pytest.mark.parametrize(
    ("edit", "is_flag"),
    [
        (Edit(1, 2, "b"), True),
        (Edit(1, 2, "c"), False),
        (Edit(1, 2, "bc"), False),
        (Edit(1, 3, "b"), False),
        (Edit(1, 1, ""), True),
        (Edit(2, 3, "b"), False),
    ],
)
def test_a_flag_is_an_edit_that_changes_nothing(edit, is_flag):
    assert edit.is_flag("abc") is is_flag


def test_evidence_weighs_nothing_unless_it_says_so():
    assert Evidence("seen") == Evidence("seen", 0.0, "")


@pytest.mark.parametrize(
    ("old", "new", "span"),
    [
        ("ab", "xy", (0, 2, "xy")),
        ("abc", "axy", (1, 3, "xy")),
        ("cXa", "YYca", (0, 2, "YYc")),
        ("aXc", "acYY", (1, 3, "cYY")),
        ("aab", "ab", (1, 2, "")),
        ("", "a", (0, 0, "a")),
    ],
)
def test_a_diff_in_one_place_is_one_span_as_short_as_it_can_be(old, new, span):
    assert [(edit.start, edit.end, edit.new) for edit in diff_edits(old, new, ("r",), "why")] == [span]
    assert [edit.note for edit in diff_edits(old, new, ("r",), "why")] == ["why"]


@given(*[st.text("ab中，", max_size=9)] * 4)
def test_a_diff_leaves_out_what_is_the_same_at_both_ends(old, new, head, tail):
    for edit in diff_edits(head + old + tail, head + new + tail, ("r",)):
        gone = (head + old + tail)[edit.start : edit.end]
        if gone and edit.new:
            assert gone[0] != edit.new[0]
            assert gone[-1] != edit.new[-1]


def test_edits_that_do_not_meet_come_in_the_order_of_the_text():
    text = "abcdefghijkl"
    first = [Edit(2, 3, "XY"), Edit(6, 8, "")]
    second = [Edit(0, 1, "!"), Edit(6, 6, "?"), Edit(10, 11, "")]
    composed = [Edit(0, 1, "!"), Edit(2, 3, "XY"), Edit(5, 5, "?"), Edit(6, 8, ""), Edit(11, 12, "")]
    assert compose_edits(text, first, second) == composed
    assert apply_edits(text, composed) == apply_edits(apply_edits(text, first), second)
