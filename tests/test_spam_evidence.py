"""What speaks for and against a line: each kind of evidence with its weight, and limits with a case on both sides."""

import pytest

from cnclean.cleaners.spam.evidence import LONG_LINE, judge
from cnclean.cleaners.spam.lexicon import lexicon


def verdict(line):
    return judge(line, lexicon())


def weights(line):
    """The evidence found in a line, with its weights."""
    found = verdict(line)
    return {item.feature: item.weight for item in found.evidence} if found else {}


# line, evidence, kinds
WEIGHED = [
    ("股票配资平台", {"terms:leverage": 3, "layout:nothing-else": 1.5}, 2),
    ("百家乐", {"terms:gambling": 2, "layout:nothing-else": 1.5}, 2),
    ("北京赛车pk10", {"terms:gambling": 3.2, "layout:nothing-else": 1.5}, 2),
    ("股.票.配.资.平.台", {"terms:leverage": 3, "disguise": 2, "layout:nothing-else": 1.5}, 3),
    (
        "股票配资 线上配资 炒股配资 期货配资",
        {"terms:leverage": 6, "layout:nothing-else": 1.5, "several-terms": 0},
        3,
    ),
    ("充.值.投.注", {"terms:gambling": 1.6, "disguise": 2}, 2),
    ("贷-款-公-司-办-理", {"terms:loans": 2, "disguise": 2, "layout:coverage": 1}, 2),
    ("天天炫斗私服", {"terms:private-server": 2, "layout:named": 1}, 2),
    ("炒股配资开户 www.example.com", {"terms:leverage": 3, "address": 0.5, "layout:coverage": 1}, 2),
    ("贷款 信用卡 小额贷款 抵押贷款", {"terms:loans": 3.18, "layout:coverage": 1}, 1),
    ("代开发票电话13812345678", {"terms:documents": 3, "contact:phone": 1.5, "layout:coverage": 0.5}, 2),
    ("时时彩计划QQ群：123456789", {"terms:gambling": 3, "contact:qq": 2}, 2),
    ("联系@abcdef 百家乐", {"terms:jobs": 1, "terms:gambling": 2, "contact:telegram": 2}, 2),
    ("加微信abc12345领取", {"terms:promotion": 1.5, "contact:wechat": 2.5, "template": 3}, 2),
    (
        "警方通报，百家乐赌博网站被查处，涉案人员已被抓获。",
        {"terms:gambling": 4.2, "layout:coverage": 0.5, "report-voice": -2.5},
        1,
    ),
    (
        "他在澳门看到百家乐的赌桌，想起了很多往事，于是转身离开了那座灯火辉煌的大楼，再也没有回去过。",
        {"terms:gambling": 2, "sentence": -1.8},
        1,
    ),
]


@pytest.mark.parametrize(("line", "evidence", "kinds"), WEIGHED)
def test_evidence_is_weighed(line, evidence, kinds):
    found = verdict(line)
    assert weights(line) == evidence
    assert found.score == pytest.approx(sum(evidence.values()))
    assert found.kinds == kinds


@pytest.mark.parametrize(
    "line",
    ["", "春天来了，院子里的桃花都开了。", "贷款", "充.值", "13812345678", "山.河.水.土.木.石", "这条街有一百家乐器行"],
)
def test_what_is_no_advertising_by_itself_has_no_verdict(line):
    assert verdict(line) is None


PLAIN_WORD, OTHER_PLAIN_WORD = "老虎机", "押注"  # words that need company


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("山" * 45 + PLAIN_WORD, True),
        ("山" * 46 + PLAIN_WORD, False),  # one plain word in passing, in a line longer than 48
        ("山" * 46 + PLAIN_WORD + OTHER_PLAIN_WORD, True),
        ("山" * 46 + PLAIN_WORD + "ab_1-", True),  # an account, perhaps
        ("山" * 46 + PLAIN_WORD + "ab_1", False),
        ("山" * 46 + "百家乐", True),  # no plain word
    ],
)
def test_a_plain_word_in_passing_says_nothing(line, seen):
    assert (verdict(line) is not None) is seen


