"""SiteChrome: removes what a page's site put around its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from cnclean.cleaner import Scope
from cnclean.cleaners.site_chrome.alone import Verdict
from cnclean.cleaners.site_chrome.cues import cues, site_name
from cnclean.cleaners.site_chrome.judge import Verdicts, judge
from cnclean.cleaners.site_chrome.page import Known, Page, read_page
from cnclean.cleaners.site_chrome.protected import protected_places
from cnclean.cleaners.site_chrome.repeats import find_repeats
from cnclean.cleaners.site_chrome.segment import find_outside
from cnclean.cleaners.site_chrome.weight import weightless
from cnclean.edit import Edit, Evidence
from cnclean.errors import OptionError, one_of

Mode = Literal["cues", "article"]


def kinds() -> tuple[str, ...]:
    """Return the kinds of site chrome that can be kept, sorted: every rule id is `site-chrome/<kind>`."""
    return tuple(sorted({cue.kind for cue in cues()} | {site_name().kind, "menu", "tail", "repeated-title"}))


@dataclass(frozen=True)
class SiteChrome:
    r"""Text without the menus, forms, meta lines, related lists and footers of the site it came from.

    Scope: document. Whole lines are removed, each with its terminator; what stays is not touched. `mode="cues"` takes
    what is surely chrome, `mode="article"` leaves the body only; kinds in `keep` stay. Idempotent because a line goes
    either for what it is by itself or for evidence in lines that go as well, so nothing is left to find, and the body
    that is left is its own best stretch; a text that is chrome only stays as it is.

    >>> SiteChrome()("首页 > 新闻\n春耕开始了，村里的人都下了地。\n责任编辑：王小明\n")
    '春耕开始了，村里的人都下了地。\n'
    >>> SiteChrome()("登录")
    '登录'
    """

    mode: Mode = "cues"
    keep: tuple[str, ...] = ()

    name = "site-chrome"
    scope = Scope.DOCUMENT

    def __post_init__(self) -> None:
        one_of("mode", self.mode, get_args(Mode))
        if isinstance(self.keep, str):
            raise OptionError(f"keep must be a sequence of kinds, not {self.keep!r}")
        object.__setattr__(self, "keep", tuple(self.keep))
        for kind in self.keep:
            one_of("kind of site chrome", kind, kinds())

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each line that goes; flags where nothing would be left."""
        return self.edits_with(text, {})

    def edits_with(self, text: str, memory: dict[str, Any], /) -> Iterator[Edit]:
        """Yield the same edits; lines that `memory` knows are not looked at again."""
        page, verdicts = self._judge(text, memory)
        if not verdicts:
            return
        nothing_left = len(verdicts) == len(page)
        places = sorted(verdicts)
        for place, (start, end) in zip(places, page.spans(places), strict=True):
            verdict = verdicts[place]
            yield Edit(
                start,
                end,
                text[start:end] if nothing_left else "",
                (f"site-chrome/{verdict.kind}",),
                _note(verdict, nothing_left),
                (Evidence(verdict.cue, matched=verdict.matched),),
            )

    def clean_with(self, text: str, memory: dict[str, Any], /) -> str:
        """Return the text that these edits lead to, without making them."""
        page, verdicts = self._judge(text, memory)
        return page.without(verdicts) if 0 < len(verdicts) < len(page) else text

    def _judge(self, text: str, memory: dict[str, Any]) -> tuple[Page, Verdicts]:
        if (known := memory.get("known")) is None:
            known = memory["known"] = Known()
        page = read_page(text, self.keep, known)
        protected = frozenset() if page.quiet else protected_places(text, page.texts)
        verdicts = judge(page, self.keep, protected)
        repeats = "repeated-title" not in self.keep
        if self.mode == "cues":
            if repeats and (more := find_repeats(page, verdicts)):
                stay = protected_places(text, page.texts) if page.quiet else protected
                verdicts.update((place, verdict) for place, verdict in more.items() if place not in stay)
            return page, verdicts
        if repeats:
            verdicts |= find_repeats(page, verdicts, weightless)
        verdicts |= find_outside(page, verdicts)
        if repeats:  # once more: the first lines of the body are the first lines now
            verdicts |= find_repeats(page, verdicts, weightless)
        return page, verdicts

    def __call__(self, text: str, /) -> str:
        """Return `text` without its site chrome."""
        return self.clean_with(text, {})


def _note(verdict: Verdict, nothing_left: bool) -> str:
    note = f"{verdict.kind}: {verdict.cue} “{verdict.matched[:30]}”"
    return f"{note}; left, because nothing else would be" if nothing_left else note
