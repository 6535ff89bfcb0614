"""The ways to write a cleaner without computing an offset: each derives what is told from what is done.

Built-in cleaners that need no more than one of these use it; your own functions become cleaners through them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cnclean.cleaner import Cleaner, Scope, lines
from cnclean.edit import Edit, apply_edits, diff_edits
from cnclean.errors import InputTypeError, OptionError


@dataclass(frozen=True)
class CharMap:
    """A table of single characters and what each becomes. Scope: char. Idempotent if the table is closed.

    >>> CharMap({"「": "“", "」": "”"}, name="corner-quotes")("他说「好」。")
    '他说“好”。'
    """

    table: Mapping[str, str] | tuple[tuple[str, str], ...]
    name: str = "char-map"
    scope: Scope = field(default=Scope.CHAR, init=False)
    whole_text: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        pairs = tuple(dict(self.table).items())
        if bad := [key for key, _ in pairs if len(key) != 1]:
            raise OptionError(f"CharMap: keys are single characters, not {bad[0]!r}; use Substitution for longer ones")
        object.__setattr__(self, "table", pairs)

    @cached_property
    def _values(self) -> dict[str, str]:
        return dict(self.table)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(''.join(self._values))}]" if self._values else r"(?!)")

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each character that the table changes."""
        for match in self._pattern.finditer(text):
            if (new := self._values[match[0]]) != match[0]:
                yield Edit(match.start(), match.end(), new, (self.name,))

    def __call__(self, text: str, /) -> str:
        """Return the text with every character of the table replaced."""
        return self._pattern.sub(lambda match: self._values[match[0]], text)


@dataclass(frozen=True)
class Substitution:
    r"""A regular expression and its replacement, as in `re.sub`. Scope: line unless declared.

    Idempotent if the replacement holds nothing that the pattern matches; `check_laws` finds out.

    >>> Substitution(r"【编者按】", "", name="editor-note")("【编者按】春天来了。")
    '春天来了。'
    """

    pattern: str | re.Pattern[str]
    repl: str = ""
    name: str = "substitution"
    scope: Scope = Scope.LINE

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "pattern", re.compile(self.pattern))
        except re.error as error:
            raise OptionError(f"Substitution: {self.pattern!r} is not a regular expression: {error}") from error

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one edit for each match that changes."""
        for match in re.finditer(self.pattern, text):
            if (new := match.expand(self.repl)) != match[0]:
                yield Edit(match.start(), match.end(), new, (self.name,))

    def __call__(self, text: str, /) -> str:
        """Return the text with every match replaced."""
        return apply_edits(text, self.edits(text))


@dataclass(frozen=True)
class LineFilter:
    r"""A function that looks at one line and gives the reason for dropping it, or None. Scope: line.

    The function gets the line without its terminator. Idempotent because each line is judged by itself.

    >>> LineFilter(lambda line: "advert" if line.startswith("广告") else None)("广告位\n正文。")
    '正文。'
    """

    decide: Callable[[str], str | None]
    name: str = "line-filter"
    scope: Scope = field(default=Scope.LINE, init=False)
    whole_text: bool = field(default=True, init=False)

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield one deletion for each line that is dropped; the reason is its note."""
        at = 0
        for line in lines(text):
            if reason := self.decide(line.removesuffix("\n")):
                yield Edit(at, at + len(line), "", (self.name,), reason)
            at += len(line)

    def __call__(self, text: str, /) -> str:
        """Return the text without the dropped lines."""
        return apply_edits(text, self.edits(text))


@dataclass(frozen=True)
class LineRewrite:
    r"""A function from one line to one line, or to None for none. Scope: line.

    The function gets the line without its terminator. Where it returns more than one line, the line stays as it is.

    >>> LineRewrite(str.rstrip, name="right-strip")("春天 \n来了")
    '春天\n来了'
    """

    function: Callable[[str], str | None]
    name: str = "line-rewrite"
    scope: Scope = field(default=Scope.LINE, init=False)
    whole_text: bool = field(default=True, init=False)

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield the edits of each line, found by comparing."""
        at = 0
        for line in lines(text):
            body = line.removesuffix("\n")
            new = self.function(body)
            if new is None:
                yield Edit(at, at + len(line), "", (self.name,))
            elif "\n" not in new:
                for edit in diff_edits(body, new, (self.name,)):
                    yield edit.shifted(at)
            at += len(line)

    def __call__(self, text: str, /) -> str:
        """Return the text with every line rewritten."""
        return apply_edits(text, self.edits(text))


@dataclass(frozen=True)
class Wrapped:
    """Any function from str to str as a cleaner; its edits are found by comparing. Scope: document unless declared.

    Declared `Scope.LINE`, the function is called with each line without its terminator, and where it returns more
    than one line the line stays; declared `Scope.CHAR`, with each character.

    >>> Wrapped(str.upper)("abc中")
    'ABC中'
    """

    function: Callable[[str], str]
    scope: Scope = Scope.DOCUMENT
    name: str = ""

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise OptionError(f"Wrapped: {self.function!r} is not a function from str to str")
        if not self.name:
            object.__setattr__(self, "name", getattr(self.function, "__name__", type(self.function).__name__))

    @property
    def whole_text(self) -> bool:
        """A function declared local is called line by line or character by character, so the promise is kept."""
        return self.scope != Scope.DOCUMENT

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield the edits that lead from `text` to what the function returns."""
        return diff_edits(text, self(text), (self.name,))

    def __call__(self, text: str, /) -> str:
        """Return what the function makes of the text, within the declared scope."""
        if self.scope == Scope.DOCUMENT:
            return self._call(text)
        if self.scope == Scope.LINE:
            return "".join([self._line(line) for line in lines(text)])
        return "".join([self._line(char) for char in text])

    def _line(self, line: str) -> str:
        body = line.removesuffix("\n")
        new = self._call(body)
        return line if "\n" in new else new + line[len(body) :]

    def _call(self, text: str) -> str:
        result = self.function(text)
        if not isinstance(result, str):
            raise InputTypeError(f"{self.name} must return a str, it returned {type(result).__name__}")
        return result


@dataclass(frozen=True)
class EachLine:
    r"""A cleaner that is given every line by itself, without its terminator. Scope: line.

    Where it would make more than one line of a line, the line stays. Idempotent where the inner cleaner is.

    >>> EachLine(Wrapped(str.strip))(" 春天 \n 来了 ")
    '春天\n来了'
    """

    cleaner: Cleaner
    scope: Scope = field(default=Scope.LINE, init=False)
    whole_text: bool = field(default=True, init=False)

    @property
    def name(self) -> str:
        """The name of the inner cleaner."""
        return self.cleaner.name

    def edits(self, text: str, /) -> Iterator[Edit]:
        """Yield the edits of each line."""
        at = 0
        for line in lines(text):
            body = line.removesuffix("\n")
            edits = list(self.cleaner.edits(body))
            if "\n" not in apply_edits(body, edits):
                yield from (edit.shifted(at) for edit in edits)
            at += len(line)

    def __call__(self, text: str, /) -> str:
        """Return the text with every line cleaned by itself."""
        return "".join([self._line(line) for line in lines(text)])

    def _line(self, line: str) -> str:
        body = line.removesuffix("\n")
        new = self.cleaner(body)
        return line if "\n" in new else new + line[len(body) :]
