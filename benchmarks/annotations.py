"""How much text it takes until injected readings are recognised, and whether sound text is left alone.

Windows of sound text get readings after every
occurrence of some characters, as a page would put them in by rule; the result must be the window again.
"""

from __future__ import annotations

import argparse
import random
import re
import zlib
from collections.abc import Callable, Iterator

from benchmarks.benchmark import Benchmark
from benchmarks.material import texts
from benchmarks.tables import Table
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


def tables(options: argparse.Namespace) -> Iterator[Table]:
    """Yield the share of windows restored, and the edits in sound text."""
    rows = []
    for name, choose in (("traditional_web", converted), ("weekly", everyday), ("zhihu", everyday)):
        text = "\n".join(texts(options.data, f"clean/{name}"))
        for toned in (True, False):
            shares = [restored(text, size, choose, toned) for size in SIZES]
            rows.append((name, "toned" if toned else "toneless", *shares))
    heads = ("text", "readings", *(f"{size} characters" for size in SIZES))
    yield Table("windows restored", heads, rows, keys=2, form=".2f", note=f"Share of {WINDOWS} windows.")
    sound = []
    for path in sorted((options.data / "clean").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        found = texts(options.data, f"clean/{name}")
        whole = len(list(Annotations().edits("\n".join(found))))
        single = sum(len(list(Annotations().edits(text))) for text in found)
        sound.append((name, len(found), whole, single))
    total = ("all", *(sum(row[column] for row in sound) for column in (1, 2, 3)))
    yield Table("sound text", ("set", "texts", "edits as one document", "edits text by text"), [*sound, total])


BENCHMARK = Benchmark(tables)

if __name__ == "__main__":
    BENCHMARK.main(__doc__)
