"""Half-width punctuation: full-width where the sentence is Chinese, untouched where it is not."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.punctuation import Punctuation
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from tests.growth import assert_linear

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
TOKENS = json.loads((HERE / "tokens" / "punctuation.json").read_text(encoding="utf-8"))
FOLD = str.maketrans("，：；？！（）", ",:;?!()")
TABLE = toml_table("punctuation.toml")
RULES = [*TABLE["line"], *TABLE["span"]]
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the measuring data is not here")

lines = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)


@given(lines)
def test_laws_on_nasty_tokens(text):
    check_laws(Punctuation(), text)


@given(lines)
def test_nothing_but_the_width_of_marks_changes(text):
    assert Punctuation()(text).translate(FOLD) == text.translate(FOLD)


@given(lines)
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
    with gzip.open(SHARED / "eval" / folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in file:
            yield from json.loads(row)["text"].split("\n")


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
    import re

    from cnclean.cleaners.annotations import Annotations

    beside = re.compile("[,:;?!(](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[,:;?!)]")
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        clean = Punctuation()(Annotations()(path.read_text(encoding="utf-8")))
        left = [clean[max(0, m.start() - 8) : m.end() + 8] for m in beside.finditer(clean)]
        assert [text for text in left if not re.search("\\?[a-z\u00e0-\u01dc]+", text)] == []  # broken runs stay whole
