"""Figures of an office's communes for a period: what every screen, check, sum and report reads first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from db.tables import catalogue as elements
from db.tables import periods, submissions, units, values
from db.tables.codes import DEFAULT_CATEGORY
from db.tables.submissions import Life
from desktop.application import catalogue
from desktop.application.offices import Commune, communes_of, office_of
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.units import UnitKind
from desktop.domain.values import NOT_REPORTED, Kind, Total, Value, amount_value, total
from desktop.errors import AppError
from desktop.wording import say

if TYPE_CHECKING:
    from db.tables.denominators import Denominator


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one unit; `touched` tells a cell somebody wrote from one nobody ever did."""

    value: Value
    note: str | None = None
    touched: bool = True


UNTOUCHED = Figure(NOT_REPORTED, None, touched=False)
Figures = Mapping[str, Mapping[str, Figure]]


def figures(
    record: Record,
    *,
    period: Period,
    uids: Collection[str] | None = None,
    kind: Kind = Kind.ACTUAL,
    only: Collection[str] | None = None,
) -> dict[str, dict[str, Figure]]:
    """Totals (category `default`) by unit uid and element code; of the units and of the elements asked for."""
    number, numbers, codes = periods.ids(record).get(period.id), units.ids(record), elements.element_codes(record)
    if number is None:
        return {}
    chosen = None if uids is None else [numbers[uid] for uid in uids if uid in numbers]
    known = elements.element_ids(record)
    wanted = None if only is None else [known[code] for code in only if code in known]
    by_unit: dict[int, dict[str, Figure]] = {}
    for row in values.read(record, periods=[number], units=chosen, elements=wanted, kind=kind):
        if row.category == DEFAULT_CATEGORY:
            by_unit.setdefault(row.unit, {})[codes[row.element]] = Figure(row.value, row.note)
    names = units.uids(record)
    return {names[unit]: cells for unit, cells in by_unit.items()}


def official(record: Record, period: Period, found: dict[str, dict[str, Figure]]) -> dict[str, dict[str, Figure]]:
    """The same without what other offices have sent before it was complete: official totals leave it out.

    What this office enters itself counts while it is entered (`contract/package.md`, Content).
    """
    own = office_of(record, on=period.last)
    forms, lines = catalogue.catalogue(record).forms, catalogue.lines(record)
    drafts = {
        (begun.unit, element)
        for begun in submissions.of(record, periods=[period.id], states=(Life.IN_ENTRY, Life.RETURNED))
        if own is not None and begun.holder != own.uid
        for element in lines.widened(forms[begun.form].elements)
    }
    if not drafts:
        return found
    return {
        unit: {code: figure for code, figure in cells.items() if (unit, code) not in drafts}
        for unit, cells in found.items()
    }


def with_denominators(
    record: Record,
    found: dict[str, dict[str, Value]],
    year: int,
    instead: Iterable[Denominator] = (),
    without: Collection[tuple[str, str, int]] = (),
) -> set[str]:
    """Put the year's chosen denominators in the place of typed ones; gives their sources.

    `instead` are tried in the place of those in the record, and `without` (unit, population, year) leaves some out:
    what would move if they were chosen or taken back.
    """
    from db.tables import denominators

    kinds = elements_by_population(record)
    held = [row for row in denominators.of(record, [year]) if (row.unit, row.population, year) not in without]
    chosen = {(row.unit, row.population): row for row in (*held, *instead)}
    sources = set()
    for row in chosen.values():
        for code in kinds.get(row.population, ()) if row.unit in found else ():
            found[row.unit][code] = amount_value(row.amount)
            sources.add(row.printed_source)
    return sources


def elements_by_population(record: Record) -> dict[str, list[str]]:
    """The codes of the elements that hold each kind of population: average, under1 and the like."""
    found: dict[str, list[str]] = {}
    for code, element in catalogue.catalogue(record).elements.items():
        if element.denominator_kind:
            found.setdefault(element.denominator_kind, []).append(code)
    return found


def summed(communes: Iterable[Commune], found: Figures, element: str) -> Total:
    """The sum of one element over communes; untouched cells are expected and not reported."""
    return total(found.get(commune.uid, {}).get(element, UNTOUCHED).value for commune in communes)


def meant_communes(record: Record, *, unit: str | None, day: date) -> tuple[str, list[Commune], bool]:
    """Whom a unit code means on a day: (code, communes to read, whether they are summed).

    None and the office itself mean all its communes; a commune means itself; a district or province of the register
    means the office's communes below it.
    """
    everyone = communes_of(record, on=day)
    office = office_of(record, on=day)
    if unit is None:
        return (office.unit or office.code or "" if office else ""), everyone, True
    own = next((commune for commune in everyone if unit in (commune.code, f"uid:{commune.uid}")), None)
    if own:
        return own.code, [own], False
    if office and unit in (office.unit, office.code, f"uid:{office.unit_uid}"):
        return unit, everyone, True
    return unit, _below(record, unit, day, everyone), True


def _below(record: Record, unit: str, day: date, everyone: list[Commune]) -> list[Commune]:
    register = units.register(record)
    found = register.find(unit, day)
    if found is None:
        raise unknown_unit(unit, day)
    inside = {below.uid for below, _ in register.under(found.uid, day)}
    communes = [commune for commune in everyone if commune.uid in inside]
    if not communes or (found.kind is UnitKind.COMMUNE):
        raise unknown_unit(unit, day)
    return communes


def unknown_unit(unit: str, day: date) -> AppError:
    """The refusal for a code that means no unit of this record on the day."""
    return AppError(
        "unknown_unit",
        say("No unit of this record has the code {code} on {day}.", code=unit, day=day),
        say("Codes are those valid on the last day of the period."),
    )
