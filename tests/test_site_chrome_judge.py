"""Which lines are site chrome and why: a line by itself, in a run of such lines, in the tail, above the title."""

import pytest

from cnclean.cleaners.site_chrome.judge import judge
from cnclean.cleaners.site_chrome.page import read_page
from cnclean.cleaners.site_chrome.weight import LEAST_PROSE

BODY = "春耕开始了，村里的人都下了地，一直忙到太阳落山才回家。他们说今年的雨水比往年多，收成应该会好一些。"
AUTHOR = "作者：王小明"  # goes only beside other chrome
DISCLAIMER = "免责声明：本网站所有内容均来自网络，版权归原作者所有。"
META = "来源：农民日报 2020-01-02"


def verdicts(*texts, keep=()):
    """The kind of each line that goes, by its place."""
    return {place: verdict.kind for place, verdict in sorted(judge(read_page("\n".join(texts), keep), keep).items())}


def test_a_line_goes_by_itself():
    assert verdicts(BODY, "责任编辑：王小明", BODY) == {1: "credit"}
    assert verdicts(BODY, "首页 | 登录 | 注册", BODY) == {1: "menu"}
    assert verdicts(BODY, "首页 | 登录 | 注册", BODY, keep=("menu",)) == {}
    (verdict,) = judge(read_page(f"{BODY}\n相关阅读\n{BODY}")).values()
    assert (verdict.kind, verdict.cue, verdict.matched) == ("related", "related-head", "相关阅读")
    assert (verdict.own, verdict.ends) == (True, True)


@pytest.mark.parametrize(
    ("texts", "gone"),
    [
        (["历史", "登录", BODY], {1: "menu"}),  # two lines of chrome are no run, where one could be a heading
        (["历史", "登录", "财经", BODY], {0: "menu", 1: "menu", 2: "menu"}),
        (["登录", "历史", BODY], {0: "menu"}),
        ([BODY, "历史", "登录", BODY], {2: "menu"}),
        (["登录", "历史", "财经", BODY], {0: "menu", 1: "menu", 2: "menu"}),
        (["历史", "财经", "军事", BODY], {}),  # none of them goes by itself
        (["历史", BODY, "登录", "注册", "首页"], {2: "menu", 3: "menu", 4: "menu"}),  # another run
        ([BODY, "登录", "注册", "历史"], {1: "menu", 2: "menu", 3: "menu"}),  # a run at the end
        (["登录", "注册", "历史", BODY, "财经"], {0: "menu", 1: "menu", 2: "menu"}),  # what is behind is no part of it
        (["登录", "注册", BODY, "历史", "财经", "军事", BODY], {0: "menu", 1: "menu"}),
        (["登录", "注册", "春天 夏天 秋天 冬天", BODY], {0: "menu", 1: "menu"}),  # a row, but not of menu words
        ([AUTHOR, BODY], {}),
        ([AUTHOR, "责任编辑：李四", BODY], {0: "credit", 1: "credit"}),  # no heading: two are enough
    ],
)
def test_menu_words_and_weak_cues_go_in_a_run(texts, gone):
    assert verdicts(*texts) == gone


def test_weak_lines_can_be_kept():
    assert verdicts("登录", "历史", "财经", BODY, keep=("menu",)) == {}
    assert verdicts("责任编辑：李四", "历史", "财经", BODY, keep=("menu",)) == {0: "credit"}
    assert verdicts(AUTHOR, "责任编辑：李四", BODY, keep=("credit",)) == {}


