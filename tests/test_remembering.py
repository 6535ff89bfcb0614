"""Cleaners that remember lines for the length of a run answer as if they remembered nothing."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cnclean
from cnclean.cleaner import Remembering
from cnclean.cleaners.spam.lexicon import lexicon, triggers
from cnclean.cleaners.spam.trie import alternation, scanner

CLEANERS = [cleaner for cleaner in map(cnclean.build, cnclean.names()) if hasattr(cleaner, "edits_with")]
TOKENS = [
    token
    for name in ("spam", "site-chrome", "whitespace", "mojibake")
    for token in json.loads((Path(__file__).parent / f"tokens/{name}.json").read_text(encoding="utf-8"))
]
LINES = st.lists(st.sampled_from([*TOKENS, "\n", "\n", " "]).map(str), max_size=12)


@pytest.mark.parametrize("cleaner", CLEANERS, ids=lambda cleaner: cleaner.name)
@given(lines=LINES, more=LINES, data=st.data())
def test_a_memory_changes_no_answer(cleaner, lines, more, data):
    remembering = Remembering(cleaner)
    shuffled = data.draw(st.permutations(lines))
    for text in ("".join(lines), cleaner("".join(lines)), "".join(shuffled), "".join(shuffled[:5] + more)):
        assert list(remembering.edits(text)) == list(cleaner.edits(text))
        assert remembering(text) == cleaner(text)


def test_places_of_spam_are_the_same_from_memory():
    draw, prefilter, words = random.Random(3), lexicon().prefilter, sorted(triggers())
    pieces = ("\n", "\n", "字", "\u200b", ".", "中.文.字")

    def text():
        return "".join(draw.choice((draw.choice(words), *pieces)) for _ in range(draw.randrange(30)))

    for _ in range(500):
        before = text()
        lines = before.split("\n")
        draw.shuffle(lines)
        now = "\n".join(lines[: draw.randrange(len(lines) + 1)]) + draw.choice(("", "\n" + text()))
        assert prefilter.places(now, (before, prefilter.places(before))) == prefilter.places(now)


@given(st.lists(st.text("甲乙丙丁ab", min_size=1, max_size=4), max_size=80), st.text("甲乙丙丁ab ", max_size=40))
def test_a_scanner_matches_what_an_alternation_matches(words, text):
    expected = [match.span() for match in re.finditer(alternation(words), text)]
    assert [match.span() for match in re.finditer(scanner(words), text)] == expected
