"""A period in its parts: before and after a day, in months or quarters, in the largest named ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from desktop.domain.periods import Calendar, Period

_DAY: Final = timedelta(days=1)
_SIZES: Final = (12, 6, 3, 1)
"""Months of the periods that have a name: year, half, quarter, month."""


def split(period: Period, day: date) -> tuple[Period | None, Period | None]:
    """The part of a period before a day and the part from that day on; None where nothing lies on that side."""
    if day <= period.first:
        return None, period
    if day > period.last:
        return period, None
    return Period(period.first, day - _DAY, period.calendar), Period(day, period.last, period.calendar)


def parts(period: Period, months: int) -> tuple[Period, ...]:
    """A period of whole months cut into pieces of so many months; ValueError where it cannot be cut evenly."""
    made = period.months
    if made is None or months < 1:
        raise ValueError(period.id)
    start, end = made[0] * 12 + made[1] - 1, made[2] * 12 + made[3] - 1
    if (end - start + 1) % months:
        raise ValueError(f"{period.id} / {months}")
    return tuple(_of(first, first + months - 1, period.calendar) for first in range(start, end + 1, months))


def named_parts(period: Period, *, longest: int | None = None) -> tuple[Period, ...]:
    """The fewest years, halves, quarters and months that make up a period, in order.

    `longest` bounds their days. Days that make no whole month stand as one piece of their own; a period no named one
    fits into is its only part.
    """
    found: list[Period] = []
    day = period.first
    while day <= period.last:
        piece = _largest_from(day, period, longest)
        if piece is None:
            piece = Period(day, _before_next_named(day, period, longest), period.calendar)
        found.append(piece)
        day = piece.last + _DAY
    return tuple(found)


def is_whole_years(period: Period) -> bool:
    """One year, or several, from its first month to its last."""
    made = period.months
    return made is not None and (made[1], made[3]) == (1, 12)


def days_of(period: Period) -> int:
    """How many days a period has."""
    return (period.last - period.first).days + 1


def _largest_from(day: date, period: Period, longest: int | None) -> Period | None:
    month = _month_beginning(day, period.calendar)
    if month is None:
        return None
    for size in _SIZES:
        if month % size == 0:
            piece = _of(month, month + size - 1, period.calendar)
            if piece.last <= period.last and (longest is None or size == 1 or days_of(piece) <= longest):
                return piece
    return None


def _before_next_named(day: date, period: Period, longest: int | None) -> date:
    """The last day before a month begins that lies wholly in the period, else the period's last day."""
    later = day + _DAY
    while later <= period.last:
        if _largest_from(later, period, longest) is not None:
            return later - _DAY
        later += _DAY
    return period.last


def _month_beginning(day: date, calendar: Calendar) -> int | None:
    """Months since year 0 of the month of a calendar that begins on a day."""
    if calendar is Calendar.CALENDAR:
        return day.year * 12 + day.month - 1 if day.day == 1 else None
    return day.year * 12 + day.month if day.day == 15 else None


def _of(first: int, last: int, calendar: Calendar) -> Period:
    return Period.of_months(first // 12, first % 12 + 1, last // 12, last % 12 + 1, calendar)
