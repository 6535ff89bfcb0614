"""The tables of class words and cues: every entry proves itself on its own examples."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.site_chrome.cues import cues
from cnclean.html.class_words import says
from cnclean.html.cues import cues_of, own_cue, rules, shared_cues
from cnclean.html.tree import Element
from cnclean.tables import toml_table
from tests.strategies import mixtures

CLASSES = toml_table("html-classes.toml")
TABLE = toml_table("html-cues.toml")
CUES = TABLE["cue"]


def named(name: str) -> Element:
    return Element("div", f' class="{name}"')


@pytest.mark.parametrize("group", CLASSES["chrome"], ids=lambda group: group["name"])
def test_class_words(group: dict[str, list[str]]) -> None:
    assert [name for name in group["drop"] if says(named(name)).kind != group["name"]] == []
    assert [name for name in group["keep"] if says(named(name)).kind == group["name"]] == []
    assert len(group["words"]) == len(set(group["words"]))


def test_content_words() -> None:
    assert all(says(named(name)).content for name in CLASSES["content"]["match"])
    assert not any(says(named(name)).content for name in CLASSES["content"]["other"])


def test_words_of_threads() -> None:
    assert says(named("comment-item")).post
    assert says(named("comment-content")).post_body
    assert says(named("topicDetail")).thread
    assert not says(named("topical-text")).post


def kinds_of(lines: list[str]) -> list[str | None]:
    found = cues_of(lines)
    return [found[line].kind if line in found else None for line in lines]


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["name"])
def test_cues_that_count_on_a_page_only(cue: dict[str, list[str]]) -> None:
    assert kinds_of(cue["drop"]) == [cue["kind"]] * len(cue["drop"])
    assert kinds_of(cue["keep"]) == [None] * len(cue["keep"])
    assert shared_cues(cue["drop"]) == {}, "site-chrome.toml knows this line"


@pytest.mark.parametrize("shared", TABLE["shared"], ids=lambda shared: shared["name"])
def test_cues_shared_with_the_cleaner(shared: dict[str, list[str]]) -> None:
    assert {line: kind for line, (kind, _) in shared_cues(shared["drop"]).items()} == dict.fromkeys(
        shared["drop"], shared["name"]
    )
    assert kinds_of(shared["keep"]) == [None] * len(shared["keep"])


def test_every_kind_of_site_chrome_is_shared_or_left_out_for_a_reason() -> None:
    known = {cue.kind for cue in cues()} | {"menu"}
    named = [kind for shared in TABLE["shared"] for kind in shared["kinds"]]
    assert len(named) == len(set(named))
    assert known - set(named) == {"counter", "related-row"}  # rows of figures and headlines: lists show themselves
    assert set(named) <= known


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["name"])
def test_no_word_lies_in_another(cue: dict[str, list[str]]) -> None:
    starts, anywhere = cue.get("starts", []), cue.get("anywhere", [])
    assert [(word, other) for word, other in permutations(starts, 2) if word.startswith(other)] == []
    assert [(word, other) for word in [*starts, *anywhere] for other in anywhere if other in word != other] == []


def test_heads_of_lists() -> None:
    heads = TABLE["heads"]
    assert all(cues_of([line])[line].head for line in heads["drop"])
    assert not any(cue.head for cue in cues_of(heads["keep"]).values())
    words = heads["words"].split()
    assert [(word, other) for word, other in permutations(words, 2) if word.startswith(other)] == []
    assert len(cues_of(words)) == len(words), "a head that is no cue"


def test_cues_are_matched_on_the_folded_line() -> None:
    assert kinds_of(["發佈日期：2021-03-18", "发布日期：2021-03-18"]) == ["meta", "meta"]
    assert kinds_of(["來(lái)源:互聯網", "责　任　编　辑：周未"]) == ["meta", "credit"]


def test_rows_of_figures_say_nothing() -> None:
    assert cues_of(["12", "0/200", "+", "财经", "", "一" * 400, "两\n行"]) == {}


@given(st.lists(mixtures("site-chrome"), max_size=6))
def test_each_line_is_judged_alone(lines: list[str]) -> None:
    alone = {line: cue for each in lines for line, cue in cues_of([each]).items()}
    assert cues_of(lines) == alone


@given(mixtures("site-chrome"))
def test_one_look_finds_what_any_entry_matches(line: str) -> None:
    assert (own_cue(line) is not None) == any(rule.match(line) is not None for rule in rules())
