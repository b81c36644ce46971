"""The other periods a record holds, and which may say something of a period; asked before anything is derived."""

from __future__ import annotations

from db.tables import periods as period_rows
from desktop.application.records import Record
from desktop.domain.periods import Period


def held_periods(record: Record) -> list[Period]:
    """Every period of which the record holds anything, in order of time."""
    return period_rows.known(record)


def sources_of(record: Record, period: Period) -> list[Period]:
    """The other periods of the record, of the same calendar and the same years, that may say something of a period."""
    years = range(_first_year(period), period.year + 1)
    return [
        one
        for one in period_rows.known(record)
        if one != period and one.calendar is period.calendar and _first_year(one) in years and one.year in years
    ]


def _first_year(period: Period) -> int:
    made = period.months
    return made[0] if made else period.first.year
