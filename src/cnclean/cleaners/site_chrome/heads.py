"""The characters that a match of a pattern can start with: what the cues are looked up by."""

from __future__ import annotations

_DIGITS = frozenset("0123456789")


def first_characters(pattern: str) -> frozenset[str]:
    r"""Return all characters that a match of `pattern` can start with; `ValueError` where that cannot be told.

    For the regular expressions of the cue table: literals, classes, groups `(?:…)`, alternatives and repeats. A
    pattern must not be able to match nothing, nor to start with `.`, with a negated class or with one like `\w`.

    >>> sorted(first_characters("(?:本文)?标[签题]|[12]+页"))
    ['1', '2', '本', '标']
    """
    heads, empty, end = _alternatives(pattern, 0, read=True)
    if empty or end != len(pattern):
        raise ValueError(f"cannot tell what starts a match of {pattern!r}")
    return frozenset(heads)


def _alternatives(pattern: str, at: int, read: bool) -> tuple[set[str], bool, int]:
    """Read alternatives up to the end of the group: what they start with, whether one can be empty, where they end.

    Behind the start of the pattern (`read` is false) only the end matters.
    """
    heads, empty, at = _sequence(pattern, at, read)
    while pattern.startswith("|", at):
        more, also_empty, at = _sequence(pattern, at + 1, read)
        heads |= more
        empty = empty or also_empty
    return heads, empty, at


def _sequence(pattern: str, at: int, read: bool) -> tuple[set[str], bool, int]:
    heads: set[str] = set()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        atom, optional, at = _atom(pattern, at, read and empty)
        at, none_allowed = _repeat(pattern, at)
        heads |= atom
        empty = empty and (optional or none_allowed)
    return heads, empty, at


def _repeat(pattern: str, at: int) -> tuple[int, bool]:
    """Skip a repeat; tell whether it allows none."""
    if at == len(pattern) or pattern[at] not in "?*+{":
        return at, False
    none_allowed = pattern[at] in "?*" or pattern.startswith("{0", at)
    at = pattern.index("}", at) + 1 if pattern[at] == "{" else at + 1
    return at + pattern.startswith("?", at), none_allowed


def _atom(pattern: str, at: int, read: bool) -> tuple[set[str], bool, int]:
    """Read one atom: what it starts with, whether it can be empty, where it ends."""
    char = pattern[at]
    if pattern.startswith("(?:", at):
        heads, empty, end = _alternatives(pattern, at + 3, read)
        return heads, empty, end + 1
    if char == "(":  # looking ahead or behind matches nothing itself
        end = _alternatives(pattern, pattern.index("!" if "!" in pattern[at : at + 4] else "=", at) + 1, False)[2]
        return set(), True, end + 1
    if char == "$":
        return set(), True, at + 1
    if char == "[":
        members, end = _members(pattern, at + 1, read)
        return members, False, end + 1
    if char == "\\":
        return (_escaped(pattern[at + 1]) if read else set()), False, at + 2
    if char == "." and read:
        raise ValueError(f"a pattern that starts with anything: {pattern!r}")
    return ({char} if read else set()), False, at + 1


def _members(pattern: str, at: int, read: bool) -> tuple[set[str], int]:
    """Read the members of a class, and where it ends."""
    if read and pattern[at] == "^":
        raise ValueError(f"a pattern that starts with a negated class: {pattern!r}")
    members: set[str] = set()
    first = at
    while pattern[at] != "]" or at == first:
        if pattern[at] == "\\":
            members |= _escaped(pattern[at + 1]) if read else set()
            at += 2
        elif pattern[at + 1] == "-" and pattern[at + 2] != "]":
            members.update(map(chr, range(ord(pattern[at]), ord(pattern[at + 2]) + 1)))
            at += 3
        else:
            members.add(pattern[at])
            at += 1
    return (members if read else set()), at


def _escaped(char: str) -> set[str]:
    if char == "d":
        return set(_DIGITS)
    if char.isalnum():
        raise ValueError(f"a pattern that starts with \\{char}")
    return {char}
