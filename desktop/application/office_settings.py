"""All settings of the office through time: what held from which day, and who signs a paper made today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from db.tables import offices
from desktop.application.offices import Commune, OfficeView, communes_of, office_of
from desktop.application.records import Record

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dated:
    """The office and the communes it served from a day (None: from its beginning) until the next of its kind."""

    valid_from: date | None
    office: OfficeView
    communes: tuple[Commune, ...]
    basis: str | None


def dated_settings(record: Record) -> list[Dated]:
    """Every span of time in which nothing of the office's settings changed, the oldest first; empty without office."""
    own = offices.own(record, date.min)
    if own is None:
        return []
    begun = {one.valid_from for one in offices.versions(record, own.uid)}
    for span in offices.spans(record, own.uid):
        begun |= {span.valid_from} | ({span.valid_to + DAY} if span.valid_to else set())
    days = sorted(day for day in begun if day is not None)
    first = (days[0] - DAY) if days else record.now().date()
    return [
        found
        for begin, day in [(None, _in_life(record, first)), *((day, day) for day in days)]
        if (found := _dated(record, begin, day)) is not None
    ]


def _in_life(record: Record, day: date) -> date:
    """The day itself while the unit the office sits at stands; its last day after it ended."""
    from desktop.application.units import last_day_of_seat

    return last_day_of_seat(record, day=day)


def _dated(record: Record, begin: date | None, day: date) -> Dated | None:
    office, row = office_of(record, on=day), offices.own(record, day)
    if office is None or row is None:
        return None
    return Dated(begin, office, tuple(communes_of(record, on=day)), row.basis)


def signing_day(record: Record, *, on: date, today: date) -> date:
    """The day whose signer signs a paper made today about a time that ended `on`.

    Today's, while the office bears the name it had then; else whoever signed last under that name: a paper about an
    old period bears the old name lines, and a later head never headed that office.
    """
    own = offices.own(record, on)
    if own is None or today <= on:
        return on
    later = [one for one in offices.versions(record, own.uid) if one.valid_from and on < one.valid_from <= today]
    renamed = next((one.valid_from for one in later if (one.name, one.level) != (own.name, own.level)), None)
    return renamed - DAY if renamed else today
