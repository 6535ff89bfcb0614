"""Named hypothesis strategies: mixtures of the domain's nasty tokens. Plain random text finds nothing.

And how many examples are tried: `few` for what is slow, in the default run only.
"""

import json
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

TOKENS = Path(__file__).parent / "tokens"

# What no cleaner owns, and every cleaner must survive.
GENERAL = [
    *["", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\0", "\ud800", "\udfff", "\x85", "\u2028", "\ufeff", "\ufffd"],
    *["a", "abc", "1", "3.14", ",", "，", "。", "：", ":", "(", ")", "（", "）", "“", "”", "《", "》", "、", "…"],
    *"中 中文 的 了 北京 今天天气很好。 他说：“好”。 發展 来源 𠮷 😀 👨‍👩‍👧 é e\u0301".split(),
    *["http://example.com/a?b=1&c=2", "def f(x):\n    return x\n", "| 甲 | 乙 |", "床前明月光，\n疑是地上霜。\n"],
]

# Scraps of markup, as careless extraction leaves them in text.
MARKUP = [
    *["<p>", "</p>", "<br>", '<div class="a">', "</div>", "<a href=/>", "</a>", "<td>", "<li>", "<!--", "-->"],
    *["&nbsp;", "&lt;p&gt;", "&#20013;", "[图片]", "[url=a]", "{{", "}}", "\\n", "##", "**", "\n", "<script>"],
]


def few(examples: int) -> settings:
    """Return settings of so many examples in the default run; in the runs that take longer, as many as the profile."""
    profile = settings.default
    return settings(max_examples=examples if profile == settings.get_profile("dev") else profile.max_examples)


def tokens(stem: str) -> list[str]:
    """Return the nasty tokens of one cleaner; without them its laws would be tried on next to nothing."""
    path = TOKENS / f"{stem}.json"
    written = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    assert written, (
        f"tests/tokens/{path.name}: write down, as a JSON list of strings, pieces of what {stem} is about and of what "
        "looks like it (CONTRIBUTING.md, step 4 of “Add a cleaner in an hour”)"
    )
    return written


def all_tokens() -> list[str]:
    """Return the tokens of all cleaners, each once."""
    return list(dict.fromkeys(token for path in sorted(TOKENS.glob("*.json")) for token in tokens(path.stem)))


def mixtures(stem: str | None = None, max_size: int = 12) -> st.SearchStrategy[str]:
    """Return texts made of the tokens of one cleaner (or of all), general tokens and a little random text."""
    own = st.sampled_from(tokens(stem) if stem else all_tokens())
    piece = st.one_of(own, own, own, st.sampled_from(GENERAL), st.text(max_size=3))
    return st.lists(piece, max_size=max_size).map("".join)


def repeated_lines(stem: str | None = None) -> st.SearchStrategy[str]:
    """Return documents whose lines repeat, as titles and menus do."""
    own = tokens(stem) if stem else all_tokens()
    line = st.lists(st.sampled_from(own + GENERAL), max_size=4).map("".join)
    return st.lists(line, min_size=1, max_size=4).flatmap(
        lambda kinds: st.lists(st.sampled_from(kinds), max_size=12).map("\n".join)
    )


def documents(stem: str | None = None) -> st.SearchStrategy[str]:
    """Return mixtures, or documents of repeated lines."""
    return st.one_of(mixtures(stem), repeated_lines(stem))


def pages() -> st.SearchStrategy[str]:
    """Return tokens of all cleaners between scraps of markup, in stretches that may repeat many times."""
    piece = st.one_of(*map(st.sampled_from, (all_tokens(), GENERAL, MARKUP)), st.text(max_size=3))
    stretch = st.lists(piece, min_size=1, max_size=3).map("".join)
    times = st.sampled_from([1, 1, 1, 2, 3, 17, 70])
    return st.lists(st.builds(str.__mul__, stretch, times), max_size=9).map("".join)