@pytest.mark.parametrize(
    ("texts", "gone"),
    [
        ([BODY, "相关阅读", "甲", "乙", "丙"], [1, 2, 3, 4]),  # so few lines need no second cue
        ([BODY, "相关阅读", "甲", "乙", "丙", "丁"], [1]),
        ([BODY, "相关阅读", "甲", "乙", "丙", "丁", "分享到："], [1, 2, 3, 4, 5, 6]),
        (
            [BODY, "分享到：", "相关阅读", "甲", "乙", "丙", "丁"],
            [1, 2],
        ),  # what stands before the tail is no second cue
        ([BODY, "甲", "相关阅读", "乙"], [2, 3]),  # only from the cue on
        ([BODY, "相关阅读", "甲", BODY, "乙"], [1]),  # prose behind it: no tail
        ([BODY, "分享到：", "甲"], [1]),  # this cue opens none
        (["甲", "相关阅读", "乙"], [1]),  # no prose at all: no article, no tail
        (["甲", "相关阅读", "乙", DISCLAIMER], [1, 3]),  # nor where the only prose is chrome
        ([DISCLAIMER, "相关阅读", "甲"], [0, 1]),
        ([BODY, "相关阅读", "上一篇：春天", "甲", "乙", "丙", "丁"], [1, 2, 3, 4, 5, 6]),
        ([BODY, "相关阅读", "下雨了。", "甲"], [1]),  # a short sentence is prose
        ([BODY, "相关阅读", "山" * (LEAST_PROSE - 2) + "，！", "甲"], [1]),  # and so is the shortest line without
        ([BODY, "相关阅读", "山" * (LEAST_PROSE - 3) + "，！", "甲"], [1, 2, 3]),
        ([BODY, "相关阅读", "山河 " * LEAST_PROSE, "甲"], [1, 2, 3]),  # length alone is none
    ],
)
def test_the_tail_of_a_page(texts, gone):
    assert [*verdicts(*texts)] == gone


@pytest.mark.parametrize(
    ("texts", "protected", "gone"),
    [
        ([BODY, "责任编辑：王小明"], {1}, []),
        (["甲", "相关阅读", "乙"], {0}, [1, 2]),  # what is protected stays, as prose does: the tail begins behind it
        ([BODY, "相关阅读", "甲", "乙"], {2}, [1]),
        ([BODY, "相关阅读", "甲", "乙"], {1}, []),
    ],
)
def test_protected_lines_stay(texts, protected, gone):
    assert [*judge(read_page("\n".join(texts)), protected=frozenset(protected))] == gone


def test_the_tail_names_the_first_cue_that_opened_it():
    page = read_page("\n".join([BODY, "版权所有 2020", "相关阅读", "甲"]))
    assert judge(page)[3].cue == "after copyright"
    assert (judge(page)[3].kind, judge(page)[3].own) == ("tail", False)
    assert verdicts(BODY, "相关阅读", "甲", keep=("tail",)) == {1: "related"}


@pytest.mark.parametrize(
    ("texts", "gone"),
    [
        (["山城新闻网", "春耕开始了", META, BODY], {0: "site-name", 2: "source"}),
        (["首页 | 登录 | 注册", "山城新闻网", "春耕开始了", META, BODY], {0: "menu", 1: "site-name", 3: "source"}),
        (["山城新闻网", "春耕开始了", "责任编辑：李四", META], {0: "site-name", 2: "credit", 3: "source"}),
        (["来源：山城新闻网", "春耕开始了", META, BODY], {0: "source", 2: "source"}),
        (["山城新闻网", META, BODY], {1: "source"}),  # the name is the title
        (["山城新闻网", "春耕开始了", "又一年", META, BODY], {3: "source"}),  # the meta line is too far away
        (["山城新闻网", "春耕开始了", BODY], {}),
        (["山城新闻网", "春耕开始了"], {}),
        (["春天的路上", "春耕开始了", META, BODY], {2: "source"}),  # no name of a site
        ([META, "山城新闻网", "春耕开始了", META, BODY], {0: "source", 3: "source"}),
    ],
)
def test_the_name_of_the_site_above_title_and_meta_line(texts, gone):
    assert verdicts(*texts) == gone


def test_the_name_of_the_site_is_sought_in_the_head_only_and_can_be_kept():
    menu = ["首页 | 登录 | 注册"]
    page = ["山城新闻网", "春耕开始了", META, BODY]
    assert verdicts(*menu * 37, *page)[37] == "site-name"
    assert 38 not in verdicts(*menu * 38, *page)
    assert 0 not in verdicts(*page, keep=("site-name",))
