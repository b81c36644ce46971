"""A commune's score sheet as lines: the criterion with its sums over a line a row, at last the total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.domain.criteria.scoring import By

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Sheet, SheetRow
    from desktop.domain.criteria.sets import Criterion

NOTHING = Fraction(0)


class LineKind(StrEnum):
    """A row that gets points, a criterion above its rows, the total."""

    ROW = "row"
    GROUP = "group"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line. `points` sums what is given so far; `partial` are the columns in which some rows have none yet.

    `under` are the columns that stay below the floor of the criterion, or the limit of a knock-out row.
    """

    kind: LineKind
    code: str
    name: str
    maximum: Fraction
    least: Fraction | None
    points: Mapping[By, Fraction]
    left: Fraction | None
    row: SheetRow | None = None
    partial: frozenset[By] = frozenset()
    under: frozenset[By] = field(default_factory=frozenset)
    applies: bool = True


def lines_of(sheet: Sheet) -> list[SheetLine]:
    """The lines of a sheet."""
    one = sheet.standing.criteria
    found: list[SheetLine] = []
    rows = list(sheet.rows)
    for criterion in one.criteria:
        own = [row for row in rows if row.criterion.number == criterion.number]
        if criterion.rows:
            found.append(_group(criterion, own, one.floor_share))
        found += [_line(row, one.floor_share) for row in own]
    asked = [row for row in rows if row.applies]
    judged = sheet.standing.judged
    needed = judged.needed or None
    found.append(_sum(LineKind.TOTAL, "", "", asked, needed))
    return found


def with_points(sheet: Sheet, code: str, by: By, points: Fraction | None) -> Sheet:
    """The sheet with other points in a cell, before the record is read again: what is typed is seen at once."""
    rows = tuple(
        replace(row, cells={**row.cells, by: replace(row.cells[by], points=points)}) if row.row.code == code else row
        for row in sheet.rows
    )
    return replace(sheet, rows=rows)


def _line(row: SheetRow, floor_share: Fraction) -> SheetLine:
    """A row; one without rows of its own below it is a criterion, so its limit is the floor."""
    is_criterion = row.row.code == row.criterion.number
    least = row.row.least if not is_criterion else max(row.row.least or NOTHING, floor_share * row.row.maximum)
    points = {by: cell.points for by, cell in row.cells.items() if cell.points is not None}
    under = frozenset(by for by, given in points.items() if least is not None and given < least)
    return SheetLine(
        LineKind.ROW,
        row.row.code,
        row.row.name,
        row.row.maximum,
        least,
        points,
        row.left,
        row,
        frozenset(),
        under,
        row.applies,
    )


def _group(criterion: Criterion, rows: Sequence[SheetRow], floor_share: Fraction) -> SheetLine:
    asked = [row for row in rows if row.applies]
    floor = floor_share * sum((row.row.maximum for row in asked), NOTHING)
    return _sum(LineKind.GROUP, criterion.number, criterion.name, asked, floor)


def _sum(kind: LineKind, code: str, name: str, asked: Sequence[SheetRow], least: Fraction | None) -> SheetLine:
    given = {by: list(_given(asked, by)) for by in By}
    points = {by: sum(told, NOTHING) for by, told in given.items() if told}
    partial = frozenset(by for by, told in given.items() if told and len(told) < len(asked))
    under = frozenset(by for by, told in points.items() if least is not None and by not in partial and told < least)
    lefts = [row.left for row in asked if row.left is not None]
    left = sum(lefts, NOTHING) if lefts and len(lefts) == len(asked) else None
    maximum = sum((row.row.maximum for row in asked), NOTHING)
    return SheetLine(kind, code, name, maximum, least, points, left, None, partial, under)


def _given(rows: Sequence[SheetRow], by: By) -> Iterator[Fraction]:
    for row in rows:
        cell = row.cells.get(by)
        if cell is not None and cell.points is not None:
            yield cell.points
