"""Working days and due dates: weekends, public holidays, and what an office adds for a year (design 3.2).

Holidays that follow the moon, or are set anew each year, are known only for years an office has given; a due date
counted through days on which such a holiday may fall is provisional ("tạm tính").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
LONGEST: Final = 250
"""Working days a rule may ask for: more than a year's would be a mistake."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day an office gave for a year; `works` is a weekend day worked in exchange for another."""

    day: date
    name: str
    works: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """A public holiday on the same day of every year."""

    month: int
    day: int
    name: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A public holiday that falls somewhere between two days (month, day) of the year.

    `most` bounds how many working days it can take, days off exchanged for others with it.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    name: str
    most: int


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays by law, and the days each given year adds; a given year is known completely."""

    fixed: tuple[Fixed, ...] = ()
    moving: tuple[Moving, ...] = ()
    given: Mapping[int, tuple[Holiday, ...]] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        """Whether offices work on a day, as far as is known."""
        told = next((one for one in self.given.get(day.year, ()) if one.day == day), None)
        if told is not None:
            return told.works
        return day.weekday() < _SATURDAY and day not in fixed_days_off(self.fixed, day.year)

    def unknown_between(self, first: date, last: date) -> tuple[Moving, ...]:
        """Holidays that may fall between two days (inclusive) of years nobody has given."""
        return tuple(
            moving
            for year in range(first.year, last.year + 1)
            if year not in self.given
            for moving in self.moving
            if date(year, *moving.first) <= last and first <= date(year, *moving.last)
        )

    def after(self, day: date, working_days: int) -> date:
        """The so-manieth working day after a day (1 or more)."""
        if not 1 <= working_days <= LONGEST:
            raise ValueError(str(working_days))
        while working_days:
            day += _DAY
            working_days -= self.works_on(day)
        return day


@lru_cache(maxsize=64)
def fixed_days_off(fixed: tuple[Fixed, ...], year: int) -> frozenset[date]:
    """The fixed holidays of a year with the days off in exchange for those on a weekend.

    A holiday on a weekend is taken on the next working day (Labour Code 45/2019/QH14, Article 111.3).
    """
    days = {date(year, one.month, one.day) for one in fixed}
    off = set(days)
    for day in sorted(days):
        if day.weekday() >= _SATURDAY:
            instead = day
            while instead.weekday() >= _SATURDAY or instead in off:
                instead += _DAY
            off.add(instead)
    return frozenset(off)


@dataclass(frozen=True, slots=True)
class Rule:
    """When a form is due after its period: so many working days, or a day of the month, or a day and month."""

    working_days: int | None = None
    day: int | None = None
    month: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that says nothing, or two things, or a day that no year has."""
        if (self.working_days is None) == (self.day is None) or (self.month is not None and self.day is None):
            raise ValueError("either working days or a day")
        if self.working_days is not None and not 1 <= self.working_days <= LONGEST:
            raise ValueError(str(self.working_days))
        if self.day is not None and not 1 <= self.day <= 31:
            raise ValueError(str(self.day))
        if self.month is not None:
            date(2023, self.month, self.day or 1)  # 29 February is not a day of every year


@dataclass(frozen=True, slots=True)
class Due:
    """The last day that is on time; `unknown` names holidays that may move it, at most to the day `latest`."""

    day: date
    latest: date
    unknown: tuple[str, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether a holiday nobody has given yet may move it."""
        return bool(self.unknown)


def due_date(period_end: date, rule: Rule, holidays: Holidays) -> Due:
    """The due date of a period that ends on a day. A day of the month that the month lacks is its last day."""
    if rule.working_days is not None:
        found = holidays.after(period_end, rule.working_days)
        return _with_unknown(found, period_end + _DAY, holidays)
    day = period_end + _DAY
    wanted = rule.day or 1
    while not (_fits(day, wanted) and rule.month in (None, day.month)):
        day += _DAY
    return Due(day, day)


def _with_unknown(found: date, first: date, holidays: Holidays) -> Due:
    """Count unknown holidays in until none more can lie before the date."""
    latest, unknown = found, holidays.unknown_between(first, found)
    while unknown:
        latest = holidays.after(found, sum(moving.most for moving in unknown))
        more = holidays.unknown_between(first, latest)
        if more == unknown:
            break
        unknown = more
    return Due(found, latest, tuple(dict.fromkeys(moving.name for moving in unknown)))


def _fits(day: date, wanted: int) -> bool:
    return day.day == wanted or (day.day < wanted and (day + _DAY).day == 1)


def days_late(due: date, received: date) -> int:
    """Calendar days after the due date; 0 on time."""
    return max(0, (received - due).days)
