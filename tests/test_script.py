"""Script conversion: OpenCC's own expectations, the laws over all dictionary entries, what the guard leaves."""

from __future__ import annotations

import json
import random
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.script import Script
from cnclean.cleaners.script.chain import CONFIGS, Chain, ConfigName, build_chain
from cnclean.cleaners.script.converters import engine, guard
from cnclean.cleaners.script.detection import detect_script
from cnclean.edit import apply_edits
from cnclean.errors import OptionError, UnknownNameError
from cnclean.opencc_data import candidates, dictionary, dictionary_names
from cnclean.testing import check_laws
from tests.evaluation import EVALUATION, needs_shared, records
from tests.strategies import tokens

TOKENS = tokens("script")
all_configs = pytest.mark.parametrize("config", CONFIGS)


def entries() -> list[str]:
    """Every key and value of every dictionary."""
    pairs = (pair for name in dictionary_names() for pair in candidates(name).items())
    return sorted({word for key, values in pairs for word in (key, *values.split())})


ENTRIES = entries()


def opencc_checks() -> list[tuple[str, str, str]]:
    """Input, config and expected output of every test case of OpenCC."""
    cases = json.loads((EVALUATION / "script" / "opencc_1.4.2_testcases.json").read_text(encoding="utf-8"))["cases"]
    return [(case["input"], config, want) for case in cases for config, want in case["expected"].items()]


def mixtures(count: int, seed: int) -> list[str]:
    """Strings of dictionary entries with punctuation, description sequences and kana between."""
    draw = random.Random(seed)
    glue = ["", "", "", "，", "。", " ", "\n", "⿰", "の", "A", "😀"]
    return ["".join(draw.choice(ENTRIES) + draw.choice(glue) for _ in range(draw.randint(1, 6))) for _ in range(count)]


def violations(cleaner: Script, texts: list[str]) -> list[str]:
    """The texts on which a second run changes something."""
    results = ((text, cleaner(text)) for text in texts)
    return [text for text, result in results if result != text and cleaner(result) != result]


def test_every_configuration_can_be_asked_for() -> None:
    assert get_args(ConfigName) == tuple(CONFIGS)


@needs_shared
def test_source_mode_meets_every_expectation_of_opencc() -> None:
    checks = opencc_checks()
    assert len(checks) == 556
    wrong = [c for c in checks if Script(c[1], assume="source", segment="opencc")(c[0]) != c[2]]
    assert wrong == []


@needs_shared
def test_weighted_words_keep_every_expectation_and_mend_what_users_reported() -> None:
    checks = [
        c for c in opencc_checks() if not ("著" in c[0] and c[1] in ("t2s", "hk2s"))
    ]  # there 着 is written, see below
    assert [c for c in checks if Script(c[1], assume="source")(c[0]) != c[2]] == []
    reported = records("script/cross_word_cases")
    norms = str.maketrans("臺佈", "台布")
    s2tw = Script("s2tw", assume="source")
    right = sum(s2tw(row["input"]).translate(norms) == row["s2tw"].translate(norms) for row in reported)
    assert right >= 0.8 * len(reported)  # OpenCC itself: 26 %


@pytest.mark.parametrize("config", ["t2s", "hk2s", "hk2sp", "tw2s"])
def test_the_particle_is_written_as_simplified_text_writes_it(config: str) -> None:
    text = "她看著窗外，意味著什麼？這部著作很著名，效果顯著。"
    assert Script(config)(text) == "她看着窗外，意味着什么？这部著作很著名，效果显著。"
    assert Script("t2s", segment="opencc")("她看著窗外的風") == "她看著窗外的风"


@needs_shared
def test_detection_is_right_on_human_lines() -> None:
    for script in ("traditional", "simplified"):
        found = [detect_script(row[script]).script for row in records("script/human_traditional_lines")]
        with_evidence = [one for one in found if one != "unknown"]
        assert with_evidence.count(script) >= 0.995 * len(with_evidence)
        assert len(with_evidence) >= 0.95 * len(found)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "unknown"),
        ("你好", "unknown"),
        ("これは學校です", "unknown"),
        ("这是网页", "simplified"),
        ("這是網頁", "traditional"),
        ("这是网页，這是網頁", "mixed"),
        ("却話巴山夜雨時，逍遥於無窮", "traditional"),
    ],
)
def test_detection(text: str, script: str) -> None:
    assert detect_script(text).script == script


