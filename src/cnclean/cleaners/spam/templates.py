"""The templates of spam: set forms of speech with a fixed beginning and a fixed end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cnclean.tables import toml_table


@dataclass(frozen=True, slots=True)
class Template:
    """A set form of speech that can be cut out of a line.

    Tried only where one of the words `need` stands, and the pattern `also` is found if there is one.
    """

    name: str
    weight: float
    whole_line: bool
    need: tuple[str, ...]
    also: str
    forms: tuple[tuple[str, int], ...]
    """Patterns, each with the number of characters in front of a match that belong to it, back to a stop."""


def templates(keep: tuple[str, ...]) -> tuple[Template, ...]:
    """Return the templates of the table, without those of the classes in `keep`."""
    data = toml_table("spam-templates.toml")
    return tuple(
        Template(
            name=entry["id"],
            weight=entry.get("weight", 4.0),
            whole_line=entry.get("cut", "span") == "line",
            need=tuple(entry["need"]),
            also=_expand(entry.get("also", ""), data["macros"]),
            forms=tuple(
                (_form(entry, key, data["macros"]), entry["lead"] if key == "led" else 0)
                for key in ("forms", "led")
                if key in entry
            ),
        )
        for entry in data["template"]
        if entry["class"] not in keep
    )


def _form(entry: Mapping[str, Any], key: str, macros: Mapping[str, str]) -> str:
    pattern = _expand("|".join(entry[key]), macros)
    return f"(?=[{entry['begins']}])(?:{pattern})" if "begins" in entry else pattern


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    for _ in range(2):  # a macro may use another one; {0,9} is none
        for name, text in macros.items():
            pattern = pattern.replace(f"{{{name}}}", text)
    return pattern
