"""A copied block of cells as a weighing list: with headings in any order, or without them in the order of the screen.

Legacy fonts (TCVN3, VNI), decimal commas and the shapes of dates are read as in a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.findings import Finding
from desktop.domain.text import fold, squeeze
from desktop.exchange.grid import Raw, Sheet
from desktop.exchange.reading import Skipped
from desktop.exchange.sheet_text import in_unicode
from desktop.exchange.weighing import cells
from desktop.exchange.weighing.headings import role_of
from desktop.exchange.weighing.model import ListRow, ListTable, Role
from desktop.exchange.weighing.rows import read_rows
from desktop.exchange.weighing.table import find_list

ORDER: Final = (
    Role.NAME, Role.SEX, Role.BIRTH, Role.WEIGHT, Role.LENHEI, Role.POSITION, Role.MUAC, Role.OEDEMA, Role.NOTE,
)  # fmt: skip
"""The columns of the screen that one types into: what a block without headings is taken for."""
FIGURES: Final = (Role.WEIGHT, Role.LENHEI, Role.LYING, Role.STANDING, Role.POSITION, Role.MUAC, Role.OEDEMA, Role.NOTE)


_ANSWERS: Final = frozenset(("n", "d", "nam", "dung", "p", "phu"))


@dataclass(frozen=True, slots=True)
class PastedList:
    """What a copied block says. `left_out` counts columns with something in them that no column of a list is.

    `has_heads`: its columns were found by their headings. `several`: it holds several sessions side by side.
    """

    rows: tuple[ListRow, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    has_heads: bool
    left_out: int
    several: bool = False


def in_letters(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The block with texts typed in TCVN3 or VNI fonts in Unicode."""
    sheet, _encoding, _notes = in_unicode(_sheet(lines))
    return [[squeeze(cell) if isinstance(cell, str) else "" for cell in row] for row in sheet.rows]


def heads_of(line: Sequence[str]) -> list[Role | None] | None:
    """What the columns of a block of figures hold, where its first line are their headings; else None."""
    told = [role_of((cell,)) if squeeze(cell) else None for cell in line]
    words = [role for cell, role in zip(line, told, strict=True) if squeeze(cell)]
    are_heads = bool(words) and all(role in FIGURES for role in words) and not _says_figures(line)
    return told if are_heads else None


def _says_figures(line: Sequence[str]) -> bool:
    """A lone "nằm" is an answer, "Cao" a heading."""
    return any(any(char.isdigit() for char in cell) or cells.is_absent(cell) or fold(cell) in _ANSWERS for cell in line)


def names_children(lines: Sequence[Sequence[str]]) -> bool:
    """Whether a block is a list with headings, one of them of the children's names."""
    return find_list(_sheet(in_letters(lines))) is not None


def read_pasted(lines: Sequence[Sequence[str]]) -> PastedList:
    """A copied list of children, read."""
    sheet, _encoding, notes = in_unicode(_sheet(lines))
    table = find_list(sheet)
    if table is None:
        sheet, table = _in_order(sheet)
    sheet = _spelled_out(sheet, table)
    read = read_rows(sheet, table)
    taken = {column for column in table.headings if table.role_at(column)} if table.headings else set(table.columns)
    widest = max((len(row) for row in sheet.rows), default=0)
    below = sheet.rows[table.bottom :]
    spare = [at for at in range(1, widest + 1) if at not in taken and any(_holds(row, at) for row in below)]
    findings = (*notes, *read.findings)
    has_heads, several = bool(table.bottom), bool(table.beside)
    return PastedList(tuple(read.rows), tuple(read.skipped), findings, has_heads, len(spare), several)


def _holds(row: Sequence[Raw], column: int) -> bool:
    return column <= len(row) and row[column - 1] != ""


def _sheet(lines: Sequence[Sequence[str]]) -> Sheet:
    # Not squeezed yet: what is a soft hyphen in Unicode is ư in TCVN3.
    return Sheet("", [[cell.strip() for cell in line] for line in lines])


def _in_order(sheet: Sheet) -> tuple[Sheet, ListTable]:
    """The columns in the order of the screen, with running numbers in front; a first line of headings goes."""
    rows = [list(row) for row in sheet.rows if any(cell != "" for cell in row)]
    if rows and all(len(row) > 1 and _is_number(row[0]) for row in rows):
        rows = [row[1:] for row in rows]
    if rows and role_of((str(rows[0][0]),)) is Role.NAME:
        rows = rows[1:]
    numbered: list[list[Raw]] = [[at, *row] for at, row in enumerate(rows, 1)]
    columns = {1: Role.NUMBER, **dict(enumerate(ORDER, 2))}
    return Sheet("", numbered), ListTable(0, 0, columns, {})


def _spelled_out(sheet: Sheet, table: ListTable) -> Sheet:
    """P, as this program writes oedema, in the word of the lists."""
    places = table.of(Role.OEDEMA)
    if not places:
        return sheet
    rows = [
        ["phù" if at in places and fold(cells.text_of(cell)) == "p" else cell for at, cell in enumerate(row, 1)]
        for row in sheet.rows
    ]
    return replace(sheet, rows=rows)


def _is_number(cell: Raw) -> bool:
    text = cells.text_of(cell).rstrip(".")
    return text.isdigit() or role_of((text,)) is Role.NUMBER
