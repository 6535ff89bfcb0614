"""Write `src/cnclean/data/spam-anchors.txt`: for every word of the spam tables the pair of characters to search for.

usage: python tools/build_spam_anchors.py CLEAN_TEXT_FILE…

The files (UTF-8 plain text, a few megabytes of sound Chinese of several kinds) only serve to count how rare a pair
is; nothing of them is written. Every word keeps one of its pairs: the one that costs least, where a pair costs its own
frequency (a word to look up in vain) and a new first character its frequency (a place to look at in vain).
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from cnclean.cleaners.spam.lexicon import triggers

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/spam-anchors.txt"
HEADER = """\
# Pairs of neighbouring characters by which the words of spam.toml and spam-templates.toml are found; a line is a group.
# source: tools/build_spam_anchors.py, from our own tables and the frequency of pairs in sound Chinese text
# licence: Apache-2.0
"""
HIT, LOOK = 60.0, 1.0
"""What a word looked up in vain and a place looked at in vain cost, in the same unit of time."""
GROUPS = 3


def choose(words: frozenset[str], pairs_seen: Counter[str], chars_seen: Counter[str]) -> list[str]:
    """Return pairs, sorted, such that every word holds at least one."""
    chosen: set[str] = set()
    firsts: set[str] = set()
    for word in sorted(words, key=lambda w: (len(w), w)):
        pairs = [word[i : i + 2] for i in range(len(word) - 1)]
        pairs = [pair for pair in pairs if pair[0] != "#"]
        if chosen.isdisjoint(pairs):
            best = min(pairs, key=lambda p: (HIT * pairs_seen[p] + LOOK * (p[0] not in firsts) * chars_seen[p[0]], p))
            chosen.add(best)
            firsts.add(best[0])
    return sorted(chosen)


def grouped(pairs: list[str], chars_seen: Counter[str]) -> list[list[str]]:
    """Return the pairs in groups: first characters together whose seconds are rare in combination."""
    seconds: dict[str, set[str]] = {}
    for pair in pairs:
        seconds.setdefault(pair[0], set()).add(pair[1])

    def cost(group: dict[str, set[str]]) -> int:
        after = {char for chars in group.values() for char in chars}
        return sum(chars_seen[char] for char in group) * sum(chars_seen[char] for char in after)

    groups: list[dict[str, set[str]]] = [{} for _ in range(GROUPS)]
    for first in sorted(seconds, key=lambda char: (-chars_seen[char], char)):
        added = [cost(group | {first: seconds[first]}) - cost(group) for group in groups]
        groups[added.index(min(added))][first] = seconds[first]
    return [sorted(first + second for first, chars in group.items() for second in chars) for group in groups]


def main(paths: list[str]) -> None:
    """Count in the files and write the table."""
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths).lower()
    pairs_seen, chars_seen = Counter(map("".join, pairwise(text))), Counter(text)
    pairs = choose(triggers(), pairs_seen, chars_seen)
    lines = ["\t".join(group) for group in grouped(pairs, chars_seen)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs written to {TARGET}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
