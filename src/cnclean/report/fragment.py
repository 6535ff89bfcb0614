"""The short HTML form of a report, for notebooks: counts and the first changed lines. No script, no ids."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice

from cnclean.report.page import Account, summary
from cnclean.report.rows import Kept, Row, rows
from cnclean.report.template import safe
from cnclean.report.visible import show_invisible
from cnclean.tables import text_file

_MOST_LINES = 40
_MOST_RULES = 12
"""With more rules than this the table of counts begins closed."""


def report_fragment(account: Account) -> str:
    """Return a piece of HTML that stands in a page of others."""
    listing = (row for row in rows(account.original, account.spans, context=0) if isinstance(row, Row))
    lines = "".join(_line(row, account) for row in islice(listing, _MOST_LINES))
    warning = f"<p><b>{safe(account.warning)}</b></p>" if account.warning else ""
    return (
        f'<div class="cnclean-report"><style>{text_file("report/fragment.css")}</style>'
        f"<p>{safe(summary(account))}</p>{warning}{_counts(account)}"
        f'<table class="lines"><tbody>{lines}</tbody></table></div>'
    )


def _counts(account: Account) -> str:
    rules = dict.fromkeys([*account.counts, *account.flag_counts])
    rows = "".join(
        f"<tr><td>{safe(rule)}</td><td>{account.counts.get(rule, 0):,}</td>"
        f"<td>{account.flag_counts.get(rule, 0):,}</td></tr>"
        for rule in rules
    )
    state = " open" if len(rules) <= _MOST_RULES else ""
    head = "<thead><tr><th>rule</th><th>edits</th><th>kept</th></tr></thead>"
    return f"<details{state}><summary>{len(rules)} rules</summary><table>{head}<tbody>{rows}</tbody></table></details>"


def _line(row: Row, account: Account) -> str:
    return f"<tr><td>{row.number}</td><td>{''.join(_pieces(row, account))}</td></tr>"


def _pieces(row: Row, account: Account) -> Iterator[str]:
    for piece in row.pieces:
        if isinstance(piece, Kept):
            yield safe(piece.text.rstrip("\n"))
            continue
        edit = account.spans[piece.number]
        title = safe(" + ".join(edit.rules) + (f": {edit.note}" if edit.note else ""))
        if edit.is_flag(account.original):
            yield _tagged("mark", piece.old, title)
        else:
            yield _tagged("del", piece.old, title) + _tagged("ins", piece.new, title)


def _tagged(tag: str, text: str, title: str) -> str:
    return f'<{tag} title="{title}">{escape(show_invisible(text))}</{tag}>' if text else ""
