"""Commas, colons, semicolons, question and exclamation marks: by what stands on both sides of a run of them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from cnclean.cleaners.punctuation.context import HAN, IS_CHINESE, IS_HAN, is_chinese_around

# One mark between two Han, or at the end of a line that ends in Han, needs no second look.
_RUN = re.compile(rf"[,:;?!](?:(?<=[{HAN}].)(?=[{HAN}]|\Z)(?P<sure>)|[,:;?!]*)")
_QUERY = re.compile(r"[A-Za-z0-9_%]{1,40}+=")
_LATIN = string.ascii_letters + string.digits + " .,%+#&/_-'"
_LATIN_SENTENCE = _LATIN + ':;?!"'
_LONGEST_LIST = 60
_PARTNERS = dict(zip("”’」』》）", "“‘「『《（", strict=True))


def wide_marks(folded: str, seen: str) -> Iterator[int]:
    """Yield the places of all marks that should be full-width.

    `folded` is the line in half width, `seen` the same with protected spans crossed out and wide brackets wide.
    """
    for run in _RUN.finditer(seen):
        if run["sure"] is not None or _is_wide(folded, seen, run.start(), run.end()):
            yield from range(run.start(), run.end())


def _is_wide(folded: str, seen: str, start: int, end: int) -> bool:
    """Return whether the run of marks at [start, end) belongs to a Chinese sentence."""
    run, right = seen[start:end], seen[end : end + 1]
    left = seen[max(0, start - 4) : start].rstrip("*")[-1:]
    if _is_operator(run, seen, end):
        return False
    if IS_HAN.match(left) and (IS_HAN.match(right) or not right):
        return True
    if IS_CHINESE.match(left) or (IS_CHINESE.match(right) and not _ends_latin_quotation(seen, start, right)):
        return is_chinese_around(folded, start, end)
    return _is_wide_at_distance(run, seen, start, end) and is_chinese_around(folded, start, end)


def _is_operator(run: str, seen: str, end: int) -> bool:
    if run == "?":
        return _QUERY.match(seen, end) is not None  # page?key=value
    return "::" in run or (run == "!" and seen.startswith("=", end)) or (run == ":" and seen.startswith("//", end))


def _ends_latin_quotation(seen: str, start: int, right: str) -> bool:
    """Return whether the mark stands before the closing quote of a passage that is Latin from its opening quote on."""
    opening = _PARTNERS.get(right)
    return opening is not None and seen[max(0, start - _LONGEST_LIST) : start].rstrip(_LATIN_SENTENCE).endswith(opening)


def _is_wide_at_distance(run: str, seen: str, start: int, end: int) -> bool:
    """Return whether the run is Chinese although Latin or a space is on both sides of it."""
    left, right = seen[max(0, start - 1) : start], seen[end : end + 1]
    if right == " " and IS_CHINESE.match(seen, end + 1):
        return run == "," and (left.isalnum() or left in ")%+")
    if left == " " and start > 1 and IS_CHINESE.match(seen, start - 2):
        return ":" not in run
    if run == ",":
        return _is_in_list(left, right, seen, start, end)
    return run == "?" and not right and _follows_chinese(seen, start)


def _is_in_list(left: str, right: str, seen: str, start: int, end: int) -> bool:
    """Return whether a comma without a space stands between Latin words that Chinese text encloses."""
    if (left.isdigit() and right.isdigit()) or not (left.isalnum() or left in "%+#") or not right.isalnum():
        return False
    ahead = seen[end : end + _LONGEST_LIST].lstrip(_LATIN)
    is_last = not ahead and end + _LONGEST_LIST >= len(seen)
    return (is_last or IS_CHINESE.match(ahead) is not None) and _follows_chinese(seen, start)


def _follows_chinese(seen: str, at: int) -> bool:
    behind = seen[max(0, at - _LONGEST_LIST) : at]
    rest = behind.rstrip(_LATIN)
    return IS_CHINESE.match(rest[-1:]) is not None and ", " not in behind[len(rest) :]
