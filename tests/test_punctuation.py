"""Half-width punctuation: full-width where the sentence is Chinese, untouched where it is not."""

import hashlib
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cnclean.cleaners.punctuation import Punctuation, _is_japanese
from cnclean.cleaners.punctuation.context import HAN, SPACES, is_chinese_around, without_protected
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from tests.evaluation import SEEDS, needs_shared, texts
from tests.growth import assert_linear
from tests.strategies import tokens

TOKENS = tokens("punctuation")
FOLD = str.maketrans("，：；？！（）", ",:;?!()")
TABLE = toml_table("punctuation.toml")
RULES = [*TABLE["line"], *TABLE["span"]]

lines = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)


@given(lines)
def test_laws_on_nasty_tokens(text):
    check_laws(Punctuation(), text)


@given(lines)
def test_nothing_but_the_width_of_marks_changes(text):
    assert Punctuation()(text).translate(FOLD) == text.translate(FOLD)


@given(lines)
@example(",，山")
def test_the_widths_that_a_line_came_with_do_not_matter(text):
    """The decision is made on the folded line: marks that are wide anyway stay, all others agree."""
    restored = Punctuation()(text.translate(FOLD))
    for given_mark, mark, result in zip(text, restored, Punctuation()(text), strict=True):
        assert result == (given_mark if given_mark.translate(FOLD) != given_mark else mark)


@pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])
def test_protected_examples_stay(rule):
    assert rule["why"]
    for text in rule["keep"]:
        assert Punctuation()(text).replace("（李明, 2011）", "") == text


SPANS = re.compile(f"(?=[!-~]|^ )(?:{'|'.join(rule['pattern'] for rule in TABLE['span'])})".replace("HAN", HAN))
EXAMPLES = st.sampled_from([text.translate(FOLD) for rule in RULES for text in rule["keep"]])


@given(st.lists(st.one_of(st.sampled_from(TOKENS), EXAMPLES), max_size=8).map("".join))
def test_protected_spans_are_found_without_trying_all_of_them(text):
    line = text.translate(FOLD)
    assert without_protected(line) == SPANS.sub(lambda match: "x" * len(match[0]), line)


@pytest.mark.parametrize("rule", TABLE["span"], ids=[rule["id"] for rule in TABLE["span"]])
@given(st.lists(st.one_of(st.sampled_from(TOKENS), EXAMPLES), max_size=8).map("".join))
def test_spans_hold_or_begin_as_the_table_says(rule, text):
    for match in re.finditer(rule["pattern"].replace("HAN", HAN), text):
        assert re.match(f"[{rule.get('begins', ' -~')}]", match[0])
        assert any(string in text[match.start() :] for string in rule.get("holds", [""]))


@pytest.mark.parametrize("face", "-.- ^.^ =.= T.T Q.Q >.< ~.~ +.+ (-.- :-) ;-) =-) 8-) :D ;P :( :tada:".split())
def test_faces_begin_with_many_characters(face):
    assert without_protected(f"好{face}") == "好" + "x" * len(face)


@given(st.text("あア山水a，", max_size=40))
def test_a_line_with_a_kana_for_every_four_han_is_japanese(line):
    kana, han = sum(char in "あア" for char in line), sum(char in "山水" for char in line)
    assert _is_japanese(line) == (4 * kana > han)


def reach(text):
    """Return the first 24 characters of a text that are no spaces, with the spaces before them, of its first 96."""
    seen = 0
    for i, char in enumerate(text[:96]):
        if seen == 24:
            return text[:i]
        seen += char not in SPACES
    return text[:96]


@given(st.lists(st.sampled_from([*"山水a,， \u3000", "Ab", "of it", " " * 30, "字" * 20]), max_size=16).map("".join))
def test_a_neighbourhood_is_chinese_where_words_are_not_more_than_han(line):
    for at in range(len(line)):
        near = reach(line[:at][::-1])[::-1] + line[at] + reach(line[at + 1 :])
        words, han = re.findall("[A-Za-z]{2,}", near), re.findall("[山水字]", near)
        assert is_chinese_around(line, at, at + 1) == (not words or len(han) >= len(words))


def test_a_neighbourhood_goes_on_behind_many_spaces():
    words_before, words_behind = "of it" + " " * 80 + "山,水", "山,水" + " " * 80 + "of it or"
    assert is_chinese_around(words_before, 86, 87)
    assert not is_chinese_around(words_before.replace("水", ""), 86, 87)
    assert not is_chinese_around(words_behind, 1, 2)


