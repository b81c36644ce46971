"""A sheet's texts as Unicode, however they were typed; what a person should know about the sheet is said once."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding, decode, detect, repaired
from desktop.domain.text import nfc
from desktop.exchange.grid import Raw, Sheet, column_letter
from desktop.wording import Sentence, say


def in_unicode(sheet: Sheet, given: Encoding | None = None) -> tuple[Sheet, Encoding, list[Finding]]:
    """The sheet with all its texts as NFC, how it was typed (`given`, or by the evidence of its texts), and notes."""
    whole = _repaired(sheet)
    encoding = given or detect(whole.texts(), whole.fonts)
    notes = [] if whole is sheet else [note("import.repaired", say("Letters that had come apart were put together."))]
    sheet = _decoded(whole, encoding)
    return sheet, encoding, [*notes, *_notes(sheet, encoding)]


def _decoded(sheet: Sheet, encoding: Encoding) -> Sheet:
    """The sheet with all its texts as NFC Unicode."""
    rows: list[list[Raw]] = [
        [_text(cell, encoding) if type(cell) is str and not cell.isascii() else cell for cell in row]
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows, name=decode(sheet.name, encoding))


def _repaired(sheet: Sheet) -> Sheet:
    """The sheet with texts whose letters had come apart (UTF-8 opened as Windows 1252) put together."""
    texts = {text for text in sheet.texts() if not text.isascii()}
    whole = {text: mended for text in texts if (mended := repaired(text)) is not None}
    if not whole:
        return sheet
    rows = [[whole.get(cell, cell) if type(cell) is str else cell for cell in row] for row in sheet.rows]
    return replace(sheet, rows=rows)


def _text(cell: str, encoding: Encoding) -> str:
    return nfc(cell) if encoding is Encoding.UNICODE else decode(cell, encoding)


def _notes(sheet: Sheet, encoding: Encoding) -> list[Finding]:
    """What a person should know about the sheet before its figures."""
    notes: list[Finding] = []
    if encoding is not Encoding.UNICODE:
        name = {Encoding.TCVN3: "TCVN3 (.VnTime)", Encoding.VNI: "VNI (VNI-Times)"}[encoding]
        notes.append(
            note("import.encoding", say("The sheet was typed in {encoding} and read as Unicode.", encoding=name))
        )
    if sheet.hidden:
        notes.append(note("import.hidden_sheet", say("The sheet is hidden in the workbook; it was read.")))
    last = len(sheet.rows)
    rows = sorted(row for row in sheet.hidden_rows if row <= last and any(cell != "" for cell in sheet.rows[row - 1]))
    if rows:
        listed = ", ".join(map(str, rows[:20]))
        notes.append(note("import.hidden_rows", say("Hidden rows were read: {rows}.", rows=listed), row=rows[0]))
    columns = sorted(sheet.hidden_columns)
    if columns:
        listed = ", ".join(map(column_letter, columns[:20]))
        notes.append(
            note(
                "import.hidden_columns",
                say("Hidden columns were read: {columns}.", columns=listed),
                column=column_letter(columns[0]),
            )
        )
    return notes


def note(rule: str, message: Sentence, *, row: int | None = None, column: str | None = None) -> Finding:
    """Something worth knowing about a sheet."""
    return Finding(rule, Severity.NOTE, message, row=row, column=column)
