"""Markup cut into tags and text: linear in the length of the page, total on every str, the same on every Python.

The standard `html.parser` is none of the three: unclosed comments cost it quadratic time, `<![0` makes it raise, and
its treatment of comments and scripts changes between patch versions. The grammar here is the tokenizer of the HTML
standard with its error recovery, cut down to what a page's text depends on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from html import unescape

# Quotes count only after "=", a tag that runs into the next "<" ends there, an unclosed quote runs to the end of the
# page: the pattern never fails once a name was seen and never gives a character back, hence linear time.
_TAG = re.compile(r"</?([a-zA-Z][^\s/<>]*)((?>[^<>=]++|=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?)*+)(>?)")
_BARE_TAG = re.compile(r"</?([a-zA-Z][^\s/<>]*)([^<>]*)(>?)")
_ATTRIBUTE = re.compile(r"([^\s=/\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^\s>]*)))?")
_HUGE_REFERENCE = re.compile(r"&#[0-9]{8,}+;?|&#[xX][0-9a-fA-F]{8,}+;?")

RAW_TEXT = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content is no markup: it ends at their own end tag only."""


class Kind(IntEnum):
    """What a token is."""

    TEXT = 0
    START = 1
    END = 2


Token = tuple[Kind, str, str, int]
"""A piece of markup: its kind, the lower-case name of a tag, text or attributes as written, and where it starts."""


def tokens(html: str) -> Iterator[Token]:
    """Yield the tags and texts of a page in order; comments, declarations and instructions are passed over.

    The content of a raw text element (script, style, …) is one text token. Entities are left as they are.

    >>> [source for kind, name, source, start in tokens("<p class=a>春<!-- x -->晓</p>") if kind is Kind.TEXT]
    ['春', '晓']
    """
    at, end = 0, len(html)
    pattern, comments = _TAG, True
    while at < end:
        less = html.find("<", at)
        if less < 0:
            less = end
        if less > at:
            yield Kind.TEXT, "", html[at:less], at
        if less == end:
            return
        tag = pattern.match(html, less)
        if tag is None:
            if html.startswith("<!--", less):
                close = html.find("-->", less + 2) if comments else -1
                comments = close >= 0
                at = close + 3 if comments else _after(html, ">", less)
            elif html.startswith(("<!", "<?", "</"), less):
                at = _after(html, ">", less)
            else:
                yield Kind.TEXT, "", "<", less
                at = less + 1
            continue
        if not tag[3] and tag.end() == end and pattern is _TAG:
            pattern, at = _BARE_TAG, less  # a quote that never closes: from here on quotes mean nothing
            continue
        name, at = tag[1].lower(), tag.end()
        if html[less + 1] == "/":
            yield Kind.END, name, "", less
            continue
        yield Kind.START, name, tag[2], less
        if name in RAW_TEXT:
            close = _end_of_raw_text(html, name, at)
            if close > at:
                yield Kind.TEXT, name, html[at:close], at
            at = close


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return found + 1 if found >= 0 else len(html)


def _end_of_raw_text(html: str, name: str, start: int) -> int:
    close = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, start)
    return close.start() if close else len(html)


def attributes(source: str) -> dict[str, str]:
    """Return the attributes in the source of a start tag: lower-case names, decoded values, the first of doubles.

    >>> attributes(' class="a b" HIDDEN title=春')
    {'class': 'a b', 'hidden': '', 'title': '春'}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), decoded(double or single or bare))
    return found


def decoded(source: str) -> str:
    """Return text with its character references decoded; a number beyond Unicode becomes U+FFFD.

    >>> decoded("&ldquo;春&#x6653;&rdquo; &amp;lt;")
    '“春晓” &lt;'
    """
    if "&" not in source:
        return source
    if "&#" in source:
        source = _HUGE_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", source)
    return unescape(source)
