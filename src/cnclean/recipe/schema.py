"""JSON Schema of recipe files and of users' rule files, for editors: made from the registry, shipped in `data/`."""

from __future__ import annotations

import json
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from cnclean.errors import CncleanError, UnknownNameError
from cnclean.registry import build, cleaner_class, default, names, option_names, summary

_DRAFT = "https://json-schema.org/draft-07/schema#"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_PATTERN = {"type": "string", "format": "regex"}
_WORDS = {"type": "array", "items": {"type": "string", "minLength": 2}}


def recipe_schema(recipes: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a recipe file; `recipes` are the names that `extends` may have besides a path."""
    return {
        "$schema": _DRAFT,
        "title": "cnclean recipe",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "about": {"type": "string", "description": "One line on what the recipe is for."},
            "extends": {
                "description": "A recipe to start from: a name, or a path to a file.",
                "anyOf": [{"enum": list(recipes)}, {"type": "string", "pattern": r"\.toml$"}],
            },
            "each_line": {"type": "boolean", "description": "Every line is a record of its own."},
            "stage": {"type": "array", "items": _stage()},
            "set": _set(),
            "example": _examples(),
        },
    }


def rules_schema() -> dict[str, Any]:
    """Return the schema of a user's rule file for the cleaner `spam` (its option `table`)."""
    classes = _item_names("spam", "keep")
    weights = dict.fromkeys(("strong", "solo", "plain", "weak"), _WORDS)
    of_class = {"type": "object", "additionalProperties": False, "properties": weights}
    guard = {"term": {"type": "string"}, "before": _PATTERN, "after": _PATTERN}
    return {
        "$schema": _DRAFT,
        "title": "cnclean spam rules",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "source": {"type": "string"},
            "licence": {"type": "string"},
            "extend": {
                "type": "object",
                "description": "Words of your own, by class.",
                "additionalProperties": False,
                "properties": dict.fromkeys(classes, of_class),
            },
            "drop": {**_WORDS, "description": "Words of the tables that ship to do without."},
            "guard": {
                "type": "array",
                "description": "Where a word does not count: behind `before`, or in front of `after`.",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": guard,
                    "required": ["term"],
                },
            },
            "example": _examples(),
        },
    }


def as_json(schema: dict[str, Any]) -> str:
    """Return the text of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _stage() -> dict[str, Any]:
    """Return the schema of a stage: it takes the options of the cleaner that it uses, and no others."""
    general = {
        "use": {"enum": list(names())},
        "on": {"type": "boolean", "default": True, "description": "false keeps the place but switches it off."},
        "before": {"enum": list(names()), "description": "Stand in front of this stage."},
        "after": {"enum": list(names()), "description": "Stand behind this stage."},
    }
    cases = [
        {
            "if": {"properties": {"use": {"const": name}}},
            "then": {
                "description": summary(name),
                "additionalProperties": False,
                "properties": {**dict.fromkeys(general, True), **_options(name)},
            },
        }
        for name in names()
    ]
    return {"type": "object", "required": ["use"], "properties": general, "allOf": cases}


def _set() -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for name in names():
        options = _options(name)
        forms: list[dict[str, Any]] = [{"type": "boolean"}]
        if options:
            forms.append(next(iter(options.values())))
            forms.append({"type": "object", "additionalProperties": False, "properties": options})
        entries[name] = {"description": summary(name), "anyOf": forms}
    keys = {**entries, **{name.replace("-", "_"): entries[name] for name in names() if "-" in name}}
    return {"type": "object", "additionalProperties": False, "properties": keys}


def _examples() -> dict[str, Any]:
    texts = {"anyOf": [{"type": "string"}, _TEXTS]}
    keys = {"name": {"type": "string"}, "why": {"type": "string"}, "input": {"type": "string"}}
    properties = {**keys, "output": {"type": "string"}, "drop": texts, "keep": texts}
    return {
        "type": "array",
        "description": "What you expect; `cnclean test` runs it.",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "dependencies": {"input": ["output"], "output": ["input"]},
        },
    }


def _options(name: str) -> dict[str, Any]:
    hints = get_type_hints(cleaner_class(name))
    return {option: _option(name, option, hints[option]) for option in option_names(name)}


def _option(name: str, option: str, hint: Any) -> dict[str, Any]:
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    value = default(name, option)
    shown = {} if value is None else {"default": list(value) if isinstance(value, tuple) else value}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint)), **shown}
    if get_origin(hint) is tuple:
        valid = _item_names(name, option)
        return {"type": "array", "items": {"enum": valid} if valid else {"type": "string"}, **shown}
    return {"type": {str: "string", bool: "boolean", int: "integer", float: "number"}[hint], **shown}


def _item_names(name: str, option: str) -> list[str]:
    return valid_values(name, option, ("?",))


def valid_values(name: str, option: str, wrong: object) -> list[str]:
    """Return what an option may be, as the cleaner says when it is given something `wrong`; empty if anything goes."""
    try:
        build(name, **{option: wrong})
    except UnknownNameError as error:
        return list(error.valid)
    except CncleanError:
        return []
    return []
