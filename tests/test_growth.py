"""Time grows with the length of a text, not with its square: every cleaner and recipe, on texts made to hurt.

Four times the text may take about four times as long; sixteen times is what a quadratic rule takes. The bound lies
between, times are of the process and not of the clock, a text is as long as it must be for its time to be measured, and
a measurement that fails is taken again.
"""

import gc
import time
from itertools import count, islice

import pytest

import cnclean

SHORTEST, LONGEST = 500, 32_000  # characters of the short text; the long one has four times as many
ENOUGH = 0.004  # seconds
BOUND = 9
TRIES = 4

# Each is repeated to a text of the wanted length; @ stands for a number that is always another one.
PATTERNS = {
    "one line": "春天来了，山里的花都开了。",
    "lines": "春天来了，山里的花都开了。\n",
    "equal short lines": "首页\n",
    "empty lines": "\n",
    "blank lines": " \n",
    "spaces": " ",
    "indented": "\n　　",
    "single characters": "中 国 ",
    "brackets open": "（",
    "brackets": "中(()",
    "nested": "会(hui)（「《",
    "annotations": "會(huì)",
    "ampersands": "&",
    "escaped": "&amp;",
    "escaped inside": "amp;",
    "references": "&#20013;",
    "question marks": "?",
    "backslashes": "\\u4e2d\\",
    "percent": "%E4%BD%A0",
    "digits": "1234567890",
    "commas": "1,2,",
    "commas of Han": "中,",
    "address": "http://a.example/b?c=",
    "domains": "www.a.",
    "cues": "上一篇：下一篇：相关阅读 返回首页 ",
    "cue lines": "上一篇：没有了\n",
    "advert": "加微信领取澳门彩金，",
    "advert lines": "请记住本站域名 www.example.com 最新章节\n",
    "different lines": "第@天，春天来了，山里的花都开了。\n",
    "different short lines": "新闻@\n",
    "different titles again": "第@章 花开\n\n第@章 花开\n花都开了。\n",
    "different clauses": "过了@天，花(hua)开了@朵；",
    "title again": "山里的消息：花开了\n花都开了，人都来了。\n",
    "marks": "e\u0301\u0323",
    "marks only": "\u0301",
    "jamo": "\u1100\u1161",
    "zero width": "\u200b",
    "emoji": "👨\u200d👩\u200d👧",
    "tags": "🏴\U000e0067",
    "controls": "\x1b[",
    "carriage returns": "\r",
    "surrogates": "\ud83d",
    "UTF-8 as latin-1": "ä½\xa0å¥½ï¼\x8c",
    "UTF-8 as GBK": "浣犲ソ锛屼腑鏂囩綉椤",
    "GBK as latin-1": "ÄãºÃ£¬ÖÐÎÄ",
    "GBK as Big5": "斕疑ㄛ笢恅厙珜",
    "lost": "锟斤拷\ufffd",
    "rare": "\ue000樗男Ч_",
    "traditional": "發展頭髮乾隆一齣戲",
    "ambiguous": "干后里发面",
    "kana": "ｶﾞ",
    "Latin": "The quick brown fox, (see a.b). ",
    "letters": "a",
}


NUMBERS = count(10**7)  # never the same twice: what a cache knows from the last text would make a text of it too cheap


def _text(pattern, size):
    if "@" not in pattern:
        return pattern * size
    return "".join(pattern.replace("@", str(number)) for number in islice(NUMBERS, size))


def _seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.fixture(autouse=True)
def _no_collection():
    gc.disable()
    yield
    gc.enable()


def _ratios(work, pattern):
    """Yield how much longer a text of four times the size takes, measured again and again."""
    size = max(1, SHORTEST // len(pattern))
    while size * len(pattern) < LONGEST and _seconds(work, _text(pattern, size)) < ENOUGH:
        size *= 2
    for _ in range(TRIES):
        short = min(_seconds(work, _text(pattern, size)) for _ in range(2))
        yield _seconds(work, _text(pattern, 4 * size)) / max(short, ENOUGH / 4)


def _check(work):
    """Fail with the patterns whose time grows too fast."""
    steep = {}
    for name, pattern in PATTERNS.items():
        seen = []
        for ratio in _ratios(work, pattern):
            seen.append(round(ratio, 1))
            if ratio <= BOUND:
                break
        if min(seen) > BOUND:
            steep[name] = seen
    assert not steep


def _work(cleaner):
    def work(text):
        cleaner(text)
        list(cleaner.edits(text))

    return work


@pytest.mark.slow
@pytest.mark.parametrize("name", cnclean.names())
def test_time_of_a_cleaner_grows_with_the_text(name):
    cleaner = cnclean.build(name)
    cleaner("预热。\n")
    _check(_work(cleaner))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["article"])
def test_time_of_site_chrome_grows_with_the_text(mode):
    _check(_work(cnclean.build("site-chrome", mode=mode)))


@pytest.mark.slow
@pytest.mark.parametrize("recipe", ["web", "corpus", "minimal"])
def test_time_of_a_recipe_grows_with_the_text(recipe):
    pipeline = cnclean.pipeline(recipe)
    pipeline("预热。\n")
    _check(pipeline)
