"""Doctests of modules and pages that need a package are left out where it is not installed."""

from importlib.util import find_spec

_NEEDS = {
    "src/cnclean/corpus/*": ("pyarrow", "zstandard", "warcio"),
    "src/cnclean/corpus/formats/*": ("pyarrow", "zstandard", "warcio"),
    "src/cnclean/cli/corpus.py": ("pyarrow",),
    "src/cnclean/adapters/arrow.py": ("pyarrow",),
    "src/cnclean/adapters/data_juicer.py": ("data_juicer",),
    "src/cnclean/adapters/datatrove.py": ("datatrove",),
    "src/cnclean/adapters/langchain.py": ("langchain_core",),
    "docs/how-to/arrow.md": ("pyarrow",),
    "docs/how-to/corpus.md": ("pyarrow",),
    "docs/how-to/spark.md": ("pyarrow",),
}
collect_ignore_glob = [place for place, packages in _NEEDS.items() if not all(map(find_spec, packages))]
