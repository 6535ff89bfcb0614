"""The characters that a match of a pattern can start with: what the cues are looked up by."""

from __future__ import annotations

_DIGITS = frozenset("0123456789")
# A character of which no more is known: what `.`, `\w` or a negated class matches.
_ANY = "\0"
_SIZE = 2
END = "\n"
"""In the place of the second character: after the first, the line holds nothing but decoration."""

Starts = frozenset[str]
_NOTHING: Starts = frozenset([""])


def match_heads(pattern: str, *, whole: bool = False) -> Starts:
    r"""Return what the matches of `pattern` can start with: two characters, or one where any may follow.

    If a match is always a whole line, one that is a single character is told as that and `END`.

    For the regular expressions of the cue table: literals, classes, groups `(?:…)`, alternatives, repeats, and looking
    ahead or behind (which is read as nothing). `ValueError` where a match can be empty or its first character is not
    told.

    >>> sorted(match_heads("(?:本文)?标[签题]|[12]+页|图.*"))
    ['11', '12', '1页', '21', '22', '2页', '图', '本文', '标签', '标题']
    """
    starts, end = _alternatives(pattern, 0)
    heads = frozenset(start + END if whole and len(start) == 1 else start.rstrip(_ANY) for start in starts)
    if "" in heads or end != len(pattern) or any(head.startswith(_ANY) for head in heads):
        raise ValueError(f"cannot tell what starts a match of {pattern!r}")
    return frozenset(head for head in heads if len(head) == 1 or head[0] not in heads)


def _then(first: Starts, second: Starts) -> Starts:
    """Return the starts of one thing followed by another."""
    if all(len(start) == _SIZE for start in first):
        return first
    return frozenset((a + b)[:_SIZE] for a in first for b in second)


def _alternatives(pattern: str, at: int) -> tuple[Starts, int]:
    """Read alternatives up to the end of the group: what they start with, and where they end."""
    starts, at = _sequence(pattern, at)
    while pattern.startswith("|", at):
        more, at = _sequence(pattern, at + 1)
        starts |= more
    return starts, at


def _sequence(pattern: str, at: int) -> tuple[Starts, int]:
    starts = _NOTHING
    while at < len(pattern) and pattern[at] not in "|)":
        atom, at = _atom(pattern, at)
        atom, at = _repeated(atom, pattern, at)
        starts = _then(starts, atom)
    return starts, at


def _repeated(atom: Starts, pattern: str, at: int) -> tuple[Starts, int]:
    """Read the repeat behind an atom, if any: what the repeated atom starts with, and where the repeat ends."""
    if at == len(pattern) or pattern[at] not in "?*+{":
        return atom, at
    sign = pattern[at]
    none_allowed = sign in "?*" or pattern.startswith("{0", at)
    at = pattern.index("}", at) + 1 if sign == "{" else at + 1
    if sign != "?":
        atom |= _then(atom, atom)
    return (atom | _NOTHING if none_allowed else atom), at + pattern.startswith(("?", "+"), at)


def _atom(pattern: str, at: int) -> tuple[Starts, int]:
    char = pattern[at]
    if pattern.startswith("(?:", at):
        starts, end = _alternatives(pattern, at + 3)
        return starts, end + 1
    if char == "(":  # looking ahead or behind matches nothing itself
        end = _alternatives(pattern, pattern.index("!" if "!" in pattern[at : at + 4] else "=", at) + 1)[1]
        return _NOTHING, end + 1
    if char == "$":
        return _NOTHING, at + 1
    if char == "[":
        return _members(pattern, at + 1)
    if char == "\\":
        return _escaped(pattern[at + 1]), at + 2
    return frozenset([_ANY if char == "." else char]), at + 1


def _members(pattern: str, at: int) -> tuple[Starts, int]:
    """Read the members of a class, and where it ends."""
    negated = pattern[at] == "^"
    at += negated
    members: set[str] = set()
    first = at
    while pattern[at] != "]" or at == first:
        if pattern[at] == "\\":
            members |= _escaped(pattern[at + 1])
            at += 2
        elif pattern[at + 1] == "-" and pattern[at + 2] != "]":
            members.update(map(chr, range(ord(pattern[at]), ord(pattern[at + 2]) + 1)))
            at += 3
        else:
            members.add(pattern[at])
            at += 1
    return (frozenset([_ANY]) if negated else frozenset(members)), at + 1


def _escaped(char: str) -> Starts:
    if char == "d":
        return _DIGITS
    return frozenset([_ANY if char.isalnum() else char])
