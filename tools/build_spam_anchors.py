"""Write `src/cnclean/data/spam-anchors.txt`: for every word of the spam tables the pair of characters to search for.

usage: python tools/build_spam_anchors.py CLEAN_TEXT_FILE…

The files (UTF-8 plain text, a few megabytes of sound Chinese of several kinds) only serve to count how rare a pair
is; nothing of them is written. The pairs of the table stay as long as a word needs them, so that places do not move.
Every word without one gets the pair that costs least, where a pair costs its own frequency (a word to look up in vain)
and a new first character its frequency (a place to look at in vain).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise
from pathlib import Path

from cnclean.cleaners.spam.lexicon import triggers
from cnclean.cleaners.spam.prefilter import anchor, anchors
from cnclean.view import fold

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/spam-anchors.txt"
HEADER = """\
# Pairs of neighbouring characters by which the words of spam.toml and spam-templates.toml are found; a line is a group.
# source: tools/build_spam_anchors.py, from our own tables and the frequency of pairs in sound Chinese text
# licence: Apache-2.0
"""
HIT, LOOK = 60.0, 1.0
"""What a word looked up in vain and a place looked at in vain cost, in the same unit of time."""
GROUPS = 6
"""More groups mean fewer chance combinations, and more work at each first character."""


def choose(
    words: Collection[str], known: Collection[str], pairs_seen: Counter[str], chars_seen: Counter[str]
) -> set[str]:
    """Return pairs such that every word holds at least one: those of `known` that a word is found by, and new ones."""
    chosen = {anchor(word) for word in words}.intersection(known)
    firsts = {pair[0] for pair in chosen}
    for word in sorted(words, key=lambda word: (len(word), word)):
        pairs = [first + second for first, second in pairwise(word) if first != "#"]
        if chosen.isdisjoint(pairs):
            best = min(pairs, key=lambda p: (HIT * pairs_seen[p] + LOOK * (p[0] not in firsts) * chars_seen[p[0]], p))
            chosen.add(best)
            firsts.add(best[0])
    return chosen


def grouped(pairs: Iterable[str], pairs_seen: Counter[str]) -> list[list[str]]:
    """Return the pairs in groups: second characters together whose first ones rarely meet the others by chance."""
    firsts: dict[str, set[str]] = {}
    for pair in pairs:
        firsts.setdefault(pair[1], set()).add(pair[0])

    def chance(group: dict[str, set[str]], second: str) -> int:
        known = {char for chars in group.values() for char in chars}
        new = sum(pairs_seen[first + other] for first in firsts[second] - known for other in group)
        return new + sum(pairs_seen[first + second] for first in firsts[second] | known)

    groups: list[dict[str, set[str]]] = [{} for _ in range(GROUPS)]
    for second in sorted(firsts, key=lambda char: (-sum(pairs_seen[first + char] for first in firsts[char]), char)):
        min(groups, key=lambda group: chance(group, second))[second] = firsts[second]
    return [sorted(first + second for second, chars in group.items() for first in chars) for group in groups if group]


def main(paths: list[str]) -> None:
    """Count in the files and write the table."""
    text = fold("\n".join(Path(path).read_text(encoding="utf-8") for path in paths))
    pairs_seen, chars_seen = Counter(map("".join, pairwise(text))), Counter(text)
    pairs = choose(triggers(), anchors(), pairs_seen, chars_seen)
    lines = ["\t".join(group) for group in grouped(pairs, pairs_seen)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    firsts = {pair[0] for pair in pairs}
    share = sum(chars_seen[first] for first in firsts) / len(text)
    print(f"{len(pairs)} pairs with {len(firsts)} first characters, {share:.1%} of the text, written to {TARGET}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