# What a line is like, with the layout that is told of it: each limit from both sides. "山" says nothing.
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("百家乐", {"layout:nothing-else": 1.5}),
        ("私服", {"layout:named": 1}),  # two letters may be anything
        (PLAIN_WORD, {"layout:coverage": 1}),  # a word that needs company, without
        (f"{PLAIN_WORD} {OTHER_PLAIN_WORD}", {"layout:nothing-else": 1.5}),
        ("山山山山山百家乐", {"layout:named": 1}),
        ("百家乐山山山山山", {"layout:named": 1}),
        ("山山百家乐山山山", {"layout:coverage": 0.5}),
        ("山山山山山山百家乐", {"layout:coverage": 0.5}),  # nine letters
        ("山山山山私服", {"layout:named": 1}),
        ("山山山山山私服", {}),  # less than three tenths
        ("股票配资平台山山山山山山", {"layout:coverage": 1}),
        ("股票配资平台山山山山山山山", {"layout:coverage": 0.5}),
        ("股票配资平台山山山山山山山山山山山山山山", {}),
        ("股票配资山山山山山山山山山。", {"layout:coverage": 0.5}),
        ("股票配资" + "山" * 57, {"sparse": -1.5}),
        ("股票配资" + "山" * 56, {}),
        ("股票配资平台 百家乐" + "山" * 52, {}),
        ("股票配资的的" + "山" * 15, {"sentence": -1.8}),
        ("股票配资的的" + "山" * 14, {}),
        ("股票配资的的" + "山" * 17, {}),
        ("百家乐，时时彩", {"layout:nothing-else": 1.5}),
        ("百家乐，时时彩，押注", {"layout:nothing-else": 1.5, "several-terms": 0}),
        ("股票配资 炒股配资", {"layout:nothing-else": 1.5, "several-terms": 0}),
        ("股票配资平台" + "山" * 14 + "。", {}),  # three tenths of it are named
        ("股票配资平台" + "山" * 15 + "。", {"sentence": -1.8}),
        ("股票配资" + "的" * 9 + "山" * 87, {}),  # nine function words in a hundred letters
        ("股票配资" + "的" * 10 + "山" * 86, {"sentence": -1.8}),
        ("股票配资 线上配资 炒股配资" + "山" * 88, {"several-terms": 0}),
        ("股票配资 线上配资 炒股配资" + "山" * 89, {"several-terms": 0, "sparse": -1.5}),
        ("股票配资 线上配资 炒股配资 期货配资 百家乐 山", {"layout:nothing-else": 1.5, "several-terms": 0}),
        ("股票配资 线上配资 炒股配资 期货配资 百家乐 山山", {"layout:coverage": 1, "several-terms": 0}),
    ],
)
def test_layout(line, told):
    assert {feature: weight for feature, weight in weights(line).items() if not feature.startswith("terms:")} == told


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("股票配资山山山山山山山山山。", True),
        ("股票配资山山山山山山山山。", False),  # twelve letters
        ("股票配资山山山山山山山山山山", False),
        ("股票配资的的" + "山" * 15, True),
        ("股票配资的的" + "山" * 14, False),
        ("股票配资的的" + "山" * 17, False),
    ],
)
def test_sentences(line, sentence):
    assert verdict(line).sentence is sentence


def test_a_report_is_told_by_its_voice_unless_it_gives_a_contact_of_the_trade():
    assert weights("警方 百家乐")["report-voice"] == -2.5
    assert weights("警方提醒 百家乐 微信abc12345")["report-voice"] == -2.5
    assert "report-voice" not in weights("警方提醒 代开发票电话13812345678")
    assert all(verdict(line).report for line in ("警方 百家乐", "警方提醒 代开发票电话13812345678"))


def test_what_a_verdict_tells():
    line = verdict("百家乐开户加微信abc12345")
    assert (line.cls, line.rule) == ("gambling", "lead-contact")
    assert (line.short, line.suspect, line.contact, line.alone) == (True, True, True, True)
    assert (line.sentence, line.report) == (False, False)
    assert line.stands_alone(frozenset())
    assert verdict("百家乐").stands_alone(frozenset()), "two kinds of evidence are enough"
    assert (verdict("私服").score, verdict("私服").stands_alone(frozenset())) == (3, True)
    assert (verdict("山" * 45 + PLAIN_WORD).score, verdict("山" * 45 + PLAIN_WORD).suspect) == (2, True)
    assert not verdict(f"{PLAIN_WORD}山山山山山山山山山").stands_alone(frozenset())
    assert not verdict("贷款 信用卡 小额贷款 抵押贷款").stands_alone(frozenset()), "one kind is not"
    assert not line.stands_alone(frozenset({"gambling"})), "the page is about it"
    report = verdict("警方通报，百家乐赌博网站被查处，涉案人员已被抓获。")
    assert (report.sentence, report.report, report.suspect) == (True, True, True)
    assert not report.stands_alone(frozenset())
    assert verdict("股票配资 线上配资 炒股配资").evidence[0].matched == "炒股配资 线上配资 股票配资"


