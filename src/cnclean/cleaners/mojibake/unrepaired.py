"""What looks broken and was not repaired: flagged, so that a report can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.guard import Family, Window, guards
from cnclean.cleaners.mojibake.lost import LOST
from cnclean.edit import Edit

_RULE = ("mojibake/unrepaired",)
_NOTE = "looks broken, but what it was is not certain enough"
_RUN = re.compile(r"[^\x00-\x7f\ufffd，。、；：？！“”‘’（）《》【】「」『』—…·～]{4,}")
_HAN = r"\u4e00-\u9fff"
_PRIVATE = r"\ue000-\uf8ff"
_ODD = r"\u3105-\u312f", r"\uff61-\uff9f", r"\uac00-\ud7a3"  # Zhuyin, half-width kana, Hangul
_KINDS = _PRIVATE, *_ODD, r"\u3041-\u30fa", r"\u0391-\u0451"  # and kana, Greek and Cyrillic
"""What wrong charsets scatter among Han."""
_ANY_KIND = re.compile(f"[{''.join(_KINDS)}]")
_EACH_KIND = tuple(re.compile(f"[{kind}]") for kind in _KINDS)
_BESIDE_HAN = re.compile(f"[{_HAN}](?:[{''.join(_ODD)}]|[{_PRIVATE}][{_HAN}])|[{''.join(_ODD)}][{_HAN}]")
_SEVERAL_KINDS, _ONE_KIND, _LONG = 850, 1050, 1000
"""Least cost of a character, in hundredths of a nat: sound Chinese stays below 800, with rare names below 1,000."""
_APART = 20  # characters from one hit to the next in text that is lossy from end to end, at most
_SAMPLE = 120  # characters: longer runs are judged by their beginning


def unrepaired_edits(text: str, windows: Iterable[Window]) -> Iterator[Edit]:
    """Yield a flag for each run that mixes scripts as no Chinese text does and is too unlikely to be sound.

    Of a line with too much damage to be looked at thoroughly, whole windows are flagged.
    """
    for start, end, thorough in windows:
        if not thorough:
            if _lossy(text[start:end]):
                yield Edit(start, end, text[start:end], _RULE, "too much damage in one line to seek what was lost")
        elif _ANY_KIND.search(text, start, end):
            for match in _RUN.finditer(text, start, end):
                if _looks_broken(match.group()):
                    yield Edit(*match.span(), match.group(), _RULE, _NOTE)


def _lossy(window: str) -> bool:
    hits = guards().families[Family.UTF8_AS_GBK].findall(window)
    return (len(hits) * _APART >= len(window) or _cost(window[:_SAMPLE]) >= _LONG) and not LOST.search(window)


def _looks_broken(run: str) -> bool:
    kinds = sum(1 for kind in _EACH_KIND if kind.search(run))
    if kinds == 0 or LOST.search(run):
        return False
    cost = _cost(run[:_SAMPLE])
    if kinds > 1:
        return cost >= _SEVERAL_KINDS
    return cost >= _ONE_KIND and bool(_BESIDE_HAN.search(run))


def _cost(text: str) -> float:
    """Return what a character costs on average."""
    return character_model().cost(text) / len(text)
