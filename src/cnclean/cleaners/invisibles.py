"""Invisibles: control, zero-width, direction and variation characters that no reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cnclean.cleaner import Scope
from cnclean.edit import Edit

# Every character that this cleaner looks at: one class of ranges, so that clean text is passed over in C.
_LOOKED_AT = (
    r"\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U000e0000-\U000e0fff"
)
_GUARD = re.compile(f"[{_LOOKED_AT}]")

_PICTURE = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# Letters that a joiner or non-joiner shapes: Arabic to N'Ko, the Indic scripts, Tibetan, Myanmar, Khmer, Mongolian.
_JOINING = (
    r"\u0600-\u061b\u061d-\u0dff\u0f00-\u109f\u1700-\u17b3\u17b6-\u17ff\u1820-\u18af\u1a20-\u1aaf\u1b00-\u1bff"
    r"\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
)
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff"  # Thai, Lao, Myanmar, Khmer: words without spaces
_VARIED = r"\u1000-\u109f\u2200-\u22ff\u2a00-\u2aff\ua840-\ua87f\ua9e0-\uaa7f"  # VS1 means something after these
_HANGUL = r"\u1100-\u115e\u1161-\u11ff\u3131-\u3163\u3165-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7fb\uffa1-\uffdc"

# What stays. Every character that a neighbour is asked for is itself one that is never removed, or one that stays.
_KEEP = re.compile(
    "|".join(
        (
            rf"(?<=[{_PICTURE}])[\ufe0e\ufe0f]",
            rf"(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}][\ufe0e\ufe0f]))\u200d(?=[{_PICTURE}])",
            r"(?<=[0-9#*])[\ufe0e\ufe0f](?=\u20e3)",
            r"(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f",
            rf"(?<=[{_JOINING}])[\u200c\u200d]",
            rf"(?<=[{_UNSPACED}])[\u200b\u17b4\u17b5](?=[{_UNSPACED}])",
            rf"(?<=[{_VARIED}])[\ufe00-\ufe0d]",
            r"(?<=[\u1820-\u18aa])[\u180b-\u180f]",
            r"(?<=[\u0300-\u034e\u0350-\u036f\u0591-\u05f4])\u034f",
            rf"(?<=[{_HANGUL}])[\u115f\u1160\u3164\uffa0]|[\u115f\u1160\u3164\uffa0](?=\u1160?[{_HANGUL}])",
        )
    )
)
# Text between these is shown backwards: sites write it backwards so that it reads well and copies badly.
_BACKWARDS = (
    r"\u202e[ -~\u00a1-\u024f\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3400-\u9fff"
    r"\uff01-\uff60]++\u202c"
)
_MIRRORED = str.maketrans(
    "()<>[]{}（）＜＞［］｛｝《》〈〉「」『』【】〔〕«»‹›", ")(><][}{）（＞＜］［｝{》《〉〈」「』『】【〕〔»«›‹"
)
# What goes, by rule id; the first that fits.
_KIND = re.compile(
    rf"(?P<backwards>{_BACKWARDS})"
    r"|(?P<terminal_escape>\x1b\[[0-9;?]{0,32}[A-Za-z])|(?P<line_break>\r++|[\v\f\x85\u2028\u2029])"
    r"|(?P<control>[\0-\x9f\u206a-\u206f])|(?P<soft_hyphen>\u00ad)|(?P<byte_order_mark>\ufeff)"
    r"|(?P<bidi>[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])|(?P<filler>[\u115f\u1160\u3164\uffa0])"
    r"|(?P<variation_selector>[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef])"
    r"|(?P<surrogate>[\ud800-\udfff])|(?P<object>[\ufff0-\ufffc])|(?P<tag>[\U000e0000-\U000e0fff])|(?P<zero_width>.)"
)
_NOTES = {
    "surrogate": "a lone surrogate: half of a character whose other half is lost",
    "backwards": "written backwards and shown forwards",
}
# Two letters in a row: a word. Chinese emoticons borrow single Arabic letters, and need no direction.
_RIGHT_TO_LEFT = re.compile(r"[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0710-\u07ea\ufb1d-\ufdff\ufe70-\ufefc]{2}")


@dataclass(frozen=True)
class Invisibles:
    r"""Remove what no reader sees, and keep the invisible characters that a script or an emoji needs.

    Control characters, zero-width characters, byte order marks, soft hyphens, direction marks, stray variation
    selectors and tags go; a line break that is no line feed becomes a space, and text that a mark shows backwards is
    written as it is shown. Joiners inside emoji and beside letters that they shape, keycaps, emoji selectors, flags of
    regions and the direction marks of a line with right-to-left words stay. A lone surrogate is flagged and left.
    Scope: line. Idempotent because whether a character stays depends only on neighbours that stay themselves.

    >>> Invisibles()("\ufeff今\u200b天\x05天气\u00ad好👨\u200d👩\u200d👧")
    '今天天气好👨\u200d👩\u200d👧'
    """

    name = "invisibles"
    scope = Scope.LINE
    whole_text = True
    triggers = _LOOKED_AT

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each character or sequence that goes, and a flag for each lone surrogate."""
        for match, kind in _removals(text):
            rule, note = f"invisibles/{kind.replace('_', '-')}", _NOTES.get(kind, "")
            yield Edit(match.start(), match.end(), _new(text, match, kind), (rule,), note)

    def __call__(self, text: str, /) -> str:
        """Return the text without what no reader sees."""
        parts: list[str] = []
        done = 0
        for match, kind in _removals(text):
            start, end = match.span()
            parts += (text[done:start], _new(text, match, kind))
            done = end
        return "".join([*parts, text[done:]]) if parts else text


def _removals(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each character or sequence that goes, or is flagged, and of which kind it is."""
    done = line_end = 0
    has_right_to_left = False
    for found in _GUARD.finditer(text):
        at = found.start()
        if at < done:
            continue
        if keep := _KEEP.match(text, at):
            done = keep.end()
            continue
        match = _KIND.match(text, at)
        assert match is not None  # its last branch takes any character
        done, kind = match.end(), match.lastgroup or ""
        if kind in ("bidi", "backwards"):
            if at >= line_end:
                line_end = text.find("\n", at) + 1 or len(text)
                has_right_to_left = bool(_RIGHT_TO_LEFT.search(text, text.rfind("\n", 0, at) + 1, line_end))
            if has_right_to_left:
                done = at + 1
                continue
        yield match, kind


def _new(text: str, match: re.Match[str], kind: str) -> str:
    if kind == "surrogate":
        return match[0]
    if kind == "backwards":
        return match[0][-2:0:-1].translate(_MIRRORED)
    if kind == "line_break" and not (match[0][0] == "\r" and text[match.end() : match.end() + 1] in ("", "\n")):
        return " "  # not where it only ends the line
    return ""
