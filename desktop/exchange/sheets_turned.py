"""Sheets with the figures named down the side: communes across, or one commune's form with a column of figures.

Such a sheet is turned over and read like any other; places in findings are turned back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.domain.findings import Finding
from desktop.domain.periods import Period
from desktop.domain.text import fold, squeeze
from desktop.exchange.cells import read_cell
from desktop.exchange.grid import Raw, Sheet, column_letter, column_number
from desktop.exchange.headings import Headings
from desktop.exchange.reading import Candidate
from desktop.exchange.sheets_rows import Rows
from desktop.exchange.sheets_table import Table, find_table
from desktop.exchange.titles import read_titles
from desktop.exchange.unit_names import KnownUnit, Sureness, UnitNames

_FEWEST: Final = 2
_WIDEST: Final = 700
_PARTS: Final = re.compile(r"[;:,–()]|\s-\s")
_FIGURES: Final = re.compile(r"so lieu|so luong|thuc hien|ket qua|gia tri|tong so|^th$|bao cao")


def turn(sheet: Sheet) -> Sheet:
    """The sheet with rows as columns."""
    height = len(sheet.rows)
    width = max(map(len, sheet.rows), default=0)
    rows: list[list[Raw]] = [
        [line[column] if column < len(line) else "" for line in sheet.rows] for column in range(min(width, _WIDEST))
    ]
    merged = (
        None if sheet.merged is None else tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged)
    )
    return replace(
        sheet,
        rows=rows if height else [],
        merged=merged,
        hidden_rows=sheet.hidden_columns,
        hidden_columns=sheet.hidden_rows,
        percents=frozenset((column, row) for row, column in sheet.percents),
    )


def find_turned(sheet: Sheet, headings: Headings) -> tuple[Sheet, Table] | None:
    """The sheet turned over and the table in it, where at least two figures are named down one column."""
    if len(sheet.rows) > _WIDEST:
        return None
    turned = turn(sheet)
    table = find_table(turned, headings)
    return (turned, table) if table is not None and len(table.columns) >= _FEWEST else None


def better_turned(sheet: Sheet, headings: Headings, table: Table | None) -> tuple[Sheet, Table] | None:
    """The sheet turned over where that way it names more figures; one or two headings may be chance words of a note."""
    if table is not None and len(table.columns) > _FEWEST:
        return None
    turned = find_turned(sheet, headings)
    if turned is None or (table is not None and len(turned[1].columns) <= len(table.columns)):
        return None
    return turned


def titles_above(sheet: Sheet, table: Table) -> list[str]:
    """The lines of the unturned sheet above its first figure."""
    return [
        " ; ".join(squeeze(str(cell)) for cell in line if cell != "")
        for line in sheet.rows[: min(table.columns) - 1]
        if any(cell != "" for cell in line)
    ]


def names_units(turned: Sheet, units: UnitNames) -> bool:
    """Whether the communes stand across the sheet."""
    return any(
        sum(type(cell) is str and cell != "" and units.by_name(cell).unit is not None for cell in column) > 1
        for column in zip(*_even(turned.rows), strict=True)
    )


def _even(rows: list[list[Raw]]) -> list[list[Raw]]:
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def form_of(
    sheet: Sheet, turned: Sheet, table: Table, units: UnitNames, period: Period
) -> tuple[Sheet, KnownUnit] | None:
    """One commune's form as a turned table of one row, and the commune; None where the sheet names no commune."""
    unit = _unit_named(sheet, table, units)
    line = _figures_line(turned, table, period)
    if unit is None or line is None:
        return None
    width = max(map(len, turned.rows), default=0)
    rows: list[list[Raw]] = [*turned.rows[: table.bottom], *([] for _ in turned.rows[table.bottom :])]
    kept: list[Raw] = [cell if column in table.columns else "" for column, cell in enumerate(turned.rows[line - 1], 1)]
    rows[line - 1] = [*kept, *[""] * (width - len(kept)), unit.name]
    return replace(turned, rows=rows), unit


def _unit_named(sheet: Sheet, table: Table, units: UnitNames) -> KnownUnit | None:
    """The commune that the title, then the sheet's name, speaks of."""
    texts = [*titles_above(sheet, table), sheet.name]
    for text in texts:
        for part in (text, *_PARTS.split(text)):
            found = units.by_name(part.strip()) if part.strip() else None
            if found is not None and found.sureness is Sureness.SURE:
                return found.unit
    return None


def _figures_line(turned: Sheet, table: Table, period: Period) -> int | None:
    """The turned row that holds the figures: the one of this period, else the one headed so, else the fullest."""
    best: tuple[int, int, int] | None = None
    chosen: int | None = None
    for row in range(table.bottom + 1, len(turned.rows) + 1):
        cells = turned.rows[row - 1]
        if any(_key(cell) in ("stt", "tt") for cell in cells):
            continue
        read = sum(
            read_cell(cells[column - 1], element).value is not None
            for column, element in table.columns.items()
            if column <= len(cells) and cells[column - 1] != ""
        )
        if not read:
            continue
        heads = [_key(cell) for column, cell in enumerate(cells, 1) if column < min(table.columns)]
        said = read_titles(heads).periods
        weight = (int(period in said) - int(bool(said) and period not in said), int(_is_figures(heads)), read)
        if best is None or weight > best:
            best, chosen = weight, row
    return chosen


def _key(cell: Raw) -> str:
    return fold(cell) if type(cell) is str else ""


def _is_figures(heads: list[str]) -> bool:
    return any(_FIGURES.search(head) for head in heads) and not any(
        re.search(r"%|ty le|ke hoach", head) for head in heads
    )


def turned_back(rows: Rows) -> Rows:
    """What was read, with every place as it stands in the unturned sheet."""
    return Rows(
        [_candidate_back(candidate) for candidate in rows.candidates],
        rows.accepted,
        rows.skipped,
        list(_findings_back(rows.findings)),
    )


def _candidate_back(candidate: Candidate) -> Candidate:
    return candidate._replace(
        row=column_number(candidate.column),
        column=column_letter(candidate.row),
        findings=tuple(_findings_back(candidate.findings)),
    )


def _findings_back(findings: list[Finding] | tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(
            finding,
            row=column_number(finding.column) if finding.column else None,
            column=column_letter(finding.row) if finding.row else None,
        )
