"""Write `src/cnclean/data/spam-anchors.txt`: for every word of the spam tables the pair of characters to search for.

usage: python tools/build_spam_anchors.py CLEAN_TEXT_FILE…

The files (UTF-8 plain text, a few megabytes of sound Chinese of several kinds) only serve to count how rare a pair
is; nothing of them is written. Every word keeps one of its pairs: the one that costs least, where a pair costs its own
frequency (a line to judge in vain) and a new first character its frequency (a place to look at in vain).
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from cnclean.cleaners.spam.lexicon import triggers

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/spam-anchors.txt"
HEADER = """\
# Pairs of neighbouring characters by which the words of spam.toml and spam-templates.toml are found in a text.
# source: tools/build_spam_anchors.py, from our own tables and the frequency of pairs in sound Chinese text
# licence: Apache-2.0
"""
HIT, LOOK = 60.0, 1.0
"""What a judged line and a looked-at place cost, in the same unit of time."""


def choose(words: frozenset[str], text: str) -> list[str]:
    """Return the pairs, sorted, such that every word holds at least one."""
    pairs_seen = Counter(map("".join, pairwise(text)))
    chars_seen = Counter(text)
    chosen: set[str] = set()
    firsts: set[str] = set()
    for word in sorted(words, key=lambda w: (len(w), w)):
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        pairs = [pair for pair in pairs if " " not in pair and pair[0] != "#"] or pairs[:1]
        if chosen.isdisjoint(pairs):
            best = min(pairs, key=lambda p: (HIT * pairs_seen[p] + LOOK * (p[0] not in firsts) * chars_seen[p[0]], p))
            chosen.add(best)
            firsts.add(best[0])
    return sorted(chosen)


def main(paths: list[str]) -> None:
    """Count in the files and write the table."""
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths).lower()
    pairs = choose(triggers(), text)
    TARGET.write_text(HEADER + "\n".join(pairs) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs written to {TARGET}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
