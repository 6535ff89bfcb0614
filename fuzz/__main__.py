"""Run a target under atheris for some time, or try saved inputs again: `python -m fuzz --help`."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

_KINDS_SHOWN = 20
_SLOWEST = 30  # seconds that one input may take


class Run:
    """One target under the fuzzer: goes on after a failure, and saves the first input of each kind."""

    def __init__(self, name: str, check: Callable[[bytes], None], seconds: float, found: Path) -> None:
        self.name, self.check, self.found = name, check, found
        self.end = time.monotonic() + seconds
        self.executions = 0
        self.kinds: dict[tuple[str, ...], Path] = {}

    def __call__(self, data: bytes) -> None:
        """Try one input; end the process when the time is over."""
        if time.monotonic() > self.end:
            self._finish()
        self.executions += 1
        try:
            self.check(data)
        except Exception as error:
            self._keep(data, error)

    def _keep(self, data: bytes, error: Exception) -> None:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "cnclean" in frame.filename]
        kind = (type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in frames[-1:]), str(error)[:40])
        if kind in self.kinds or len(self.kinds) >= _KINDS_SHOWN:
            return
        self.found.mkdir(parents=True, exist_ok=True)
        path = self.found / f"{self.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        path.write_bytes(data)
        self.kinds[kind] = path
        print(f"\n== {self.name}: failure {len(self.kinds)}, saved as {path}", *kind, sep="\n   ", flush=True)

    def _finish(self) -> None:
        # libFuzzer's own end skips everything that Python would still do, its exit status too
        print(f"\n{self.name}: {self.executions} executions, {len(self.kinds)} kinds of failure", flush=True)
        os._exit(1 if self.kinds else 0)


def _fuzz(args: argparse.Namespace) -> None:
    import atheris

    with atheris.instrument_imports(include=["cnclean"]):
        from fuzz.seeds import dictionary, seeds
        from fuzz.targets import TARGETS

        check = TARGETS[args.target]
        for seed in seeds(args.target):  # imports here what cnclean imports late, so that it is instrumented
            check(seed)
    work = Path(tempfile.mkdtemp(prefix="cnclean-fuzz-"))
    (work / "words").write_text(dictionary(), encoding="ascii")
    (work / "seeds").mkdir()
    for number, seed in enumerate(seeds(args.target)):
        (work / "seeds" / f"{number:04}").write_bytes(seed)
    corpus = args.corpus or work / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    args.found.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_len={args.longest}", f"-timeout={_SLOWEST}", "-rss_limit_mb=3000"]
    places = [f"-dict={work}/words", f"-artifact_prefix={args.found}/", str(corpus), str(work / "seeds")]
    run = Run(args.target, check, args.seconds, args.found)
    atheris.Setup([sys.argv[0], *limits, "-reload=0", *places], run)
    atheris.Fuzz()


def _replay(args: argparse.Namespace) -> None:
    from fuzz.targets import TARGETS

    for path in args.inputs:
        TARGETS[args.target](path.read_bytes())
        print(f"{path}: passes")


def main() -> None:
    """Fuzz, or replay."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("target", help="clean, cleaner, html, decode, recipe-file or rule-file")
    parser.add_argument("inputs", nargs="*", type=Path, help="saved inputs to try again, without atheris")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--longest", type=int, default=400, help="bytes of an input")
    parser.add_argument("--corpus", type=Path, help="folder that keeps what was found interesting, for the next run")
    parser.add_argument("--found", type=Path, default=Path("build/fuzz/found"), help="folder for inputs that fail")
    args = parser.parse_args()
    (_replay if args.inputs else _fuzz)(args)


main()
