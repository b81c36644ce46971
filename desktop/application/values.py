"""Values as stored, or summed to a unit, and one value set: what the command line asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from db.tables import values as rows
from db.tables.catalogue import category_ids
from desktop.application import catalogue
from desktop.application.changes import Changes
from desktop.application.entry import Typed, element_of, type_block
from desktop.application.figures import figures, meant_communes, official, summed, unknown_unit
from desktop.application.offices import Commune, OfficeView, communes_of, office_of
from desktop.application.records import Record
from desktop.domain.elements import Element, ValueType
from desktop.domain.periods import Period
from desktop.domain.text import nfc
from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    YES,
    Kind,
    State,
    TooFine,
    TooLarge,
    Value,
    number,
    total,
)
from desktop.errors import AppError, UsageError
from desktop.wording import say

_PLAIN: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A stored value of a commune, or the sum over communes with how many of those expected reported."""

    unit: str
    period: str
    element: str
    category: str
    kind: Kind
    value: Value
    reported: int
    expected: int
    note: str | None


def value_rows(
    record: Record,
    *,
    period: Period,
    unit: str | None = None,
    element: str | None = None,
    kind: Kind = Kind.ACTUAL,
    every: bool = False,
    boundaries: date | None = None,
) -> list[ValueRow]:
    """Values of a period: each commune's without `unit`, or of one commune; the sum where `unit` is above communes.

    `every` adds empty cells of the forms that are filled in for such a period.
    """
    _only_own_boundaries(period, boundaries)
    if element is not None:
        element_of(record, element)
    code, communes, is_sum = meant_communes(record, unit=unit, day=period.last)
    own = _own(record, period, unit, element, kind) if is_sum else []
    if is_sum and unit is not None:
        return _sums(record, period, code, communes, element, kind, every=every) + own
    return _stored(record, period, communes, element, kind, every=every) + own


def _own(record: Record, period: Period, unit: str | None, element: str | None, kind: Kind) -> list[ValueRow]:
    """Figures typed for the office itself: those of a plan that no commune reports."""
    office = office_of(record, on=period.last)
    if office is None or office.unit_uid is None or office.level == "commune" or unit not in _names(office):
        return []
    elements = None if element is None else [element]
    cells = rows.cells(record, periods=[period.id], units=[office.unit_uid], elements=elements, kind=kind)
    return [_row(office.spoken_unit, period, cell) for cell in cells]


def _names(office: OfficeView) -> tuple[str | None, ...]:
    return None, office.unit, office.code, office.spoken_unit


def _only_own_boundaries(period: Period, boundaries: date | None) -> None:
    if boundaries is not None and boundaries != period.last:
        raise AppError(
            "not_built",
            say("Figures on the boundaries of another day come in a later version."),
            say("Leave --boundaries out: the boundaries of the period's last day are taken."),
        )


def _elements(record: Record, period: Period, element: str | None) -> list[str]:
    from desktop.application.submissions import period_fits

    known = catalogue.catalogue(record)
    in_forms = {
        code for form in known.forms.values() if period_fits(record, form.code, period) for code in form.elements
    }
    return [code for code in known.elements if code in in_forms and element in (None, code)]


def _stored(
    record: Record, period: Period, communes: list[Commune], element: str | None, kind: Kind, *, every: bool
) -> list[ValueRow]:
    cells = rows.cells(
        record,
        periods=[period.id],
        units=[commune.uid for commune in communes],
        elements=None if element is None else [element],
        kind=kind,
    )
    by_unit: dict[str, list[rows.Cell]] = {}
    for cell in cells:
        by_unit.setdefault(cell.unit, []).append(cell)
    order = {code: place for place, code in enumerate(catalogue.catalogue(record).elements)}
    wanted = _elements(record, period, element) if every else []
    found = []
    for commune in communes:
        mine = [_row(commune.code, period, cell) for cell in by_unit.get(commune.uid, ())]
        held = {row.element for row in mine}
        mine += [
            ValueRow(commune.code, period.id, code, "default", kind, NOT_REPORTED, 0, 1, None)
            for code in wanted
            if code not in held
        ]
        found += sorted(mine, key=lambda row: (order.get(row.element, len(order)), row.category))
    return found


def _row(code: str, period: Period, cell: rows.Cell) -> ValueRow:
    alone = total([cell.value])
    return ValueRow(
        code, period.id, cell.element, cell.category, cell.kind, cell.value, alone.reported, alone.expected, cell.note
    )


def _sums(
    record: Record, period: Period, code: str, communes: list[Commune], element: str | None, kind: Kind, *, every: bool
) -> list[ValueRow]:
    found = figures(record, period=period, uids=[commune.uid for commune in communes], kind=kind)
    held = {name for cells in found.values() for name in cells}
    counted = official(record, period, found) if kind is Kind.ACTUAL else found
    asked = set(_elements(record, period, element)) if every else set()
    result = []
    for name in catalogue.catalogue(record).elements:
        if element in (None, name) and name in held | asked:
            sum_of = summed(communes, counted, name)
            result.append(
                ValueRow(code, period.id, name, "default", kind, sum_of.value, sum_of.reported, sum_of.expected, None)
            )
    return result


def set_value(
    record: Record,
    *,
    unit: str,
    period: Period,
    element: str,
    text: str,
    kind: Kind = Kind.ACTUAL,
    note: str | None = None,
    category: str = "default",
) -> Changes:
    """Set one value from plain notation: a number with a point, `yes`, `no`, `na`, or empty for not reported."""
    definition = element_of(record, element)
    uid = _writable(record, unit, period, definition)
    if category not in category_ids(record):
        raise AppError("unknown_category", say("No category {category} is installed.", category=category))
    value = plain_value(text, definition)
    typed = Typed(uid, element, value, nfc(note) if note is not None else None, category)
    return type_block(record, cells=[typed], period=period, kind=kind, source="cli")


def _writable(record: Record, unit: str, period: Period, element: Element) -> str:
    """The uid of the commune a code means, or of the office itself for figures that no commune reports."""
    for commune in communes_of(record, on=period.last):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune.uid
    office = office_of(record, on=period.last)
    if office is None or office.unit_uid is None or unit not in _names(office):
        raise unknown_unit(unit, period.last)
    if element.level == "commune":
        raise AppError(
            "communes_report",
            say("{element} is reported by communes; the office has their sum.", element=element.name_vi),
            say("Set the value of a commune."),
        )
    return office.unit_uid


def plain_value(text: str, element: Element) -> Value:
    """The value of plain notation for an element; UsageError `bad_value` for anything that is not one."""
    words = {"": NOT_REPORTED, "na": NOT_APPLICABLE, "yes": YES, "no": NO}
    if element.type is ValueType.TEXT and text not in ("", "na"):
        return Value(State.TEXT, text=nfc(text))
    if text in words and (element.type is ValueType.YES_NO or text in ("", "na")):
        return words[text]
    if element.type is ValueType.YES_NO:
        raise _bad(text, element)
    try:
        if not _PLAIN.fullmatch(text):
            raise InvalidOperation
        return number(Decimal(text))
    except (InvalidOperation, TooFine, TooLarge, ValueError, OverflowError) as fault:
        raise _bad(text, element) from fault


def _bad(text: str, element: Element) -> UsageError:
    return UsageError(
        "bad_value",
        say("“{text}” is not a value of {element}.", text=text, element=element.name_vi),
        say('Numbers are written plainly (1234 or 12.5); also yes, no, na, or "" for not reported.'),
    )
