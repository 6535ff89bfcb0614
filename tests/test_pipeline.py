"""The pipeline guarantee: P(P(x)) == P(x) whatever the stages do, explained, with a check pass that is cheap."""

import pickle
import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaner import Scope, lines
from cnclean.cleaners.script import Script
from cnclean.edit import Edit, apply_edits
from cnclean.errors import ConvergenceWarning, InputTypeError, OptionError
from cnclean.passes import FREE_GROWTH, overgrown
from cnclean.pipeline import Pipeline
from cnclean.shapes import CharMap, LineFilter, Substitution, Wrapped

TEXT = st.text("abc中\n，,！! \u3000\u200b\r", max_size=16)


def _grow(text):
    return text.replace("a", "aa")


def _swap(text):
    return text.translate({ord("b"): "c", ord("c"): "b"})


def _reverse(text):
    return text[::-1]


def _break(text):
    return text.replace("中", "中\n")


class DishonestLine:
    """Declares LINE scope, and looks at the whole text; it may even split and join lines."""

    name, scope = "dishonest", Scope.LINE

    def __call__(self, text):
        return text[::-1] if len(text) > 3 else text.replace("，", "\n")

    def edits(self, text):
        new = self(text)
        return [Edit(0, len(text), new, ("dishonest",))] if new != text else []


WILD = [
    Wrapped(_grow, Scope.LINE),
    Wrapped(_grow, Scope.CHAR, "grow-char"),
    Wrapped(_grow),
    Wrapped(_swap, Scope.LINE),
    Wrapped(_swap),
    Wrapped(_reverse),
    Wrapped(_reverse, Scope.LINE, "reverse-line"),
    Wrapped(_break),
    Wrapped(_break, Scope.LINE, "break-line"),
    DishonestLine(),
    Wrapped(lambda text: re.sub(r"(?m)^(.+)\n\1$", r"\1", text), name="dedup"),
    Wrapped(lambda text: re.sub("\r\n?", "\n", text), name="line-feeds"),
    Wrapped(lambda text: text.replace("bb", "c"), Scope.LINE, "shorten"),
    Substitution("[ \u3000]+", " ", "spaces"),
    Substitution(r"\s+", " ", "squeeze-across-lines"),
    CharMap({"\u200b": ""}, "zero-width"),
    CharMap({"，": ",", ",": "!"}, "open-table"),
    LineFilter(lambda line: "bang" if "!!" in line else None, "bang"),
]
STAGES = st.lists(st.sampled_from(WILD), max_size=6)


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


@given(STAGES, TEXT)
def test_idempotent_whatever_the_stages_do(stages, text):
    pipeline = Pipeline(stages)
    once = pipeline(text)
    assert pipeline(once) == once


@given(STAGES, TEXT)
def test_explained_whatever_the_stages_do(stages, text):
    pipeline = Pipeline(stages)
    report = pipeline.explain(text)
    assert report.text == pipeline(text)
    assert apply_edits(text, report.edits) == report.text
    assert apply_edits(text, pipeline.edits(text)) == report.text
    assert all(edit.rules for edit in report.edits)


@given(st.lists(STAGES, min_size=1, max_size=2), TEXT)
def test_pipelines_of_pipelines_keep_the_guarantee(nested, text):
    pipeline = Pipeline([Pipeline(stages) for stages in nested])
    once = pipeline(text)
    assert pipeline(once) == once
    assert apply_edits(text, pipeline.edits(text)) == once


def test_what_does_not_settle_is_handed_back_and_named():
    by_line = Pipeline([Wrapped(_grow, Scope.LINE, "grow"), Substitution("b", "", "cut-b")])
    with pytest.warns(ConvergenceWarning, match="grow"):
        report = by_line.explain("ab\nb中\n")
    assert report.text == "ab\n中\n"  # the first line came back as it was, the second is clean
    assert (report.converged, report.unsettled) == (False, ("grow",))
    whole = Pipeline([Wrapped(_reverse)])
    with pytest.warns(ConvergenceWarning, match="_reverse"):
        assert whole("ab\n") == "ab\n"


def test_a_line_stage_that_makes_two_lines_of_one_costs_only_that_line():
    pipeline = Pipeline([DishonestLine(), Substitution("b", "", "cut-b")])
    with pytest.warns(ConvergenceWarning, match="dishonest"):
        assert pipeline("a，\nbb\n") == "a，\n\n"


class Counting:
    """Counts how many characters a stage is asked about."""

    def __init__(self, function, scope=Scope.LINE):
        self.function, self.scope, self.name, self.whole_text = function, scope, "counting", True
        self.asked = 0

    def __call__(self, text):
        self.asked += len(text)
        return self.function(text)

    def edits(self, text):
        raise NotImplementedError


