"""The frame of every HTML page that cnclean writes: self-contained, no network, nothing run but its own script.

Style, scripts and frames are files in `data/report/`; Python only fills them. A content security policy names the style
and the script by their hash, so the browser runs nothing else, whatever a text holds.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from string import Template
from typing import Any
from zlib import crc32

from cnclean.report.visible import show_unsafe
from cnclean.tables import text_file, toml_table


def fill_page(name: str, values: Mapping[str, str], scripts: Iterable[str], own_style: str = "") -> str:
    """Return the page `name` of `data/report/` with the common style, the scripts and `values` filled in.

    The values are HTML already; the policy allows just these styles and scripts, by their hash.
    """
    style = text_file("report/page.css") + own_style
    script = "".join(text_file(f"report/{file}") for file in ("page.js", *scripts))
    policy = (
        f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )
    return Template(text_file(f"report/{name}")).substitute(values, style=style, script=script, policy=policy)


def safe(text: str) -> str:
    """Escape for HTML; what a page cannot hold (controls, lone surrogates) is shown by its number."""
    return escape(show_unsafe(text), quote=True)


def data_script(value: Any) -> str:
    """Return a value as JSON that no HTML parser can mistake for markup."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def hue(cleaner: str) -> int:
    """Return the colour of a cleaner, as an angle: listed, or for a cleaner of the user's own made from its name."""
    return int(toml_table("report/hues.toml")["hue"].get(cleaner, crc32(cleaner.encode("utf-8", "replace")) % 360))


def cleaner_of(rule: str) -> str:
    """Return the cleaner that a rule id belongs to."""
    return rule.partition("/")[0]


def leading_cleaner(rules: Iterable[str]) -> str:
    """Return the cleaner that a composed edit is counted for: the weightiest of those that had a part in it.

    >>> leading_cleaner(["punctuation/colon", "site-chrome/author", "blank-lines/run"])
    'site-chrome'
    """
    weightiest = list(toml_table("report/hues.toml")["hue"])
    ranks = {cleaner: weightiest.index(cleaner) if cleaner in weightiest else -1 for cleaner in map(cleaner_of, rules)}
    return min(ranks, key=lambda cleaner: ranks[cleaner], default="")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
