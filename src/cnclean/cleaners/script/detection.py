"""Which script a text is written in, told by the characters that only one of the two has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from cnclean.cleaners.script.converters import simplified_only, traditional_only
from cnclean.cleaners.script.guard import character_class
from cnclean.errors import require_text

_MINORITY = 0.1
# Forms that the Simplified standards of 1955 and 1965 took from among the variants in use. Old Traditional texts have
# them too, so beside Traditional characters they prove nothing.
_OLD_VARIANTS = frozenset(
    "黄凉遥却烟脚带凄荆携强横衮别摇栖宫迹况麽瑶来笋静争盖韵潜净冲耻厦决没兹踪侣抛羡挂泪将厨减凑谣滋禄换唤飚亘并"
)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_KANA_SHARE = 0.1
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class DetectedScript:
    """The script of a text, and the evidence for it.

    `script` is `"simplified"`, `"traditional"`, `"mixed"` (both, neither a mere quotation) or `"unknown"` (no evidence:
    no Han, only characters that both scripts share, or Japanese). `simplified` and `traditional` count the characters
    that only this script has; `simplified_characters` and `traditional_characters` list them, the most frequent first.
    """

    script: str
    simplified: int
    traditional: int
    simplified_characters: str = ""
    traditional_characters: str = ""

    def __str__(self) -> str:
        return self.script


def detect_script(text: str) -> DetectedScript:
    """Return the script of `text`.

    >>> detect_script("这个软件").script, detect_script("這個軟體").script, detect_script("你好").script
    ('simplified', 'traditional', 'unknown')
    >>> found = detect_script("这个软件，這個軟體")
    >>> found.script, found.simplified_characters, found.traditional_characters
    ('mixed', '这个软', '這個軟體')
    """
    require_text(text)
    ours, theirs = (pattern.findall(text) for pattern in _patterns())
    listed = ("".join(char for char, _ in Counter(found).most_common()) for found in (ours, theirs))
    return DetectedScript(_decide(text, ours, theirs), len(ours), len(theirs), *listed)


def script_of(text: str) -> str:
    """Return the script of `text` alone, in less time.

    >>> script_of("这个软件")
    'simplified'
    """
    simplified, traditional = _patterns()
    ours, theirs = simplified.search(text), traditional.search(text)
    if ours and theirs:
        return _decide(text, simplified.findall(text), traditional.findall(text))
    return _decide(text, [ours[0]] if ours else [], [theirs[0]] if theirs else [])  # one is as good as many


def _decide(text: str, ours: list[str], theirs: list[str]) -> str:
    certain = sum(char not in _OLD_VARIANTS for char in ours) if theirs else len(ours)
    less, more = sorted((certain, len(theirs)))
    kana = len(_KANA.findall(text))
    if not more or (kana and kana > _KANA_SHARE * len(_HAN.findall(text))):
        return "unknown"
    if less > _MINORITY * more and (less > 1 or more == 1):
        return "mixed"
    return "simplified" if certain == more else "traditional"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return character_class(simplified_only()), character_class(traditional_only())
