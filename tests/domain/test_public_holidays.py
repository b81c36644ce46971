"""Tết and Giỗ Tổ by the Vietnamese lunar calendar, and the days off they take."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.application.deadlines import proposed, shipped_holidays
from desktop.domain.public_holidays import fixed_days_off, hung_kings_day, is_weekend, lunar_new_year

TABLE = Path(__file__).resolve().parents[1] / "data" / "calendar" / "tet-1976-2099.csv"
LAW = shipped_holidays()
YEARS = st.integers(1990, 2099)

# Working days off around Tết as the Government's notices gave them, year by year, without days exchanged.
DECIDED = {
    2020: ((1, 23), (1, 24), (1, 27), (1, 28), (1, 29)),
    2021: ((2, 10), (2, 11), (2, 12), (2, 15), (2, 16)),
    2022: ((1, 31), (2, 1), (2, 2), (2, 3), (2, 4)),
    2023: ((1, 20), (1, 23), (1, 24), (1, 25), (1, 26)),
    2024: ((2, 8), (2, 9), (2, 12), (2, 13), (2, 14)),
    2025: ((1, 27), (1, 28), (1, 29), (1, 30), (1, 31)),
    2026: ((2, 16), (2, 17), (2, 18), (2, 19), (2, 20)),
}


def days_of(year, name):
    return tuple((one.day.month, one.day.day) for one in proposed(year) if one.name == name)


@pytest.mark.parametrize(
    ("year", "vietnamese", "chinese"),
    [
        (1985, date(1985, 1, 21), date(1985, 2, 20)),
        (2007, date(2007, 2, 17), date(2007, 2, 18)),
        (2030, date(2030, 2, 2), date(2030, 2, 3)),
        (2053, date(2053, 2, 18), date(2053, 2, 19)),
    ],
)
def test_tet_is_the_vietnamese_one_where_the_chinese_differs(year, vietnamese, chinese):
    assert lunar_new_year(year) == vietnamese != chinese


def test_an_independent_table_says_the_same_for_every_year():
    with TABLE.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = int(row["year"])
            assert str(lunar_new_year(year)) == row["tet"]
            if row["hung_kings"]:
                assert str(hung_kings_day(year)) == row["hung_kings"]


@pytest.mark.parametrize(("year", "days"), DECIDED.items())
def test_tet_is_proposed_as_it_was_decided(year, days):
    assert days_of(year, "Tết Nguyên đán") == days


@pytest.mark.parametrize(("year", "day"), [(2021, 3), (2022, 1), (2023, 1), (2024, 3), (2025, 1), (2026, 1)])
def test_the_day_beside_national_day_is_proposed_as_it_was_decided(year, day):
    assert days_of(year, "Ngày nghỉ liền kề Quốc khánh") == ((9, day),)


def test_holidays_that_meet_are_all_given_back():
    """In 2023 Giỗ Tổ, 30 April and 1 May followed each other from a Saturday: 2 and 3 May were off."""
    off = [day for day in (date(2023, 5, n) for n in range(1, 6)) if not LAW.works_on(day)]
    assert off == [date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3)]


def test_before_the_labour_code_of_2019_national_day_was_one_day():
    assert days_of(2020, "Ngày nghỉ liền kề Quốc khánh") == ()


def test_outside_the_lunar_calendar_nothing_is_proposed_and_nothing_fails():
    assert lunar_new_year(1800) is None
    assert lunar_new_year(2150) is None
    assert all(season.days == () or season.name != "Tết Nguyên đán" for season in LAW.seasons(2150))


@given(YEARS)
def test_tet_takes_five_working_days(year):
    assert len(days_of(year, "Tết Nguyên đán")) == 5


@given(YEARS)
def test_proposed_days_are_working_days_of_their_season_and_taken_once(year):
    days = [one.day for one in proposed(year)]
    assert len(set(days)) == len(days)
    assert not any(map(is_weekend, days))
    assert not fixed_days_off(LAW.fixed, year) & set(days)
    for season in LAW.seasons(year):
        taken = [day for day in season.days if not is_weekend(day)]
        assert season.sure <= set(taken)
        assert len(taken) - len(season.sure) <= season.open
        assert all(season.first <= day <= season.last for day in taken)


@given(YEARS)
def test_tet_is_between_21_january_and_20_february(year):
    tet = lunar_new_year(year)
    assert date(year, 1, 20) <= tet <= date(year, 2, 21)
    assert hung_kings_day(year) - tet >= timedelta(days=67)
