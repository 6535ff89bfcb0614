"""JSON Lines: one object a line. Only the values that change are written anew; all else keeps its very bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any, NamedTuple

from cnclean.corpus.batch import added_values
from cnclean.corpus.document import Outcome
from cnclean.corpus.formats.lines import Line, read_lines
from cnclean.corpus.formats.rows import MAX_BYTES, MAX_ROWS, Chunk, Reject
from cnclean.corpus.formats.streams import OutputFile, reading
from cnclean.corpus.job import Job

_SPACE = "[ \t\n\r]*"
_OPEN, _COLON, _COMMA = (re.compile(f"{_SPACE}{mark}{_SPACE}") for mark in ("{", ":", ","))
_CLOSE = re.compile(rf"{_SPACE}\}}{_SPACE}\Z")
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
    members: dict[str, Member] = {}
    at = end = _past(_OPEN, line, 0, "an object in braces")
    more = line[at : at + 1] != "}"
    while more:
        if line[at : at + 1] != '"':
            raise JSONDecodeError("a name in double quotes is missing", line, at)
        key, colon = _decode(line, at)
        value_start = _past(_COLON, line, colon, "a colon")
        value, end = _decode(line, value_start)
        members[key] = Member(at, value_start, end, value)
        comma = _COMMA.match(line, end)
        more, at = comma is not None, comma.end() if comma else end
    _past(_CLOSE, line, end, "a comma or the end of the line after a closing brace")
    return Row(line, members)


def _past(pattern: re.Pattern[str], line: str, at: int, what: str) -> int:
    found = pattern.match(line, at)
    if found is None:
        raise JSONDecodeError(f"{what} is missing", line, at)
    return found.end()


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
    if added := {key: new for key, new in values.items() if key not in row.members}:
        parts.append(_dumps(added)[1:-1])
    return "{" + ", ".join(parts) + "}"


_dumps = json.JSONEncoder(ensure_ascii=False).encode


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
        texts = [row.members[self.job.field].value for row in self.rows]
        self._count += len(self.rows) + len(self.rejects)
        chunk = Chunk(texts, self.positions, self.rows, rejects=self.rejects, consumed=consumed)
        self.rejects = []
        self._clear()
        return chunk


def _problem(member: Member | None, row: Row, name: str) -> tuple[str, str] | None:
    if member is None:
        return "no text", f"no field {name!r}; the row has {', '.join(row.members) or 'no fields'}"
    if not isinstance(member.value, str):
        return "no text", f"the field {name!r} holds no string"
    if "\\" not in row.line:  # only an escape can hold half a character
        return None
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
        self._without = job.html_field if job.html_field != job.text_field else None

    def write(self, rows: Any, outcomes: Sequence[Outcome]) -> None:
        """Add rows: lines of the input with new values, or new lines where the rows of the input are not lines."""
        lines: list[str] = []
        for row, outcome in zip(rows, outcomes, strict=True):
            values = {self._job.text_field: outcome.text, **added_values(outcome, self._job)}
            lines.append(render_row(row, values, self._without) if isinstance(row, Row) else _dumps(row | values))
        self._file.stream.write("".join([f"{line}\n" for line in lines]).encode("utf-8"))

    def close(self) -> None:
        """Finish the file and bring it to the disk."""
        self._file.close()

    def abandon(self) -> None:
        """Close what is open; the file is not wanted."""
        self._file.abandon()
