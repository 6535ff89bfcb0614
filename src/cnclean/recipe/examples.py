"""Examples in a user's recipe or rule file: what must come of a text, which lines must go, what must stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cnclean.errors import RecipeError, one_of

_KEYS = ("name", "why", "input", "output", "drop", "keep")

# Lines are judged in company: a text of nothing but chrome is left alone. Plain prose that no cleaner touches.
_BEFORE = "清晨的渡口还没有人，只有一条小船靠在岸边。船家坐在船头补网，看见我们走近，便站起来招呼。\n"
_AFTER = "\n过了江，路就好走多了。我们沿着田埂走了半个钟头，太阳升起来的时候，已经能看见村口的老树。\n"


@dataclass(frozen=True)
class Example:
    """What the author of a file expects: an output for an input, or lines that must go (`drop`) or stay (`keep`)."""

    name: str
    input: str | None = None
    output: str | None = None
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return how many expectations it holds."""
        return (self.input is not None) + len(self.drop) + len(self.keep)

    def failures(self, clean: Callable[[str], str]) -> Iterator[str]:
        """Yield a sentence for each expectation that `clean` does not meet."""
        if self.input is not None and (got := clean(self.input)) != self.output:
            yield f"{self.name}: {self.input!r} becomes {got!r}, not {self.output!r}"
        for line in self.drop:
            if clean(_BEFORE + line + _AFTER) not in (clean(_BEFORE + _AFTER), clean(_BEFORE + _AFTER.lstrip("\n"))):
                yield f"{self.name}: {line!r} does not go from between two paragraphs"
        for text in self.keep:
            if (got := clean(text)) != text:
                yield f"{self.name}: {text!r} does not stay: it becomes {got!r}"
            elif text not in clean(_BEFORE + text + _AFTER):
                yield f"{self.name}: {text!r} stays alone, but not between two paragraphs"


def parse_examples(entries: Any, where: str) -> tuple[Example, ...]:
    """Return the `[[example]]` tables of a file; `RecipeError` for what is none."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RecipeError(f"{where}: examples are written [[example]], with input and output, or drop, or keep")
    return tuple(_parsed(entry, f"{where}: example {number}") for number, entry in enumerate(entries, 1))


def _parsed(entry: dict[str, Any], where: str) -> Example:
    for key in entry:
        one_of(f"key of {where}", key, _KEYS)
    if ("input" in entry) != ("output" in entry):
        raise RecipeError(f"{where}: input and output go together")
    if not entry.keys() & {"input", "drop", "keep"}:
        raise RecipeError(f"{where}: says nothing; give input and output, or drop, or keep")
    for key in ("name", "why", "input", "output"):
        if not isinstance(entry.get(key, ""), str):
            raise RecipeError(f"{where}: {key} is a text in quotes")
    lists = {key: _texts(entry.get(key, []), f"{where}: {key}") for key in ("drop", "keep")}
    number = where.rpartition(" ")[2]
    return Example(entry.get("name", f"example {number}"), entry.get("input"), entry.get("output"), **lists)


def _texts(value: Any, where: str) -> tuple[str, ...]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise RecipeError(f"{where} is a text or a list of texts")
    return tuple(texts)


def failures(examples: Iterable[Example], clean: Callable[[str], str]) -> list[str]:
    """Return a sentence for every expectation that is not met."""
    return [failure for example in examples for failure in example.failures(clean)]
