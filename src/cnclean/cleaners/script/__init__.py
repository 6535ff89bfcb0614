"""Script conversion: OpenCC's dictionaries, a faster engine, and a guard that makes it idempotent.

`chain` says what OpenCC does, `anchors`, `compiled` and `engine` do it fast, `guard` decides where, `protection` where
not, `detection` tells which script a text is in, and `cleaner` puts them together.
"""

from cnclean.cleaners.script.cleaner import Script

__all__ = ["Script"]
