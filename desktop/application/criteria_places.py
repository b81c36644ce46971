"""Of which commune a question about criteria speaks: by its code on the last day of the year."""

from __future__ import annotations

from datetime import date

from desktop.application.figures import unknown_unit
from desktop.application.history_units import ended_within
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.periods import Period
from desktop.domain.units import UID_PREFIX


def served_commune(record: Record, unit: str, day: date) -> Commune:
    """A commune we serve on a day, by its code or `uid:...`; AppError `unknown_unit`."""
    for commune in communes_of(record, on=day):
        if unit in (commune.code, f"{UID_PREFIX}{commune.uid}"):
            return commune
    raise unknown_unit(unit, day)


def commune_in(record: Record, unit: str, year: int) -> Commune:
    """A commune we serve at the end of a year; one that ended within it is refused with where it went."""
    period = Period.of_year(year)
    for commune in communes_of(record, on=period.last):
        if unit in (commune.code, f"{UID_PREFIX}{commune.uid}"):
            return commune
    raise ended_within(record, unit, period) or unknown_unit(unit, period.last)
