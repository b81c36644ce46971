"""Periods: a first day, a last day and a calendar, with one canonical id (`contract/record.md` 5).

`2026`, `2026S1`, `2026Q3`, `202609` as DHIS2 writes them; `2026NineMonths`; `2026C10` is January to October;
`2018-2022` years; `20260115-20260214` any days; the day-14 calendar of management reports adds `D14`
(`202609D14` is 15 August to 14 September, `2026D14` 15 December 2025 to 14 December 2026).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from desktop.wording import Sentence, say

_DAYS_OF_MONTH: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ROMAN: Final = ("I", "II", "III", "IV")


class Calendar(StrEnum):
    """Whole calendar months, or months that end on day 14."""

    CALENDAR = "calendar"
    DAY14 = "D14"


class BadPeriod(ValueError):
    """The text is not a period id."""


def _end_of(first: date) -> date:
    """The last day of the month that begins on a day; `calendar` would load the system's locale at every start."""
    is_leap = first.year % 4 == 0 and (first.year % 100 != 0 or first.year % 400 == 0)
    return first.replace(day=29 if is_leap and first.month == 2 else _DAYS_OF_MONTH[first.month - 1])


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """First and last day, both inclusive, in one calendar."""

    first: date
    last: date
    calendar: Calendar = Calendar.CALENDAR

    def __post_init__(self) -> None:
        """A period does not end before it begins."""
        if self.last < self.first:
            raise BadPeriod(f"{self.first} > {self.last}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period of an id; BadPeriod for anything else. Other spellings of a period give the same period."""
        day14 = text.endswith("D14")
        body = text[:-3] if day14 else text
        try:
            months = _months(body)
            if months is None:
                days = _DAYS.fullmatch(body)
                if not days:
                    raise BadPeriod(text)
                return cls(_day(days[1]), _day(days[2]), Calendar.DAY14 if day14 else Calendar.CALENDAR)
            year, start, last_year, end = months
            return cls.of_months(year, start, last_year, end, Calendar.DAY14 if day14 else Calendar.CALENDAR)
        except (ValueError, OverflowError) as fault:
            raise BadPeriod(text) from fault

    @classmethod
    def of_months(
        cls, year: int, start: int, last_year: int, end: int, calendar: Calendar = Calendar.CALENDAR
    ) -> Period:
        """From the first month to the last month of a calendar, both inclusive."""
        if calendar is Calendar.CALENDAR:
            return cls(date(year, start, 1), _end_of(date(last_year, end, 1)))
        before = date(year, start, 1) - timedelta(days=1)
        return cls(date(before.year, before.month, 15), date(last_year, end, 14), calendar)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """One calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def months(self) -> tuple[int, int, int, int] | None:
        """(first year, first month, last year, last month) where the period is made of whole months."""
        return _whole_months(self)

    @property
    def id(self) -> str:
        """The canonical id."""
        return _id(self)

    @property
    def year(self) -> int:
        """The year the period belongs to: that of its last day."""
        return self.last.year

    @property
    def is_year(self) -> bool:
        """Exactly one year."""
        made = self.months
        return made is not None and made[0] == made[2] and (made[1], made[3]) == (1, 12)

    def contains(self, other: Period) -> bool:
        """Whether every day of the other is a day of this."""
        return self.first <= other.first and other.last <= self.last

    def shifted(self, years: int) -> Period:
        """The same period some years later (or earlier, negative)."""
        made = self.months
        if made is not None:
            return Period.of_months(made[0] + years, made[1], made[2] + years, made[3], self.calendar)
        return Period(_year_shifted(self.first, years), _year_shifted(self.last, years), self.calendar)

    def same_last_year(self) -> Period:
        """The period a figure is compared with: cùng kỳ năm trước."""
        return self.shifted(-1)

    def next(self) -> Period:
        """The following period of the same length."""
        return self._moved(1)

    def previous(self) -> Period:
        """The preceding period of the same length."""
        return self._moved(-1)

    def _moved(self, steps: int) -> Period:
        made = self.months
        if made is None:
            length = (self.last - self.first + timedelta(days=1)) * steps
            return Period(self.first + length, self.last + length, self.calendar)
        start, end = made[0] * 12 + made[1] - 1, made[2] * 12 + made[3] - 1
        step = (end - start + 1) * steps
        if start % 12 == 0 and end // 12 == start // 12 and end - start + 1 not in (1, 3, 6):
            step = 12 * steps  # nine months, C10 and the like repeat yearly
        first, last = start + step, end + step
        return Period.of_months(first // 12, first % 12 + 1, last // 12, last % 12 + 1, self.calendar)

    def sentence(self) -> Sentence:
        """The name people say: năm 2024, quý III/2026, 9 tháng năm 2025."""
        made = self.months
        if made is None:
            return say("{first} to {last}", first=self.first, last=self.last)
        name = _month_name(*made)
        return say("{period} (to day 14)", period=name) if self.calendar is Calendar.DAY14 else name


_DAYS: Final = re.compile(r"(\d{8})-(\d{8})")
_SHAPES: Final = tuple(
    re.compile(shape)
    for shape in (r"(\d{4})", r"(\d{4})-(\d{4})", r"(\d{4})S([12])", r"(\d{4})Q([1-4])", r"(\d{4})(\d{2})")
)
_CUMULATIVE: Final = re.compile(r"(\d{4})C(\d{2})")


def _months(text: str) -> tuple[int, int, int, int] | None:
    if not text.isascii():
        raise BadPeriod(text)
    if text.endswith("NineMonths") and _SHAPES[0].fullmatch(text[:-10]):
        return int(text[:4]), 1, int(text[:4]), 9
    if found := _CUMULATIVE.fullmatch(text):
        return int(found[1]), 1, int(found[1]), int(found[2])
    for shape, (size, parts) in zip(_SHAPES, ((12, 1), (0, 0), (6, 2), (3, 4), (1, 12)), strict=True):
        found = shape.fullmatch(text)
        if not found:
            continue
        if not size:
            return int(found[1]), 1, int(found[2]), 12
        part = int(found[2]) if parts > 1 else 1
        return int(found[1]), (part - 1) * size + 1, int(found[1]), part * size
    return None


@lru_cache(maxsize=4096)
def _whole_months(period: Period) -> tuple[int, int, int, int] | None:
    if period.calendar is Calendar.DAY14:
        after = period.first + timedelta(days=20)
        start = date(after.year, after.month, 1)
    else:
        start = period.first
    made = (start.year, start.month, period.last.year, period.last.month)
    return made if Period.of_months(*made, period.calendar) == period else None


@lru_cache(maxsize=1024)
def _id(period: Period) -> str:
    made = period.months
    named = _month_id(*made) if made else None
    told = named or f"{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    return told + ("D14" if period.calendar is Calendar.DAY14 else "")


def _month_id(year: int, start: int, last_year: int, end: int) -> str | None:
    if (start, end) == (1, 12):
        return str(year) if year == last_year else f"{year}-{last_year}"
    if year != last_year:
        return None
    if start == end:
        return f"{year}{start:02d}"
    if (start - 1) % 3 == 0 and end - start == 2:
        return f"{year}Q{end // 3}"
    if (start - 1) % 6 == 0 and end - start == 5:
        return f"{year}S{end // 6}"
    if start == 1:
        return f"{year}NineMonths" if end == 9 else f"{year}C{end:02d}"
    return None


def _month_name(year: int, start: int, last_year: int, end: int) -> Sentence:
    if year != last_year:
        return say("years {first}–{last}", first=str(year), last=str(last_year))
    written = str(year)
    if (start, end) == (1, 12):
        return say("year {year}", year=written)
    if start == end:
        return say("month {month}/{year}", month=str(start), year=written)
    if end - start == 2 and (start - 1) % 3 == 0:
        return say("quarter {quarter}/{year}", quarter=ROMAN[end // 3 - 1], year=written)
    if end - start == 5 and start == 1:
        return say("first half of {year}", year=written)
    if end - start == 5 and start == 7:
        return say("second half of {year}", year=written)
    if start == 1:
        return say("{months} months of {year}", months=str(end), year=written)
    return say("months {first} to {last} of {year}", first=str(start), last=str(end), year=written)


def _day(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _year_shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
