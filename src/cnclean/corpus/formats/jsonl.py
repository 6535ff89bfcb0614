"""JSON Lines: one object a line. Only the values that change are written anew; all else keeps its very bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from cnclean.corpus.formats.lines import Line, read_lines
from cnclean.corpus.formats.rows import MAX_BYTES, MAX_ROWS, Chunk, Reject
from cnclean.corpus.formats.streams import OutputFile, reading
from cnclean.corpus.job import Job

_SPACE = re.compile(r"[ \t\n\r]*")
_decode = json.JSONDecoder().raw_decode
_BYTES_PER_CHARACTER = 6
"""At most: a character written as an escape."""
_SHORTEST_LIMIT = 1 << 16
"""Other fields may be long where the text is not."""


class Member(NamedTuple):
    """A member of an object: where it begins and ends in the line, where its value begins, and the value."""

    start: int
    value_start: int
    end: int
    value: Any


class Row(NamedTuple):
    """A line, and the members of the object in it."""

    line: str
    members: dict[str, Member]


def parse_row(line: str) -> Row:
    """Return the members of the object in a line; `ValueError` if the line holds no object.

    >>> parse_row('{"id": 7, "text": "你好"}').members["text"]
    Member(start=10, value_start=18, end=22, value='你好')
    """
    at = _after_space(line, 0)
    if line[at : at + 1] != "{":
        raise JSONDecodeError("not an object", line, at)
    members: dict[str, Member] = {}
    at = _after_space(line, at + 1)
    while line[at : at + 1] != "}" or members:
        if line[at : at + 1] != '"':
            raise JSONDecodeError("a name in double quotes is missing", line, at)
        start = at
        key, at = _decode(line, at)
        at = _after_space(line, at)
        if line[at : at + 1] != ":":
            raise JSONDecodeError("a colon is missing", line, at)
        value_start = _after_space(line, at + 1)
        value, end = _decode(line, value_start)
        members[key] = Member(start, value_start, end, value)
        at = _after_space(line, end)
        if line[at : at + 1] == "}":
            break
        if line[at : at + 1] != ",":
            raise JSONDecodeError("a comma is missing", line, at)
        at = _after_space(line, at + 1)
    if _after_space(line, at + 1) != len(line):
        raise JSONDecodeError("something follows the object", line, at + 1)
    return Row(line, members)


def _after_space(line: str, start: int) -> int:
    found = _SPACE.match(line, start)
    return found.end() if found else start


def render_row(row: Row, values: dict[str, Any], without: str | None = None) -> str:
    """Return the line with `values` put in the place of those it has, or at its end, and one member left out.

    >>> render_row(parse_row('{"n": 1.10, "text": "ＡＢ"}'), {"text": "AB", "flags": 0})
    '{"n": 1.10, "text": "AB", "flags": 0}'
    """
    if not without and all(key in row.members and row.members[key].value == new for key, new in values.items()):
        return row.line.strip(" \t\r\n")
    parts: list[str] = []
    for key, member in row.members.items():
        if key in values and values[key] != member.value:
            parts.append(row.line[member.start : member.value_start] + _dumps(values[key]))
        elif key != without:
            parts.append(row.line[member.start : member.end])
    parts += [f"{_dumps(key)}: {_dumps(new)}" for key, new in values.items() if key not in row.members]
    return "{" + ", ".join(parts) + "}"


_dumps = partial(json.dumps, ensure_ascii=False)


def read(path: Path, job: Job) -> Iterator[Chunk]:
    """Yield the rows of a file; lines that hold no object with a text become rejects, empty lines are no rows."""
    longest = max(_BYTES_PER_CHARACTER * job.max_characters, _SHORTEST_LIMIT)
    with reading(path) as source:
        rows = _Rows(job)
        for line in read_lines(path, source, longest):
            rows.add(line)
            if rows.full():
                yield rows.chunk(source.consumed())
            if rows.limit_reached():
                break
        yield rows.chunk(source.consumed())


class _Rows:
    """Rows on their way into a chunk."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.rejects: list[Reject] = []
        self._count = 0
        self._clear()

    def _clear(self) -> None:
        self.rows: list[Row] = []
        self.positions: list[int] = []
        self.size = 0

    def add(self, line: Line | Reject) -> None:
        """Take in a line: a row, or a reject."""
        if isinstance(line, Reject):
            self.rejects.append(line)
            return
        position, raw = line.position, line.data.removesuffix(b"\n").removesuffix(b"\r")
        if not raw.strip():
            return
        try:
            row = parse_row(raw.decode("utf-8").removeprefix("\ufeff" if position == 1 else ""))
        except (ValueError, RecursionError) as error:
            self.rejects.append(Reject(position, "not valid JSON", str(error), raw))
            return
        member = row.members.get(self.job.field)
        if problem := _problem(member, row, self.job.field):
            self.rejects.append(Reject(position, *problem, raw))
            return
        self.rows.append(row)
        self.positions.append(position)
        self.size += len(raw)

    def full(self) -> bool:
        """Whether it is time for a chunk, or the limit of rows has been reached."""
        return len(self.rows) + len(self.rejects) >= MAX_ROWS or self.size >= MAX_BYTES

    def limit_reached(self) -> bool:
        """Whether as many rows have been read as are wanted."""
        limit = self.job.limit
        return limit is not None and self._count + len(self.rows) + len(self.rejects) >= limit

    def chunk(self, consumed: int) -> Chunk:
        """Return the chunk and begin the next one."""
        texts = pa.array([row.members[self.job.field].value for row in self.rows], pa.string())
        batch = pa.RecordBatch.from_arrays([texts], names=[self.job.field])
        self._count += len(self.rows) + len(self.rejects)
        chunk = Chunk(batch, self.positions, self.rows, rejects=self.rejects, consumed=consumed)
        self.rejects = []
        self._clear()
        return chunk


def _problem(member: Member | None, row: Row, name: str) -> tuple[str, str] | None:
    if member is None:
        return "no text", f"no field {name!r}; the row has {', '.join(row.members) or 'no fields'}"
    if not isinstance(member.value, str):
        return "no text", f"the field {name!r} holds no string"
    try:
        member.value.encode("utf-8")
    except UnicodeEncodeError:
        return "lone surrogate", f"the field {name!r} holds half a character, which UTF-8 cannot hold"
    return None


class JsonlWriter:
    """One object a line, in UTF-8."""

    def __init__(self, path: Path, source: Path, job: Job) -> None:
        self._file = OutputFile(path, source.name)
        self._job = job

    def write(self, batch: pa.RecordBatch, raws: Sequence[Any] | None) -> None:
        """Add rows: the lines of the input with new values, or new lines where the input has none."""
        made = batch.to_pylist()
        lines: list[str]
        if raws is None:
            lines = [_dumps(row) for row in made]
        else:
            without = self._job.html_field if self._job.html_field != self._job.text_field else None
            lines = [render_row(raw, row, without) for raw, row in zip(raws, made, strict=True)]
        self._file.stream.write("".join(f"{line}\n" for line in lines).encode("utf-8"))

    def close(self) -> None:
        """Finish the file and bring it to the disk."""
        self._file.close()

    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
        self._file.abandon()
