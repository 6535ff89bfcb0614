"""Mojibake with lost bytes: what can be known is restored, and pages that were changed byte by byte are mended."""

import re
import tomllib
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean.cleaners.mojibake import Mojibake
from cnclean.cleaners.mojibake.stripped_spaces import stripped_spaces
from cnclean.tables import data_file
from cnclean.testing import check_laws
from tests.evaluation import needs_shared, seed
from tests.sentences import SIMPLIFIED

REPAIR = Mojibake()

LOSSY = {
    "utf8-as-gbk-replaced": (lambda t: t.encode().decode("gbk", "replace"), 0.90),
    "utf8-as-gbk-question-mark": (lambda t: t.encode().decode("gbk", "replace").replace("\ufffd", "?"), 0.90),
    "utf8-as-gbk-dropped": (lambda t: t.encode().decode("gbk", "ignore"), 0.85),
    "utf8-as-cp1252-replaced": (lambda t: t.encode().decode("cp1252", "replace"), 0.95),
    "utf8-as-cp1252-dropped": (lambda t: t.encode().decode("cp1252", "ignore"), 0.95),
    "gbk-off-by-one": (lambda t: t.encode("gb18030")[1:].decode("gb18030", "replace"), 0.75),
}


def right(got, text):
    """Return the share of the characters of the text that are there, in order."""
    return sum(b.size for b in SequenceMatcher(None, got, text, autojunk=False).get_matching_blocks()) / len(text)


@pytest.mark.parametrize("name", LOSSY)
def test_most_characters_come_back(name):
    corrupt, floor = LOSSY[name]
    for length in (8, 16):
        windows = [s[i : i + length] for s in SIMPLIFIED for i in range(0, len(s) - length + 1, 2)]
        shares = [right(REPAIR(corrupt(window)), window) for window in windows if "\n" not in corrupt(window)]
        assert sum(shares) / len(shares) >= floor


# Own text; a program has put the reading behind every character of this list, looking for its bytes only.
READINGS = {
    "開": "kāi",
    "會": "huì",
    "數": "shù",
    "務": "wù",
    "驗": "yàn",
    "內": "nèi",
    "國": "guó",
    "學": "xué",
    "實": "shí",
}
PAGE = (
    "學校開會，老師說明實驗的內容。",
    "全國的數學老師都來了，服務很好。",
    "因為它的效果確實很好，大家都談談感想。",
    "我們如何理解這件事的定位，還要看實驗。",
    "學生做了無償的工作，開心地回家。",
)


def annotate(text):
    """Put the reading behind each character of the list, wherever its two bytes stand, and read the bytes as CP936."""
    data = text.encode("gbk")
    out = bytearray()
    i = 0
    pairs = {char.encode("gbk"): f"({reading})".encode("gbk") for char, reading in READINGS.items()}
    while i < len(data):
        if data[i : i + 2] in pairs:
            out += data[i : i + 2] + pairs[data[i : i + 2]]
            i += 2
        else:
            out.append(data[i])
            i += 1
    shown, i = "", 0
    while i < len(out):
        pair = bytes(out[i : i + 2])
        if out[i] < 0x80:
            shown += chr(out[i])
            i += 1
        elif len(pair) == 2 and pair[1] >= 0x40:
            shown += pair.decode("gb18030")  # private-use characters for the cells that CP936 leaves to users
            i += 2
        else:
            shown += "?"  # the lead byte, and what follows is gone with it
            i += 2
    return shown


def test_a_page_annotated_byte_by_byte_is_mended():
    page = "\n".join(map(annotate, PAGE))
    assert "?yàn)" in page, "the annotation fell between two bytes"
    bare = re.sub(r"\([a-zāèéìíòóùǔ\u00e0\u012b\u01d4]+\)", "", REPAIR(page))
    assert bare == "\n".join(PAGE)
    check_laws(REPAIR, page)


def test_without_a_page_of_annotations_nothing_is_known():
    line = annotate(PAGE[2])
    assert not [edit for edit in REPAIR.edits(line) if "mojibake/annotated-bytes" in edit.rules]


def _stripped_rules():
    return tomllib.loads(data_file("mojibake.toml").read_text(encoding="utf-8"))["stripped"]


@pytest.mark.parametrize("rule", _stripped_rules(), ids=lambda rule: rule["was"])
def test_each_rule_of_stripped_spaces(rule):
    (first, second), char = rule["was"], rule["char"]
    data = f"{first}{second}".encode("gb2312")
    assert data[1:3] == b"\xa1\xa1", "the outer bytes must meet across the bytes of a full-width space"
    assert (data[:1] + data[3:]).decode("gb2312") == char
    certain = "" if not rule.get("evidence") else "打好了基矗\n"
    for text in rule["drop"]:
        assert REPAIR(certain + text).endswith(text.replace(char, rule["was"]))
        assert stripped_spaces(text) == 1
    for text in rule["keep"]:
        assert REPAIR("打好了基矗\n" + text).endswith(text)


def test_doubtful_places_need_evidence():
    assert REPAIR("产品占领了市常") == "产品占领了市常"
    assert REPAIR("产品占领了市常\n打下了基矗") == "产品占领了市场。\n打下了基础。"


@given(
    st.lists(
        st.sampled_from(
            [
                "打下基矗",
                "市常",
                "争龋",
                "?yàn)樗",
                "?shù)",
                "數(shù)",
                "驗(yàn)",
                "務(wù)",
                "內(nèi)",
                "實(shí)",
                "開(kāi)",
                "國(guó)",
                "因",
                "\ue3c0男Ч\ue361_",
                "?ldquo;",
                "\ufffd",
                "?",
                "\n",
                "，",
                "浣犲ソ",
                "瓤悸鞘\ufffd",
                "å®\ufffdå",
                "ä½\xa0",
                "锛",
                "涓?",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_laws_on_fragments_of_broken_pages(text):
    check_laws(REPAIR, text)


@needs_shared
def test_the_broken_runs_of_the_first_seed_page():
    text = REPAIR(seed("000"))
    bare = re.sub(r"(?<=[\u4e00-\u9fff])\([^()\s]{1,7}\)", "", text)
    for run in (
        "因為,模型",
        "因為它的效果確實",
        "因為參數模型",
        "如何理解智源研究院的定位“邊界”",
        "談談開源",
        "無償的貢獻",
        "基础。那么",
    ):
        assert run in bare
    assert not re.search("[\ue000-\uf8ff]", text)
