"""Values as stored, or summed to a unit, and one value set: what the command line asks for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from db.tables import values as rows
from db.tables.catalogue import category_ids
from desktop.application import catalogue
from desktop.application.boundary_values import rows_on
from desktop.application.changes import Changes
from desktop.application.entry import Typed, element_of, type_block
from desktop.application.figures import unknown_unit
from desktop.application.history_units import ended_within, writable
from desktop.application.offices import OfficeView, office_of
from desktop.application.records import Record
from desktop.application.value_row import ValueRow, stored_row
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
)
from desktop.errors import AppError, UsageError
from desktop.wording import say

_PLAIN: Final = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


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

    On the `boundaries` of a day, else of the period's last; codes are those valid on that day. A cell nobody wrote
    shows what follows from other periods. `every` adds empty cells of the forms that are filled in for such a period.
    """
    if element is not None:
        element_of(record, element)
    asked = _elements(record, period, element) if every else []
    day = boundaries or period.last
    with record.reading():
        found = rows_on(record, period=period, day=day, unit=unit, element=element, kind=kind, asked=asked)
        return found + (_own(record, period, unit, element, kind) if day == period.last else [])


def _own(record: Record, period: Period, unit: str | None, element: str | None, kind: Kind) -> list[ValueRow]:
    """Figures typed for the office itself: those of a plan that no commune reports."""
    office = office_of(record, on=period.last)
    if office is None or office.unit_uid is None or office.level == "commune" or unit not in _names(office):
        return []
    elements = None if element is None else [element]
    cells = rows.cells(record, periods=[period.id], units=[office.unit_uid], elements=elements, kind=kind)
    return [stored_row(office.spoken_unit, period, cell) for cell in cells]


def _names(office: OfficeView) -> tuple[str | None, ...]:
    return None, office.unit, office.code, office.spoken_unit


def _elements(record: Record, period: Period, element: str | None) -> list[str]:
    known = catalogue.catalogue(record)
    in_forms = {code for form in known.forms.values() if form.fits(period) for code in form.elements}
    return [code for code in known.elements if code in in_forms and element in (None, code)]


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
        raise AppError(
            "unknown_category",
            say("No category {category} is installed.", category=category),
            say("Leave it out for the total."),
        )
    value = plain_value(text, definition)
    typed = Typed(uid, element, value, nfc(note) if note is not None else None, category)
    return type_block(record, cells=[typed], period=period, kind=kind, source="cli")


def _writable(record: Record, unit: str, period: Period, element: Element) -> str:
    """The uid of the commune a code means, or of the office itself for figures that no commune reports."""
    for commune in writable(record, period):
        if unit in (commune.code, f"uid:{commune.uid}"):
            return commune.uid
    office = office_of(record, on=period.last)
    if office is None or office.unit_uid is None or unit not in _names(office):
        raise ended_within(record, unit, period) or unknown_unit(unit, period.last)
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
