"""The functions that most users need: text in, clean text out, or the same with every change explained."""

from __future__ import annotations

from typing import Any

from cnclean.errors import require_text
from cnclean.recipe import RecipeLike, pipeline
from cnclean.report import Report


def clean(text: str, recipe: RecipeLike = "web", **overrides: Any) -> str:
    """Return `text` cleaned by a recipe; cleaning the result again changes nothing.

    `recipe` is a name (`cnclean.recipes()`), a path to a TOML file, or a sequence of cleaners. A keyword is a cleaner's
    name with _ for -: `spam=False` switches it off, `script="t2s"` sets its first option, a dict sets several.
    Raises `TypeError` for bytes (see `cnclean.decode`) and `ValueError` for names that do not exist.

    >>> clean("２０２４年,他们来了。", recipe="minimal")
    '2024年，他们来了。'
    """
    require_text(text)
    return pipeline(recipe, **overrides)(text)


def explain(text: str, recipe: RecipeLike = "web", **overrides: Any) -> Report:
    """Return the `Report` of cleaning `text`: the result, and every edit and flag with its rule and reason.

    Takes the same recipe and overrides as `clean`; offsets are code points of `text`.

    >>> explain("你好,世界", recipe="minimal").edits[0].rules
    ('punctuation/comma',)
    """
    require_text(text)
    return pipeline(recipe, **overrides).explain(text)


def clean_html(html: str | bytes, recipe: RecipeLike = "web", **overrides: Any) -> str:
    """Return the main text of an HTML page, cleaned.

    `html` is text, or bytes that are decoded first. The stage `entities` is off: the parser has decoded references
    once, and a tutorial's `&lt;` must not be decoded twice.

    >>> clean_html("<nav>首页</nav><article><p>春天来了,树木长出新叶,河水也开始上涨。</p></article>")
    '春天来了，树木长出新叶，河水也开始上涨。'
    """
    from cnclean.html.extract import extract  # not before a page comes: it takes as long as all else together

    if isinstance(recipe, str):
        overrides = {"entities": False, **overrides}
    return pipeline(recipe, **overrides)(extract(html).text)
