"""Mojibake: exact repair of every lossless class, no change of sound text, twice is once."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.mojibake import Mojibake
from cnclean.cleaners.mojibake.codecs import CONFUSIONS, HIGH_CP1252, undo
from cnclean.cleaners.mojibake.segments import highest_sum, maximal_segments
from cnclean.testing import check_laws
from tests.growth import assert_linear
from tests.sentences import SIMPLIFIED, TRADITIONAL

REPAIR = Mojibake()

PLAIN = SIMPLIFIED + TRADITIONAL


def misread(text, *steps):
    """Encode and decode wrongly, step by step; cp1252 as browsers do it, with C1 for the five holes."""
    for encoding, wrong in steps:
        data = text.encode(encoding)
        if wrong == "cp1252":
            table = {0x80 + i: ord(c) for i, c in zip(HOLELESS, HIGH_CP1252, strict=True)}
            text = data.decode("latin-1").translate(table)
        else:
            text = data.decode(wrong, "replace")
    return text


HOLELESS = [i for i in range(32) if 0x80 + i not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)]

# class: (steps, texts, shortest length that must always be restored)
CLASSES = {
    "utf8-as-latin1": ([("utf-8", "latin-1")], PLAIN, 2),
    "utf8-as-cp1252": ([("utf-8", "cp1252")], PLAIN, 2),
    "utf8-as-gb18030": ([("utf-8", "gb18030")], PLAIN, 3),
    "gbk-as-latin1": ([("gb18030", "latin-1")], SIMPLIFIED, 4),
    "gbk-as-cp1252": ([("gb18030", "cp1252")], SIMPLIFIED, 4),
    "big5-as-cp1252": ([("big5hkscs", "cp1252")], TRADITIONAL, 6),
    "gbk-as-big5": ([("gb18030", "big5hkscs")], SIMPLIFIED, 8),
    "big5-as-gbk": ([("big5hkscs", "gb18030")], TRADITIONAL, 8),
    "gbk-as-shift-jis": ([("gb18030", "cp932")], SIMPLIFIED, 8),
    "gbk-as-euc-kr": ([("gb18030", "cp949")], SIMPLIFIED, 12),
    "utf8-as-cp1252-twice": ([("utf-8", "cp1252")] * 2, PLAIN, 2),
    "utf8-as-gb18030-twice": ([("utf-8", "gb18030")] * 2, PLAIN, 4),
    "gbk-as-cp1252-then-utf8-as-cp1252": ([("gb18030", "cp1252"), ("utf-8", "cp1252")], SIMPLIFIED, 4),
}


def lossless_windows(steps, texts, length):
    for text in texts:
        for start in range(len(text) - length + 1):
            window = text[start : start + length]
            broken = misread(window, *steps)
            back = broken
            try:
                for encoding, wrong in reversed(steps):
                    back = back.encode(wrong if wrong != "cp1252" else "latin-1").decode(encoding)
            except UnicodeError:
                back = window if steps[-1][1] == "cp1252" else ""
            if back == window and "\ufffd" not in broken:
                yield window, broken


@pytest.mark.parametrize("name", CLASSES)
def test_lossless_classes_are_restored_exactly(name):
    steps, texts, shortest = CLASSES[name]
    samples = [pair for length in (shortest, shortest * 2) for pair in lossless_windows(steps, texts, length)]
    assert len(samples) > 20
    wrong = [(window, broken, REPAIR(broken)) for window, broken in samples if REPAIR(broken) != window]
    assert len(wrong) * 100 <= 3 * len(samples), wrong[:5]


@pytest.mark.parametrize("name", CLASSES)
def test_whole_sentences_are_restored_exactly(name):
    steps, texts, _ = CLASSES[name]
    for text in texts:
        for window, broken in lossless_windows(steps, (text,), len(text)):
            assert REPAIR(broken) == window


@pytest.mark.parametrize("separator", ["", "，", " ", "：", "A"])
def test_runs_inside_sound_text(separator):
    for text in PLAIN:
        for start in range(0, len(text) - 6, 3):
            run = text[start : start + 6]
            broken = run.encode().decode("gb18030", "replace")
            if "\ufffd" in broken or broken.encode("gb18030") != run.encode():
                continue
            line = f"我们知道{separator}{broken}{separator}是这样"
            assert REPAIR(line) == f"我们知道{separator}{run}{separator}是这样"


@pytest.mark.parametrize("text", PLAIN)
def test_sound_sentences_stay(text):
    assert not [*REPAIR.edits(text)]


def test_every_repair_tells_class_and_gain():
    broken = misread("数据已经备份", ("utf-8", "gb18030"))
    (edit,) = REPAIR.edits("标题：" + broken)
    assert (edit.start, edit.new, edit.rules) == (3, "数据已经备份", ("mojibake/utf8-as-gbk",))
    assert edit.evidence[0].feature == "gain"
    assert edit.evidence[0].weight >= 14


def test_lost_classes_are_flagged_and_counted():
    text = "标题锟斤拷锟斤拷\n正文\ufffd\ufffd\ufffd\n烫烫烫烫"
    edits = list(REPAIR.edits(text))
    assert REPAIR(text) == text
    assert all(edit.is_flag(text) for edit in edits)
    assert [e.rules[0] for e in edits] == [
        "mojibake/lost-gbk-as-utf8",
        "mojibake/lost-replacement",
        "mojibake/lost-uninitialised",
    ]
    assert Mojibake(drop_debris=True)(text) == "标题\n正文\n"


def test_undo_is_the_inverse_of_reading_wrongly():
    for confusion in CONFUSIONS:
        broken = misread("中文", (confusion.true, confusion.wrong))
        if "\ufffd" not in broken:
            assert undo(broken, confusion) == "中文"


@given(st.lists(st.integers(-9, 9), max_size=40), st.integers(1, 12))
def test_maximal_segments_are_what_the_definition_says(scores, least):
    found = maximal_segments(scores, least)
    assert found == [s for s in _maximal_by_definition(scores, 0, len(scores)) if sum(scores[slice(*s)]) >= least]

    assert (highest_sum(scores) >= least) == bool(found)


def _maximal_by_definition(scores, low, high):
    """Take the best segment (the shortest of them), then go on left and right of it."""
    best = max(
        ((sum(scores[a:b]), a - b, -a) for a in range(low, high) for b in range(a + 1, high + 1)), default=(0, 0, 0)
    )
    if best[0] <= 0:
        return []
    start = -best[2]
    end = start - best[1]
    return [*_maximal_by_definition(scores, low, start), (start, end), *_maximal_by_definition(scores, end, high)]


CHARSETS = ("utf-8", "gb18030", "big5hkscs", "cp1252", "latin-1", "cp949", "cp932", "utf-16-le")


def _corrupt(text, encoding, wrong, errors, cut, again):
    broken = text.encode(encoding, "ignore")[cut:].decode(wrong, errors)
    if again:
        broken = broken.encode("utf-8", "ignore").decode(again, errors)
    return broken.replace("\n", "").replace("\r", "")


pieces = st.builds(
    lambda text, start, length: text[start : start + length],
    st.sampled_from(PLAIN),
    st.integers(0, 20),
    st.integers(1, 20),
)
corrupted = st.builds(
    _corrupt,
    pieces,
    st.sampled_from(CHARSETS),
    st.sampled_from(CHARSETS),
    st.sampled_from(("ignore", "replace")),
    st.sampled_from((0, 0, 0, 1)),
    st.sampled_from((None, None, "gb18030", "cp1252", "latin-1")),
)
tokens = st.sampled_from(
    ["\n", "，", "?", "\ufffd", "锟斤拷", "Ã", "Â", "\x85", "\xa0", "\xad", "a", " ", "€", "é", "℃"]
)


@given(st.lists(st.one_of(corrupted, corrupted, pieces, tokens), max_size=12).map("".join))
def test_laws_on_mixtures_of_corrupted_sentences(text):
    check_laws(REPAIR, text)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ÃÂä½\xa0浣犲ソ锟斤拷\ufffd?")), max_size=60))
def test_laws_on_any_text(text):
    check_laws(REPAIR, text)


@pytest.mark.parametrize(
    "unit", ["Ã", "ä", "浣", "浣犲", "珂", "\ue3c0", "콱", "ｱ", "锟斤拷", "aé", "Ã©", "?", "\ufffd", "é "]
)
def test_time_grows_linearly(unit):
    short = unit * (1_500 // len(unit))
    assert_linear(REPAIR, short, short * 4)


def test_ascii_is_left_alone():
    rng = random.Random(1)
    for _ in range(50):
        text = "".join(rng.choices(string.printable, k=200))
        assert not [*REPAIR.edits(text)]


def _tables():
    """Yield stretches of characters in the order of their code points, and of GB 2312 and Big5."""
    for size in (10, 30):
        for first in range(0x4E00, 0x9FA0, size):
            yield "".join(map(chr, range(first, first + size)))
    for charset, leads in (("gb2312", range(0xB0, 0xF8)), ("big5", range(0xA4, 0xFA))):
        for lead in leads:
            for first in range(0xA1, 0xFE, 12):
                trails = range(first, min(first + 12, 0xFF))
                yield "".join(bytes((lead, trail)).decode(charset, "ignore") for trail in trails)


def test_tables_of_characters_stay():
    assert [table for table in _tables() if Mojibake()(table) != table] == []
