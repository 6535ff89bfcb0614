"""File formats by name: how each is read in batches and written back, row for row."""

from __future__ import annotations

from pathlib import PurePath

from cnclean.corpus.formats import jsonl, parquet, text, warc
from cnclean.corpus.formats.rows import Reader, Writer
from cnclean.corpus.formats.streams import COMPRESSIONS
from cnclean.corpus.job import Job

READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".parquet": parquet.read,
    ".warc": warc.read_pages,
    ".wet": warc.read_texts,
}
WRITERS: dict[str, type[Writer]] = {
    ".txt": text.TextWriter,
    ".jsonl": jsonl.JsonlWriter,
    ".ndjson": jsonl.JsonlWriter,
    ".parquet": parquet.ParquetWriter,
}


def format_of(name: str) -> tuple[str, str] | None:
    """Return the format and the compression that a file's name tells, or None if it is none that can be read.

    >>> format_of("pages.jsonl.gz"), format_of("pages.parquet"), format_of("pages.pdf")
    (('.jsonl', '.gz'), ('.parquet', ''), None)
    """
    lower = PurePath(name).name.lower()
    compression = next((end for end in COMPRESSIONS if end and lower.endswith(end)), "")
    kind = PurePath(lower.removesuffix(compression)).suffix
    if kind not in READERS or (kind == ".parquet" and compression):
        return None
    return kind, compression


def output_name(name: str, job: Job) -> str:
    """Return the name of the output for the name of an input: the same, but JSONL for what cannot hold the result.

    >>> output_name("CC-MAIN-001.warc.wet.gz", Job.of("minimal"))
    'CC-MAIN-001.warc.jsonl.gz'
    """
    found = format_of(name)
    assert found is not None
    kind, compression = found
    if kind not in WRITERS or (kind == ".txt" and job.adds_columns):
        return name[: len(name) - len(kind) - len(compression)] + ".jsonl" + name[len(name) - len(compression) :]
    return name
