"""Write `src/cnclean/data/spam-pairs.txt`: for every word of the spam tables the pair of characters to search for.

usage: python tools/build_spam_pairs.py TEXT_FILE…

The files (UTF-8 plain text, a few hundred kilobytes each of several kinds of Chinese, all of equal weight) only serve
to count how often a character and a pair occur; nothing of them is written. `re` stops at every character that begins
or ends a pair and is the one searched for, and looks at its neighbour; a pair that is found costs a look-up. So every
word gets a pair and the character of it to search for such that both kinds of cost together are small.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from math import fsum
from pathlib import Path

from cnclean.cleaners.spam.lexicon import triggers
from cnclean.view import fold

TARGET = Path(__file__).resolve().parents[1] / "src/cnclean/data/spam-pairs.txt"
HEADER = """\
# Pairs of neighbouring characters by which the words of spam.toml and spam-templates.toml are found. A line is a group
# of pairs that are searched by their first character, or by their second one.
# source: tools/build_spam_pairs.py, from our own tables and the frequency of characters in Chinese text
# licence: Apache-2.0
"""
STOP = 0.06
"""What a character searched for costs, where a pair found in vain costs 1."""
NEW = 1e-6
"""What one more pair counts for, as a share of the text: more pairs mean more chance combinations."""
ROUNDS = 2
GROUPS = {"first": 8, "second": 6}
"""More groups mean fewer chance combinations, and more work at each character searched for."""

Way = tuple[str, str]
"""A pair, and the character of it that is searched for."""


def rare_characters(words: Collection[str], seen: Mapping[str, float]) -> set[str]:
    """Return characters such that every word holds at least one, without the commonest ones that can be spared."""
    holders: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for char in set(word):
            holders[char].append(word)
    left = {word: len(set(word)) for word in words}
    chosen = set(holders)
    for char in sorted(holders, key=lambda char: (-seen[char], char)):
        if all(left[word] > 1 for word in holders[char]):
            chosen.discard(char)
            left.update((word, left[word] - 1) for word in holders[char])
    return chosen


def choose(words: Collection[str], seen: Mapping[str, float]) -> set[Way]:
    """Return ways to find all words: as long as it gets cheaper, all words of a character or a pair move elsewhere."""
    rare = rare_characters(words, seen)
    ways = {word: min((way for way in _ways(word) if way[1] in rare), key=lambda w: (seen[w[0]], w)) for word in words}
    total = _cost(ways, seen)
    for _ in range(ROUNDS):
        chars = sorted({char for _, char in ways.values()}, key=lambda char: (-seen[char], char))
        pairs = sorted({pair for pair, _ in ways.values()}, key=lambda pair: (-seen[pair], pair))
        for part in (*chars, *pairs):
            moved = _without(part, ways, seen)
            if moved and (cost := _cost(moved, seen)) < total:
                ways, total = moved, cost
    return set(ways.values())


def _without(part: str, ways: Mapping[str, Way], seen: Mapping[str, float]) -> dict[str, Way]:
    """Return other ways for the words found by `part`, each the cheapest beside the rest; none if one has no other."""
    moved = {word: way for word, way in ways.items() if part not in way}
    used = {item for way in moved.values() for item in (way, way[1])}
    for word in sorted(ways.keys() - moved.keys()):
        others = [way for way in _ways(word) if part not in way]
        if not others:
            return {}
        more = [STOP * (way[1] not in used) * seen[way[1]] + (way not in used) * (seen[way[0]] + NEW) for way in others]
        moved[word] = others[more.index(min(more))]
        used.update((moved[word], moved[word][1]))
    return moved


def _cost(ways: Mapping[str, Way], seen: Mapping[str, float]) -> float:
    used = set(ways.values())
    return STOP * fsum(seen[char] for char in {char for _, char in used}) + fsum(seen[pair] + NEW for pair, _ in used)


def _ways(word: str) -> Iterator[Way]:
    return ((first + second, char) for first, second in pairwise(word) if first != "#" for char in (first, second))


def grouped(pairs: Iterable[str], side: int, seen: Mapping[str, float], count: int) -> list[list[str]]:
    """Return pairs in groups by the character that is not searched for, such that few meet the others' by chance."""
    met: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        met[pair[1 - side]].add(pair[side])

    def chance(group: Mapping[str, set[str]], other: str) -> float:
        known = {char for chars in group.values() for char in chars}
        new = fsum(together(char, it) for char in met[other] - known for it in group)
        return new + fsum(together(char, other) for char in met[other] | known)

    def together(char: str, other: str) -> float:
        return seen[(char + other)[:: 1 - 2 * side]]

    groups: list[dict[str, set[str]]] = [{} for _ in range(count)]
    for other in sorted(met, key=lambda other: (-fsum(together(char, other) for char in met[other]), other)):
        min(groups, key=lambda group: chance(group, other))[other] = met[other]
    return [
        sorted((char + other)[:: 1 - 2 * side] for other, chars in group.items() for char in chars) for group in groups
    ]


def main(paths: list[str]) -> None:
    """Count in the files and write the table."""
    seen: Counter[str] = Counter()
    for path in paths:
        text = fold(Path(path).read_text(encoding="utf-8"))
        for part, count in (Counter(text) + Counter(map("".join, pairwise(text)))).items():
            seen[part] += count / len(text) / len(paths)  # type: ignore[assignment]
    ways = choose(sorted(triggers()), seen)
    sides: dict[str, set[str]] = {"first": set(), "second": set()}
    for pair, char in sorted(ways):
        if pair not in sides["first"]:
            sides["first" if char == pair[0] else "second"].add(pair)
    lines = [
        "\t".join([name, *group])
        for side, (name, pairs) in enumerate(sides.items())
        for group in grouped(pairs, side, seen, GROUPS[name])
        if group
    ]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    stops, found = fsum(seen[char] for char in {char for _, char in ways}), fsum(seen[pair] for pair, _ in ways)
    print(f"{len(ways)} pairs; {stops:.1%} of the characters are searched for, {found:.2%} begin a pair")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
