"""How likely a text is as Chinese: the small statistical model behind mojibake repair and charset detection.

The model is a cost in hundredths of a nat: low for text that Chinese readers write, high for what a wrong charset makes
of it. Characters fall into kinds (Han, CJK punctuation, Latin letters, ...); entering a kind, staying in it, and the
character within it each cost something. Han characters cost what the words of a large word list say, pairs included.
Traditional characters count as their Simplified forms, so that one table serves both scripts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cnclean.opencc_data import dictionary, simplified_characters
from cnclean.tables import pair_table

LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkl"
"""Letters of the levels in `character-model.txt`."""
LEVEL_STEP = 50
"""Cost of one level, in hundredths of a nat."""

_MOST_KEPT = 200_000  # characters: hostile text holds every code point
_CLEAR = 2  # characters of one script more than of the other
_RARE_HAN = 1500  # a unified ideograph that the word list does not have


class Kind(NamedTuple):
    """A kind of character: what it costs to enter it, to stay in it, and a character of average frequency in it."""

    name: str
    enter: int
    stay: int
    char: int


# Rounded from counts over Chinese web text (the share of each change of kind, the number of characters in use).
_HAN = Kind("han", 100, 10, _RARE_HAN)
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"[\u4e00-\u9fff]", _HAN),
    (r"[a-zA-Z]", Kind("letter", 350, 20, 390)),
    (r"[0-9]", Kind("digit", 350, 80, 230)),
    (r"[\t\n \u3000]", Kind("space", 250, 390, 50)),
    (r"[!-~]", Kind("mark", 400, 150, 300)),
    (r"[，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～]", Kind("punctuation", 230, 320, 400)),
    (r"[\uff01-\uff5e\uffe5]", Kind("full-width", 850, 130, 450)),
    (r"[\u3040-\u30ff\u31f0-\u31ff]", Kind("kana", 1100, 30, 450)),
    (r"[\uac00-\ud7a3]", Kind("hangul", 1100, 30, 780)),
    (r"[\u0370-\u052f]", Kind("greek-cyrillic", 1100, 50, 420)),
    (r"[\u3100-\u312f\u31a0-\u31bf]", Kind("zhuyin", 1100, 50, 370)),
    (r"[\u00c0-\u024f]", Kind("latin", 700, 200, 460)),
    (r"[\u2600-\u27bf\U0001f000-\U0001faff]", Kind("symbol", 700, 200, 650)),
    (r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff\ud800-\udfff]", Kind("broken", 1200, 900, 700)),
    (r"[\u2e80-\u2fd5\u3400-\u4dbf\uf900-\ufaff\U00020000-\U0003ffff]", Kind("rare-han", 1000, 700, 1000)),
)
_OTHER = Kind("other", 700, 200, 700)
_SORTER = re.compile("|".join(f"({pattern})" for pattern, _ in _KINDS))
_HANGUL = (
    "이다는을의에가고하지로한기도사은나그를리어서인라자해게시아정일대여있전부수들보상장오제원없만무소주했유으과안구스"
    "비공와조면생미마세람히경신말모위바적우트성거할내때니러방르저선같국가학관연실중야려것요분발음야회드민입않치식화운업"
    "개연당물계명반배차천출레양청강영산불태행심김동금결파력역현권살작진설습출교류속법보후통건따직단본통문합간재"
)
"""The commonest syllables of Korean, which damage does not prefer."""
_USUAL = dict.fromkeys(_HANGUL, 430) | {
    "，": 60,
    "。": 140,
    "、": 270,
    ".": 140,
    ",": 150,
    "-": 230,
    "/": 310,
    " ": 0,
    "\n": 0,
    "\ufffd": 900,
}


_Entry = tuple[Kind, int, int, str, dict[str, int], int]
"""What the model knows of one character: its kind; what it costs where it begins a stretch of its kind, and within one;
how it counts; what the characters cost that are known to follow it; and what other Han cost more behind it. A plain
tuple, for every character of a text is looked up."""
_NO_PAIRS: dict[str, int] = {}


class CharacterModel(dict[str, _Entry]):
    """The model, loaded once by `character_model`; a mapping of the characters met so far.

    >>> model = character_model()
    >>> model.cost("今天天气很好") < model.cost("浠婂ぉ澶╂皵寰堝ソ")
    True
    """

    def __init__(self) -> None:
        super().__init__()
        self._simplified = simplified_characters()
        self._japanese = dictionary("JPShinjitaiCharacters")
        self._listed = pair_table("character-model.txt")
        self._weights = _Weights(self)
        for char, row in self._listed.items():
            occurs, begins, ends = (LEVELS.index(letter) * LEVEL_STEP for letter in row[:3])
            pairs: dict[str, int] = {}
            level = 0
            for successor in row[3:]:
                if successor in LEVELS:
                    level = LEVELS.index(successor) * LEVEL_STEP
                else:
                    pairs[successor] = level
            self[char] = _HAN, begins + _HAN.enter, begins, char, pairs, ends
            self._weights[char] = occurs + _HAN.stay

    def __missing__(self, char: str) -> _Entry:
        """Return and keep the entry of a character that is not in the table."""
        folded = self._japanese.get(char, char)
        folded = self._simplified.get(ord(folded), folded) if len(folded) == 1 else char
        entry = self[folded] if folded in self._listed else _unlisted(char)
        if len(self) < _MOST_KEPT:
            self[char] = entry
        return entry

    def inventory(self, traditional: bool) -> list[str]:
        """Return the Han characters that the model knows well, as one of the two scripts writes them."""
        forms = {code: new for code, new in self._simplified.items() if 0x4E00 <= code < 0xA000 and new in self._listed}
        if not traditional:
            return [char for char in self._listed if ord(char) not in forms]
        replaced = set(forms.values())
        return [*(char for char in self._listed if char not in replaced), *map(chr, forms)]

    def cost(self, text: str, before: str = "。") -> int:
        """Return the cost of `text`, in hundredths of a nat, after the character `before`."""
        last, _, _, _, pairs, ends = self[before]
        total = 0
        for kind, enter, stay, folded, next_pairs, next_ends in map(self.__getitem__, text):
            if kind is not last:
                total += enter
                last = kind
            elif kind is _HAN:
                total += pairs.get(folded, stay + ends)
            else:
                total += stay
            pairs, ends = next_pairs, next_ends
        return total

    def after(self, last: str, char: str) -> int:
        """Return the cost of one character after another: `cost(char, last)`, quicker."""
        before, _, _, _, pairs, ends = self[last]
        kind, enter, stay, folded, _, _ = self[char]
        if kind is not before:
            return enter
        return pairs.get(folded, stay + ends) if kind is _HAN else stay

    def pair(self, left: str, right: str) -> int | None:
        """Return the cost of one Han after another if words are known to hold them side by side."""
        *_, pairs, _ = self[left]
        _, _, _, folded, *_ = self[right]
        return pairs.get(folded)

    def by_chance(self, left: str, right: str) -> int:
        """Return the cost of one Han after another if nothing is known of both together."""
        *_, ends = self[left]
        _, _, stay, *_ = self[right]
        return stay + ends

    def weight(self, text: str) -> int:
        """Return the sum of the weights of all characters, each by itself: additive, and fast for long text."""
        return sum(map(self._weights.__getitem__, text))


class _Weights(dict[str, int]):
    """The weights of the characters met so far, by themselves."""

    def __init__(self, model: CharacterModel) -> None:
        super().__init__()
        self._model = model

    def __missing__(self, char: str) -> int:
        kind, enter, stay, folded, *_ = self._model[char]
        weight = self[folded] if kind is _HAN and folded in self else (enter + stay) // 2
        if len(self) < _MOST_KEPT:
            self[char] = weight
        return weight


def _unlisted(char: str) -> _Entry:
    """Return the entry of a character that neither the table nor its Simplified form tells."""
    match = _SORTER.match(char)
    kind = _KINDS[match.lastindex - 1][1] if match and match.lastindex else _OTHER
    own = _USUAL.get(char, kind.char)
    return kind, own + kind.enter, own + kind.stay, char, _NO_PAIRS, 70


def is_traditional(text: str) -> bool:
    """Return whether more characters of the text are written as only Traditional does than as only Simplified does."""
    return _traditional_surplus(text) > 0


def foreign_to_script(text: str) -> frozenset[str]:
    """Return the characters that the script of the text does not have; none where its script does not show clearly."""
    surplus = _traditional_surplus(text)
    traditional, simplified = _only_one_script()
    return traditional if surplus <= -_CLEAR else simplified - traditional if surplus >= _CLEAR else frozenset()


def _traditional_surplus(text: str) -> int:
    traditional, simplified = _only_one_script()
    return sum((char in traditional) - (char in simplified) for char in text)


@cache
def _only_one_script() -> tuple[frozenset[str], frozenset[str]]:
    pairs = simplified_characters()
    return frozenset(map(chr, pairs)), frozenset(pairs.values())


@cache
def character_model() -> CharacterModel:
    """Return the model; reading its table takes a few hundredths of a second, once."""
    return CharacterModel()
