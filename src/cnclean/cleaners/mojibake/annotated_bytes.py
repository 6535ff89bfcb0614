"""Pages in GBK that were annotated byte by byte: the annotations fell between the bytes of characters.

A program looked for the bytes of characters and put their reading behind them in brackets, 數(shù). Where the bytes
of two neighbours made up a third character, the reading fell into the middle of the second: its first byte and the
bracket could not be decoded and became a question mark, and everything up to the next ASCII character was read one byte
off. The lost byte is known from the rest of the page, where each annotated character stands with its reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from cnclean.character_model import character_model, is_traditional
from cnclean.cleaners.mojibake.lattice import Piece, best_path
from cnclean.cleaners.mojibake.lossy_gbk import HOLE, gbk_readings
from cnclean.edit import Edit

_RULE = ("mojibake/annotated-bytes",)
_LEAST_PAIRS = 5  # annotated characters that show that the page was annotated
_PINYIN = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}"
_PAIR = re.compile(rf"([\u4e00-\u9fff])\(({_PINYIN})\)")
_BROKEN = re.compile(rf"\?({_PINYIN})\)")
_REFERENCE = re.compile(r"\?(?:(?P<left>ldquo)|(?P<right>rdquo)|(?P<dots>hellip)|(?P<dash>mdash)|(?P<space>nbsp));")
_REFERENCES = {"left": "“", "right": "”", "dots": "…", "dash": "—", "space": " "}
_Token = tuple[int, int, int]  # byte or HOLE, and the span of the line that it comes from


def annotated_bytes_edits(text: str) -> Iterator[Edit]:
    """Yield the repairs of all lines in which an annotation fell between two bytes."""
    if not _BROKEN.search(text):
        return
    readings: defaultdict[str, set[bytes]] = defaultdict(set)
    for char, pinyin in _PAIR.findall(text):
        readings[pinyin].add(char.encode("gb18030"))
    if sum(map(len, readings.values())) < _LEAST_PAIRS:
        return
    done = -1
    for match in _BROKEN.finditer(text):
        if match.start() < done:
            continue
        start, done = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        done = len(text) if done < 0 else done
        for edit in _line_edits(text[start:done], readings):
            yield edit.shifted(start)


def _line_edits(line: str, readings: dict[str, set[bytes]]) -> Iterator[Edit]:
    tokens = _tokens(line, readings)
    data = [token for token, _, _ in tokens]
    traditional = is_traditional(line)
    path = best_path(len(data), lambda at: gbk_readings(data, at, traditional), "。")
    model = character_model()

    def changed(piece: Piece) -> bool:
        start, end = tokens[piece.start][1], tokens[piece.end - 1][2]
        return line[start:end] != piece.text

    for broken, pieces in groupby(path, key=changed):
        if broken:
            part = list(pieces)
            start, end = tokens[part[0].start][1], tokens[part[-1].end - 1][2]
            new = "".join(piece.text for piece in part)
            if model.weight(new) < model.weight(line[start:end]):
                yield Edit(start, end, new, _RULE, "an annotation fell between two bytes")


def _tokens(line: str, readings: dict[str, set[bytes]]) -> list[_Token]:
    """Return the bytes of the line as they were before the annotations fell between them."""
    tokens: list[_Token] = []
    at = 0
    while at < len(line):
        if match := _BROKEN.match(line, at):
            last = tokens[-1][0] if tokens else 0
            seconds = {data[1] for data in readings.get(match.group(1), ()) if data[0] == last}
            tokens.append((seconds.pop() if len(seconds) == 1 else HOLE, at, match.end()))
            at = match.end()
        elif match := _REFERENCE.match(line, at):
            tokens.append((HOLE, at, at + 1))
            mark = _REFERENCES[match.lastgroup or ""].encode("gb18030")
            tokens.extend((byte, at + 1, match.end()) for byte in mark)
            at = match.end()
        else:
            tokens.extend((byte, at, at + 1) for byte in line[at].encode("gb18030", "replace"))
            at += 1
    return tokens
