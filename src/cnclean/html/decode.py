"""Bytes to text: strict UTF-8 first, then what is declared, then Chinese statistics."""

from __future__ import annotations

import codecs
import math
import re
from typing import NamedTuple

from cnclean.character_model import character_model
from cnclean.errors import DecodeError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Labels mean what browsers take them for (https://encoding.spec.whatwg.org/#names-and-labels): the larger set.
_LABELS = {
    **dict.fromkeys(("gb2312", "gb-2312", "gbk", "gb18030", "cp936", "x-gbk", "euc-cn", "gb", "chinese"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("hz", "hz-gb-2312"), "hz"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    "utf-16be": "utf-16-be",
}
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, XLSX, EPUB)"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstandard data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document"),
    (b"SQLite format 3", "an SQLite database"),
)
_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_TWO_BYTE_UTF8 = re.compile(r"[\x00-\u07ff]*\Z")
_ASCII_WORD = re.compile(r"[0-9A-Za-z]")
_STATISTICAL = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_NEAR = 100  # one bad byte in so many characters is a slip, more are another encoding
_SAMPLE = 1200  # bytes on which the statistics decide
_SOUND = 900  # hundredths of a nat for each character: what sound Chinese costs at most
_SOUND_IF_SHORT = 1050  # two or three characters may be a rare name
_CLEARLY = 800  # by so much must a reading be cheaper than one that has another claim


