"""What ftfy can mend: UTF-8 that was read in a single-byte page, after the Chinese repair has left the line alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import BREAKS
from cnclean.edit import Edit

_RUN = re.compile(r"[\x80-\u04ff\u2010-\u25a0]{2,}")
_SUSPICIOUS = re.compile(  # a class of all first characters comes first: that is far quicker than alternatives
    "[\x80-\u024f\u0370-\u04ff√≠‰‚ˆ░-■═-╬](?:(?<=[\x80-\x9f])|(?=[\x80-\u02dc\u0386-\u04ff\u2010-\u25a0]))",
)


def single_byte_edits(line: str) -> Iterator[Edit]:
    """Yield ftfy's repairs of whole runs.

    ftfy also decodes chance pairs inside text of other encodings, which destroys it. A repair is taken only where the
    whole run was consumed: then every character came from two or more, and nothing of the run is left over.
    """
    if not _SUSPICIOUS.search(line):
        return
    for match in _RUN.finditer(line):
        if new := _mended(match.group()):
            yield Edit(*match.span(), new, ("mojibake/single-byte-page",), "UTF-8 read in a single-byte page (ftfy)")


@lru_cache(maxsize=1024)
def _mended(old: str) -> str:
    """Return what ftfy makes of a run; empty where that is no repair."""
    from ftfy import fix_encoding  # imported when first needed: it is large

    new = fix_encoding(old)
    weight = character_model().weight
    taken = 2 * len(new) <= len(old) and not BREAKS.search(new) and weight(new) < weight(old)
    return new if taken else ""