def test_a_template_of_full_weight_decides():
    line = "（本章未完，请点击下一页继续阅读）"
    assert (verdict(line).decided, verdict(line).coverage) == (True, 1)
    assert not verdict("加微信abc12345领取").decided
    assert not verdict("股票配资").decided


CONTINUED = "（本章未完，请点击下一页继续阅读）"


def test_what_a_template_covers_is_neither_a_sentence_nor_a_report():
    assert "sentence" not in weights("山" * 17 + CONTINUED), "half of the line"
    assert "sentence" in weights("山" * 18 + CONTINUED)
    assert verdict("山" * 17 + CONTINUED).coverage == 0.5
    assert "report-voice" not in weights("警方" + "山" * 6 + CONTINUED + CONTINUED[1:-1]), "four fifths of it"
    assert "report-voice" in weights("警方" + "山" * 7 + CONTINUED + CONTINUED[1:-1])


def test_the_leading_class_leads():
    assert verdict("百家乐 时时彩 贷款").cls == "gambling"
    assert verdict("股票配资 炒股配资 百家乐").cls == "leverage"
    assert verdict("贷款 百家乐 时时彩").cls == "gambling", "wherever it stands"
    four = weights("百家乐 股票配资 代开发票 贷款")
    weak = four.pop("terms:loans")
    assert verdict("百家乐 股票配资 代开发票 贷款").score == sum(four.values()), "the three that weigh most count"
    assert weak == 1
    assert verdict("加微信abc12345领取").cls == "", "promotion goes with every class, and leads none"


def test_length_counts_letters():
    line = "股票配资，" * (LONG_LINE // 4)
    assert (verdict(line).letters, verdict(line).short) == (LONG_LINE, True)
    assert not verdict(line + "股").short


def test_a_list_of_search_phrases_is_one():
    phrases = ["股票配资", "天气预报", "炒股配资", "红烧排骨", "期货配资"]
    assert weights(" ".join(phrases))["layout:keyword-list"] == 2
    assert verdict(" ".join(phrases)).kinds == 4
    assert weights(" ".join(phrases[:3]))["layout:keyword-list"] == 2, "three pieces are a list, two are none"
    assert "layout:keyword-list" not in weights(" ".join(phrases[:2]))
    assert "layout:keyword-list" not in weights("".join(phrases))
    assert "layout:keyword-list" in weights(f"股票配资 {'山' * 10} 百家乐"), "a piece of ten characters is short"
    assert "layout:keyword-list" not in weights(f"股票配资 {'山' * 11} 百家乐")
    assert "layout:keyword-list" not in weights(f"股票配资 天气 百家乐 预报 {'山' * 11}"), "more than four of five are"
    seven = " 天气 ".join(["股票配资", "炒股配资", "期货配资", "线上配资", "百家乐", "时时彩", PLAIN_WORD])
    assert "layout:keyword-list" in weights(seven + " 天气" * 7), "seven of twenty are of the trade"
    assert "layout:keyword-list" not in weights(seven + " 天气" * 8)
    assert "layout:keyword-list" not in weights(
        " ".join([*phrases[:2], "红烧排骨的家常做法和步骤", "天气", "预报", "明天"])
    )


def test_a_contact_counts_once_as_a_kind():
    one, two = verdict("时时彩计划QQ群：123456789"), verdict("时时彩计划QQ群：123456789微信abc12345")
    assert {"contact:qq", "contact:wechat"} <= set(weights("时时彩计划QQ群：123456789微信abc12345"))
    assert two.kinds - one.kinds <= 1


def test_a_contact_that_is_only_named_needs_no_latin_letter():
    assert weights("百家乐 纸飞机")["contact:telegram"] == 2


def test_two_words_that_need_company_are_a_kind_together():
    assert (verdict(f"{PLAIN_WORD} 山").kinds, verdict(f"{PLAIN_WORD} {OTHER_PLAIN_WORD} 山山").kinds) == (1, 2)


def test_no_more_than_four_terms_and_forty_characters_are_shown():
    line = verdict("股票配资 炒股配资 期货配资 线上配资 股票配资平台 百家乐")
    assert line.evidence[0].matched == "期货配资 炒股配资 线上配资 股票配资"
    address = "example.com/" + "a" * 50
    assert {item.feature: item.matched for item in verdict(f"百家乐 {address}").evidence}["address"] == address[:40]


def test_words_that_only_templates_need_are_no_evidence():
    for template in lexicon().templates:
        for word in template.need:
            assert verdict(f"{word}山") is None or weights(f"{word}山")
