"""How much a line reads like prose: its weight, from nothing but the line.

The constants were tuned on one half of the labelled pages and checked on the other half (`benchmarks/chrome.py`).
"""

from __future__ import annotations

import re

from cnclean.cleaners.site_chrome.page import Line

_SHORT = 20
_HEADLINE = 40
LEAST_PROSE = 40
"""A line without a full stop is prose from this weight on, which none has that is not so long."""
_LABEL = -3
_DATED_LABEL = -5
_ROW = -10
_DATE_ALONE = -60
_MANY_PARTS = 5

_PAUSE = re.compile("[，。！？；：、…,;!?]")
_END = re.compile("[。！？!?…]")
_SENTENCE = re.compile("[。！？!?]")
_CLOSED = '。！？!?…”"」’：:；;，、'
_DATE = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}:\d{2}")
_DATE_ONLY = re.compile(
    r"(?:(?:19|20)?\d\d[-/.])?\d{1,2}[-/.]\d{1,2}(?:\d{1,2}:\d{2}(?::\d{2})?)?|\d{4}年.{3,6}\d{1,2}:\d{2}.*"
)
_DATED_ROW = re.compile(r"\W.*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日? ?\d{1,2}:\d\d")
_BETWEEN_PARTS = re.compile(r"[\s|·•丨]+")
_HAN = re.compile("[\u3400-\u9fff]")


def weigh(line: Line) -> int:
    """Return how much a line speaks for (> 0) or against (< 0) running text: about its length if it is prose."""
    text, size = line.text, line.size
    if _DATE_ONLY.fullmatch(line.tight):
        return _DATE_ALONE
    if "。" not in text:
        if _is_row_of_links(text):
            return -size // 2 - 5
        if _DATED_ROW.match(line.seen):
            return _ROW
    if not _PAUSE.search(text):
        return _DATED_LABEL if _DATE.search(text) else _LABEL
    if text[-1] not in _CLOSED:
        if not _HAN.search(text) and text[-1] != ".":
            return _LABEL
        if size < _HEADLINE:
            return -2
        if not _SENTENCE.search(text):
            return size // 2
    return size if size >= _SHORT or _END.search(text) else size // 2


def is_prose(line: Line) -> bool:
    """Whether a line is running text beyond doubt: no headline, no label, no row of links."""
    if "。" in line.text:
        return True
    # What is short or has no pause in it weighs less; to ask for that first is much cheaper.
    return may_be_prose(line.text) and bool(_PAUSE.search(line.text)) and weigh(line) >= LEAST_PROSE


def may_be_prose(text: str) -> bool:
    """Whether a line could be running text by its length: a quick look, before the line is weighed."""
    return len(text) >= LEAST_PROSE or "。" in text


def weightless(line: Line) -> bool:
    """Whether a line does not speak for running text, so that the best stretch stays the best without it."""
    return weigh(line) <= 0


def has_sentence(line: Line) -> bool:
    """Whether a line holds the end of a sentence."""
    return bool(_SENTENCE.search(line.text))


def is_dated(line: Line) -> bool:
    """Whether a short line holds a date or a time: a meta line, no title and no caption."""
    return line.size < _HEADLINE and bool(_DATE.search(line.text))


def _is_row_of_links(text: str) -> bool:
    """Whether a line without a full stop is many headlines or links in a row: parts between spaces, or dates."""
    parts = _BETWEEN_PARTS.split(text)
    if len(parts) >= _MANY_PARTS and sum(len(_HAN.findall(part)) > 1 for part in parts) >= _MANY_PARTS:
        return True
    return len(_DATE.findall(text)) > 1
