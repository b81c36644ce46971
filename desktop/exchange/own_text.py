"""What a commune typed into a sheet of ours in TCVN3 or VNI, as Unicode; our own words are Unicode already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding, decode, detect
from desktop.exchange.grid import Raw, Sheet, Workbook
from desktop.exchange.identity import marked
from desktop.exchange.reading import SheetReading
from desktop.wording import say

_LATIN: Final = "\xff"
_NAMES: Final = {Encoding.TCVN3: "TCVN3 (.VnTime)", Encoding.VNI: "VNI (VNI-Times)"}


def in_unicode(workbook: Workbook, given: Encoding | None = None) -> tuple[Workbook, dict[str, Encoding]]:
    """The workbook with its sheets of ours decoded, and by the name of the sheet how it was typed.

    Only texts without a letter beyond Latin-1 can have been typed in an old encoding, and only they are judged.
    """
    sheets: list[Sheet] = []
    encodings: dict[str, Encoding] = {}
    for sheet in workbook.sheets:
        encoding = given or (detect(_doubtful(sheet), sheet.fonts) if marked(sheet) else Encoding.UNICODE)
        encodings[sheet.name] = encoding
        sheets.append(sheet if encoding is Encoding.UNICODE else _decoded(sheet, encoding))
    return replace(workbook, sheets=tuple(sheets)), encodings


def told(reading: SheetReading, encodings: Mapping[str, Encoding]) -> SheetReading:
    """The reading of a sheet with its encoding, and a note where that was not Unicode."""
    encoding = encodings.get(reading.sheet, Encoding.UNICODE)
    if encoding is Encoding.UNICODE:
        return reading
    message = say("The sheet was typed in {encoding} and read as Unicode.", encoding=_NAMES[encoding])
    note = Finding("import.encoding", Severity.NOTE, message, sheet=reading.sheet)
    return replace(reading, encoding=encoding, findings=(note, *reading.findings))


def _doubtful(sheet: Sheet) -> list[str]:
    return [text for text in sheet.texts() if not text.isascii() and max(text) <= _LATIN]


def _decoded(sheet: Sheet, encoding: Encoding) -> Sheet:
    rows: list[list[Raw]] = [
        [decode(cell, encoding) if type(cell) is str and not cell.isascii() else cell for cell in row]
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)