@all_configs
def test_engine_equals_the_definition(config: str) -> None:
    exact: Chain = build_chain(config, dictionary)
    fast = engine(config, "opencc")
    for text in mixtures(300, seed=1):
        assert fast.convert(text) == exact.convert(text)
        assert apply_edits(text, fast.edits(text)) == exact.convert(text)


@all_configs
def test_twice_is_once_on_a_sample_of_entries(config: str) -> None:
    assert violations(Script(config), ENTRIES[::10]) == []
    assert violations(Script(config), mixtures(300, seed=2)) == []


@pytest.mark.slow
@all_configs
def test_twice_is_once_on_every_entry_and_200_000_pairs(config: str) -> None:
    draw = random.Random(3)
    pairs = [draw.choice(ENTRIES) + draw.choice(ENTRIES) for _ in range(200_000)]
    assert violations(Script(config), ENTRIES) == []
    assert violations(Script(config), pairs) == []
    assert violations(Script(config), mixtures(20_000, seed=4)) == []


@all_configs
def test_evidence_never_comes_out(config: str) -> None:
    source = guard(config).source
    everything = "\n".join(ENTRIES)
    assert not source.search(engine(config, "opencc").convert(everything))
    assert not source.search(engine(config, "weighted").convert(everything))


@given(
    config=st.sampled_from(sorted(CONFIGS)),
    parts=st.lists(st.one_of(st.sampled_from(TOKENS), st.sampled_from(ENTRIES), st.text(max_size=3)), max_size=12),
)
def test_laws_hold_on_any_text(config: str, parts: list[str]) -> None:
    check_laws(Script(config), "".join(parts))


@given(
    parts=st.lists(st.one_of(st.sampled_from(TOKENS), st.sampled_from(ENTRIES)), max_size=12),
    cleaner=st.sampled_from(
        [
            Script("s2twp", protect=("quotes", "code"), protect_words=("发", "軟體"), protect_patterns=("里.", "^发")),
            Script("tw2sp", protect=(), protect_patterns=("(?<=實).", "檔.?")),
        ]
    ),
)
def test_laws_hold_with_protected_spans(parts: list[str], cleaner: Script) -> None:
    check_laws(cleaner, "".join(parts))


@given(st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=3)), max_size=12), st.sampled_from(sorted(CONFIGS)))
def test_source_mode_is_explained_and_never_raises(parts: list[str], config: str) -> None:
    cleaner = Script(config, assume="source", segment="opencc")
    text = "".join(parts)
    assert apply_edits(text, cleaner.edits(text)) == cleaner(text)


@needs_shared
@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2twp", "s2hk"])
def test_human_traditional_text_stays(config: str) -> None:
    lines = [record["traditional"] for record in records("script/human_traditional_lines")]
    changed = sum(Script(config)(line) != line for line in lines)
    assert changed <= 0.003 * len(lines)


@needs_shared
@pytest.mark.parametrize("config", ["t2s", "tw2s", "hk2s", "tw2sp"])
def test_simplified_text_stays(config: str) -> None:
    lines = [record["simplified"] for record in records("script/human_traditional_lines")]
    changed = sum(Script(config)(line) != line for line in lines)
    assert changed <= 0.003 * len(lines)


def test_offsets_are_right_where_phrases_change_length() -> None:
    text = "这些软件，在厄瓜多尔。"
    edits = list(Script("s2twp").edits(text))
    assert apply_edits(text, edits) == Script("s2twp")(text) == "這些軟體，在厄瓜多。"
    assert [(text[e.start : e.end], e.new) for e in edits] == [("这", "這"), ("软件", "軟體"), ("尔", "")]
    assert {rule for e in edits for rule in e.rules} == {"script/s2twp"}


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="s2tw"):
        Script("s2twn")
    with pytest.raises(UnknownNameError):
        Script(assume="target")
    with pytest.raises(UnknownNameError):
        Script(segment="jieba")
    with pytest.raises(UnknownNameError, match="url"):
        Script(protect=("urls",))
    with pytest.raises(OptionError, match="regular expression"):
        Script(protect_patterns=("(",))


def test_source_mode_gives_a_reason_against_pipelines() -> None:
    assert "not idempotent" in Script(assume="source").pipeline_refusal
    assert Script().pipeline_refusal == ""


def test_a_long_line_without_sync_points_takes_linear_time() -> None:
    for text in ("干" * 300_000, "⿰" * 300_000, "发" * 300_000, "发發" * 150_000):
        cleaner = Script("s2twp")
        assert len(cleaner(text)) == len(text)