def _twenty_lines():
    return "".join(f"第{n}行，没有什么要改的\n" for n in range(20))


def test_clean_text_is_asked_about_once():
    stage, document = Counting(str), Counting(str, Scope.DOCUMENT)
    text = _twenty_lines()
    Pipeline([stage, document])(text)
    assert stage.asked == document.asked == len(text)


def test_deleting_lines_costs_earlier_line_stages_nothing():
    stage = Counting(str)
    drop = Wrapped(lambda text: "".join(lines(text)[:-3]), name="drop-last-three")
    once_only = Wrapped(lambda text: text if "第19行" not in text else drop(text), name="drop")
    text = _twenty_lines()
    Pipeline([stage, once_only])(text)
    assert stage.asked == len(text)


def test_only_changed_lines_are_asked_about_again():
    stage = Counting(str)
    change = Wrapped(lambda text: text.replace("第7行", "第七行"), name="change-one-line")
    text = _twenty_lines()
    Pipeline([stage, change])(text)
    assert stage.asked == len(text) + len("第七行，没有什么要改的\n")


def test_a_stage_that_changes_lines_is_asked_once_more_about_these():
    stage = Counting(lambda text: text.replace("第7行", "第七行"))
    text = _twenty_lines()
    Pipeline([stage])(text)
    assert stage.asked == len(text) + len("第七行，没有什么要改的\n")


def test_a_stage_with_triggers_is_asked_about_all_lines_at_once():
    stage = Counting(str)
    stage.triggers = "有"
    change = Wrapped(lambda text: text.replace("第7行", "第七行"), name="change-one-line")
    text = _twenty_lines()
    Pipeline([stage, change])(text)
    assert stage.asked == 2 * len(text)


def test_lines_may_go_from_a_text_that_is_handed_over_as_a_whole():
    report = Pipeline([LineFilter(lambda line: "bang" if "!!" in line else None, "bang")]).explain("a!!\nb\nc!!")
    assert (report.text, report.converged) == ("b\n", True)
    stages = LineFilter(lambda line: "bang" if "!!" in line else None, "bang"), CharMap({"，": ",", ",": "!"})
    assert Pipeline(stages)("!!\na，\n") == "a!\n", "the others are brought to their fixed point all the same"


def test_a_later_stage_that_undoes_the_work_of_an_earlier_one_leaves_the_text():
    up = Substitution("x", "y", "x-to-y")
    back = Wrapped(lambda text: text.replace("y\n", "x\n"), name="y-to-x")
    report = Pipeline([up, back]).explain("x\nz\n")
    assert (report.text, report.edits, report.converged) == ("x\nz\n", (), True)


def test_a_line_that_becomes_what_another_line_was_is_judged_again():
    shift = Substitution("^b$", "c", "b-to-c"), Substitution("^a$", "b", "a-to-b")
    assert Pipeline(shift)("a\nb\n") == "c\nc\n"


def test_wrong_stages_and_texts_are_refused():
    with pytest.raises(OptionError, match="a stage is a cleaner or a function"):
        Pipeline(["width"])
    with pytest.raises(OptionError, match="at least 2"):
        Pipeline([], max_passes=1)
    with pytest.raises(InputTypeError, match=r"cnclean\.decode"):
        Pipeline([])(b"abc")


def test_a_pipeline_is_a_value():
    stages = [Substitution("a", "b", "x"), CharMap({"，": ","})]
    one, two = Pipeline(stages), Pipeline(stages)
    one("a，")
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == two


def test_what_grows_comes_back_as_it_came_with_nothing_told():
    pipeline = Pipeline([Wrapped(lambda text: text + "a", name="append")], max_passes=3, name="growing")
    with pytest.warns(ConvergenceWarning, match=r"^growing: append did not settle"):
        report = pipeline.explain("b")
    assert (report.text, report.edits, report.passes) == ("b", (), 3)
    with pytest.warns(ConvergenceWarning):
        assert pipeline("b") == "b"


def test_only_stages_that_still_changed_something_are_named():
    cut = Substitution("zz", "", "cut-zz")
    turn = Wrapped(_reverse, name="turn")
    with pytest.warns(ConvergenceWarning, match=r"^pipeline: turn did not settle"):
        report = Pipeline([cut, turn, str.strip]).explain("ab\n")
    assert report.unsettled == ("turn",)


def _append(text):
    return text.replace("b", "a") + "c"


