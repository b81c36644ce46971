"""Working days: weekends, holidays by law, days an office gives, and dates that are only provisional."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.public_holidays import Fixed, Moving, MovingRule, fixed_days_off
from desktop.domain.workdays import Due, Holiday, Holidays, Rule, days_late, due_date

SHIPPED = json.loads((Path(__file__).resolve().parents[2] / "resources/calendar/holidays.json").read_text("utf-8"))
LAW = Holidays(
    tuple(Fixed(**one) for one in SHIPPED["fixed"]),
    tuple(
        Moving(
            tuple(one["from"]),
            tuple(one["to"]),
            one["name"],
            one["most"],
            MovingRule(one["rule"]),
            one.get("since", 0),
        )
        for one in SHIPPED["moving"]
    ),
)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
COUNTS = st.integers(1, 60)


def on(day):
    """A due date nothing can move."""
    return Due(day, day)


@st.composite
def decisions(draw, year):
    """A year's list as it may be decided: the sure days, and of the others as many as the law and practice allow."""
    days = set()
    for season in LAW.seasons(year):
        length = (season.last - season.first).days
        near = [season.first + timedelta(days=n) for n in range(length + 1)]
        free = [day for day in near if LAW.may_work_on(day)]
        days |= season.sure
        if free and season.open:
            days |= set(draw(st.lists(st.sampled_from(free), max_size=season.open, unique=True)))
    return tuple(Holiday(day, "") for day in sorted(days))


@given(DAYS, COUNTS, st.data())
def test_giving_the_years_holidays_moves_a_due_date_no_further_than_was_said(end, count, data):
    before = due_date(end, Rule(working_days=count), LAW)
    years = {year: data.draw(decisions(year)) for year in (end.year, end.year + 1)}
    after = due_date(end, Rule(working_days=count), Holidays(LAW.fixed, LAW.moving, years))
    assert before.earliest <= after.day <= before.latest
    assert not after.provisional


@given(DAYS, COUNTS)
def test_a_due_date_lies_between_the_earliest_and_the_latest(end, count):
    found = due_date(end, Rule(working_days=count), LAW)
    assert found.earliest <= found.day <= found.latest
    assert found.provisional == (found.earliest != found.latest)


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


def test_tet_is_counted_but_provisional_until_it_is_given():
    """Tết of 2024 was 8 to 14 February, decided with nothing exchanged: 31 January and eleven working days."""
    found = due_date(date(2024, 1, 31), Rule(working_days=11), LAW)
    assert found.day == date(2024, 2, 22)
    assert found.unknown == ("Tết Nguyên đán",)
    assert found.earliest < found.day < found.latest
    days = [date(2024, 2, day) for day in (8, 9, 12, 13, 14)]
    known = Holidays(LAW.fixed, LAW.moving, {2024: tuple(Holiday(day, "Tết") for day in days)})
    assert due_date(date(2024, 1, 31), Rule(working_days=11), known) == on(date(2024, 2, 22))


def test_after_tet_only_exchanged_days_may_still_move_a_date():
    found = due_date(date(2025, 1, 31), Rule(working_days=5), LAW)
    assert found == Due(date(2025, 2, 7), date(2025, 2, 12), ("Tết Nguyên đán",))
    days = tuple(Holiday(date(2025, 1, 27) + timedelta(days=n), "Tết Nguyên đán") for n in range(5))
    given = Holidays(LAW.fixed, LAW.moving, {2025: (*days, Holiday(date(2025, 2, 3), "nghỉ"))})
    assert due_date(date(2025, 1, 31), Rule(working_days=5), given) == on(date(2025, 2, 10))


def test_far_from_tet_nothing_is_provisional():
    assert not due_date(date(2025, 12, 31), Rule(working_days=25), LAW).provisional  # Tết 2026 is on 17 February


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