@pytest.mark.parametrize("mark", ",:;?!")
def test_each_mark_between_any_two_neighbours(mark):
    """Exhaustive over kinds of neighbours: beside Han always, between Latin words or digits never."""
    wide = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}[mark]
    for left in ("山", "〇", "𠮷", "鿿", "㐀", "》", "」"):
        for right in ("水", "《", "「", "”", "", "…"):
            assert Punctuation()(f"青{left}{mark}{right}") == f"青{left}{wide}{right}"
    for left in ("a", "9", "B2"):
        for right in ("c", "1", " c", " 1"):
            assert Punctuation()(f"{left}{mark}{right}") == f"{left}{mark}{right}"
    for left in ("AI", "2007", "5%"):
        assert Punctuation()(f"这里有{left}{mark}那里没有") == f"这里有{left}{wide}那里没有"


def test_brackets_need_a_partner():
    for text in ("山(水", "山)水", "山)(水", "又A)水", "A) 水", "(", ")(", "山("):
        assert Punctuation()(text) == text
    assert Punctuation()("山(水)") == "山（水）"
    assert Punctuation()("山(A)") == "山（A）"
    assert Punctuation()("f(x)") == "f(x)"


def test_deep_nesting_is_done_at_once():
    text = "山" + "(水" * 3000 + ")" * 3000
    assert Punctuation()(text) == "山" + "（水" * 3000 + "）" * 3000


def test_rule_ids():
    edits = list(Punctuation().edits("山,水:木;火?土!(金)"))
    assert [edit.rules[0].removeprefix("punctuation/") for edit in edits] == [
        "comma", "colon", "semicolon", "question-mark", "exclamation-mark", "brackets", "brackets",
    ]  # fmt: skip


def test_time_grows_linearly():
    pieces = [
        "a://",
        "`",
        "<a ",
        "<!--",
        '"',
        "](",
        "](()",
        "$_",
        "(",
        "山(",
        ")",
        'f("',
        "a = ",
        "![",
        "&a",
        "^",
        "aaaa",
        "[J",
        "x ",
        ":)",
    ]
    for piece in pieces:
        small, large = ("山,x(" + piece * (n // len(piece)) for n in (4_000, 64_000))
        assert_linear(Punctuation(), small, large)


def eval_lines(name):
    folder = "web" if name == "common_crawl" else "clean"
    for text in texts(f"{folder}/{name}"):
        yield from text.split("\n")


def scores(name):
    """Fold, restore, compare: (right, wrong, missed) for the tuning and the checking half."""
    clean = Punctuation()
    halves = [[0, 0, 0], [0, 0, 0]]
    for line in eval_lines(name):
        counts = halves[hashlib.sha1(line.encode()).digest()[0] & 1]
        folded = line.translate(FOLD)
        for before, half, after in zip(line, folded, clean(folded), strict=True):
            if half in ",:;?!()":
                was_wide, is_wide = before != half, after != half
                counts[0] += was_wide and is_wide
                counts[1] += is_wide and not was_wide
                counts[2] += was_wide and not is_wide
    return halves


@needs_shared
@pytest.mark.parametrize(("name", "precision", "recall"), [("weekly", 0.998, 0.985), ("classical", 0.999, 0.999)])
def test_figures_on_consistent_text(name, precision, recall):
    halves = scores(name)
    for right, _, missed in halves:
        assert right / (right + missed) >= recall
    right, wrong, _ = (sum(pair) for pair in zip(*halves, strict=True))
    assert right / (right + wrong) >= max(0.999, precision)


@needs_shared
def test_sound_text_in_other_languages():
    for line in eval_lines("japanese"):
        assert Punctuation()(line) == line


@needs_shared
def test_seeds_keep_no_half_width_mark_beside_han():
    from cnclean.cleaners.annotations import Annotations

    beside = re.compile("[,:;?!(](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[,:;?!)]")
    for path in sorted(SEEDS.glob("*.txt")):
        clean = Punctuation()(Annotations()(path.read_text(encoding="utf-8")))
        left = [clean[max(0, m.start() - 8) : m.end() + 8] for m in beside.finditer(clean)]
        assert [text for text in left if not re.search("\\?[a-z\u00e0-\u01dc]+", text)] == []  # broken runs stay whole
