"""Recipes: TOML files of ordered stages, and the pipelines that they make."""

from cnclean.recipe.recipe import Recipe, RecipeLike, Stage, load_recipe, pipeline, recipes

__all__ = ["Recipe", "RecipeLike", "Stage", "load_recipe", "pipeline", "recipes"]
