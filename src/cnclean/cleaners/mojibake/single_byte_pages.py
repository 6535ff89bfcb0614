"""What ftfy can mend: UTF-8 that was read in a single-byte page, after the Chinese repair has left the line alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnclean.character_model import character_model
from cnclean.cleaners.mojibake.codecs import BREAKS
from cnclean.edit import Edit

_RUN = re.compile(r"[\x80-\u04ff\u2010-\u25a0]{2,}")
_SUSPICIOUS = re.compile(
    "[\x80-\x9f]|[\u00a0-\u024f\u0370-\u04ff√≠‰‚ˆ░-■═-╬][\x80-\u02dc\u0386-\u04ff\u2010-\u25a0]",
)


def single_byte_edits(line: str) -> Iterator[Edit]:
    """Yield ftfy's repairs of whole runs.

    ftfy also decodes chance pairs inside text of other encodings, which destroys it. A repair is taken only where the
    whole run was consumed: then every character came from two or more, and nothing of the run is left over.
    """
    if not _SUSPICIOUS.search(line):
        return
    from ftfy import fix_encoding  # imported when first needed: it is large

    model = character_model()
    for match in _RUN.finditer(line):
        old = match.group()
        new = fix_encoding(old)
        if 2 * len(new) <= len(old) and not BREAKS.search(new) and model.weight(new) < model.weight(old):
            yield Edit(*match.span(), new, ("mojibake/single-byte-page",), "UTF-8 read in a single-byte page (ftfy)")
