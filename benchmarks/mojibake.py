"""Mojibake repair by class and length, beside ftfy and brute force; false positives; speed.

usage: python -m benchmarks.mojibake [--data ../shared/eval] [--half 0|1] [--samples 60] [--only WHAT]

`--data` is a folder of compressed JSON lines with a `text` each; without it the sentences of this file
are used. Texts are split in two halves by CRC-32 of the line: thresholds were set on half 0, half 1 checks.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
import zlib
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

import ftfy

import cnclean
from cnclean.cleaners.mojibake.codecs import CONFUSIONS, undo

Corruption = Callable[[str], str]
LENGTHS = (2, 4, 8, 16, 32)
HEAD = " | ".join(f"{n} characters" for n in LENGTHS)
OWN = (
    "春天来了，院子里的桃花都开了，孩子们在树下做游戏，老人们坐在门口晒太阳。",
    "数据库服务器在凌晨重新启动，日志显示内存不足，工程师花了一个小时才找到原因。",
    "這座城市的夜景非常漂亮，每年都有許多遊客前來參觀，街上的小吃也很有名。",
)
HAN = re.compile(r"[\u4e00-\u9fff]")
ODD = re.compile(r"[\x00-\x08\n-\x1f\x7f\x85\u2028\u2029\u3100-\u312f\ue000-\uf8ff\ufffd\U00010000-\U0010ffff]")
BROKEN = re.compile(r"[\x00-\x08\n-\x1f\x7f\u2028\u2029]")


def cp1252(data: bytes) -> str:
    """Read bytes as browsers read cp1252."""
    return "".join(chr(b) if b in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((b,)).decode("cp1252") for b in data)


def reading(true: str, wrong: str) -> Corruption:
    """Return the corruption; it gives the empty string where bytes are lost on the way."""

    def corrupt(text: str) -> str:
        try:
            data = text.encode(true)
            broken = cp1252(data) if wrong == "cp1252" else data.decode(wrong)
            kept = wrong in ("cp1252", "latin-1") or broken.encode(wrong) == data
        except UnicodeError:
            return ""
        return broken if kept and not BROKEN.search(broken) else ""

    return corrupt


def twice(first: Corruption, second: Corruption) -> Corruption:
    """Return both corruptions, one after the other."""
    return lambda text: second(broken) if (broken := first(text)) else ""


LOSSLESS: dict[str, tuple[Corruption, bool]] = {
    "UTF-8 as latin-1": (reading("utf-8", "latin-1"), False),
    "UTF-8 as cp1252": (reading("utf-8", "cp1252"), False),
    "UTF-8 as GB18030": (reading("utf-8", "gb18030"), False),
    "GBK as latin-1": (reading("gb18030", "latin-1"), False),
    "GBK as cp1252": (reading("gb18030", "cp1252"), False),
    "Big5 as cp1252": (reading("big5hkscs", "cp1252"), True),
    "GBK as Big5": (reading("gb18030", "big5hkscs"), False),
    "Big5 as GBK": (reading("big5hkscs", "gb18030"), True),
    "GBK as Shift-JIS": (reading("gb18030", "cp932"), False),
    "GBK as EUC-KR": (reading("gb18030", "cp949"), False),
    "UTF-8 as cp1252, twice": (twice(reading("utf-8", "cp1252"), reading("utf-8", "cp1252")), False),
    "UTF-8 as GB18030, twice": (twice(reading("utf-8", "gb18030"), reading("utf-8", "gb18030")), False),
    "GBK as cp1252, then UTF-8 as cp1252": (twice(reading("gb18030", "cp1252"), reading("utf-8", "cp1252")), False),
    "GBK as Big5, then UTF-8 as GB18030": (twice(reading("gb18030", "big5hkscs"), reading("utf-8", "gb18030")), False),
    "Big5 as GBK, then UTF-8 as cp1252": (twice(reading("big5hkscs", "gb18030"), reading("utf-8", "cp1252")), True),
}
LOSSY: dict[str, Corruption] = {
    "UTF-8 as GBK, `?`": lambda t: t.encode().decode("gbk", "replace").replace("\ufffd", "?"),
    "UTF-8 as GBK, U+FFFD": lambda t: t.encode().decode("gbk", "replace"),
    "UTF-8 as GBK, dropped": lambda t: t.encode().decode("gbk", "ignore"),
    "UTF-8 as cp1252, U+FFFD": lambda t: t.encode().decode("cp1252", "replace"),
    "UTF-8 as cp1252, dropped": lambda t: t.encode().decode("cp1252", "ignore"),
    "GBK off by one": lambda t: t.encode("gb18030")[1:].decode("gb18030", "replace"),
}


def load(data: Path | None, *names: str) -> list[str]:
    """Return the lines of the named sets."""
    if data is None:
        return [line for line in OWN if ("這" in line) == ("traditional_web" in names)]
    lines: list[str] = []
    for name in names:
        (path,) = data.glob(f"*/{name}.jsonl.gz")
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in file:
                lines += [line for line in json.loads(row)["text"].split("\n") if line.strip()]
    return lines


def windows(lines: list[str], length: int, seed: int) -> Iterator[str]:
    """Yield stretches of `length` characters, mostly Han, for ever."""
    rng = random.Random(seed)
    long = [line for line in lines if len(HAN.findall(line)) >= min(length, 30)]
    while True:
        line = rng.choice(long)
        start = rng.randrange(max(1, len(line) - length + 1))
        text = line[start : start + length]
        enough = len(HAN.findall(text)) >= length * (1 if length <= 4 else 0.75)
        if len(text) == length and enough and text == text.strip() and not ODD.search(text):
            yield text


def samples(lines: list[str], corrupt: Corruption, length: int, count: int) -> list[tuple[str, str]]:
    """Return pairs of text and its corruption; fewer where the class seldom keeps all bytes."""
    found: list[tuple[str, str]] = []
    for tries, text in enumerate(windows(lines, length, length + 7)):
        if len(found) == count or tries > 40 * count:
            return found
        broken = corrupt(text)
        if broken and broken != text and not BROKEN.search(broken):
            found.append((text, broken))
    return found


def brute_force(text: str) -> str:
    """Undo the confusion whose result has most characters of GB2312 level 1: it always finds something."""

    def common(candidate: str) -> float:
        return sum(0xB0 <= (c.encode("gb2312", "ignore") or b"\0")[0] <= 0xD7 for c in candidate) / len(candidate)

    return max([text, *filter(None, (undo(text, confusion) for confusion in CONFUSIONS))], key=common)


def right(got: str, text: str) -> float:
    """Return the share of the characters of `text` that `got` has, in order."""
    blocks = SequenceMatcher(None, got, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(text)


def table(title: str, rows: dict[str, list[str]], head: str) -> None:
    """Print a Markdown table."""
    print(f"\n{title}\n\n| class | {head} |\n|---|" + "---|" * (head.count("|") + 1))
    for name, cells in rows.items():
        print(f"| {name} | " + " | ".join(cells) + " |")


def repair(data: Path | None, half: int, count: int) -> None:
    """Print exact repair of lossless classes: cnclean / ftfy / brute force."""
    tools = (cnclean.build("mojibake"), ftfy.fix_encoding, brute_force)
    simplified = split(load(data, "zhihu", "weekly", "reviews"), half)
    traditional = split(load(data, "traditional_web"), half)
    rows: dict[str, list[str]] = {}
    for name, (corrupt, is_traditional) in LOSSLESS.items():
        rows[name] = []
        for length in LENGTHS:
            pairs = samples(traditional if is_traditional else simplified, corrupt, length, count)
            shares = [sum(tool(broken) == text for text, broken in pairs) / max(1, len(pairs)) for tool in tools]
            rows[name].append(" / ".join(f"{share:.2f}" for share in shares) + f" ({len(pairs)})")
    table("Exactly restored: cnclean / ftfy / brute force (samples)", rows, HEAD)


def lossy(data: Path | None, half: int, count: int) -> None:
    """Print the share of characters that are right after repair of lossy classes, and of embedded runs."""
    fix = cnclean.build("mojibake")
    lines = split(load(data, "zhihu", "weekly", "reviews"), half)
    rows: dict[str, list[str]] = {}
    for name, corrupt in LOSSY.items():
        rows[name] = []
        for length in LENGTHS:
            pairs = samples(lines, corrupt, length, count)
            rows[name].append(f"{sum(right(fix(b), t) for t, b in pairs) / max(1, len(pairs)):.3f}")
    table("Characters right after repair: cnclean", rows, HEAD)
    rows = {}
    sound = windows(lines, 12, 5)
    for name, (corrupt, _) in list(LOSSLESS.items())[:8]:
        for separator in ("", "，"):
            cells = []
            for length in LENGTHS:
                hits = []
                for text, broken in samples(lines, corrupt, length, count):
                    a, b = next(sound) + separator, separator + next(sound)
                    hits.append(fix(a + broken + b) == a + text + b)
                cells.append(f"{sum(hits) / max(1, len(hits)):.2f} ({len(hits)})")
            rows[f"{name}, {'between commas' if separator else 'no separator'}"] = cells
    table("Embedded in sound text, exactly restored: cnclean", rows, HEAD)


def split(lines: list[str], half: int) -> list[str]:
    """Return one half of the lines, chosen by hash; all of them if there are few."""
    return [line for line in lines if zlib.crc32(line.encode()) & 1 == half] if len(lines) > 100 else lines


# Hotel reviews in the evaluation data that were really damaged (GBK as Big5, Big5 as GBK), judged by reading: the
# CRC-32 of their lines.
TRUE_REPAIRS = frozenset((0xA3F2FA1B, 0x43A85643, 0x95C3B2C6))


def false_positives(data: Path) -> None:
    """Print every change of sound text by CRC-32 of its line; those that are true repairs are counted apart."""
    fix = cnclean.build("mojibake")
    print("\nChanges of sound text\n\n| set | characters | lines changed | of these true repairs |\n|---|---|---|---|")
    for path in sorted([*data.glob("clean/*.gz"), *data.glob("spam/ham_*.gz")]):
        name = path.name.removesuffix(".jsonl.gz")
        lines = load(data, name)
        changed = [zlib.crc32(line.encode()) for line in lines if fix(line) != line]
        true = [crc for crc in changed if crc in TRUE_REPAIRS]
        unknown = " ".join(f"{crc:08x}" for crc in changed if crc not in TRUE_REPAIRS)
        print(f"| {name} | {sum(map(len, lines))} | {len(changed)} {unknown} | {len(true)} |")


def speed(data: Path | None) -> None:
    """Print speed on clean and on broken text beside ftfy's, both in this run and taking turns."""
    clean = "\n".join(load(data, "weekly", "zhihu"))[:700_000]
    clean = clean if data else clean * 3000
    texts = {"clean": clean}
    for name in ("UTF-8 as cp1252", "UTF-8 as GB18030", "GBK as cp1252", "GBK as Big5"):
        corrupt = LOSSLESS[name][0]
        texts[name] = "\n".join(filter(None, map(corrupt, clean[:200_000].split("\n"))))[:150_000]
    fix = cnclean.build("mojibake")
    fix("浣犲ソ")  # tables are loaded once
    print("\nSpeed, MB of UTF-8 a second\n\n| text | MB | cnclean | ftfy.fix_text | ratio |\n|---|---|---|---|---|")
    for name, text in texts.items():
        size = len(text.encode()) / 1e6
        best = {"cnclean": 0.0, "ftfy": 0.0}
        for _ in range(3):
            for tool, call in (("cnclean", fix), ("ftfy", ftfy.fix_text)):
                start = time.process_time()
                call(text)
                best[tool] = max(best[tool], size / max(1e-9, time.process_time() - start))
        ratio = best["cnclean"] / best["ftfy"]
        print(f"| {name} | {size:.2f} | {best['cnclean']:.1f} | {best['ftfy']:.2f} | {ratio:.1f} |")


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--half", type=int, default=1, choices=(0, 1))
    parser.add_argument("--samples", type=int, default=60)
    parser.add_argument("--only", choices=("repair", "lossy", "false", "speed"))
    args = parser.parse_args()
    if args.only in (None, "repair"):
        repair(args.data, args.half, args.samples)
    if args.only in (None, "lossy"):
        lossy(args.data, args.half, args.samples)
    if args.only in (None, "false") and args.data:
        false_positives(args.data)
    if args.only in (None, "speed"):
        speed(args.data)


if __name__ == "__main__":
    main()
