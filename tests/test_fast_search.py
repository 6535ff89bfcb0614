"""What is written so that `re` searches it fast finds the same as the plain way to write it."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners import escapes, punctuation, width
from cnclean.cleaners.punctuation.context import CHINESE, SPACES
from cnclean.cleaners.spam import evidence, matcher, prefilter
from cnclean.cleaners.spam.edges import Edges
from cnclean.cleaners.spam.evidence import judge
from cnclean.cleaners.spam.lexicon import lexicon, triggers
from cnclean.cleaners.spam.trie import alternation
from cnclean.view import view

CONTACTS = {name: pattern for name, _, pattern in evidence._CONTACT_PATTERNS}
TOKENS = list(map(str, json.loads((Path(__file__).parent / "tokens/spam.json").read_text(encoding="utf-8"))))
WORDS = sorted(triggers())

PLAIN = {
    "escapes": (
        escapes._ESCAPES,
        r"(?:\\u[0-9a-fA-F]{4}){2,}|(?:\\u\{[0-9a-fA-F]{2,6}\}){2,}|(?:%u[0-9a-fA-F]{4}){2,}"
        r"|(?:%[0-9a-fA-F]{2}){4,}|(?:\\x[0-9a-fA-F]{2}){4,}",
        ["\\", "\\u4e2d", "\\u{4e2d}", "%u4e2d", "%E4", "%", "\\x", "\\xe4", "u", "x", "a1", "0", "{", "}", "中"],
    ),
    "punctuation": (
        punctuation._GUARD,
        rf"[,:;?!](?:(?<=[{CHINESE}{SPACES}*].)|(?=[{SPACES}*]{{0,60}}+[{CHINESE}])|(?m:$))|[()]"
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
    marks = {word: word.index(prefilter.anchor(word)) for word in WORDS}
    for text in _texts(40, 2):
        folded = prefilter._fold(text)
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
            if matcher._stands_alone(folded, *match.span(), match[0], words)
        ]
        assert [(hit.start, hit.end) for hit in matcher.hits(folded, words)] == expected


@given(st.lists(st.sampled_from([*TOKENS, "（", "(", "①", "А", "\u200b", " ", "，"]), max_size=8).map("".join))
def test_edges_without_a_place_hold_no_phrase(line):
    words = lexicon()
    edges = Edges(line, words.prefilter.places(line), words, lambda piece: judge(piece, words))
    asked_always = Edges(line, range(len(line)), words, lambda piece: judge(piece, words))
    assert list(edges.phrase_edits(frozenset())) == list(asked_always.phrase_edits(frozenset()))
