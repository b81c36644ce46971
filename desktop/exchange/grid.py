"""A workbook as plain cells, whatever kind of file it was: what every reader of sheets works on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from desktop.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error of the spreadsheet program, such as #REF!."""

    shown: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula the file holds no result of; the text may be empty where it is shared with another cell."""

    formula: str


Raw = str | int | float | bool | date | datetime | time | timedelta | CellError | Uncomputed
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet, row 1 column 1 first; "" is an empty cell and rows may differ in length.

    `merged` holds (first row, first column, last row, last column), counted from 1; None where the kind of file does
    not tell. Cells in `percents` show a hundred times what they hold.
    """

    name: str
    rows: list[list[Raw]]
    merged: tuple[Merge, ...] | None = None
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    fonts: frozenset[str] = frozenset()
    percents: frozenset[tuple[int, int]] = frozenset()
    findings: tuple[Finding, ...] = ()

    def at(self, row: int, column: int) -> Raw:
        """The cell of a row and column, counted from 1; "" outside."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]

    def texts(self) -> list[str]:
        """All texts of the sheet, in reading order."""
        return [cell for row in self.rows for cell in row if type(cell) is str and cell]

    def placed(self, finding: Finding) -> Finding:
        """The finding with this sheet's name."""
        return replace(finding, sheet=self.name)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file; `kind` is the file's real kind (xlsx, xlsb, xls, ods, csv), whatever its name says."""

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = field(default=())


def column_letter(column: int) -> str:
    """The Excel letter of a column counted from 1."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def column_number(letters: str) -> int:
    """The place of a column from its Excel letter, counted from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
