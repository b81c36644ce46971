"""CSV as offices have it: semicolon, comma or tab; UTF-8, UTF-16, or one byte a letter as Windows saved it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from desktop.domain.legacy_text import Encoding, detect
from desktop.domain.syllables import is_syllable
from desktop.domain.text import nfc
from desktop.exchange.grid import Raw

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = "\t;|,"
_LOOKED_AT = 200


def read_csv(data: bytes) -> list[list[Raw]]:
    """Give the cells of a CSV file as text, an empty row for an empty line."""
    text = _text(data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], "\n" + rest
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [list[Raw](row) for row in _rows(reader)]


def _rows(reader: Iterator[list[str]]) -> list[list[str]]:
    """All rows; one that cannot be parsed is passed over as an empty line."""
    rows: list[list[str]] = []
    while True:
        try:
            rows.append(next(reader))
        except StopIteration:
            return rows
        except csv.Error:
            rows.append([])


def _text(data: bytes) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace")
    if data[:400].count(b"\0") > len(data[:400]) // 4:
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte_text(data)


def _one_byte_text(data: bytes) -> str:
    """A TCVN3 or VNI file keeps its codes (they are decoded with the sheet); else Windows 1258 or 1252 by spelling."""
    codes = data.decode("latin-1")
    if detect(codes.split("\n")) is not Encoding.UNICODE:
        return codes
    readings = [nfc(data.decode(page, "replace")) for page in ("cp1258", "cp1252")]
    return max(readings, key=_well_spelt)


def _well_spelt(text: str) -> int:
    words = [word for word in text[:100_000].split() if not word.isascii()]
    return sum(1 if is_syllable(word.strip("\"'(),;.:")) else -1 for word in words)


def _delimiter(text: str) -> str:
    """The sign that parts most of the lines into the same number of fields."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def weight(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        usual = max(widths, key=widths.count, default=0)
        return (widths.count(usual) * (usual > 1), -_DELIMITERS.index(delimiter))

    try:
        return max(_DELIMITERS, key=weight)
    except csv.Error:
        return ","
