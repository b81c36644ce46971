"""Working days: weekends, holidays by law, days an office gives, and dates that are only provisional."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.workdays import Due, Fixed, Holiday, Holidays, Moving, Rule, days_late, due_date, fixed_days_off

SHIPPED = json.loads((Path(__file__).resolve().parents[2] / "resources/calendar/holidays.json").read_text("utf-8"))
LAW = Holidays(
    tuple(Fixed(**one) for one in SHIPPED["fixed"]),
    tuple(Moving(tuple(one["from"]), tuple(one["to"]), one["name"], one["most"]) for one in SHIPPED["moving"]),
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(1, 60)


def on(day):
    """A due date nothing can move."""
    return Due(day, day)


@given(DAYS, COUNTS)
def test_giving_the_years_holidays_moves_a_due_date_no_further_than_was_said(end, count):
    before = due_date(end, Rule(working_days=count), LAW)
    tet = [Holiday(date(year, 2, 10) + timedelta(days=n), "Tết") for year in (end.year, end.year + 1) for n in range(7)]
    years = {year: tuple(day for day in tet if day.day.year == year) for year in (end.year, end.year + 1)}
    after = due_date(end, Rule(working_days=count), Holidays(LAW.fixed, LAW.moving, years))
    assert before.day <= after.day <= before.latest
    assert not after.provisional


@given(DAYS, COUNTS)
def test_the_due_date_is_a_working_day_after_the_end(end, count):
    found = LAW.after(end, count)
    assert found > end
    assert LAW.works_on(found)
    days = [end + timedelta(days=n) for n in range(1, (found - end).days + 1)]
    assert sum(map(LAW.works_on, days)) == count


@given(DAYS, COUNTS)
def test_one_more_working_day_is_never_earlier(end, count):
    assert LAW.after(end, count) < LAW.after(end, count + 1)


@given(DAYS, st.integers(1, 31))
def test_a_day_of_the_month_comes_within_a_month_after_the_end(end, day):
    found = due_date(end, Rule(day=day), LAW)
    assert 1 <= (found.day - end).days <= 31
    assert found.day.day == day or (found.day + timedelta(days=1)).day == 1
    assert not found.provisional


def test_a_holiday_on_a_weekend_is_taken_after_it():
    assert date(2022, 1, 3) in fixed_days_off(LAW.fixed, 2022)  # 1 January 2022 was a Saturday
    assert {date(2023, 5, 1), date(2023, 5, 2)} <= fixed_days_off(LAW.fixed, 2023)  # 30 April 2023 was a Sunday
    assert {date(2022, 5, 2), date(2022, 5, 3)} <= fixed_days_off(LAW.fixed, 2022)  # both on one weekend


def test_a_year_due_in_january_skips_new_year():
    assert due_date(date(2024, 12, 31), Rule(working_days=5), LAW) == on(date(2025, 1, 8))


def test_where_tet_is_not_given_the_date_is_provisional():
    found = due_date(date(2025, 1, 31), Rule(working_days=5), LAW)
    assert found == Due(date(2025, 2, 7), date(2025, 2, 18), ("Tết Nguyên đán",))
    days = tuple(Holiday(date(2025, 1, 27) + timedelta(days=n), "Tết Nguyên đán") for n in range(5))
    given = Holidays(LAW.fixed, LAW.moving, {2025: (*days, Holiday(date(2025, 2, 3), "nghỉ"))})
    assert due_date(date(2025, 1, 31), Rule(working_days=5), given) == on(date(2025, 2, 10))


def test_a_weekend_day_worked_in_exchange_counts():
    given = Holidays(LAW.fixed, LAW.moving, {2025: (Holiday(date(2025, 7, 5), "làm bù", works=True),)})
    assert due_date(date(2025, 6, 30), Rule(working_days=5), LAW) == on(date(2025, 7, 7))
    assert due_date(date(2025, 6, 30), Rule(working_days=5), given) == on(date(2025, 7, 5))


def test_a_day_and_month_is_the_next_one_after_the_end():
    assert due_date(date(2024, 12, 31), Rule(day=15, month=1), LAW) == on(date(2025, 1, 15))
    assert due_date(date(2025, 1, 31), Rule(day=15, month=1), LAW) == on(date(2026, 1, 15))
    assert due_date(date(2025, 1, 31), Rule(day=30), LAW) == on(date(2025, 2, 28))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"working_days": 5, "day": 1},
        {"working_days": 0},
        {"working_days": 251},
        {"day": 32},
        {"month": 2},
        {"day": 29, "month": 2},
        {"day": 31, "month": 6},
    ],
)
def test_a_rule_that_says_nothing_or_no_day_is_refused(told):
    with pytest.raises(ValueError, match=r"."):
        Rule(**told)


@given(DAYS, st.integers(-400, 400))
def test_lateness_is_never_negative(due, days):
    assert days_late(due, due + timedelta(days=days)) == max(0, days)
