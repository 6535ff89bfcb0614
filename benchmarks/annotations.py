"""How much text it takes until injected readings are recognised, and whether sound text is left alone.

Run with `python -m benchmarks.annotations [--data ../shared/eval]`. Windows of sound text get readings after every
occurrence of some characters, as a page would put them in by rule; the result must be the window again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path

from cnclean.cleaners.annotations import Annotations
from cnclean.opencc_data import simplified_characters
from cnclean.readings import pinyin_syllables
from cnclean.tables import word_table

HAN = re.compile("[\u3400-\u9fff]")
SIZES = (60, 100, 200, 300, 500, 1000)
WINDOWS = 100
MARKED = {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "ü": "ǖǘǚǜ"}
SYLLABLES = sorted(syllable for syllable in pinyin_syllables() if len(syllable) > 1)


def reading(character: str, toned: bool) -> str:
    """Return a reading for a character: not its own, but always the same."""
    number = zlib.crc32(character.encode())
    syllable = SYLLABLES[number % len(SYLLABLES)]
    vowel = next(v for v in "aeoiuü" if v in syllable)
    return syllable.replace(vowel, MARKED[vowel][number % 4], 1) if toned else syllable


def texts(data: Path, name: str) -> list[str]:
    """Return the texts of one set."""
    with gzip.open(data / "clean" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def converted(window: str, chance: random.Random) -> set[str]:
    """Choose seven of ten Traditional forms, as a script converter with a list of its own does."""
    return {c for c in sorted(set(HAN.findall(window))) if ord(c) in simplified_characters() and chance.random() < 0.7}


def everyday(window: str, chance: random.Random) -> set[str]:
    """Choose 120 of the 500 commonest characters."""
    return set(chance.sample("".join(word_table("everyday-characters.txt")), 120))


def restored(text: str, size: int, choose: Callable[[str, random.Random], set[str]], toned: bool) -> float:
    """Return the share of windows that come out as they were."""
    chance = random.Random(size)
    clean = Annotations()
    right = count = 0
    while count < WINDOWS:
        start = chance.randrange(len(text) - size)
        window = text[start : start + size]
        if len(HAN.findall(window)) < size / 2:
            continue
        chosen = choose(window, chance)
        page = HAN.sub(lambda m: f"{m[0]}({reading(m[0], toned)})" if m[0] in chosen else m[0], window)  # noqa: B023
        right += clean(page) == window
        count += 1
    return right / count


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"))
    data = parser.parse_args().data
    print("| text | readings | " + " | ".join(f"{size} characters" for size in SIZES) + " |")
    print("|---|---|" + "---|" * len(SIZES))
    for name, choose in (("traditional_web", converted), ("weekly", everyday), ("zhihu", everyday)):
        text = "\n".join(texts(data, name))
        for toned in (True, False):
            shares = [restored(text, size, choose, toned) for size in SIZES]
            kind = "toned" if toned else "toneless"
            print(f"| {name} | {kind} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    print("\n| sound text | texts | edits as one document | edits text by text |")
    print("|---|---|---|---|")
    for path in sorted((data / "clean").glob("*.jsonl.gz")):
        rows = texts(data, path.name.removesuffix(".jsonl.gz"))
        whole = len(list(Annotations().edits("\n".join(rows))))
        single = sum(len(list(Annotations().edits(row))) for row in rows)
        print(f"| {path.name.removesuffix('.jsonl.gz')} | {len(rows)} | {whole} | {single} |")


if __name__ == "__main__":
    main()
