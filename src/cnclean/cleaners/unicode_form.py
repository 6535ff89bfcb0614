"""Unicode form: one code point for one character, and the ideograph itself where a look-alike stands for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from cnclean.cleaner import Scope
from cnclean.edit import Edit
from cnclean.tables import pair_table

_SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_KANGXI = range(0x2F00, 0x2FD6)
_RADICAL = re.compile(r"[\u2e80-\u2fd5]")
# Radicals without the gaps between them, which no table has: `re` searches three ranges or more twice as fast as two.
_LOOK = re.compile(r"[\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\ud800-\udbff]")
# Characters of these blocks start a new cluster: none is a combining mark or the second half of a composition, so NFC
# of a text is NFC of its clusters one by one. What is missing here (Hangul, Indic, ...) only makes clusters longer.
_STARTER = r"\u0000-\u02ff\u2010-\u20cf\u2100-\u2bff\u2e80-\u3029\u3030-\u3098\u309b-\ua4cf\ue000-\ufaff\uff00-\uffef"
_CLUSTER = re.compile(rf"[{_STARTER}]?[^{_STARTER}]+|[{_STARTER}]")
# Whatever is not in NFC holds one of these: what is missing here is in NFC, whatever stands before it.
_NOT_IN_NFC = (
    r"\u0300-\u200f\u20d0-\u20ff\u2126\u212a\u212b\u2329\u232a\u2adc\u2c00-\u2fdf\u302a-\u302f\u3099\u309a"
    r"\ua4d0-\ud7ff\uf900-\ufeff\U00010000-\U0010ffff"
)


@cache
def _folds() -> Mapping[str, str]:
    """Return radicals to ideographs: the 214 of Kangxi by NFKC, those of the supplement by the table."""
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI}
    return {**kangxi, **pair_table("unicode-form.txt")}


def _join(match: re.Match[str]) -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _form(text: str) -> str:
    folds = _folds()
    text = _RADICAL.sub(lambda match: folds.get(match[0], match[0]), _SURROGATES.sub(_join, text))
    return unicodedata.normalize("NFC", text)


def _rules(old: str) -> tuple[str, ...]:
    found = []
    if any(ord(char) in _KANGXI for char in old):
        found.append("unicode-form/kangxi-radical")
    if any("\u2e80" <= char <= "\u2ef3" for char in old):
        found.append("unicode-form/radical-supplement")
    if any("\uf900" <= char <= "\ufad9" or "\U0002f800" <= char <= "\U0002fa1d" for char in old):
        found.append("unicode-form/compatibility-ideograph")
    if _SURROGATES.search(old):
        found.append("unicode-form/surrogate-pair")
    return tuple(found) or ("unicode-form/nfc",)


@dataclass(frozen=True)
class UnicodeForm:
    r"""Give every character in its one normal form: NFC, and radicals and compatibility ideographs as ideographs.

    A surrogate pair becomes the character that it encodes; a lone surrogate stays.

    Scope: line. Idempotent because no surrogate pair and no radical of the table is left, the ideographs that these
    become are themselves in NFC and in no table, and NFC is idempotent.

    >>> UnicodeForm()("\u2ed8年很\u2ed3")
    '青年很长'
    """

    name = "unicode-form"
    scope = Scope.LINE
    whole_text = True
    triggers = _NOT_IN_NFC + r"\ud800-\udbff"

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each character, with the marks after it, that has another form."""
        start = 0
        for line in text.split("\n") if not self._is_clean(text) else ():
            if not self._is_clean(line):
                for match in _CLUSTER.finditer(line):
                    if (new := _form(match[0])) != match[0]:
                        yield Edit(start + match.start(), start + match.end(), new, _rules(match[0]))
            start += len(line) + 1

    def __call__(self, text: str, /) -> str:
        """Return the text in its normal form."""
        return text if self._is_clean(text) else _form(text)

    @staticmethod
    def _is_clean(text: str) -> bool:
        return unicodedata.is_normalized("NFC", text) and not _LOOK.search(text)
