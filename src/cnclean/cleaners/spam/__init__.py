"""Spam: injected advertising, line by line and span by span, with evidence."""

from cnclean.cleaners.spam.cleaner import Spam

__all__ = ["Spam"]
