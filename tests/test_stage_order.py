"""The order of the stages is a law: what a later stage would destroy, an earlier one has used as evidence."""

import ftfy.bad_codecs  # noqa: F401 - registers sloppy-windows-1252
import pytest

import cnclean

# Their bytes hold C1 controls, NEL (0x85), NBSP (0xA0) and soft hyphens (0xAD) when misread as a single-byte page.
SENTENCES = (
    "院子里的梧桐树已经很老了，春天还是会发芽。",
    "他把旧照片放进抽屉，慢慢地合上了相册。",
    "图书馆里很安静，只有翻书的声音。",
    "医生说，他的病已经好了，明天就可以出院。",
    "节日的夜里，广场上挤满了看烟花的人。",
    "邮局门口排着长队，大家都在寄年货。",
    "河水慢慢上涨，渔船出港！",
    "老师把故事讲给孩子们听！",
)
TRADITIONAL = ("圖書館裡很安靜，只有翻書的聲音。", "他把舊照片放進抽屜，慢慢地合上了相冊。")
CONFUSIONS = [
    ("utf-8", "latin-1"),
    ("utf-8", "sloppy-windows-1252"),
    ("utf-8", "gb18030"),
    ("gb18030", "latin-1"),
    ("gb18030", "sloppy-windows-1252"),
]


def _break(text, true, wrong):
    return text.encode(true).decode(wrong)


def test_the_samples_hold_the_evidence_that_later_stages_remove():
    broken = "".join(_break(sentence, "utf-8", "latin-1") for sentence in SENTENCES)
    assert {"\x85", "\xa0", "\xad"} <= set(broken)
    assert any("\x80" <= char < "\x9f" for char in broken)


@pytest.mark.parametrize(("true", "wrong"), CONFUSIONS, ids=["-as-".join(pair) for pair in CONFUSIONS])
@pytest.mark.parametrize("recipe", ["web", "minimal", "corpus"])
def test_broken_sentences_come_whole_through_a_recipe(true, wrong, recipe):
    lossless = [s for s in SENTENCES if _survives(s, true, wrong)]
    assert lossless
    for sentence in lossless:
        assert cnclean.clean(_break(sentence, true, wrong), recipe) == sentence
    document = "\n".join(_break(sentence, true, wrong) for sentence in lossless) + "\n"
    assert cnclean.clean(document, recipe) == "\n".join(lossless) + "\n"


@pytest.mark.parametrize("sentence", TRADITIONAL)
def test_a_broken_traditional_sentence_is_repaired_before_its_script_is_converted(sentence):
    broken = _break(sentence, "big5hkscs", "sloppy-windows-1252")
    assert cnclean.clean(broken) == sentence
    assert cnclean.clean(broken, "corpus") == cnclean.clean(sentence, "corpus") != sentence


def test_a_broken_sentence_among_sound_lines():
    broken = _break(SENTENCES[0], "utf-8", "sloppy-windows-1252")
    text = f"{SENTENCES[1]}\r\n{broken}\r\n{SENTENCES[2]}\r\n"
    assert cnclean.clean(text) == f"{SENTENCES[1]}\n{SENTENCES[0]}\n{SENTENCES[2]}\n"


def test_annotations_are_stripped_before_the_script_is_converted():
    text = "展會(huì)發(fā)布了新書(shū)，會(huì)場(chǎng)來(lái)了很多人，發(fā)布會(huì)後(hòu)來(lái)賓合影。"
    assert "(" not in cnclean.clean(text, "corpus")
    assert "发布会后来宾合影" in cnclean.clean(text, "corpus")


def test_radicals_are_mended_before_the_script_is_converted():
    assert cnclean.clean("⻑⻔⾥的⾵景。", "corpus") == "长门里的风景。"


def _survives(sentence, true, wrong):
    """Whether no byte of the sentence is lost on the way."""
    return (
        _break(sentence, true, wrong).encode(wrong).decode(true) == sentence
        if _decodable(sentence, true, wrong)
        else False
    )


def _decodable(sentence, true, wrong):
    try:
        _break(sentence, true, wrong).encode(wrong)
    except UnicodeError:
        return False
    return True