class Decoded(NamedTuple):
    """Text, the encoding that it was in, how sure that is (0 to 1), and how it was decided."""

    text: str
    encoding: str
    confidence: float
    how: str


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Return the text in `data`: by byte order mark, strict UTF-8, declaration, then Chinese statistics.

    `encoding` is an order: bytes that do not fit it are refused. `declared` is a hint (an HTTP header; a charset that
    an HTML page declares is found in it): gb2312 then means GB18030, big5 means Big5-HKSCS, as in browsers. A byte
    order mark is not part of the text. Raises `DecodeError` for bytes that are no text.

    >>> decode("你好，世界".encode("gbk"))
    Decoded(text='你好，世界', encoding='gb18030', confidence=0.98, how='statistics')
    """
    data = bytes(data)
    if encoding is not None:
        return Decoded(_strict(data, encoding), _codec(encoding), 1.0, "given")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_mark(data, name)
    utf8 = _try(data, "utf-8")
    if utf8 is not None:
        return _better_than_utf8(data, utf8) or Decoded(utf8, "utf-8", 1.0 if len(data) > 8 else 0.95, "valid UTF-8")
    _refuse_binary(data)
    return _declared(data, declared) or _by_statistics(data) or _nearly(data, "utf-8") or _refuse(data)


def _codec(label: str) -> str:
    name = _LABELS.get(label.strip().lower(), label.strip().lower())
    try:
        return codecs.lookup(name).name if name not in _LABELS.values() else name
    except (LookupError, ValueError):
        raise DecodeError(f"unknown encoding {label!r}; for Chinese try utf-8, gb18030 or big5") from None


def _strict(data: bytes, encoding: str) -> str:
    codec = _codec(encoding)
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        bad = " ".join(f"{byte:02X}" for byte in data[error.start : error.start + 4])
        raise DecodeError(
            f"the bytes are not {encoding}: {bad} at offset {error.start} does not fit; "
            "leave the encoding out to have it found"
        ) from None
    except (LookupError, ValueError, TypeError):
        raise DecodeError(f"{encoding!r} is no encoding of text; for Chinese try utf-8, gb18030 or big5") from None


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _with_mark(data: bytes, codec: str) -> Decoded:
    text = _try(data, codec)
    bad = 0
    if text is None:
        text = data.decode(codec, "replace")
        bad = text.count("\ufffd")
        if bad * _NEAR > len(text):
            _refuse(data)
    how = f"byte order mark, {bad} characters lost" if bad else "byte order mark"
    return Decoded(text.removeprefix("\ufeff"), codec.removesuffix("-sig"), 1.0, how)


def _better_than_utf8(data: bytes, text: str) -> Decoded | None:
    """Return another reading of valid UTF-8 where that is much better Chinese: the bytes are few, or all ASCII."""
    if b"~{" in data and text.isascii():
        return _by_statistics(data, ("hz",))
    if _CONTROLS.search(text):
        return _by_statistics(data, ("utf-16-le", "utf-16-be"))
    if len(data) > 24 or text.isascii() or not _TWO_BYTE_UTF8.match(text) or _ASCII_WORD.search(text):
        return None
    rival, model = _by_statistics(data, ("gb18030", "big5hkscs")), character_model()
    return rival if rival and model.cost(rival.text) + _CLEARLY < model.cost(text) else None


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DecodeError(f"the bytes are {what}, not text")


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    """Return what the declaration says if it fits; servers declare latin-1 for want of better, so that is no claim."""
    if declared is None and (match := _META.search(data[:4096])):
        declared = match.group(1).decode("ascii")
    if declared is None:
        return None
    try:
        codec = _codec(declared)
        text = _try(data, codec)
    except (DecodeError, LookupError):
        return None
    if codec == "cp1252":
        found = _by_statistics(data)
        return found or (None if text is None or _controls(text) else Decoded(text, codec, 0.5, "declared"))
    if text is None:
        return _by_statistics(data) or _nearly(data, codec)
    rival = _by_statistics(data)
    if rival and codec in ("gb18030", "big5hkscs") and _cost(data, rival.encoding) + _CLEARLY < _cost(data, codec):
        return rival
    return Decoded(text, codec, 0.99, "declared")


def _by_statistics(data: bytes, among: tuple[str, ...] = _STATISTICAL) -> Decoded | None:
    """Return the reading that is best Chinese, if it is Chinese at all."""
    even = len(data) % 2 == 0
    ranked = sorted((cost, c) for c in among if (even or c[:6] != "utf-16") and (cost := _cost(data, c)) < math.inf)
    for i, (cost, codec) in enumerate(ranked):
        text = _try(data, codec)
        if text is not None and not _controls(text):
            gap = ranked[i + 1][0] - cost if i + 1 < len(ranked) else 1000
            return Decoded(text, codec, round(min(0.99, 1 - 0.5 * math.exp(-gap / 300)), 2), "statistics")
    for _, codec in ranked:
        if not codec.startswith("utf-16") and (near := _nearly(data, codec)):
            return near
    return None


def _cost(data: bytes, codec: str) -> float:
    """Return the cost of a sample of the bytes read so; infinite where it is not Chinese."""
    if codec in ("hz", "utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE]
    else:
        first = _HIGH.search(data)
        start = first.start() if first else 0
        sample = data[start : start + _SAMPLE]
    text = codecs.getincrementaldecoder(codec)("replace").decode(sample)
    bad = text.count("\ufffd") + len(_CONTROLS.findall(text))
    chinese = sum(char > "\x7f" for char in text)
    model = character_model()
    if not chinese or bad * 20 > chinese:
        return math.inf
    foreign = "".join(char for char in text if char > "\x7f")
    if model.cost(foreign) > (_SOUND if len(foreign) > 3 else _SOUND_IF_SHORT) * len(foreign):
        return math.inf
    return float(model.cost(text))


def _nearly(data: bytes, codec: str) -> Decoded | None:
    """Return the reading of data with a few bad bytes."""
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    if not bad or bad * _NEAR > sum(char > "\x7f" for char in text) or _controls(text):
        return None
    return Decoded(text, codec, 0.9, f"{codec} with {bad} bad bytes replaced")


def _controls(text: str) -> bool:
    """Whether the text holds more control characters than a text does."""
    return len(_CONTROLS.findall(text[:100_000])) * 20 > min(len(text), 100_000)


def _refuse(data: bytes) -> Decoded:
    head = " ".join(f"{byte:02X}" for byte in data[:8])
    raise DecodeError(
        f"the bytes ({head}{' …' if len(data) > 8 else ''}) are no text in UTF-8, UTF-16 or a Chinese encoding; "
        "if they are text, say in which encoding, for example encoding='shift_jis'"
    )
