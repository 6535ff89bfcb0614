"""Meta lines as fields: what a page says of itself before or after its text."""

from __future__ import annotations

import re

from cnclean.cleaners.site_chrome.page import read_page
from cnclean.view import View, view

_LABELS = {
    "author": "作者|撰文|记者|文(?=[/:])",
    "source": "(?:文章|稿件|信息|新闻|内容)?来源|稿源|出处",
    "date": "(?:发布|发表|更新)?(?:时间|日期)|(?:发布|发表|更新)于",
    "editor": "责任编辑|责编|编辑",
    "views": "(?:浏览|点击|阅读|访问)(?:次数|量|数)?",
    "channel": "频道|栏目|分类",
}
_ANY = "|".join(_LABELS.values())
_DATE_BEGINS = r"(?:19|20)\d\d[-/.年]\d"
_FIELD_END = rf"(?=$|[|)\]】]|\s(?:{_ANY})\s*[:/]|\s{{2}}|(?<=\S)\s{_DATE_BEGINS})"
_FIELD = {
    name: re.compile(rf"(?:^|[\s|(\[【])(?:{label})\s*[:/]?(?<=[:/于])\s*([^|]*?)\s*{_FIELD_END}")
    for name, label in _LABELS.items()
}
_DATE = re.compile(r"\d{4}(?:-|/|\.|年)\d{1,2}(?:-|/|\.|月)\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_LONGEST = 100


def meta_fields(text: str) -> dict[str, str]:
    r"""Return author, source, date, editor, views and channel where the text's own meta lines give them.

    Only short lines that have such a label count, the first of each label wins; values are as the text has them.

    >>> meta_fields("春耕开始了\n来源：山乡周报  作者：王小明 | 2023/8/9 10:20 | 浏览：312\n正文。")
    {'author': '王小明', 'source': '山乡周报', 'date': '2023/8/9 10:20', 'views': '312'}
    """
    found: dict[str, str] = {}
    for line in read_page(text):
        if not line.seen or len(line.seen) > _LONGEST or "。" in line.text:
            continue
        seen = view(line.text)
        labelled = False
        for name, pattern in _FIELD.items():
            match = pattern.search(seen.text)
            if match and match[1]:
                labelled = True
                found.setdefault(name, _covered(line.text, seen, *match.span(1)))
        if labelled and "date" not in found and (date := _DATE.search(seen.text)):
            found["date"] = _covered(line.text, seen, *date.span())
    return {name: found[name] for name in _LABELS if name in found}


def _covered(line: str, seen: View, start: int, end: int) -> str:
    """Return what a span of the view covers in the line, with the annotation behind its last character."""
    return line[seen.offsets[start] : seen.offsets[end]].strip()
