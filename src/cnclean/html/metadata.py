"""What a page declares about itself: title, author, date, site and source, from meta tags, JSON-LD and the byline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cnclean.html.page import Metadata
from cnclean.html.tree import Element

_TITLE = ("og:title", "twitter:title", "title")
_AUTHOR = ("author", "article:author", "og:article:author", "dc.creator", "byl", "weibo:article:author")
_DATE = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "publish_date", "pubtime",
    "publish_time", "og:release_date", "weibo:article:create_at", "dc.date", "apub:time", "date", "firstcreatedate",
)  # fmt: skip
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "sitename")
_SOURCE = ("source", "contentsource", "article:source")
_LD_TYPES = re.compile("Article|Posting|Report|WebPage|Question|CreativeWork")
_LINKED_DATA = re.compile(r"ld\+json", re.IGNORECASE)
_MAX_JSON = 2_000_000

_DATE_TEXT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(1[0-2]|0?[1-9])\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)\s*日?"
    r"(?:[T\s]*([01]?\d|2[0-3])\s*[:：时]\s*([0-5]\d))?"
)
_MAX_NAME = 20
_AUTHOR_TEXT = re.compile(r"(?:^|[\s|【（(])(?:本文)?作\s*者\s*[:：丨|]\s*([^\s|，。；（(）)\]】:：]{2,20})")
_SOURCE_TEXT = re.compile(
    r"(?:^|[\s|\]】）)日\d])(?:文章|信息|新闻|稿件)?来\s*源\s*[:：]\s*([^\s|，。；（(）)\]】:：]{2,20})"
)
_TITLE_END = re.compile(r"\s*[_|｜丨]\s*|\s+[-–—·]+\s+|-{2,}|(?<=[^\x00-\x7f])[-–—](?=[^\x00-\x7f]{2,12}$)")


class Declared:
    """The declarations in the markup of a page, collected in one walk."""

    def __init__(self, root: Element) -> None:
        self.title = ""
        self.headings: set[str] = set()
        self.meta: dict[str, str] = {}
        self.linked: list[dict[str, Any]] = []
        for element in root.walk():
            if element.tag == "title" and not self.title:
                self.title = " ".join(element.text().split())
            elif element.tag == "h1":
                self.headings.add("".join(element.text().split()))
            elif element.tag == "meta":
                self._read_meta(element.attributes)
            elif element.tag == "script" and element.mentions(_LINKED_DATA):
                self.linked.extend(_linked_data(element.text()))

    def _read_meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        content = " ".join(attributes.get("content", "").split())
        if name and content:
            self.meta.setdefault(name.strip().lower(), content)

    def first(self, names: Iterable[str]) -> str | None:
        """Return the content of the first meta tag of `names` that has one."""
        return next((self.meta[name] for name in names if name in self.meta), None)

    def linked_text(self, key: str) -> str | None:
        """Return the text or the name under `key` in the first JSON-LD object that has it."""
        for item in self.linked:
            value = item.get(key)
            value = value[0] if isinstance(value, list) and value else value
            value = value.get("name") if isinstance(value, dict) else value
            if isinstance(value, str) and value.strip():
                return " ".join(value.split())
        return None

    def headline(self) -> str:
        """Return the title without the name of the site: the part that is a heading, else the first."""
        full = self.first(_TITLE) or self.linked_text("headline") or self.title
        parts = [part.strip() for part in _TITLE_END.split(full) if part.strip()]
        return next((part for part in parts if "".join(part.split()) in self.headings), parts[0] if parts else "")

    def metadata(self, lines: Iterable[str]) -> Metadata:
        """Return the metadata; what the markup does not declare is looked for in the byline among `lines`."""
        author = self.first(_AUTHOR) or self.linked_text("author")
        date = _iso_date(self.first(_DATE)) or _iso_date(self.linked_text("datePublished"))
        source = self.first(_SOURCE)
        for line in lines:
            author = author or _found(_AUTHOR_TEXT, line)
            source = source or _found(_SOURCE_TEXT, line)
            date = date or _iso_date(line)
        site = self.first(_SITE) or self.linked_text("publisher")
        return Metadata(self.headline(), author, date, site, source)


def _found(pattern: re.Pattern[str], line: str) -> str | None:
    found = pattern.search(line)
    return found[1] if found else None


def _iso_date(text: str | None) -> str | None:
    """Return the first date in a text in ISO form.

    >>> _iso_date("2024年5月7日 08:05 来源：本站")
    '2024-05-07T08:05'
    """
    found = _DATE_TEXT.search(text) if text else None
    if found is None:
        return None
    year, month, day, hour, minute = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    return date if hour is None else f"{date}T{int(hour):02}:{minute}"


def _linked_data(source: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD script that describe a page or what is on it; nothing if it is no JSON."""
    if len(source) > _MAX_JSON:
        return
    try:
        stack: list[Any] = [json.loads(source.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            if _LD_TYPES.search(str(item.get("@type"))):
                yield item
            stack.append(item.get("@graph"))
