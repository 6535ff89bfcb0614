"""Spam: every rule with its own examples, the laws, the document rules, users' tables."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.spam import Spam
from cnclean.cleaners.spam.lexicon import classes, lexicon, triggers
from cnclean.cleaners.spam.pairs import pair_groups, searched_pair
from cnclean.cleaners.spam.prefilter import places_after
from cnclean.edit import Edit, apply_edits
from cnclean.errors import TableError, UnknownNameError
from cnclean.tables import toml_table
from cnclean.testing import check_laws
from tests.evaluation import needs_shared, texts
from tests.growth import assert_linear
from tests.strategies import tokens

TOKENS = tokens("spam")
SPAM = Spam()
CLASSES = toml_table("spam.toml")["class"]
TEMPLATES = toml_table("spam-templates.toml")["template"]
PROSE = [
    "周末的早晨，老城区的菜市场已经热闹起来，摊主们忙着把刚到的蔬菜摆上货架。",
    "负责改造的设计师说，保留原有的骑楼和石板路是居民最大的愿望。",
    "工程分三期进行，第一期将在明年春天完成，届时会增设无障碍通道和雨棚。",
    "附近的小学也参加了墙绘活动，孩子们画下了他们记忆里的街巷。",
]
ARTICLE = "老街改造工程开工\n" + "\n".join(PROSE)


def removals(text, cleaner=SPAM):
    return [edit for edit in cleaner.edits(text) if not edit.is_flag(text)]


def examples(key):
    brand = toml_table("spam.toml")["brand"]
    rules = [(entry["name"], entry) for entry in CLASSES] + [(entry["id"], entry) for entry in TEMPLATES]
    rules += [(f"guard-{entry['term']}", entry) for entry in toml_table("spam.toml")["guard"]]
    rules += [("brand", {"keep": brand["keep"]})]
    return [pytest.param(text, id=f"{name}-{i}") for name, entry in rules for i, text in enumerate(entry.get(key, ()))]


@pytest.mark.parametrize("text", examples("drop"))
def test_what_a_rule_drops_is_dropped(text):
    assert SPAM(text) == ""


@pytest.mark.parametrize("text", examples("keep"))
def test_what_a_rule_keeps_is_kept(text):
    assert removals(text) == []


@pytest.mark.parametrize("brand", toml_table("spam.toml")["brand"]["drop"])
def test_a_brand_injected_twice_is_cut_out_of_the_body(brand):
    text = ARTICLE.replace("设计师说", brand + "设计师说").replace("孩子们", brand + "孩子们")
    assert SPAM(text) == ARTICLE


def test_every_class_and_template_has_examples():
    rules = [c for c in CLASSES if "cap" not in c] + list(TEMPLATES)
    assert [rule for rule in rules if not rule.get("drop") or not rule.get("keep")] == []


@pytest.mark.parametrize("text", TOKENS)
@pytest.mark.parametrize("level", ["balanced", "strict", "flag"])
def test_laws_on_tokens(text, level):
    check_laws(Spam(level=level), text)
    check_laws(Spam(level=level), f"{text}\n{ARTICLE}\n{text}")


@given(st.lists(st.sampled_from([*TOKENS, *PROSE, "\n", "\n", " ", "，", "。"]), max_size=12).map("".join))
def test_laws_on_mixtures(text):
    check_laws(SPAM, text)


@given(st.text())
def test_laws_on_any_text(text):
    check_laws(SPAM, text)


@given(st.permutations([*TOKENS[:14], *PROSE]))
def test_laws_on_pages_of_lines(lines):
    check_laws(SPAM, "\n".join(lines))


def test_keyword_line_prefix_and_glued_tail_go_and_nothing_else():
    body = ARTICLE.removeprefix("老街改造工程开工\n") + "\n记者：陈一鸣"
    text = f"正规炒股配资平台\n按天股票配资 老街改造工程开工\n{body}按天股票配资"
    assert SPAM(text) == f"老街改造工程开工\n{body}"
    spans = [text[edit.start : edit.end] for edit in removals(text)]
    assert spans == ["正规炒股配资平台\n", "按天股票配资 ", "按天股票配资"]


def test_unknown_keywords_are_found_by_document_evidence_alone():
    text = f"铝合金门窗批发\n二手货架回收电话 {ARTICLE}二手货架回收电话"
    assert SPAM(text) == ARTICLE


def test_a_source_at_head_and_tail_stays():
    text = f"江城晚报社 {ARTICLE}江城晚报社"
    assert removals(text) == []


def test_headings_of_an_article_about_the_subject_stay():
    text = (
        "股票配资\n股票配资是指投资人向他人借入资金买卖股票的做法，借款往往是本金的数倍，亏损也随之放大。\n"
        "股票配资\n按照现行的规定，未经许可的机构开展股票配资活动是不合法的，投资人的权益也得不到保护。"
    )
    assert removals(text) == []


def test_three_keyword_lines_make_a_link_farm():
    lines = ["棋牌平台代理", "捕鱼游戏平台", "真人视讯注册"]
    assert SPAM("\n".join([PROSE[0], *lines, PROSE[1]])) == "\n".join(PROSE[:2])


def test_long_lines_lose_spans_only():
    line = "".join(PROSE) + "本章未完，请点击下一页继续阅读！" + "".join(PROSE)
    assert SPAM(line) == "".join(PROSE) * 2
    words = "月入过万、刷单、引流、代发、招代理、网赚、兼职日结、跑分平台"
    essay = "".join(PROSE) + f"网上流传的{words}，我都试过，也都吃过亏。" + "".join(PROSE)
    assert len(essay) > 240
    assert removals(essay) == []


def test_every_edit_says_why():
    for edit in SPAM.edits(f"正规炒股配资平台\n{ARTICLE}"):
        assert edit.note
        assert edit.rules[0].startswith("spam/")
        assert edit.evidence


def test_levels():
    text = "低息车贷放款快"
    assert Spam(level="flag")(text) == text
    assert all(edit.is_flag(text) for edit in Spam(level="flag").edits(text))
    assert list(Spam(level="flag").edits("股票配资平台"))
    assert len(Spam(level="strict")(text)) <= len(SPAM(text))


@pytest.mark.parametrize("name", [entry["name"] for entry in CLASSES if "cap" not in entry])
def test_a_kept_class_is_left_alone(name):
    entry = next(entry for entry in CLASSES if entry["name"] == name)
    others = tuple(other for other in classes() if other != name)
    assert removals(entry["drop"][0], Spam(keep=classes())) == []
    assert SPAM(entry["drop"][0]) == ""
    assert Spam(keep=others)(entry["drop"][0]) == ""


def test_wrong_options_name_the_nearest():
    with pytest.raises(UnknownNameError, match="balanced"):
        Spam(level="balance")
    with pytest.raises(UnknownNameError, match="gambling"):
        Spam(keep=("gamblin",))


def test_a_user_table_extends_drops_and_guards(tmp_path):
    table = tmp_path / "mine.toml"
    table.write_text(
        'drop = ["新葡京"]\n[extend.seo]\nstrong = ["千里眼推广系统"]\n'
        '[[guard]]\nterm = "股票配资平台"\nafter = "研究"\n',
        encoding="utf-8",
    )
    mine = Spam(table=str(table))
    assert mine("千里眼推广系统") == ""
    assert SPAM("千里眼推广系统") != ""
    assert mine("新葡京") == "新葡京"
    check_laws(mine, f"千里眼推广系统\n{ARTICLE}")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("extend = ", "not valid TOML"),
        ("[extend.gambel]\nstrong = ['赌']", "extend.gambel: no such class"),
        ("[extend.gambling]\nstrong = ['赌']", "extend.gambling.strong: must be a list"),
        ("[extend.gambling]\nhuge = ['赌场']", "extend.gambling: may hold only"),
        ("drop = '赌场'", "drop: must be a list"),
        ("[[guard]]\nterm = '赌场'\nbefore = '('", "guard 1: 赌场: before is no pattern"),
        ("[[guard]]\nterm = '赌场'\nbefore = '(?i)a'", "guard 1: 赌场: before is no pattern"),
        ("[[guard]]\nbefore = 'x'", "guard 1: has no term"),
        ("drop = " + "[" * 2000, "nested too deeply"),
        ("extra = 1", "extra: unknown key"),
    ],
)
def test_mistakes_in_a_user_table_are_named(tmp_path, content, problem):
    table = tmp_path / "mine.toml"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=f"mine.toml:.*{problem}"):
        Spam(table=str(table))


def test_a_missing_user_table_is_named(tmp_path):
    with pytest.raises(TableError, match="cannot be read"):
        Spam(table=str(tmp_path / "none.toml"))
    with pytest.raises(TableError, match="cannot be read"):
        Spam(table="\0")


def test_every_trigger_has_a_pair():
    missing = [word for word in triggers() if searched_pair(word) not in pair_groups()]
    assert missing == [], "run tools/build_spam_pairs.py"


def test_every_strong_term_is_found_in_traditional_and_upper_case():
    place = lexicon().prefilter.places
    assert place("股票配資平臺")
    assert place("ＢＥＴ３６５")
    assert place("BET365")


@pytest.mark.parametrize(
    "unit", ["股票配资平台\n", "本章未完", "请记住", "(", "yabo登录", "股票配资 ", "1", "。", "加微信abc123 "]
)
def test_time_grows_with_length_only(unit):
    short = unit * (4_000 // len(unit))
    assert_linear(SPAM, short, short * 8)


def test_many_edge_phrases_settle():
    rng = random.Random(7)
    words = [entry["drop"][0] for entry in CLASSES if "cap" not in entry]
    text = "\n".join(f"{rng.choice(words)} {line}{rng.choice(words)}" for line in PROSE * 5)
    once = SPAM(text)
    assert SPAM(once) == once


@given(st.lists(st.sampled_from([*TOKENS, *PROSE, "\n", "\n"]), max_size=14).map("".join), st.randoms())
def test_places_after_removals_are_those_of_a_new_search(text, rng):
    cuts = sorted(rng.sample(range(len(text) + 1), min(len(text) + 1, 2 * rng.randint(0, 4)) // 2 * 2))
    edits = [Edit(a, b, "") for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    after = apply_edits(text, edits)
    prefilter = lexicon().prefilter
    assert places_after(prefilter.places(text), edits, after, prefilter) == sorted(set(prefilter.places(after)))


@needs_shared
@pytest.mark.parametrize(
    ("name", "single", "document"),
    [("spam_gambling", 0.97, 0.99), ("spam_leverage", 0.97, 0.99), ("spam_novel_ads", 0.88, 0.90)],
)
def test_advertising_goes(name, single, document):
    lines = texts(f"spam/{name}")
    assert sum(not SPAM(line).strip() for line in lines) >= single * len(lines)
    text = "\n".join(lines)
    assert len(SPAM(text)) <= (1 - document) * len(text)


@needs_shared
@pytest.mark.parametrize("name", ["ham_hard", "ham_news", "ham_wiki"])
def test_sound_texts_stay(name):
    assert [text for text in texts(f"spam/{name}") if removals(text)] == []


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", ["spam/ham_headlines", "spam/ham_reviews", "clean/zhihu", "clean/classical"])
def test_more_sound_texts_stay(name):
    assert [text for text in texts(name) if removals(text)] == []


def test_a_long_line_of_search_phrases_goes_part_by_part():
    line = "股票配资平台 在线配资公司 炒股配资开户 期货配资网站 " * 12
    assert len(line) > 300
    assert SPAM(f"{PROSE[0]}\n{line}\n{PROSE[1]}") == f"{PROSE[0]}\n{PROSE[1]}"
