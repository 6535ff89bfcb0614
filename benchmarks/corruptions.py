"""Sound lines, and the ways to break them that `benchmarks.mojibake` knows."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.material import rows

Corruption = Callable[[str], str]
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
        for row in rows(path):
            lines += [line for line in row["text"].split("\n") if line.strip()]
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


def split(lines: list[str], half: int) -> list[str]:
    """Return one half of the lines, chosen by hash; all of them if there are few."""
    return [line for line in lines if zlib.crc32(line.encode()) & 1 == half] if len(lines) > 100 else lines
