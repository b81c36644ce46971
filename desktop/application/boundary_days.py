"""The boundaries a person can choose: those of the period, and those before or after acts that touch the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from db.tables import offices
from desktop.application.offices import has_other_boundaries
from desktop.application.records import Record
from desktop.domain.periods import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BoundaryDays:
    """A stretch of days without an act: first and last day (None: open), and a day that stands for all of them.

    `is_own` marks the stretch in which the period ends.
    """

    day: date
    first: date | None
    last: date | None
    is_own: bool


def boundary_days(record: Record, *, period: Period, today: date) -> list[BoundaryDays]:
    """The stretches between the acts that touch units of the office, the newest first; one where nothing changed.

    Acts after both the period and today are left out.
    """
    end = max(period.last, today)
    if not has_other_boundaries(record, today=end):
        return [BoundaryDays(period.last, None, None, is_own=True)]
    from desktop.application.lineages import history_units, lineage  # the window asks the question above at its start

    known, own = lineage(record), offices.own(record, period.last)
    ours = set(history_units(record))
    if own is not None:
        ours |= {span.unit for span in offices.spans(record, own.uid)}
    dates = [day for day in known.days_of(ours) if day <= end]
    begins: list[date | None] = [None, *dates]
    found = []
    for first, after in zip(begins, [*dates, None], strict=True):
        last = after - _DAY if after is not None else None
        is_own = (first is None or first <= period.last) and (last is None or period.last <= last)
        day = period.last if is_own else first if last is None and first is not None else last or period.last
        found.append(BoundaryDays(day, first, last, is_own))
    return found[::-1]
