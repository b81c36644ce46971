"""Working days and due dates: weekends, public holidays, and what an office adds for a year (design 3.2).

Holidays that follow the moon, or are decided each year, are proposed (`public_holidays.py`) until an office has given
the year's list; a due date counted through days on which such a holiday may fall is provisional ("tạm tính").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from desktop.domain.public_holidays import DAY, Fixed, Moving, Season, fixed_days_off, is_weekend, seasons

LONGEST: Final = 250
"""Working days a rule may ask for: more than a year's would be a mistake."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day an office gave for a year; `works` is a weekend day worked in exchange for another."""

    day: date
    name: str
    works: bool = False


@dataclass(frozen=True, slots=True)
class Holidays:
    """The public holidays by law, and the days each given year adds; a given year is known completely."""

    fixed: tuple[Fixed, ...] = ()
    moving: tuple[Moving, ...] = ()
    given: Mapping[int, tuple[Holiday, ...]] = field(default_factory=dict)

    def works_on(self, day: date) -> bool:
        """Whether offices work on a day, as far as is known; proposed holidays are days off."""
        if day.year in self.given:
            return self._works_by_word(day)
        return self._works_by_law(day) and not any(day in season.days for season in self.seasons(day.year))

    def may_work_on(self, day: date) -> bool:
        """Whether offices may work on a day, whatever is still decided for the year."""
        if day.year in self.given:
            return self._works_by_word(day)
        return self._works_by_law(day) and not any(day in season.sure for season in self.seasons(day.year))

    def _works_by_word(self, day: date) -> bool:
        told = next((one for one in self.given[day.year] if one.day == day), None)
        return told.works if told is not None else self._works_by_law(day)

    def _works_by_law(self, day: date) -> bool:
        return not is_weekend(day) and day not in fixed_days_off(self.fixed, day.year)

    def seasons(self, year: int) -> tuple[Season, ...]:
        """The moving holidays of a year with the days proposed for them, whether or not the year is given."""
        return seasons(self.fixed, self.moving, year)

    def unsettled_between(self, first: date, last: date) -> tuple[Season, ...]:
        """Holidays that may take working days between two days (inclusive) of years nobody has given."""
        return tuple(
            season
            for year in range(first.year, last.year + 1)
            if year not in self.given
            for season in self.seasons(year)
            if season.first <= last and first <= season.last
        )

    def after(self, day: date, working_days: int) -> date:
        """The so-manieth working day after a day (1 or more)."""
        if not 1 <= working_days <= LONGEST:
            raise ValueError(str(working_days))
        while working_days:
            day += DAY
            working_days -= self.works_on(day)
        return day

    def earliest_after(self, day: date, working_days: int) -> date:
        """The same where every holiday not decided yet takes no more than its sure days."""
        while working_days:
            day += DAY
            working_days -= self.may_work_on(day)
        return day


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
    """The last day that is on time; `unknown` names holidays not decided yet that may move it.

    They move it to `earliest` at best and to `latest` at most.
    """

    day: date
    latest: date
    unknown: tuple[str, ...] = ()
    earliest: date = date.max

    def __post_init__(self) -> None:
        """Without a word on the earliest day it is the day itself."""
        object.__setattr__(self, "earliest", min(self.earliest, self.day))

    @property
    def provisional(self) -> bool:
        """Whether a holiday not decided yet may move it."""
        return bool(self.unknown)


def due_date(period_end: date, rule: Rule, holidays: Holidays) -> Due:
    """The due date of a period that ends on a day. A day of the month that the month lacks is its last day."""
    if rule.working_days is not None:
        return _counted(period_end, rule.working_days, holidays)
    day = period_end + DAY
    wanted = rule.day or 1
    while not (_fits(day, wanted) and rule.month in (None, day.month)):
        day += DAY
    return Due(day, day)


def _counted(end: date, working_days: int, holidays: Holidays) -> Due:
    """Count the holidays not decided yet at their most until none more can lie before the date."""
    earliest = holidays.earliest_after(end, working_days)
    latest, unknown = earliest, holidays.unsettled_between(end + DAY, earliest)
    while unknown:
        latest = holidays.earliest_after(earliest, sum(season.open for season in unknown))
        more = holidays.unsettled_between(end + DAY, latest)
        if more == unknown:
            break
        unknown = more
    names = tuple(dict.fromkeys(season.name for season in unknown))
    return Due(holidays.after(end, working_days), latest, names, earliest)


def _fits(day: date, wanted: int) -> bool:
    return day.day == wanted or (day.day < wanted and (day + DAY).day == 1)


def days_late(due: date, received: date) -> int:
    """Calendar days after the due date; 0 on time."""
    return max(0, (received - due).days)
