"""Rebuild src/cnclean/data/mojibake-damaged.txt, the characters at which the cleaner `mojibake` looks closer.

usage: python tools/build_mojibake_damaged.py

For each confusion of GBK with Big5: the characters that are much rarer, under the character model, than what they are
with the confusion undone, and those that are rare enough to stand beside such a one. Run it after
tools/build_character_model.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import original_character

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/mojibake-damaged.txt"
CONFUSIONS = ("gbk-as-big5", "big5-as-gbk")
DAMAGE = {"": 350, "-beside": 150}
"""Hundredths of a nat that a character must weigh more than its original to look damaged, alone and beside another."""
BLOCKS = (  # where the characters of Big5 and GBK lie
    range(0x0390, 0x0460),
    range(0x2000, 0x2700),
    range(0x3000, 0x3130),
    range(0x4E00, 0xA000),
    range(0xE000, 0xF900),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFE6),
)
HEAD = """\
# A confusion of charsets, then the characters that it makes of common ones and that are rare themselves, as ranges of
# code points in hexadecimal; "-beside": those that are less rare and count beside such a one.
# Rebuilt by tools/build_mojibake_damaged.py, which says how.
# source: derived from character-model.txt (jieba 0.42.1) and the codecs of Python
# licence: MIT, Copyright (c) 2013 Sun Junyi
"""


def damaged(confusion: str, least: int) -> list[int]:
    """Return the code points that weigh at least so much more than what they would be with the confusion undone."""
    model, original = character_model(), original_character(confusion)
    found = []
    for code in (code for block in BLOCKS for code in block):
        was = original(chr(code))
        if was and model.weight(chr(code)) - model.weight(was) >= least:
            found.append(code)
    return found


def ranges(codes: Iterable[int]) -> str:
    """Return ascending code points as ranges: `4e02-4e05 4e07`."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return " ".join(f"{low:x}" if low == high else f"{low:x}-{high:x}" for low, high in runs)


def table() -> dict[str, str]:
    """Return the rows of the table by their names."""
    return {name + end: ranges(damaged(name, least)) for name in CONFUSIONS for end, least in DAMAGE.items()}


def main() -> None:
    """Derive and write the table."""
    rows = "".join(f"{name}\t{spans}\n" for name, spans in table().items())
    TARGET.write_text(HEAD + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
