"""Chỉ tiêu giao: a year's assigned figures, their decision, and dividing the office's total among its communes.

Assigned figures are values of kind `assigned` in the year's period; the decision (number and date) stands per office,
form and year in the table `assignment` and travels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from db.tables import assignments
from db.tables.assignments import Assignment
from db.tables.codes import Origin
from desktop.application import catalogue
from desktop.application.changes import Changes, Subject, changed
from desktop.application.entry import Typed, element_of, form_of, write_cells
from desktop.application.figures import Figure, figures
from desktop.application.offices import Commune, communes_of, office_of
from desktop.application.records import Record
from desktop.domain.distribution import largest_remainder
from desktop.domain.elements import Element, ValueType
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.values import SCALE, Kind, Value, amount_value
from desktop.errors import AppError
from desktop.wording import Label, Sentence, say

YEARS_BACK: Final = 3


class By(StrEnum):
    """The rule by which a total is divided."""

    DENOMINATOR = "denominator"
    LAST_YEAR = "last_year"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision behind assigned figures; `own` tells our own from one that came from the office above."""

    number: str
    decided_on: date | None
    office: str
    own: bool


@dataclass(frozen=True, slots=True)
class Part:
    """What one commune would get: its weight, its part, and what is assigned to it now."""

    commune: Commune
    weight: Fraction
    value: Value
    before: Value | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """A total divided by a rule told in words; nothing is written yet. `left_out` have no weight under this rule."""

    form: str
    element: Element
    year: int
    total: Value
    by: By
    rule: Sentence
    parts: tuple[Part, ...]
    left_out: tuple[Commune, ...] = ()


def decision(record: Record, *, form: str, year: int) -> Decision | None:
    """The decision for a form and year: this office's own, else one that came from another office."""
    own = _own(record, year)
    found = assignments.of(record, form=form, years=[year])
    best = next((row for row in found if row.office == own), found[0] if found else None)
    return None if best is None else Decision(best.number, best.decided_on, best.office, best.office == own)


def put_decision(
    record: Record, *, form: str, year: int, number: str, decided_on: date | None, source: str = "window"
) -> Changes:
    """Write the number and date of the office's own decision for a form and year."""
    form_of(record, form)
    with record.change(say("Write the decision behind the assigned figures of {year}", year=str(year)), source=source):
        before = record.head()
        assignments.put(record, Assignment(_own(record, year), form, year, nfc(number).strip(), decided_on))
        written = record.head() - before
    return changed(written, Subject.VALUES)


def _own(record: Record, year: int) -> str:
    office = office_of(record, on=date(year, 12, 31))
    return office.uid if office else ""


def distribute(record: Record, *, form: str, element: str, year: int, total: Value | None, by: By) -> Distribution:
    """Divide a total among the communes; reads only.

    `total` None takes what is assigned to the office itself. AppErrors: `not_a_count`, `no_total`, `no_weights`.
    """
    form_of(record, form)
    definition, period = element_of(record, element), Period.of_year(year)
    if definition.type not in (ValueType.COUNT, ValueType.DECIMAL):
        raise AppError(
            "not_a_count",
            say("{name} is no number that can be divided.", name=_label(definition)),
            say("Choose a figure that is counted."),
        )
    chosen = total if total is not None else total_assigned(record, element=element, year=year)
    step = SCALE // 10**definition.decimals
    if chosen is None or chosen.amount is None or chosen.amount < 0 or chosen.amount % step:
        raise AppError("no_total", say("Give the total to be divided."), say("A number that is not below zero."))
    weights, rule = _weights(record, definition, period, by)
    communes = communes_of(record, on=period.last)
    counted = [commune for commune in communes if weights.get(commune.uid, Fraction(0)) > 0]
    if not counted:
        raise AppError(
            "no_weights",
            say("No commune has the figures this rule divides by."),
            say("Choose another rule, or divide equally."),
        )
    amounts = largest_remainder(chosen.amount, [weights[commune.uid] for commune in counted], step=step)
    now = figures(record, period=period, kind=Kind.ASSIGNED)
    parts = tuple(
        Part(commune, weights[commune.uid], amount_value(amount), _figure(now, commune.uid, element))
        for commune, amount in zip(counted, amounts, strict=True)
    )
    left_out = tuple(commune for commune in communes if commune not in counted)
    return Distribution(form, definition, year, chosen, by, rule, parts, left_out)


