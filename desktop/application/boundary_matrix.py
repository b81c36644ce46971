"""The figures of a form on other boundaries, commune by commune, to be read and never typed into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.application import catalogue
from desktop.application.boundaries import Boundaries, OnGround
from desktop.application.boundary_values import row_of
from desktop.application.entry import form_of
from desktop.application.lineages import communes_on
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.application.value_row import ValueRow
from desktop.domain.elements import Element
from desktop.domain.periods import Period
from desktop.domain.values import Kind


@dataclass(frozen=True, slots=True)
class GroundRow:
    """A commune standing on the day (None: all of them together) with a figure for every column."""

    commune: Commune | None
    cells: tuple[ValueRow, ...]


@dataclass(frozen=True, slots=True)
class GroundMatrix:
    """A form of a period on the boundaries of a day; the last row is the total."""

    day: date
    columns: tuple[Element, ...]
    rows: tuple[GroundRow, ...]


def ground_matrix(record: Record, *, form: str, period: Period, day: date, kind: Kind = Kind.ACTUAL) -> GroundMatrix:
    """Read it; every figure says why it is missing, and what it was estimated or derived from."""
    elements = catalogue.catalogue(record).elements
    columns = tuple(elements[code] for code in form_of(record, form).elements)
    with record.reading():
        communes = communes_on(record, day, beside=period.last)
        view = Boundaries(record, day, kind, whole=frozenset(commune.uid for commune in communes))
        rows = [GroundRow(commune, _cells(view, commune.code, [commune.uid], columns, period)) for commune in communes]
        total = _cells(view, "", [commune.uid for commune in communes], columns, period)
    return GroundMatrix(day, columns, (*rows, GroundRow(None, total)))


def _cells(
    view: Boundaries, unit: str, uids: list[str], columns: tuple[Element, ...], period: Period
) -> tuple[ValueRow, ...]:
    told: list[tuple[Element, OnGround]] = [(one, view.figure(one, uids, period)) for one in columns]
    return tuple(row_of(view, unit, period, element.code, figure) for element, figure in told)
