"""Which communes owe which forms for which periods, when each is due, and what came: read once for a whole year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from db.tables import submissions
from db.tables.submissions import Life, Submission
from desktop.application import catalogue, deadlines
from desktop.application.offices import Commune, communes_of
from desktop.application.records import Record
from desktop.domain.elements import Form
from desktop.domain.periods import Period
from desktop.domain.workdays import Due, Rule, days_late, due_date

MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
CAME: Final = (Life.COMPLETE, Life.CHECKED, Life.LOCKED)


class Arrival(StrEnum):
    """How a form that is owed came: `waiting` is not due yet, `unknown` came on a day, or is due on one, not known."""

    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"
    UNKNOWN = "unknown"


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
            told = deadlines.is_on_time(self.due, self.received_on)
            return {True: Arrival.ON_TIME, False: Arrival.LATE, None: Arrival.UNKNOWN}[told]
        if self.begun is not None and self.begun.state in CAME:
            return Arrival.UNKNOWN
        if self.due is None:
            return Arrival.UNKNOWN if self.period.last < today else Arrival.WAITING
        return Arrival.MISSING if today > self.due.day else Arrival.WAITING

    def days_late(self, today: date) -> int:
        """Days from the due date until it came, or until today where it has not; 0 where nothing says it is late."""
        arrival = self.arrival(today)
        if self.due is None or arrival not in (Arrival.LATE, Arrival.MISSING):
            return 0
        return days_late(self.due.day, self.received_on or today)


def periods_of_form(form: Form, year: int) -> list[Period]:
    """The periods of a year for which a form is filled in; cumulative ones begin on 1 January each."""
    length = MONTHS[form.periods]
    found = []
    for end in range(length, 13, length):
        first = 1 if form.cumulative else end - length + 1
        found.append(Period.of_months(year, first, year, end))
    return [one for one in found if in_force(form, one)]


def in_force(form: Form, period: Period) -> bool:
    """Whether a form is in force on the last day of a period."""
    begun = form.valid_from is None or form.valid_from <= period.last
    return begun and (form.valid_to is None or period.last <= form.valid_to)


def columns_of(record: Record, year: int, form: str | None = None) -> list[tuple[Form, Period]]:
    """The forms of communes and their periods that end in a year, in order of time, then of the catalogue."""
    known = [one for one in catalogue.catalogue(record).forms.values() if one.level == "commune"]
    chosen = [one for one in known if form in (None, one.code)]
    found = [(one, period) for one in chosen for period in periods_of_form(one, year)]
    return sorted(found, key=lambda pair: pair[1].last)


def expected(record: Record, *, columns: Iterable[tuple[Form, Period]]) -> Iterator[Expected]:
    """What every commune owes, column by column, communes in register order."""
    wanted = list(columns)
    begun = {
        (row.unit, row.form, row.period): row
        for row in submissions.of(record, periods=sorted({period.id for _, period in wanted}))
    }
    dues: dict[tuple[date, Rule], Due] = {}
    communes: dict[date, list[Commune]] = {}
    rules: dict[tuple[str, str], Rule | None] = {}
    for form, period in wanted:
        if period.last not in communes:
            communes[period.last] = communes_of(record, on=period.last)
        for commune in communes[period.last]:
            place = (form.code, commune.uid)
            if place not in rules:
                rules[place] = deadlines.deadline(record, form=form.code, unit=commune.uid)
            due = _due(record, period.last, rules[place], dues)
            yield Expected(commune, form, period, due, begun.get((commune.uid, form.code, period.id)))


def _due(record: Record, last: date, rule: Rule | None, known: dict[tuple[date, Rule], Due]) -> Due | None:
    if rule is None:
        return None
    if (last, rule) not in known:
        known[last, rule] = due_date(last, rule, deadlines.holidays(record))
    return known[last, rule]
