"""User dictionaries and protected spans of script conversion, the dictionary files, and the kept state."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnclean import opencc_data
from cnclean.cleaners.script import Script
from cnclean.errors import DataError, DataWarning, OptionError, TableError
from cnclean.opencc_data import dictionary, dictionary_names, kept_state, user_dictionary
from cnclean.testing import check_laws

WORDS = {"算法": "演算法", "人工智能": "人工智慧", "云": None, "干净": "潔淨"}


def test_user_words_are_used_as_they_are_written() -> None:
    cleaner = Script("s2tw", dictionary=WORDS)
    assert cleaner("这算法用人工智能，云很干净") == "這演算法用人工智慧，云很潔淨"
    check_laws(cleaner, "这算法用人工智能，云很干净")


def test_a_deleted_phrase_falls_back_to_its_characters() -> None:
    assert Script("t2s")("這裡乾坤") == "这里乾坤"
    assert Script("t2s", dictionary={"乾坤": None})("這裡乾坤") == "这里干坤"


def test_later_entries_win() -> None:
    cleaner = Script("s2tw", dictionary=[{"发包": "發包一"}, ("发包", "發包二")])
    assert cleaner.dictionary == (("发包", "發包二"),)
    assert cleaner("这发包") == "這發包二"


def test_text_and_toml_files_give_the_same(tmp_path: Path) -> None:
    text, toml = tmp_path / "words.txt", tmp_path / "words.toml"
    text.write_text("# mine\n算法\t演算法 算法\n-云\n", encoding="utf-8")
    toml.write_text('delete = ["云"]\n[add]\n"算法" = "演算法"\n', encoding="utf-8")
    assert user_dictionary(str(text)) == user_dictionary(str(toml)) == {"算法": "演算法", "云": None}
    cleaner = Script("s2tw", dictionary=str(text))
    text.unlink()
    assert cleaner == Script("s2tw", dictionary=str(toml))  # read once, when it was made
    assert cleaner("这算法") == "這演算法"


def test_words_that_would_convert_again_are_refused_by_name() -> None:
    with pytest.raises(OptionError, match="体 -> 体这") as caught:
        Script("s2tw", dictionary={"算法": "演算法", "体": "体这"})
    assert "算法" not in str(caught.value)
    assert Script("s2tw", assume="source", dictionary={"体": "体这"})("体") == "体这"


@pytest.mark.parametrize("content", ["算法 演算法\n", "算法\t演算法\n???\n"])
def test_a_broken_line_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TableError, match=r"words\.txt:[12]:"):
        user_dictionary(str(path))


def test_other_mistakes_are_errors(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('[add]\n"x" = "y"\n[more]\n', encoding="utf-8")
    for wrong in (str(bad), str(tmp_path / "absent.txt")):
        with pytest.raises(TableError):
            Script("s2tw", dictionary=wrong)
    for value in (7, {"": "x"}, {"x": 7}):
        with pytest.raises(OptionError):
            Script("s2tw", dictionary=value)


@given(
    words=st.dictionaries(
        st.sampled_from(["算法", "後", "乾", "頭髮", "軟體", "裡", "麵", "為", "乾坤", "A"]),
        st.sampled_from([None, "演算法", "发", "干", "", "里", "X", "軟體", "軟件"]),
        max_size=4,
    ),
    parts=st.lists(st.sampled_from(["算法", "頭髮", "軟體裡", "面", "这", "這", "，", "\n", "乾坤", "A"]), max_size=8),
    config=st.sampled_from(["t2s", "tw2sp"]),
)
def test_no_dictionary_breaks_the_laws(words: dict[str, str | None], parts: list[str], config: str) -> None:
    try:
        cleaner = Script(config, dictionary=words)
    except OptionError:
        return
    check_laws(cleaner, "".join(parts))


def test_protected_spans() -> None:
    quotes = Script("t2s", protect=("quotes",))
    assert quotes("他們說「發現」，與《後來》。") == "他们说「發現」，与《後來》。"
    assert Script("t2s", protect=("code",))("變數 `變數` 與\n```\n變數\n```\n") == "变数 `變數` 与\n```\n變數\n```\n"
    assert Script("t2s")("見 https://zh.example.org/wiki/漢語 與 a@例子.臺灣.tw") == (
        "见 https://zh.example.org/wiki/漢語 与 a@例子.臺灣.tw"
    )
    assert Script("t2s", protect=())("https://zh.example.org/wiki/漢語") == "https://zh.example.org/wiki/汉语"
    assert Script("t2s")("日本語の學校です。這是學校。") == "日本語の學校です。这是学校。"
    assert Script("t2s")("鮮の每日很貴") == "鲜の每日很贵"
    assert Script("t2s", protect_patterns=(r"（[^）]*）",))("發展（發展）") == "发展（發展）"


def test_every_dictionary_is_there_in_the_new_version() -> None:
    assert len(dictionary_names()) == 22
    assert dictionary("STPhrases")["小丑"] == "小丑"  # the installed file says 小醜
    assert "万用手冊" not in dictionary("STPhrases")  # deleted since
    with pytest.raises(DataError, match="STPhrases"):
        dictionary("Klingon")


def test_kept_state_is_verified_and_never_required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opencc_data, "_state_folder", lambda: tmp_path / "state")
    assert kept_state("x", lambda: {"a": 1}) == {"a": 1}
    assert kept_state("x", lambda: {"a": 2}) == {"a": 1}
    (tmp_path / "state" / "x").write_bytes(b"damaged")
    assert kept_state("x", lambda: {"a": 3}) == {"a": 3}
    (tmp_path / "file").write_text("a folder cannot be made here")
    monkeypatch.setattr(opencc_data, "_state_folder", lambda: tmp_path / "file" / "state")
    assert kept_state("x", lambda: {"a": 4}) == {"a": 4}


def test_foreign_dictionary_files_give_one_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opencc_data, "file_digest", lambda name: "0" * 64)
    opencc_data._foreign_dictionaries.cache_clear()
    with pytest.warns(DataWarning, match="STPhrases"):
        opencc_data.candidates("STCharacters")
    assert opencc_data.candidates("STCharacters")["发"] == "發 髮"  # a second warning would be an error here
    opencc_data._foreign_dictionaries.cache_clear()


TOOL = Path(__file__).resolve().parents[1] / "tools" / "build_opencc_delta.py"


@pytest.mark.peers
@pytest.mark.skipif(not TOOL.is_file(), reason="needs the source tree")
def test_committed_delta_is_what_the_tool_builds() -> None:
    """Downloads the source distribution of opencc 1.4.2."""
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
