"""Mojibake beside sound text: broken runs inside sentences, and whole pages that are broken line by line."""

import pytest

from cnclean.cleaners.mojibake import Mojibake
from cnclean.testing import check_laws
from tests.sentences import SIMPLIFIED, TRADITIONAL

REPAIR = Mojibake()
BEFORE, AFTER = "昨天下午我和同事去图书馆借书", "然后大家一起坐地铁回家"


def _runs(texts, true, wrong, length):
    """Yield stretches of the texts and what the wrong charset makes of them, where no byte is lost."""
    for text in texts:
        for start in range(0, len(text) - length + 1, 2):
            run = text[start : start + length]
            broken = run.encode(true).decode(wrong, "replace")
            if "\ufffd" not in broken and broken.encode(wrong) == run.encode(true) and "\n" not in broken:
                yield run, broken


@pytest.mark.parametrize(
    ("texts", "true", "wrong", "separator", "least"),
    [
        (SIMPLIFIED, "gb18030", "big5hkscs", "", 0.85),
        (SIMPLIFIED, "gb18030", "big5hkscs", "，", 0.9),
        (TRADITIONAL, "big5hkscs", "gb18030", "", 0.75),
        (TRADITIONAL, "big5hkscs", "gb18030", "，", 0.9),
        (SIMPLIFIED, "gb18030", "cp932", "，", 0.85),
    ],
)
def test_runs_of_two_byte_charsets_inside_a_sentence(texts, true, wrong, separator, least):
    runs = list(_runs(texts, true, wrong, 6))
    restored = [REPAIR(BEFORE + separator + broken + separator + AFTER) for _, broken in runs]
    right = sum(
        text == BEFORE + separator + run + separator + AFTER for text, (run, _) in zip(restored, runs, strict=True)
    )
    assert len(runs) > 8
    assert right >= least * len(runs)


@pytest.mark.parametrize(("true", "wrong"), [("utf-8", "gb18030"), ("gb18030", "big5hkscs"), ("gb18030", "latin-1")])
def test_short_lines_of_a_broken_page_are_repaired_with_the_others(true, wrong):
    lines = [run for run, _ in _runs(SIMPLIFIED, true, wrong, 8)][:8]
    page = "\n".join([*lines, "# 目录", *lines[:3]])
    broken = page.encode(true).decode(wrong, "replace")
    assert REPAIR(broken) == page
    assert len(list(REPAIR.edits(broken))) == len(page.split("\n")), "each line is repaired and reported by itself"
    check_laws(REPAIR, broken)


def test_sound_lines_of_a_page_with_broken_ones_stay():
    broken = [run for _, run in _runs(SIMPLIFIED, "gb18030", "big5hkscs", 8)][:4]
    page = "\n".join([*broken, *TRADITIONAL, *SIMPLIFIED])
    assert REPAIR(page).split("\n")[4:] == [*TRADITIONAL, *SIMPLIFIED]


def test_what_follows_a_broken_run_is_not_drawn_into_it():
    broken = "提高使用工具".encode().decode("gb18030")
    assert REPAIR(f"学校{broken}没有早餐") == "学校提高使用工具没有早餐"


@pytest.mark.parametrize(
    "text",
    [
        "안녕，감사，사랑，여기，모든，다시",
        "我们学了几个词：함、걸、길、다시、모든、찾다",
        "新歲舉觴嘉善禱，明月照人来",
        "怱怱一别，俋俋而行",
        "「繰り返さない」是日语的说法",
    ],
)
def test_rare_characters_and_other_scripts_in_sound_text_stay(text):
    assert REPAIR(text) == text


@pytest.mark.parametrize(
    ("lost", "text"),
    [("ignore", "被推荐的设计"), ("replace", "这些都是重新考虑的")],
)
def test_only_bytes_that_gbk_cannot_read_are_taken_for_lost(lost, text):
    assert REPAIR(text.encode().decode("gbk", lost)) == text
