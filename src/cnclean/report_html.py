"""The HTML form of a report: one self-contained page, no network, everything of the text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from cnclean.edit import Edit

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
del { background: #ffd7d5; color: #6e0b06; } ins { background: #c8f1d0; color: #0b4a1a; text-decoration: none; }
mark { background: #fff2b3; color: #4d3b00; } td, th { text-align: left; padding: 0 1rem 0 0; }
"""


def page(title: str, original: str, edits: Iterable[Edit], text: str, counts: Mapping[str, int]) -> str:
    """Return the page: a table of counts, the original with every change in place, and the result."""
    rows = "".join(f"<tr><td>{_escape(rule)}</td><td>{n}</td></tr>" for rule, n in counts.items())
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_escape(title)}</title><style>{_STYLE}</style></head><body><h1>{_escape(title)}</h1>"
        f"<h2>Changes by rule</h2><table><tr><th>Rule</th><th>Edits</th></tr>{rows}</table>"
        f"<h2>Original, with every change</h2><pre>{_marked(original, edits)}</pre>"
        f"<h2>Result</h2><pre>{_escape(text)}</pre></body></html>\n"
    )


def _marked(original: str, edits: Iterable[Edit]) -> str:
    out: list[str] = []
    at = 0
    for edit in edits:
        old = original[edit.start : edit.end]
        label = _escape(", ".join(edit.rules) + (f": {edit.note}" if edit.note else ""))
        out.append(_escape(original[at : edit.start]))
        if edit.is_flag(original):
            out.append(f'<mark title="{label}">{_escape(old)}</mark>')
        else:
            out.append(f'<del title="{label}">{_escape(old)}</del>' if old else "")
            out.append(f'<ins title="{label}">{_escape(edit.new)}</ins>' if edit.new else "")
        at = edit.end
    out.append(_escape(original[at:]))
    return "".join(out)


def _escape(text: str) -> str:
    """Escape for HTML; characters that a page cannot hold (controls, lone surrogates) are shown by their number."""
    shown = "".join(
        f"[U+{ord(c):04X}]" if (c < " " and c not in "\n\t") or "\ud800" <= c <= "\udfff" else c for c in text
    )
    return escape(shown, quote=True)
