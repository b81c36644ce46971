"""Public holidays: the fixed ones, and those that follow the moon or are decided each year (Labour Code 45/2019/QH14).

Article 112 gives Tết five days, Giỗ Tổ one (the 10th of the 3rd lunar month) and Quốc khánh a second day beside it;
Article 111.3 gives a holiday on a weekend back on the next working day. Which days of Tết, and which working days are
exchanged for others, is decided each year, so what is computed here is a proposal. The lunar calendar is the
Vietnamese one (UTC+7), which differs from the Chinese in some years (Tết 1985, 2007, 2030, 2053).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

DAY: Final = timedelta(days=1)
SATURDAY: Final = 5
LUNAR_YEARS: Final = range(1901, 2100)
"""Years the lunar calendar is known for."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A public holiday on the same day of every year."""

    month: int
    day: int
    name: str


class MovingRule(StrEnum):
    """How the days of a moving holiday are proposed; `exchanged` ones are not: nobody can know them."""

    LUNAR_NEW_YEAR = "lunar_new_year"
    HUNG_KINGS = "hung_kings"
    BESIDE_NATIONAL_DAY = "beside_national_day"
    CULTURE_DAY = "culture_day"
    EXCHANGED = "exchanged"


@dataclass(frozen=True, slots=True)
class Moving:
    """A public holiday that falls somewhere between two days (month, day) of the year.

    `most` bounds how many working days it can take, days off exchanged for others with it.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    name: str
    most: int
    rule: MovingRule = MovingRule.EXCHANGED
    since: int = 0


@dataclass(frozen=True, slots=True)
class Season:
    """A moving holiday in one year: the days proposed, and the first and last on which it can take a working day.

    `sure` are the proposed days that every decision has to keep; `open` is how many other working days it can take.
    """

    name: str
    days: tuple[date, ...]
    sure: frozenset[date]
    first: date
    last: date
    open: int


@lru_cache(maxsize=256)
def fixed_days_off(fixed: tuple[Fixed, ...], year: int) -> frozenset[date]:
    """The fixed holidays of a year with the days off in exchange for those on a weekend."""
    off = {date(year, one.month, one.day) for one in fixed}
    for day in sorted(off):
        if is_weekend(day):
            off.add(_working_from(day, off))
    return frozenset(off)


@lru_cache(maxsize=256)
def seasons(fixed: tuple[Fixed, ...], moving: tuple[Moving, ...], year: int) -> tuple[Season, ...]:
    """The moving holidays of a year with the days proposed for them, none of them a fixed day off."""
    off = set(fixed_days_off(fixed, year))
    found = []
    for one in moving:
        if year < one.since:
            continue
        own = _own_days(one.rule, year)
        days = _tet_days(own) if one.rule is MovingRule.LUNAR_NEW_YEAR else _given_back(own, off)
        off |= set(days)
        sure = frozenset(day for day in own if day in days and _is_sure(one.rule, own, day) and not is_weekend(day))
        begin, end = date(year, *one.first), date(year, *one.last)
        if own and one.rule in _AROUND:
            before, after = _AROUND[one.rule]
            begin, end = own[0] - before * DAY, own[-1] + after * DAY
        found.append(Season(one.name, tuple(sorted(days)), sure, begin, end, one.most - len(sure)))
    return tuple(found)


_AROUND: Final = {MovingRule.LUNAR_NEW_YEAR: (6, 6), MovingRule.HUNG_KINGS: (3, 6)}
"""How many days before and after its own a holiday can take a working day, exchanges with it."""


def lunar_new_year(year: int) -> date | None:
    """The first day of the first lunar month; None outside the years the calendar is known for."""
    return _lunar(1, 1, year)


def hung_kings_day(year: int) -> date | None:
    """Giỗ Tổ Hùng Vương, the 10th of the 3rd lunar month."""
    return _lunar(10, 3, year)


def _lunar(day: int, month: int, year: int) -> date | None:
    if year not in LUNAR_YEARS:
        return None
    from lunar_vn import LunarDate, lunar_to_solar

    found: date = lunar_to_solar(LunarDate(day, month, year))
    return found


def _own_days(rule: MovingRule, year: int) -> tuple[date, ...]:
    """The days of a holiday itself, before those on a weekend are given back."""
    if rule is MovingRule.LUNAR_NEW_YEAR:
        tet = lunar_new_year(year)
        return () if tet is None else tuple(tet + n * DAY for n in range(-1, 4))
    if rule is MovingRule.HUNG_KINGS:
        day = hung_kings_day(year)
        return () if day is None else (day,)
    if rule is MovingRule.BESIDE_NATIONAL_DAY:
        national = date(year, 9, 2)
        return (national + DAY if national.weekday() in _NEXT else national - DAY,)
    return (date(year, 11, 24),) if rule is MovingRule.CULTURE_DAY else ()


_NEXT: Final = (0, 3, 6)
"""Weekdays of Quốc khánh after which the second day was given: Monday, Thursday, Sunday (2021-2026 and before)."""


def _is_sure(rule: MovingRule, own: tuple[date, ...], day: date) -> bool:
    """Whether every decision keeps the day: of Tết the eve and the first three days, of Giỗ Tổ the day itself."""
    return rule is MovingRule.HUNG_KINGS or (rule is MovingRule.LUNAR_NEW_YEAR and day != own[-1])


def _tet_days(own: tuple[date, ...]) -> set[date]:
    """Tết as decided from 2020 to 2026: a Saturday is given back before it, a Sunday after it."""
    days = set(own)
    for day in own:
        if is_weekend(day):
            step = -DAY if day.weekday() == SATURDAY else DAY
            instead = day
            while is_weekend(instead) or instead in days:
                instead += step
            days.add(instead)
    return days


def _given_back(own: Iterable[date], off: set[date]) -> set[date]:
    """Days with those given back for weekends and for days that were off anyhow."""
    days: set[date] = set()
    for day in own:
        if is_weekend(day) or day in off:
            days.add(_working_from(day, off | days))
        if day not in off:
            days.add(day)
    return days


def _working_from(day: date, off: set[date]) -> date:
    while is_weekend(day) or day in off:
        day += DAY
    return day


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= SATURDAY
