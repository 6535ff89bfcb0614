"""What is written so that `re` searches it fast finds the same as the plain way to write it."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners import escapes, punctuation, width
from cnclean.cleaners.punctuation import _WIDE_MARKS as WIDE
from cnclean.cleaners.punctuation.context import CHINESE, SPACES
from cnclean.cleaners.spam import evidence, folding, matcher, prefilter, search_words, templates
from cnclean.cleaners.spam.edges import Edges
from cnclean.cleaners.spam.evidence import judge
from cnclean.cleaners.spam.lexicon import lexicon, triggers
from cnclean.cleaners.spam.trie import alternation
from cnclean.tables import toml_table
from cnclean.view import view

CONTACTS = {name: pattern for name, _, pattern in evidence._CONTACT_PATTERNS}
TEMPLATES = toml_table("spam-templates.toml")
TXT = {key: re.compile(e[key][0]) for e in TEMPLATES["template"] if e["id"] == "novel-txt" for key in ("forms", "led")}
TOKENS = list(map(str, json.loads((Path(__file__).parent / "tokens/spam.json").read_text(encoding="utf-8"))))
WORDS = sorted(triggers())
NEEDED = [word for entry in TEMPLATES["template"] if "also" in entry for word in entry["need"]]
BRANDED = sorted(lexicon().brand_words)
SEARCHED = sorted(lexicon().around.before | lexicon().around.after)

PLAIN = {
    "escapes": (
        escapes._ESCAPES,
        r"(?:\\u[0-9a-fA-F]{4}){2,}|(?:\\u\{[0-9a-fA-F]{2,6}\}){2,}|(?:%u[0-9a-fA-F]{4}){2,}"
        r"|(?:%[0-9a-fA-F]{2}){4,}|(?:\\x[0-9a-fA-F]{2}){4,}",
        ["\\", "\\u4e2d", "\\u{4e2d}", "%u4e2d", "%E4", "%", "\\x", "\\xe4", "u", "x", "a1", "0", "{", "}", "中"],
    ),
    "punctuation": (
        punctuation._GUARD,
        rf"[,:;?!](?:(?<=[{CHINESE}{WIDE}{SPACES}*].)|(?=[{SPACES}*]{{0,60}}+[{CHINESE}{WIDE}])|(?m:$))|[()]"
        r"|,(?:(?<=[A-Za-z%+#].)(?=[A-Za-z0-9])|(?<=[0-9].)(?=[A-Za-z]))",
        [*",:;?!()*%+# \n\u3000", "a", "1", "中", "，", "“", "Ab"],
    ),
    "width": (
        width._RUN,
        r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9d\uff9e\uff9f]+",
        [*"ＡＺａ１ｶﾞﾟ，a中"],
    ),
    "address": (
        evidence._ADDRESS,
        r"https?://|www[.。,]\s?\w"
        r"|(?<![@\w.])[a-z0-9][a-z0-9\-]{1,30}[.。](?:com|cn|net|cc|org|top|xyz|vip)(?![a-z])(?:/[\w.~%/-]{0,60})?",
        ["http", "s", "://", "www", ".", "。", ",", "a", "1", "-", "@", "com", "cn", "/", "~x", "中", " ", "w", "h"],
    ),
    "phone": (
        CONTACTS["phone"],
        r"(?<!\d)1[3-9]\d(?:[ \-]?\d){8}(?!\d)|(?<!\d)400[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d)",
        ["1", "13", "8", "0012", "400", "5678", "1234567", " ", "-", "中", "\u0661", "\n"],
    ),
    "wechat": (
        CONTACTS["wechat"],
        r"(?:[微薇溦威徽喂][\W_]{0,2}[信芯心星❤♥]|v[\W_]?信|v[\W_]?x|wechat|weixin|薇|溦|\+v|加v)"
        r"[号:\s\W]{0,6}(?!https?)(?:[a-z][a-z0-9_\-]{4,19}(?![a-z])|\d{6,11}(?!\d))",
        [*"微薇溦信心vx+加号:. ", "wechat", "weixin", "we", "http", "abcde", "12345678", "\u0661" * 6, "♥"],
    ),
    "qq": (
        CONTACTS["qq"],
        r"(?:qq|扣扣|抠抠|秋秋|球球|企鹅|乞鹅|群号)[群号:\s\W]{0,5}\d[\d \-]{4,12}\d",
        [*"q扣抠秋球企乞鹅群号: -", "12345", "678", "qq", "\u0661"],
    ),
    "telegram": (
        CONTACTS["telegram"],
        r"t\.me/|telegram|纸飞机|(?:飞机|电报|tg)[群:@]|(?:联系|客服|频道)\W{0,3}@[a-z]\w{4,}",
        [
            "t",
            ".me/",
            "telegram",
            "tg",
            "纸",
            "飞机",
            "电报",
            "群",
            ":",
            "@",
            "联系",
            "客服",
            "频道",
            "abcde",
            " ",
            "机",
        ],
    ),
    "txt": (
        TXT["forms"],
        r"(?:访问)?下载txt(?:小说|电子书)?[^。!?\n]{0,12}|电子书(?:免费)?(?:在线)?下载[^。!?\n]{0,30}"
        r"|(?:全集|全本|全文)txt[^。!?\n]{0,20}|精品电子书[^。!?\n]{0,20}",
        [
            "访问",
            "下载",
            "txt",
            "小说",
            "电子书",
            "免费",
            "在线",
            "全集",
            "全本",
            "全文",
            "精品",
            "。",
            "字",
            "下",
            "全",
        ],
    ),
    "txt, led": (
        TXT["led"],
        r"(?:下载)?(?:全集|全本|最新的?)?txt(?:全集|电子书|小说|全本)?(?:免费)?(?:下载)?"
        r"[^。!?\n]{0,8}(?:小说|电子书|下载|请点击|百度)[^。!?\n]{0,24}",
        ["下载", "全集", "全本", "最新", "最新的", "txt", "小说", "免费", "百度", "。", "字", "全", "最", "t", "xt"],
    ),
    "interleaved": (
        matcher._INTERLEAVED,
        r"(?:[\u4e00-\u9fff][|.·⊥_*~°/•\-,?]{1,3}){3}[\u4e00-\u9fff]",
        ["中", "文", ".", "·", "-,", "|", "...", "a", "字字"],
    ),
    "identifier": (evidence._IDENTIFIER, r"[a-z0-9_\-]{5}", ["a", "b1", "_", "-", "中", "abc", " "]),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_pattern_that_begins_with_a_class_matches_what_the_plain_one_does(name):
    fast, plain, pieces = PLAIN[name]
    draw = random.Random(name)
    searches_only = name in ("interleaved", "identifier")  # of these only whether there is a match counts
    for _ in range(3000):
        text = "".join(draw.choice(pieces) for _ in range(draw.randrange(14)))
        found = [match.span() for match in fast.finditer(text)]
        expected = [match.span() for match in re.finditer(plain, text)]
        if name == "punctuation":  # the guard asks for places, not for what follows them
            found, expected = [start for start, _ in found], [start for start, _ in expected]
        assert (bool(found) == bool(expected)) if searches_only else (found == expected), text


def _texts(count, seed):
    draw = random.Random(seed)
    pieces = ("\n", "\n", "，", " ", "字", "的", "骚", ".", "\u200b", "中.文.字", "abc", "①", "（yī）")
    for _ in range(count):
        yield "".join(
            draw.choice((draw.choice(WORDS), draw.choice(WORDS)[:-1], draw.choice(TOKENS), *pieces))
            for _ in range(draw.randrange(20))
        )


def test_words_of_spam_are_found_wherever_they_stand():
    for text in _texts(40, 1):
        folded = view(text).text
        assert lexicon().prefilter.words(folded) == {word for word in WORDS if word in folded}


def test_places_of_spam_are_those_of_the_words_however_written():
    marks = {word: prefilter.mark(word) for word in WORDS}
    for text in [*_texts(40, 2), *(folding.written(word)[-1] for word in WORDS if len(word) < 4)]:
        folded = folding.fold(text)
        expected = {match.start() for match in prefilter._DISGUISE.finditer(text)}
        for word, mark in marks.items():
            at = folded.find(word)
            while at >= 0:
                expected.add(at + mark)
                at = folded.find(word, at + 1)
        assert lexicon().prefilter.places(text) == sorted(expected)


def test_terms_of_spam_are_the_longest_at_each_place():
    words = lexicon()
    pattern = re.compile(alternation(words.terms))
    for text in _texts(200, 3):
        folded = view(text).text
        expected = [
            match.span()
            for match in pattern.finditer(folded)
            if match[0] not in words.guards or not words.guards[match[0]].rejects(folded, *match.span())
        ]
        assert [(hit.start, hit.end) for hit in matcher.hits(folded, words)] == expected


def test_a_latin_term_inside_a_latin_word_does_not_count():
    assert [hit.term.word for hit in matcher.hits("okyabo登录 yabology yabo", lexicon())] == ["yabo"]


@given(
    st.lists(st.sampled_from([*SEARCHED, "股票", "字", " ", "、", "·", "\u3000", "9", "a.bc.com", "。"]), max_size=8),
    st.data(),
)
def test_search_words_are_found_where_their_patterns_match(pieces, data):
    text, words = "".join(pieces), lexicon().around
    at = data.draw(st.integers(0, len(text)))
    before, after = words._before.search(text[max(0, at - 12) : at]), words._after.match(text, at, at + 24)
    assert words.start(text, at) == at - (len(before[0].lstrip(search_words.JOINTS)) if before else 0)
    assert words.end(text, at) == (after.end() if after else at)


def test_contacts_and_addresses_without_a_letter_or_digit_are_only_names_of_telegram():
    draw = random.Random(5)
    pieces = [*"微信号加薇扣群：:+ 。.，@/-", "纸飞机", "电报群", "客服", "①", "é"]
    for _ in range(3000):
        text = "".join(draw.choice(pieces) for _ in range(draw.randrange(14)))
        assert evidence._LATIN.search(text) is None
        assert not any(pattern.search(text) for name, pattern in CONTACTS.items() if name != "telegram")
        assert evidence._ADDRESS.search(text) is None


@given(st.lists(st.sampled_from([*TOKENS, "（", "(", "①", "А", "\u200b", " ", "，"]), max_size=8).map("".join))
def test_edges_without_a_place_hold_no_phrase(line):
    words = lexicon()
    edges = Edges(line, words.prefilter.places(line), words, lambda piece: judge(piece, words))
    asked_always = Edges(line, range(len(line)), words, lambda piece: judge(piece, words))
    assert list(edges.phrase_edits(frozenset())) == list(asked_always.phrase_edits(frozenset()))


@given(
    st.lists(st.sampled_from([*TOKENS, *BRANDED, "，", " ", "（", "\u200b", "Ｂ", "【", "】"]), max_size=8).map("".join)
)
def test_a_line_with_a_phrase_of_a_brand_holds_a_word_of_it(line):
    words = lexicon()
    if any(words.brands.phrase.finditer(view(line).text)):
        assert not words.brand_words.isdisjoint(matcher.read(line, words).words)


FIRST = {"SUBPATTERN": -1, "ATOMIC_GROUP": None, "MAX_REPEAT": 2, "MIN_REPEAT": 2, "POSSESSIVE_REPEAT": 2}


def _first_characters(parsed):
    """Return the characters that a parsed pattern can begin with, and whether it can match nothing."""
    found = set()
    for op, value in parsed:
        name = str(op)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        if name == "LITERAL":
            return found | {chr(value)}, False
        if name == "IN":
            ranges = [(v, v) if str(o) == "LITERAL" else v for o, v in value]
            return found | {chr(code) for low, high in ranges for code in range(low, high + 1)}, False
        if name == "BRANCH":
            ways = [_first_characters(way) for way in value[1]]
        else:
            ways = [_first_characters(value if FIRST[name] is None else value[FIRST[name]])]
        found.update(*(chars for chars, _ in ways))
        if not any(empty for _, empty in ways) and not (name.endswith("REPEAT") and value[0] == 0):
            return found, False
    return found, True


@pytest.mark.parametrize("entry", [e for e in TEMPLATES["template"] if "begins" in e], ids=lambda entry: entry["id"])
def test_what_a_template_says_it_begins_with_is_all_it_begins_with(entry):
    patterns = [templates._expand(form, TEMPLATES["macros"]) for key in ("forms", "led") for form in entry.get(key, ())]
    found = [_first_characters(re._parser.parse(pattern)) for pattern in patterns]
    assert not any(empty for _, empty in found)
    begins = re.compile(f"[{entry['begins']}]")
    assert [char for chars, _ in found for char in sorted(chars) if not begins.match(char)] == []


@given(
    st.lists(st.sampled_from([*TOKENS, *NEEDED, "www.", ".com", "。", "，", "w", " ", "某某"]), max_size=10).map(
        "".join
    )
)
def test_what_a_template_needs_besides_is_needed(line):
    text = view(line).text
    for template in templates.templates(()):
        if template.also and not re.search(template.also, text):
            assert not any(re.search(pattern, text) for pattern, _ in template.forms)