def total_assigned(record: Record, *, element: str, year: int) -> Value | None:
    """What is assigned to the office itself: typed for its own unit, or come from above."""
    office = office_of(record, on=date(year, 12, 31))
    if office is None or office.unit_uid is None:
        return None
    now = figures(record, period=Period.of_year(year), uids=[office.unit_uid], kind=Kind.ASSIGNED)
    return _figure(now, office.unit_uid, element)


def write_distribution(
    record: Record,
    *,
    distribution: Distribution,
    number: str | None = None,
    decided_on: date | None = None,
    source: str = "window",
) -> Changes:
    """Write the parts as typed figures, with the decision where one is given: one change."""
    period, element = Period.of_year(distribution.year), distribution.element
    cells = [Typed(part.commune.uid, element.code, part.value) for part in distribution.parts]
    what = say("Divide {name} among {count} communes", name=_label(element), count=len(cells))
    with record.change(what, source=source) as change:
        write_cells(record, cells, period=period, kind=Kind.ASSIGNED, origin=Origin.TYPED)
        if number is not None:
            told = Assignment(
                _own(record, period.year), distribution.form, period.year, nfc(number).strip(), decided_on
            )
            assignments.put(record, told)
    return changed(change.rows, Subject.VALUES)


def _label(element: Element) -> Label:
    return Label(element.name_vi, element.name_en)


def _figure(found: dict[str, dict[str, Figure]], uid: str, element: str) -> Value | None:
    held = found.get(uid, {}).get(element)
    return held.value if held else None


def _weights(record: Record, element: Element, period: Period, by: By) -> tuple[dict[str, Fraction], Sentence]:
    if by is By.EQUAL:
        equal = {commune.uid: Fraction(1) for commune in communes_of(record, on=period.last)}
        return equal, say("The same for every commune; what is left over goes to the first ones.")
    if by is By.LAST_YEAR:
        before = period.same_last_year()
        found = _numbers(figures(record, period=before), element.code)
        return found, say("In proportion to the figure of {period}.", period=before.sentence())
    return _by_denominator(record, element, period)


def _by_denominator(record: Record, element: Element, period: Period) -> tuple[dict[str, Fraction], Sentence]:
    """By what the element's rate divides by: the year's chosen figure, else the newest the communes have reported."""
    from desktop.application.denominators import chosen_figures

    base = weighing_element(record, element)
    if base is None:
        return {}, say("No population is installed to divide by.")
    year = period
    for _ in range(YEARS_BACK + 1):
        if base.denominator_kind:
            amounts, source = chosen_figures(record, year=year.year, population=base.denominator_kind)
            if amounts:
                rule = say(
                    "In proportion to {name} of {period} ({source}).",
                    name=_label(base),
                    period=year.sentence(),
                    source=source,
                )
                return {uid: Fraction(amount, SCALE) for uid, amount in amounts.items()}, rule
        found = _numbers(figures(record, period=year), base.code)
        if found:
            rule = say("In proportion to {name} of {period}.", name=_label(base), period=year.sentence())
            return found, rule
        year = year.same_last_year()
    return {}, say("In proportion to {name}.", name=_label(base))


def weighing_element(record: Record, element: Element) -> Element | None:
    """The element a figure is divided by in its rate, where that is a population; else the average population."""
    known = catalogue.catalogue(record)
    for indicator in known.indicators.values():
        if indicator.numerator == element.code and indicator.denominator in known.elements:
            return known.elements[indicator.denominator]
    return next((one for one in known.elements.values() if one.denominator_kind == "average"), None)


def _numbers(found: dict[str, dict[str, Figure]], element: str) -> dict[str, Fraction]:
    held = {uid: cells[element].value.number for uid, cells in found.items() if element in cells}
    return {uid: value for uid, value in held.items() if value is not None and value > 0}
