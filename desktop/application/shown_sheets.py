"""A sheet of somebody's workbook as it stands in the file, for showing: nothing of it is understood here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.application.import_files import FileReading
from desktop.domain.legacy_text import Encoding, decode
from desktop.domain.text import nfc, squeeze
from desktop.exchange.cell_readings import shown_cell
from desktop.exchange.grid import CellError, Sheet, Uncomputed, column_letter, column_number


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """The cells of one sheet, row 1 column 1 first; texts in old letters are given as Unicode."""

    sheet: Sheet
    encoding: Encoding

    @property
    def height(self) -> int:
        """The last row."""
        return len(self.sheet.rows)

    @property
    def width(self) -> int:
        """The last column."""
        return max(map(len, self.sheet.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """What a cell shows, on one line; empty outside the sheet."""
        raw = self.sheet.at(row, column)
        if raw == "":
            return ""
        if isinstance(raw, str):
            return squeeze(nfc(raw) if self.encoding is Encoding.UNICODE else decode(raw, self.encoding))
        if isinstance(raw, CellError):
            return raw.shown
        if isinstance(raw, Uncomputed):
            return f"={raw.formula}"
        if isinstance(raw, date):
            return f"{raw:%d/%m/%Y}"
        return shown_cell(raw)

    def is_number(self, row: int, column: int) -> bool:
        """Whether a cell holds a number, which stands at its right."""
        return type(self.sheet.at(row, column)) in (int, float)

    @property
    def hidden_rows(self) -> frozenset[int]:
        """Rows that the file hides, counted from 1."""
        return self.sheet.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Columns that the file hides, counted from 1."""
        return self.sheet.hidden_columns

    def merged(self) -> list[tuple[int, int, int, int]]:
        """The merged blocks: first row, first column, last row, last column, counted from 1."""
        return [block for block in self.sheet.merged or () if block[0] <= self.height]


def shown_sheet(file: FileReading, name: str) -> ShownSheet | None:
    """The sheet of a file by the name under which it was read; None where the file keeps none."""
    if file.workbook is None:
        return None
    read = next((sheet for sheet in file.sheets if sheet.sheet == name), None)
    encoding = read.encoding if read else Encoding.UNICODE
    for sheet in file.workbook.sheets:
        if name in (sheet.name, decode(sheet.name, encoding)):
            return ShownSheet(sheet, encoding)
    return None


def letter(column: int) -> str:
    """The Excel letter of a column counted from 1."""
    return column_letter(column)


def number(letters: str) -> int:
    """The place of a column from its Excel letter, counted from 1."""
    return column_number(letters)
