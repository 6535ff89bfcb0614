"""Triggers: a stage is not called where it has none, and the guarantee does not hang on what a stage declares."""

import re
import unicodedata
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import Scope
from cnclean.edit import diff_edits
from cnclean.errors import ConvergenceWarning
from cnclean.pipeline import Pipeline
from cnclean.testing import check_laws
from cnclean.triggers import triggers_of

CHARACTERS = [*map(chr, range(0x10000)), *map(chr, range(0x10000, 0x110000, 61))]
DECLARING = [cleaner for cleaner in map(cnclean.build, cnclean.names()) if triggers_of(cleaner)]
TEXT = st.text("abcd\n", max_size=10)


class Declaring:
    """Replaces one character by others, and declares triggers, true or not."""

    name = "declaring"

    def __init__(self, old, new, triggers, scope=Scope.DOCUMENT):
        self.old, self.new, self.triggers, self.scope, self.whole_text = old, new, triggers, scope, True
        self.called = 0

    def __call__(self, text):
        self.called += 1
        return text.replace(self.old, self.new)

    def edits(self, text):
        return diff_edits(text, self(text), (self.name,))

    def __repr__(self):
        return f"Declaring({self.old!r}, {self.new!r}, {self.triggers!r}, {self.scope!r})"


CHARACTER = st.sampled_from("abcd")
STAGES = st.lists(
    st.builds(Declaring, CHARACTER, st.text("abcd", max_size=2), st.text("abcd", max_size=2), st.sampled_from(Scope)),
    max_size=5,
)


@given(STAGES, TEXT)
def test_the_guarantee_holds_for_stages_that_declare_too_few_triggers(stages, text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        pipeline = Pipeline(stages)
        once = pipeline(text)
        assert pipeline(once) == once
        assert pipeline.explain(text).text == once


def test_lines_that_a_stage_was_not_asked_about_are_not_taken_for_settled():
    liar, asked = Declaring("a", "c", "b", Scope.LINE), Declaring("x", "", "d", Scope.LINE)
    pipeline = Pipeline([liar, asked, Declaring("d", "b", "d")])
    assert pipeline(pipeline("a\nd")) == pipeline("a\nd")
    pipeline = Pipeline([liar, Declaring("d", "b", "d", Scope.LINE)])
    assert pipeline(pipeline("a\nd")) == pipeline("a\nd")


@pytest.mark.parametrize("scope", [Scope.LINE, Scope.DOCUMENT])
def test_a_stage_without_a_trigger_is_not_called(scope):
    stage = Declaring("a", "b", "a", scope)
    assert Pipeline([stage])("cd\ncd") == "cd\ncd"
    assert stage.called == 0
    assert Pipeline([stage])("cd\nca") == "cd\ncb"
    assert stage.called > 0


@pytest.mark.parametrize("scope", [Scope.LINE, Scope.DOCUMENT])
def test_a_trigger_that_an_earlier_stage_brings_in_counts(scope):
    assert Pipeline([Declaring("c", "a", "c"), Declaring("a", "b", "a", scope)])("cd") == "bd"


def test_a_stage_is_called_again_for_what_a_later_one_brings_in():
    assert Pipeline([Declaring("a", "b", "a"), Declaring("c", "a", "c")])("cd") == "bd"


def test_declaring_too_few_breaks_a_law():
    class Liar(Declaring):
        def __init__(self, scope=Scope.DOCUMENT):
            super().__init__("a", "", "b", scope)

    with pytest.raises(AssertionError, match="an edit without a trigger"):
        check_laws(Liar(), "ab")


@pytest.mark.parametrize("cleaner", DECLARING, ids=lambda cleaner: cleaner.name)
def test_no_single_character_but_a_trigger_is_changed(cleaner):
    triggers = re.compile(f"[{triggers_of(cleaner)}]")
    others = triggers.sub("", "".join(CHARACTERS))
    assert not list(cleaner.edits(others))
    assert not list(cleaner.edits("中，".join(others)))


def test_what_is_no_trigger_of_the_unicode_form_is_in_nfc_after_any_character():
    decomposed = [unicodedata.decomposition(char).split() for char in map(chr, range(0x110000))]
    second = {chr(int(parts[1], 16)) for parts in decomposed if len(parts) == 2 and not parts[0].startswith("<")}
    triggers = re.compile(f"[{triggers_of(cnclean.build('unicode-form'))}]")
    for char in CHARACTERS:
        if not triggers.match(char):
            assert char not in second
            assert not unicodedata.combining(char)
            assert unicodedata.is_normalized("NFC", char)
