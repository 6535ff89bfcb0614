"""The tables of class words and cues: every entry proves itself on its own examples."""

from __future__ import annotations

import pytest

from cnclean.html.class_words import says
from cnclean.html.cues import cue_of
from cnclean.html.tree import Element
from cnclean.tables import toml_table

CLASSES = toml_table("html-classes.toml")
CUES = toml_table("html-cues.toml")["cue"]


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


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue["name"])
def test_cues(cue: dict[str, list[str]]) -> None:
    assert [line for line in cue["drop"] if (found := cue_of(line)) is None or found.kind != cue["name"]] == []
    assert [line for line in cue["keep"] if cue_of(line) is not None] == []


def test_cues_are_matched_on_the_folded_line() -> None:
    assert cue_of("發佈日期：2021-03-18") == cue_of("发布日期：2021-03-18")
    assert cue_of("來(lái)源:互聯網") is not None
    assert cue_of("责　任　编　辑：周未") is not None
