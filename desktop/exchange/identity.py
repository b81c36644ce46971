"""What our own sheets carry so that they come back exactly: whose they are, and which row and column is which.

Everything is text in cells of a hidden row and a hidden column, so it moves with its sheet and its row whatever is done
to them: renamed, copied to another workbook, rows inserted above, columns hidden, rows sorted, saved as .xls or .ods.
A hidden sheet holds the identity once more for workbooks whose hidden column was deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote, unquote

from desktop.exchange.grid import Sheet, Workbook

HIDDEN_SHEET: Final = "_sotram"
_BEGIN: Final = "sotram:"
_ROW: Final = "sotram.row:"
_COLUMN: Final = "sotram.col:"


class Purpose(StrEnum):
    """Which of our sheets it is."""

    TEMPLATE = "template"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose sheet it is: uids of office and unit, the unit's code then, form with its version, period, kind, day."""

    purpose: Purpose
    office: str
    unit: str
    code: str
    form: str
    version: str
    period: str
    kind: str
    written: str

    def text(self) -> str:
        """The cell that carries it."""
        names = (name for name in self.__dataclass_fields__ if name != "purpose")
        return _BEGIN + ";".join([self.purpose, *(f"{name}={quote(getattr(self, name), safe='')}" for name in names)])

    @classmethod
    def of(cls, cell: object) -> Identity | None:
        """The identity in a cell, or None."""
        if not isinstance(cell, str) or not cell.strip().startswith(_BEGIN):
            return None
        purpose, *parts = cell.strip().removeprefix(_BEGIN).split(";")
        told = {name: unquote(value) for name, _, value in (part.partition("=") for part in parts)}
        names = [name for name in cls.__dataclass_fields__ if name != "purpose"]
        if purpose not in set(Purpose) or any(name not in told for name in names):
            return None
        return cls(Purpose(purpose), **{name: told[name] for name in names})


@dataclass(frozen=True, slots=True)
class Marked:
    """One of our sheets as it came back: its identity, and what its marked rows and columns are (counted from 1)."""

    identity: Identity
    rows: tuple[tuple[int, str], ...]
    columns: Mapping[str, int]


def row_mark(name: str) -> str:
    """The cell that says what its row is."""
    return _ROW + name


def column_mark(name: str) -> str:
    """The cell that says what its column is."""
    return _COLUMN + name


def marked(sheet: Sheet) -> Marked | None:
    """Read the marks of a sheet; None where it carries none of ours."""
    found: Identity | None = None
    rows: list[tuple[int, str]] = []
    columns: dict[str, int] = {}
    for row, column, text in _ours(sheet):
        if text.startswith(_ROW):
            rows.append((row, text.removeprefix(_ROW)))
        elif text.startswith(_COLUMN):
            columns.setdefault(text.removeprefix(_COLUMN), column)
        else:
            found = found or Identity.of(text)
    return Marked(found, tuple(rows), columns) if found else None


def _ours(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if type(cell) is str and cell.lstrip().startswith("sotram"):
                yield row, column, cell.strip()


def hidden_identities(workbook: Workbook) -> list[tuple[str, Identity]]:
    """What the hidden sheet says: the name each sheet had, with its identity."""
    sheet = next((sheet for sheet in workbook.sheets if sheet.name == HIDDEN_SHEET), None)
    if sheet is None:
        return []
    return [
        (str(line[0]), identity)
        for line in sheet.rows
        if len(line) > 1 and (identity := Identity.of(line[1])) is not None
    ]


def is_ours(workbook: Workbook) -> bool:
    """Whether a workbook was written by this program to be filled in and sent back."""
    return bool(hidden_identities(workbook)) or any(marked(sheet) is not None for sheet in workbook.sheets)
