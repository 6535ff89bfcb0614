"""cnclean beside the C++ package `opencc`: both bring a package named `opencc`, and the last one installed wins.

Each order gets an environment of its own, made from the package index.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PEER = "opencc"
CONVERT = """
import importlib.metadata, sys
import cnclean
print(cnclean.build("script", config="t2s")("發展中國家的頭髮"))
print(cnclean.clean("這個軟件很好用,大家都喜歡。", "corpus"))
assert "opencc" not in sys.modules, "cnclean imported the package that two projects own"
importlib.metadata.distribution("opencc-python-reimplemented")
"""

pytestmark = [
    pytest.mark.peers,
    pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="needs the source tree, to install it"),
]


def _run(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _pip(python, *arguments):
    _run(python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


@pytest.mark.parametrize("order", [(str(ROOT), PEER), (PEER, str(ROOT))], ids=["cnclean-first", "opencc-first"])
def test_either_order_of_installation(order, tmp_path):
    _run(sys.executable, "-m", "venv", str(tmp_path))
    python = str(tmp_path / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    for package in order:
        _pip(python, "install", package)
    _run(python, "-c", "import importlib.metadata as m; m.version('opencc')")
    expected = "发展中国家的头发\n这个软件很好用，大家都喜欢。\n"
    assert _run(python, "-c", CONVERT) == expected
    _pip(python, "uninstall", "--yes", "opencc")
    assert _run(python, "-c", CONVERT) == expected  # the dictionary files are not where the other package had its own