def test_all_blocks_that_changed_the_text_last_are_named_and_no_other():
    asleep = [Counting(str, scope) for scope in (Scope.DOCUMENT, Scope.LINE)]
    for stage in asleep:
        stage.triggers = "z"
    busy = Wrapped(lambda text: text.replace("a", "b"), Scope.LINE, "a-to-b"), Wrapped(_append, name="append")
    with pytest.warns(ConvergenceWarning, match="^pipeline: a-to-b, append did not settle"):
        assert Pipeline([*asleep, Counting(str, Scope.DOCUMENT), *busy, Counting(str)])("a") == "a"


def test_passes_are_counted_with_the_one_that_checks():
    assert [Pipeline([str.strip]).explain(text).passes for text in ("a", " a ")] == [1, 2]


def test_lines_that_need_several_rounds_have_the_edits_of_all_rounds_once():
    chain = CharMap({"，": ",", ",": "!"}, "open-table")  # asked about all lines at once, and then about each
    report = Pipeline([chain]).explain("a，\n中\nb,\n")
    assert (report.text, report.converged) == ("a!\n中\nb!\n", True)
    assert [(edit.start, edit.end, edit.new) for edit in report.edits] == [(1, 2, "!"), (6, 7, "!")]
    assert all(edit.rules and set(edit.rules) == set(report.edits[0].rules) for edit in report.edits)


def test_a_document_stage_is_not_asked_again_about_a_text_that_it_left_alone():
    back, stage, there = (
        Wrapped(lambda text: text.replace("b", "a"), name="back"),
        Counting(str, Scope.DOCUMENT),
        Wrapped(lambda text: text.replace("a", "b"), name="there"),
    )
    assert Pipeline([back, stage, there])("a") == "b"
    assert stage.asked == 1


class Recalling:
    """Deletes the first of several characters, and notes with which memory it is asked."""

    name, scope = "recalling", Scope.DOCUMENT

    def __init__(self):
        self.memories = []

    def edits_with(self, text, memory):
        self.memories.append(memory)
        return [Edit(0, 1, "", ("recalling",))] if len(text) > 1 else []

    def edits(self, text):
        return self.edits_with(text, {})

    def __call__(self, text):
        return apply_edits(text, self.edits(text))


def test_a_stage_that_can_remember_keeps_one_memory_for_a_run():
    stage = Recalling()
    assert Pipeline([stage])("ab") == "b"
    first, second = stage.memories
    assert first is second
    Pipeline([stage])("b")
    assert stage.memories[-1] is not first


def test_a_line_that_grows_beyond_all_measure_comes_back_whatever_stands_beside_it():
    def blow_up(line):
        return {"a": "b" * 70_000, "x": "y", "y": "z"}.get(line, line)

    pipeline = Pipeline([Wrapped(blow_up, Scope.LINE, "blow-up")])
    for text, result in (("a\n", "a\n"), ("a\nx\n", "a\nz\n"), ("a\nz\n", "a\nz\n")):
        with pytest.warns(ConvergenceWarning, match="blow-up"):
            report = pipeline.explain(text)
        assert (report.text, report.unsettled) == (result, ("blow-up",))
        assert apply_edits(text, report.edits) == result


def test_a_line_that_grows_beyond_all_measure_comes_back_from_a_stage_asked_about_all_lines_at_once():
    text = "a\nx\n" + "c" * 300  # so much text that the whole is not too long
    with pytest.warns(ConvergenceWarning, match="blow-up"):
        assert Pipeline([CharMap({"a": "b" * 70_000, "x": "y"}, "blow-up")])(text) == text.replace("x", "y")


@pytest.mark.parametrize("text", ["", "ab"])
def test_no_text_grows_beyond_all_measure(text):
    most = 16 * len(text) + FREE_GROWTH
    assert not overgrown(text, "x" * most)
    assert overgrown(text, "x" * (most + 1))


def test_options_and_functions_are_taken():
    assert (Pipeline().max_passes, Pipeline().name, Pipeline().scope) == (6, "pipeline", Scope.DOCUMENT)
    assert Pipeline([], max_passes=2).max_passes == 2
    stripped = Pipeline([str.strip], name="mine")
    assert (stripped(" a "), stripped.name) == ("a", "mine")
    assert apply_edits(" a ", stripped.edits(" a ")) == "a"
    with pytest.raises(OptionError, match="idempotent"):
        Pipeline([Script(assume="source")])
    with pytest.raises(OptionError, match="a stage is"):
        Pipeline([str])
    for ask in (Pipeline([]).explain, Pipeline([]).edits):
        with pytest.raises(InputTypeError):
            ask(b"abc")
