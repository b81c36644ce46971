"""Which communes owe which forms for which periods, when each is due, and what came: read once for a whole year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from db.tables import periods, submissions
from db.tables.submissions import Life, Submission
from desktop.application import catalogue, deadlines
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import MONTHS, Form
from desktop.domain.periods import Calendar, Period
from desktop.domain.workdays import Due, days_late, due_date

CAME: Final = (Life.COMPLETE, Life.CHECKED, Life.LOCKED)


class Arrival(StrEnum):
    """How a form that is owed came: `waiting` is not due yet, `unknown` came on a day, or is due on one, not known."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    UNKNOWN = "unknown"


_ARRIVED: Final = {True: Arrival.ON_TIME, False: Arrival.LATE, None: Arrival.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Expected:
    """A form a commune owes for a period; `begun` is None where nothing was written yet."""

    commune: Commune
    form: Form
    period: Period
    due: Due | None
    begun: Submission | None

    @property
    def state(self) -> str:
        """Where the form stands."""
        return self.begun.state.value if self.begun else "not_started"

    @property
    def received_on(self) -> date | None:
        """The day it came."""
        return self.begun.received_on if self.begun else None

    def arrival(self, today: date) -> Arrival:
        """Whether it came in time."""
        if self.received_on is not None:
            return _ARRIVED[deadlines.is_on_time(self.due, self.received_on)]
        if self.begun is not None and self.begun.state in CAME:
            return Arrival.UNKNOWN
        if self.due is None:
            return Arrival.UNKNOWN if self.period.last < today else Arrival.WAITING
        return Arrival.MISSING if today > self.due.latest else Arrival.WAITING

    def days_late(self, today: date) -> int:
        """Days from the due date until it came, or until today where it has not; 0 where nothing says it is late."""
        if self.due is None or self.arrival(today) not in (Arrival.LATE, Arrival.MISSING):
            return 0
        return days_late(self.due.day, self.received_on or today)


def periods_of_form(form: Form, year: int) -> list[Period]:
    """The periods of a year for which a form is filled in; cumulative ones begin on 1 January each."""
    length = MONTHS[form.periods]
    found = []
    for end in range(length, 13, length):
        first = 1 if form.cumulative else end - length + 1
        found.append(Period.of_months(year, first, year, end))
    return [one for one in found if form.is_in_force(one)]


def columns_of(record: Record, year: int, form: str | None = None) -> list[tuple[Form, Period]]:
    """The forms of communes and their periods that end in a year, in order of time, then of the catalogue.

    No form says that it is filled in to day 14: which one is, the first commune that begins it says for all.
    """
    known = [one for one in catalogue.catalogue(record).forms.values() if one.level == "commune"]
    chosen = [one for one in known if form in (None, one.code)]
    found = [(one, period) for one in chosen for period in periods_of_form(one, year)]
    return sorted([*found, *_to_day_14(record, chosen, year)], key=lambda pair: pair[1].last)


def _to_day_14(record: Record, forms: Sequence[Form], year: int) -> list[tuple[Form, Period]]:
    named = {name: Period.parse(name) for name in periods.ids(record) if name.endswith(Calendar.DAY14)}
    ending = {name: one for name, one in named.items() if one.year == year}
    if not ending:
        return []
    begun = {(row.form, row.period) for row in submissions.of(record, periods=sorted(ending))}
    return [(one, period) for one in forms for name, period in ending.items() if (one.code, name) in begun]


def expected(record: Record, *, columns: Iterable[tuple[Form, Period]]) -> Iterator[Expected]:
    """What every commune owes, column by column, communes in register order."""
    wanted = list(columns)
    begun = {
        (row.unit, row.form, row.period): row
        for row in submissions.of(record, periods=sorted({period.id for _, period in wanted}))
    }
    communes: dict[date, list[Commune]] = {}
    holidays = deadlines.holidays(record)
    for form, period in wanted:
        if period.last not in communes:
            communes[period.last] = communes_of(record, on=period.last)
        name, usual = period.id, deadlines.deadline(record, form=form.code)
        apart = deadlines.apart(record, form=form.code)
        due = due_date(period.last, usual, holidays) if usual else None
        for commune in communes[period.last]:
            uid = commune.uid
            own = due_date(period.last, apart[uid], holidays) if uid in apart else due
            yield Expected(commune, form, period, own, begun.get((uid, form.code, name)))
