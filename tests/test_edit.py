"""Edits: applying, comparing, composing, and mapping places both ways."""

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


def test_changes_that_cancel_out_vanish():
    assert compose_edits("ab", [Edit(0, 1, "X", ("there",))], [Edit(0, 1, "a", ("back",))]) == []


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
