"""Write `src/cnclean/data/recipe.schema.json` and `rules.schema.json` from the registry.

usage: python tools/build_schemas.py
"""

from __future__ import annotations

from pathlib import Path

import cnclean
from cnclean.recipe.schema import as_json, recipe_schema, rules_schema

DATA = Path(__file__).resolve().parents[1] / "src/cnclean/data"

if __name__ == "__main__":
    (DATA / "recipe.schema.json").write_text(as_json(recipe_schema(cnclean.recipes())), encoding="utf-8")
    (DATA / "rules.schema.json").write_text(as_json(rules_schema()), encoding="utf-8")
