"""Site chrome: the laws, the table's own examples, and what the modes must and must not remove."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaner import lines
from cnclean.cleaners.site_chrome import SiteChrome, meta_fields
from cnclean.cleaners.site_chrome.alone import tighten
from cnclean.cleaners.site_chrome.cleaner import kinds
from cnclean.cleaners.site_chrome.cues import ANCHORS, Cue, cues, is_letter, site_name
from cnclean.cleaners.site_chrome.heads import END, match_heads
from cnclean.cleaners.site_chrome.menus import find_menu
from cnclean.cleaners.site_chrome.segment import best_stretch
from cnclean.errors import OptionError, UnknownNameError
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from cnclean.view import view
from tests.strategies import documents, tokens

ENTRIES = [*toml_table("site-chrome.toml")["cue"], toml_table("site-chrome.toml")["site_name"]]
CUES = {cue.name: cue for cue in (*cues(), site_name())}
BODY = "春耕开始了，村里的人都下了地。\n"

page_lines = st.lists(
    st.one_of(
        st.sampled_from([token.strip("\n") for token in tokens("site-chrome")]), st.sampled_from([BODY[:-1], ""])
    ),
    max_size=24,
).map("\n".join)


@given(documents("site-chrome"))
def test_laws_of_cues(text):
    check_laws(SiteChrome(), text)


@given(st.one_of(documents("site-chrome"), page_lines))
def test_laws_of_article(text):
    check_laws(SiteChrome("article"), text)


@given(page_lines)
def test_laws_on_pages(text):
    check_laws(SiteChrome(), text)
    check_laws(SiteChrome(keep=("menu", "related", "source")), text)


@given(page_lines, st.sampled_from(["cues", "article"]))
def test_whole_lines_go_and_the_rest_is_untouched(text, mode):
    kept = iter(lines(SiteChrome(mode)(text)))
    wanted = next(kept, None)
    for line in lines(text):
        if wanted is not None and line == wanted:
            wanted = next(kept, None)
    assert wanted is None


@given(page_lines)
def test_something_is_always_left(text):
    for mode in ("cues", "article"):
        assert bool(SiteChrome(mode)(text).strip()) == bool(text.strip())


@given(st.lists(st.integers(-9, 9)), st.data())
def test_the_best_stretch_stays_the_best_without_its_weightless_members(weights, data):
    start, end = best_stretch(weights)
    kept = [w for w in weights[start:end] if w > 0 or data.draw(st.booleans())]
    assert best_stretch(kept) == (0, len(kept))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_an_entry_keeps_its_promises(entry):
    cue = CUES[entry["name"]]
    assert entry["anchor"] in ANCHORS
    assert len(entry["drop"]) >= 3
    assert len(entry["keep"]) >= 3
    for line in entry["drop"]:
        assert _matches(cue, line), f"{cue.name} must match {line!r}"
    for line in entry["keep"]:
        assert not _matches(cue, line), f"{cue.name} must not match {line!r}"


@pytest.mark.parametrize("entry", toml_table("site-chrome.toml")["cue"], ids=lambda entry: entry["name"])
def test_what_an_entry_keeps_no_other_entry_removes(entry):
    for line in entry["keep"]:
        text = f"{BODY}{line}\n{BODY}"
        assert SiteChrome()(text) == text, [edit.note for edit in SiteChrome().edits(text)]


@pytest.mark.parametrize("entry", toml_table("site-chrome.toml")["cue"], ids=lambda entry: entry["name"])
def test_what_an_entry_drops_goes_beside_other_chrome(entry):
    for line in entry["drop"]:
        assert SiteChrome()(f"{BODY}打印本页\n{line}\n打印本页\n{BODY}") == BODY + BODY, line


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_a_risky_entry_is_anchored_and_short(entry):
    chrome, content = entry["chrome"], entry["content"]
    risk = content / (chrome + content) if chrome + content else 0.0
    assert risk <= 0.02 or (entry["anchor"] in ("line", "start") and entry["limit"] <= 40), f"risk {risk:.3f}"


def test_names_are_unique_and_kinds_are_rule_ids():
    assert len(CUES) == len(ENTRIES)
    assert len(kinds()) >= 25
    assert all(re.fullmatch(r"[a-z-]+", kind) for kind in kinds())


def _matches(cue: Cue, line: str) -> bool:
    return cue.match(tighten(view(line).text)) is not None


def test_chrome_only_stays_and_is_flagged():
    cleaner = SiteChrome()
    assert cleaner("登录") == "登录"
    assert cleaner("首页\n登录\n") == "首页\n登录\n"
    edits = list(cleaner.edits("首页\n登录\n"))
    assert [edit.is_flag("首页\n登录\n") for edit in edits] == [True, True]
    assert all("left" in edit.note for edit in edits)


@pytest.mark.parametrize("heading", ["历史", "文化", "教育", "相关法规", "参考文献", "一、背景", "评论", "最新进展"])
def test_a_heading_stays(heading):
    text = f"{BODY}{heading}\n{BODY}"
    assert SiteChrome()(text) == text


def test_a_song_keeps_its_refrain_and_a_poem_its_title():
    song = "摇着小船\n摇着小船\n月亮弯弯\n摇着小船\n星星眨眼\n摇着小船\n"
    assert SiteChrome()(song) == song
    poem = "静夜里的灯火\n作者：王小明\n静夜里的灯火\n照着归人的路\n"
    assert "静夜里的灯火\n照着归人的路" in SiteChrome()(poem)


def test_the_title_again_in_the_body_goes_and_the_first_stays():
    text = f"山里的学校开学了\n{BODY}\n山里的学校开学了\n\n{BODY}山里的学校开学了\n"
    assert SiteChrome()(text) == f"山里的学校开学了\n{BODY}\n\n{BODY}"
    assert SiteChrome(keep=("repeated-title",))(text) == text


@pytest.mark.parametrize("other", ["", "版权所有\n"])  # with and without chrome beside it
def test_the_title_again_between_fences_stays(other):
    inside = f"山里的学校开学了\n{BODY}"
    text = f"山里的学校开学了\n{BODY}```\n{inside}```\n"
    assert SiteChrome()(other + text) == text
    assert SiteChrome()(text.replace("`", "")) == text.replace("`", "").replace(f"\n{inside}", f"\n{BODY}")


def test_the_foot_of_a_page_goes_from_its_first_cue_on():
    foot = "相关文章\n老城的雪\n新桥通车了\n山城论坛\n"
    assert SiteChrome()(BODY + foot) == BODY
    assert SiteChrome()(BODY + foot + BODY) == BODY + foot.replace("相关文章\n", "") + BODY
    assert SiteChrome(keep=("tail",))(BODY + foot) == BODY + "老城的雪\n新桥通车了\n山城论坛\n"


def test_the_name_of_the_site_goes_above_title_and_meta_line():
    text = f"山城信息港\n春耕开始了\n来源：山乡周报\n{BODY}"
    assert SiteChrome()(text) == f"春耕开始了\n{BODY}"
    assert SiteChrome()(f"山城信息港\n{BODY}") == f"山城信息港\n{BODY}"


def test_traditional_and_annotated_lines_are_found():
    assert SiteChrome()(f"來(lái)源:山鄉(xiāng)週報(bào)   發(fā)布日期:2022-03-05\n{BODY}") == BODY
    assert SiteChrome()(f"{BODY}著作權聲明\n責任編輯：王明\n熱門(mén)文章\n山的那邊\n") == f"{BODY}著作權聲明\n"


def test_kinds_can_be_kept():
    text = f"来源：山乡周报\n{BODY}责任编辑：王小明\n"
    assert SiteChrome()(text) == BODY
    assert SiteChrome(keep=("source", "credit"))(text) == text


def test_article_keeps_the_body_only():
    others = "山里的消息\n河边的消息\n城里的消息\n村里的消息\n镇上的消息\n"
    body = f"{BODY * 6}一个小标题\n{BODY * 3}"
    assert SiteChrome("article")(others + body + others) == body
    assert SiteChrome()(others + body + others) == others + body + others


def test_article_keeps_title_captions_and_signature():
    text = f"春耕时节\n来源：山乡周报\n图为村口的田\n{BODY * 9}（王小明摄）\n相关阅读\n河边的消息\n{BODY * 20}"
    assert SiteChrome("article")(text) == f"春耕时节\n图为村口的田\n{BODY * 9}（王小明摄）\n"


def test_every_removal_tells_kind_and_cue():
    edits = list(SiteChrome().edits(f"当前位置：首页 > 新闻\n{BODY}责任编辑：王小明\n"))
    assert [edit.rules for edit in edits] == [("site-chrome/breadcrumb",), ("site-chrome/credit",)]
    assert "editor" in edits[1].note
    assert edits[1].evidence[0].matched == "责任编辑:王小明"


def test_options_teach():
    with pytest.raises(UnknownNameError, match="article"):
        SiteChrome("articel")
    with pytest.raises(UnknownNameError, match="credit"):
        SiteChrome(keep=("credits",))
    with pytest.raises(OptionError, match="sequence"):
        SiteChrome(keep="credit")
    assert SiteChrome(keep=["credit"]) == SiteChrome(keep=("credit",))


def test_meta_fields():
    head = "题目\n作者：李小白 | 2023/8/9 10:20:30 | 浏览：312 | 评论：0\n"
    text = f"{head}{BODY}來(lái)源:山鄉(xiāng)週報(bào)\n（责任编辑：王小明）"
    assert meta_fields(text) == {
        "author": "李小白",
        "source": "山鄉(xiāng)週報(bào)",
        "date": "2023/8/9 10:20:30",
        "editor": "王小明",
        "views": "312",
    }
    assert meta_fields(BODY) == {}
    assert meta_fields("来源：山乡周报 2023-08-09") == {"source": "山乡周报", "date": "2023-08-09"}


@pytest.mark.parametrize("line", ["上一篇" * 40_000, "©" * 100_000, "首页" * 100_000, "会(huì)" * 60_000])
def test_a_line_without_end_is_no_burden(line):
    assert SiteChrome()(line) == line
    assert find_menu(line) is None


def test_words_that_cues_need_do_not_overlap():
    words = {word for cue in cues() if cue.anchor == "any" for word in cue.needs}
    for one in words:
        for other in words - {one}:
            assert one not in other
            assert not any(one.endswith(other[:size]) for size in range(1, len(other)))


@given(
    st.sampled_from(ENTRIES).flatmap(lambda entry: st.sampled_from(entry["patterns"])).flatmap(st.from_regex),
    st.sampled_from(["", "日", "1", "。", ">"]),
)
def test_heads_hold_what_a_match_starts_with(text, more):
    line = text + more
    for cue in cues():
        for pattern, heads in zip(cue.patterns, cue.heads, strict=False):  # those that stand anywhere have no heads
            if cue.finder((pattern,))(line):
                starts = {line[:2], line[0]} if is_letter(line[1:2]) else {line[:2], line[0], line[0] + END}
                other_digits = any(char.isdigit() and not char.isascii() for char in line[:2])
                assert starts & heads or other_digits


@pytest.mark.parametrize("pattern", ["a*", "(?:甲|乙?)", ".甲", "[^甲]乙", r"\W", r"(?=甲)", "甲|"])
def test_a_pattern_that_can_start_with_anything_has_no_heads(pattern):
    with pytest.raises(ValueError, match="starts a match"):
        match_heads(pattern)


@pytest.mark.parametrize(
    ("pattern", "heads"),
    [
        ("甲", {"甲"}),
        ("甲+乙", {"甲甲", "甲乙"}),
        ("甲?乙", {"甲乙", "乙"}),
        ("甲{0,8}乙丙", {"甲甲", "甲乙", "乙丙"}),
        (r"甲\W", {"甲"}),
        ("甲(?:乙|$)", {"甲"}),
        ("(?<!丁)甲(?!丙)乙", {"甲乙"}),
        ("甲*+乙++", {"甲甲", "甲乙", "乙"}),
        (r"[a-c]\d?\|", {each + more for each in "abc" for more in "0123456789|"}),
    ],
)
def test_heads_of_a_pattern(pattern, heads):
    assert match_heads(pattern) == heads


def test_heads_of_a_pattern_that_matches_whole_lines():
    assert match_heads("赞|转发|顶+|踩.?", whole=True) == {"赞" + END, "转发", "顶顶", "顶" + END, "踩"}
