"""Clean Chinese web text: every change has a span and a reason, and cleaning twice is cleaning once.

>>> import cnclean
>>> cnclean.clean("２０２４年,他们来了。")
'2024年，他们来了。'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Bound at once, not when first used: a function that shares its name with a submodule must be bound after the
# submodule has been imported, or the module would take its place.
from cnclean.recipe import RecipeLike, pipeline, recipes

__version__ = "0.1.0"

if TYPE_CHECKING:
    from cnclean.api import clean, clean_html, explain
    from cnclean.cleaner import Cleaner, Scope, options
    from cnclean.cleaners.script.detection import DetectedScript, detect_script
    from cnclean.edit import Edit, Evidence, apply_edits, compose_edits
    from cnclean.errors import CncleanError, ConvergenceWarning
    from cnclean.html.decode import Decoded, decode
    from cnclean.html.extract import extract
    from cnclean.html.page import Page, Removal, TextBlock
    from cnclean.html.prune import Pruner, prune_html
    from cnclean.offsets import OffsetMap
    from cnclean.pipeline import Pipeline
    from cnclean.registry import build, names
    from cnclean.report import LineChange, Report
    from cnclean.report.audit import Audit
    from cnclean.shapes import CharMap, EachLine, LineFilter, LineRewrite, Substitution, Wrapped

__all__ = [
    "Audit",
    "CharMap",
    "Cleaner",
    "CncleanError",
    "ConvergenceWarning",
    "Decoded",
    "DetectedScript",
    "EachLine",
    "Edit",
    "Evidence",
    "LineChange",
    "LineFilter",
    "LineRewrite",
    "OffsetMap",
    "Page",
    "Pipeline",
    "Pruner",
    "RecipeLike",
    "Removal",
    "Report",
    "Scope",
    "Substitution",
    "TextBlock",
    "Wrapped",
    "apply_edits",
    "build",
    "clean",
    "clean_html",
    "compose_edits",
    "decode",
    "detect_script",
    "explain",
    "extract",
    "names",
    "options",
    "pipeline",
    "prune_html",
    "recipes",
]

# The others are loaded when first used, so that `import cnclean` costs next to nothing.
_MODULES = {
    "api": ("clean", "clean_html", "explain"),
    "cleaner": ("Cleaner", "Scope", "options"),
    "cleaners.script.detection": ("DetectedScript", "detect_script"),
    "edit": ("Edit", "Evidence", "apply_edits", "compose_edits"),
    "errors": ("CncleanError", "ConvergenceWarning"),
    "html.decode": ("Decoded", "decode"),
    "html.extract": ("extract",),
    "html.page": ("Page", "Removal", "TextBlock"),
    "html.prune": ("Pruner", "prune_html"),
    "offsets": ("OffsetMap",),
    "pipeline": ("Pipeline",),
    "registry": ("build", "names"),
    "report": ("LineChange", "Report"),
    "report.audit": ("Audit",),
    "shapes": ("CharMap", "EachLine", "LineFilter", "LineRewrite", "Substitution", "Wrapped"),
}
_HOME = {name: module for module, public in _MODULES.items() for name in public}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'cnclean' has no attribute {name!r}")
    value = getattr(import_module(f"cnclean.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
