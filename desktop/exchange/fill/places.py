"""Which cell of somebody else's workbook is for which figure, found by the same reader that imports it.

Empty cells say nothing to a reader of figures. So every empty cell that could be one is given a figure nobody writes,
the sheet is read as an import would, and what comes out tells which of them were taken for which figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding, decode, detect
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.values import Kind
from desktop.exchange.grid import Raw, Sheet, Workbook, column_number
from desktop.exchange.headings import Headings
from desktop.exchange.reading import SheetReading
from desktop.exchange.sheets_table import Table, find_table
from desktop.exchange.sheets_turned import better_turned, names_units
from desktop.exchange.summary_sheet import read_summary
from desktop.exchange.unit_names import KnownUnit, UnitNames

UnitsOn = Callable[[Period], Sequence[KnownUnit]]
_FIGURE: Final = 987_654_321
_MARK: Final = "x"


@dataclass(frozen=True, slots=True)
class Target:
    """A cell for a figure: its place, whose figure, and what stands there now ("" for nothing)."""

    row: int
    column: int
    unit: str
    element: str
    held: Raw


@dataclass(frozen=True, slots=True)
class SheetTargets:
    """The cells of one sheet; no targets where it is none of ours or its title says another period."""

    sheet: str
    encoding: Encoding
    reading: SheetReading
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: elements, units on a period, the period, and what a person settled about headings."""

    elements: tuple[Element, ...]
    units: UnitsOn
    period: Period
    kind: Kind | None = None
    encoding: Encoding | None = None
    learned: Mapping[str, str | None] | None = None


def find_targets(workbook: Workbook, search: Search) -> list[SheetTargets]:
    """The cells for figures, sheet by sheet; hidden sheets are nobody's to fill in."""
    return [_of_sheet(workbook, sheet, search) for sheet in workbook.sheets if not sheet.hidden]


def _of_sheet(workbook: Workbook, sheet: Sheet, search: Search) -> SheetTargets:
    encoding = search.encoding or detect(sheet.texts(), sheet.fonts)
    probed = set(_candidates(_decoded(sheet, encoding), search))
    targets: dict[tuple[int, int], Target] = {}
    readings = [_read(workbook, _probed(sheet, probed, _FIGURE), search)]
    if not readings[0].candidates or any(one.rule == "import.not_yes_no" for one in readings[0].findings):
        readings.append(_read(workbook, _probed(sheet, probed, _MARK), search))
    for row, letter, unit, element in (cell for reading in readings for cell in _told(reading)):
        place = (row, column_number(letter))
        held = "" if place in probed else sheet.at(*place)
        if place in probed or held != "":
            targets.setdefault(place, Target(*place, unit, element, held))
    reading = readings[0]
    errors = tuple(one for one in reading.findings if one.severity is Severity.ERROR and not (one.row and one.column))
    return SheetTargets(sheet.name, encoding, reading, tuple(targets[place] for place in sorted(targets)), errors)


def _told(reading: SheetReading) -> Iterator[tuple[int, str, str, str]]:
    """Cells taken for a figure, whether or not what stands in them could be read."""
    for candidate in reading.candidates:
        yield candidate.row, candidate.column, candidate.unit, candidate.element
    for finding in reading.findings:
        if finding.row and finding.column and finding.unit and finding.element:
            yield finding.row, finding.column, finding.unit, finding.element


def _read(workbook: Workbook, sheet: Sheet, search: Search) -> SheetReading:
    (reading,) = read_summary(
        replace(workbook, sheets=(sheet,)),
        elements=search.elements,
        units=search.units,
        period=search.period,
        kind=search.kind,
        encoding=search.encoding,
        learned=search.learned,
    )
    return reading


def _probed(sheet: Sheet, places: Iterable[tuple[int, int]], probe: Raw) -> Sheet:
    rows = [list(row) for row in sheet.rows]
    for row, column in places:
        line = rows[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = probe
    return replace(sheet, rows=rows)


def _decoded(sheet: Sheet, encoding: Encoding) -> Sheet:
    def text(cell: Raw) -> Raw:
        if type(cell) is not str:
            return cell
        return nfc(cell) if encoding is Encoding.UNICODE else decode(cell, encoding)

    return replace(sheet, rows=[[text(cell) for cell in row] for row in sheet.rows])


def _candidates(sheet: Sheet, search: Search) -> Iterator[tuple[int, int]]:
    """Empty cells that may be for a figure: in rows that name a unit, or beside the names of figures."""
    headings = Headings(search.elements, search.learned)
    known = UnitNames(search.units(search.period))
    table = find_table(sheet, headings)
    turned = better_turned(sheet, headings, table)
    if turned is not None:
        yield from _turned_candidates(*turned, known)
    elif table is not None:
        width = max(table.headings, default=0)
        for row in range(table.bottom + 1, len(sheet.rows) + 1):
            if _names_a_unit(sheet.rows[row - 1], known):
                yield from ((row, column) for column in range(1, width + 1) if _is_blank(sheet.at(row, column)))


def _turned_candidates(turned: Sheet, table: Table, known: UnitNames) -> Iterator[tuple[int, int]]:
    across = names_units(turned, known)
    for row in range(table.bottom + 1, len(turned.rows) + 1):
        if across and not _names_a_unit(turned.rows[row - 1], known):
            continue
        yield from ((column, row) for column in table.columns if _is_blank(turned.at(row, column)))


def _names_a_unit(cells: Sequence[Raw], known: UnitNames) -> bool:
    return any(
        (type(cell) is str and cell != "" and known.by_name(cell).unit is not None)
        or (cell != "" and known.by_code(cell) is not None)
        for cell in cells
    )


def _is_blank(cell: Raw) -> bool:
    return cell == "" or (type(cell) is str and not cell.strip())
