"""Commas, colons, semicolons, question and exclamation marks: by what stands on both sides of a run of them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from cnclean.cleaners.punctuation.context import HAN, IS_CHINESE, IS_HAN, SPACES, is_chinese_around

# One mark between two Han, or at the end of a line that ends in Han, needs no second look.
_RUN = re.compile(rf"[,:;?!](?:(?<=[{HAN}].)(?=[{HAN}]|\Z)(?P<sure>)|[,:;?!]*)")
_QUERY = re.compile(r"[A-Za-z0-9_%]{1,40}+=")
_LATIN = string.ascii_letters + string.digits + SPACES + ".,%％+#&/_-'"
_LATIN_SENTENCE = _LATIN + ':;?!"'
_LONGEST_PASSAGE = 60
_PARTNERS = dict(zip("”’」』》）", "“‘「『《（", strict=True))


def wide_marks(seen: str) -> Iterator[int]:
    """Yield the places of all marks that should be full-width.

    `seen` is the line in half width, but for wide brackets, with protected spans crossed out.
    """
    for run in _RUN.finditer(seen):
        if run["sure"] is not None or _is_wide(seen, run.start(), run.end()):
            yield from range(run.start(), run.end())


def _is_wide(seen: str, start: int, end: int) -> bool:
    """Return whether the run of marks at [start, end) belongs to a Chinese sentence."""
    run, right = seen[start:end], seen[end : end + 1]
    left = seen[max(0, start - 4) : start].rstrip("*")[-1:]
    if _is_operator(run, seen, end):
        return False
    if IS_HAN.match(left) and (IS_HAN.match(right) or not right):
        return True
    if IS_CHINESE.match(left) or (IS_CHINESE.match(right) and not _ends_latin_passage(run, right, seen, start)):
        return is_chinese_around(seen, start, end)
    return _is_wide_at_distance(run, seen, start, end) and is_chinese_around(seen, start, end)


def _is_operator(run: str, seen: str, end: int) -> bool:
    if run == "?":
        return _QUERY.match(seen, end) is not None  # page?key=value
    return "::" in run or (run in "!:" and seen.startswith("=", end)) or (run == ":" and seen.startswith("//", end))


def _ends_latin_passage(run: str, right: str, seen: str, start: int) -> bool:
    """Return whether the mark ends a sentence that is Latin from its opening quote or from the start of the line on."""
    passage = seen[max(0, start - _LONGEST_PASSAGE) : start]
    before = passage.rstrip(_LATIN_SENTENCE)
    if right in _PARTNERS:
        return before.endswith(_PARTNERS[right])
    return not before and start < _LONGEST_PASSAGE and " " in passage.strip() and run in ("?", "!")


def _is_wide_at_distance(run: str, seen: str, start: int, end: int) -> bool:
    """Return whether the run is Chinese although Latin or a space is on both sides of it."""
    left, right = seen[max(0, start - 1) : start], seen[end : end + 1]
    far_left = seen[max(0, start - _LONGEST_PASSAGE) : start].rstrip(SPACES)[-1:]
    far_right = seen[end : end + _LONGEST_PASSAGE].lstrip(SPACES)[:1]
    if right in SPACES and IS_CHINESE.match(far_right):
        return run == "," and (far_left.isalnum() or far_left in ")%％+" or IS_CHINESE.match(far_left) is not None)
    if left in SPACES and IS_CHINESE.match(far_left):
        return ":" not in run
    if run == ",":
        return _is_in_list(left, right, seen, start, end)
    return run in ("?", ":") and not right and _follows_chinese(seen, start)


def _is_in_list(left: str, right: str, seen: str, start: int, end: int) -> bool:
    """Return whether a comma without a space stands between Latin words that Chinese text encloses."""
    if (left.isdigit() and right.isdigit()) or not (left.isalnum() or left in "%％+#") or not right.isalnum():
        return False
    ahead = seen[end : end + _LONGEST_PASSAGE].lstrip(_LATIN)
    is_last = not ahead and end + _LONGEST_PASSAGE >= len(seen)
    return (is_last or IS_CHINESE.match(ahead) is not None) and _follows_chinese(seen, start)


def _follows_chinese(seen: str, at: int) -> bool:
    behind = seen[max(0, at - _LONGEST_PASSAGE) : at]
    rest = behind.rstrip(_LATIN)
    return IS_CHINESE.match(rest[-1:]) is not None and ", " not in behind[len(rest) :]
