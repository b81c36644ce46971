"""Periods have one canonical id and know their neighbours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.periods import BadPeriod, Calendar, Period

years = st.integers(1990, 2090)
months = st.integers(1, 12)


@st.composite
def periods(draw):
    year, start = draw(years), draw(months)
    end = draw(st.integers(start, 12))
    return Period.of_months(year, start, year, end, draw(st.sampled_from(Calendar)))


@given(periods())
def test_an_id_reads_back_as_the_same_period(period):
    assert Period.parse(period.id) == period


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 900))
def test_any_days_have_an_id(first, length):
    period = Period(first, date.fromordinal(first.toordinal() + length))
    assert Period.parse(period.id) == period


@given(st.text(max_size=20))
def test_anything_else_is_refused_not_guessed(text):
    try:
        period = Period.parse(text)
    except BadPeriod:
        return
    assert Period.parse(period.id) == period


@pytest.mark.parametrize(
    ("text", "first", "last", "canonical"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026S1", "2026-01-01", "2026-06-30", "2026S1"),
        ("2026Q3", "2026-07-01", "2026-09-30", "2026Q3"),
        ("2026NineMonths", "2026-01-01", "2026-09-30", "2026NineMonths"),
        ("2026C09", "2026-01-01", "2026-09-30", "2026NineMonths"),
        ("2026C03", "2026-01-01", "2026-03-31", "2026Q1"),
        ("2026C12", "2026-01-01", "2026-12-31", "2026"),
        ("2026C10", "2026-01-01", "2026-10-31", "2026C10"),
        ("2018-2022", "2018-01-01", "2022-12-31", "2018-2022"),
        ("202609D14", "2026-08-15", "2026-09-14", "202609D14"),
        ("2026D14", "2025-12-15", "2026-12-14", "2026D14"),
        ("2026Q1D14", "2025-12-15", "2026-03-14", "2026Q1D14"),
        ("20260115-20260214", "2026-01-15", "2026-02-14", "20260115-20260214"),
        ("20240201-20240229", "2024-02-01", "2024-02-29", "202402"),
    ],
)
def test_the_contract_s_ids(text, first, last, canonical):
    period = Period.parse(text)
    assert (period.first.isoformat(), period.last.isoformat(), period.id) == (first, last, canonical)


@pytest.mark.parametrize("text", ["", "26", "2026Q5", "202613", "2026C00", "2026c10", "２０２６", "2022-2018", "2026 "])
def test_near_misses_are_refused(text):
    with pytest.raises(BadPeriod):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "before", "after", "last_year"),
    [
        ("2026Q1", "2025Q4", "2026Q2", "2025Q1"),
        ("202601", "202512", "202602", "202501"),
        ("2026NineMonths", "2025NineMonths", "2027NineMonths", "2025NineMonths"),
        ("2026C02", "2025C02", "2027C02", "2025C02"),
        ("2018-2022", "2013-2017", "2023-2027", "2017-2021"),
        ("202601D14", "202512D14", "202602D14", "202501D14"),
    ],
)
def test_neighbours(period, before, after, last_year):
    found = Period.parse(period)
    assert (found.previous().id, found.next().id, found.same_last_year().id) == (before, after, last_year)


@given(periods())
def test_same_time_last_year_and_back_is_the_same(period):
    assert period.shifted(-1).shifted(1) == period


@st.composite
def named(draw):
    """Periods people report: months, quarters, halves, nine months, years, cumulative ones, in both calendars."""
    year, calendar = draw(years), draw(st.sampled_from(Calendar))
    size = draw(st.sampled_from((1, 3, 6, 12)))
    if draw(st.booleans()):
        return Period.of_months(year, 1, year, draw(months), calendar)
    part = draw(st.integers(0, 12 // size - 1))
    return Period.of_months(year, part * size + 1, year, (part + 1) * size, calendar)


@given(named())
def test_the_next_of_the_one_before_is_the_same(period):
    assert period.previous().next() == period.next().previous() == period
    assert period.previous().last < period.last < period.next().last
    assert period.calendar is period.next().calendar


@given(named())
def test_a_named_period_reads_back_in_any_calendar(period):
    assert Period.parse(period.id) == period
    assert (period.calendar is Calendar.DAY14) == period.id.endswith("D14")
    assert period.year == period.same_last_year().year + 1


@given(years, months, st.sampled_from(Calendar))
def test_a_cumulative_id_is_the_named_period_where_it_has_a_name(year, month, calendar):
    tail = "D14" if calendar is Calendar.DAY14 else ""
    period = Period.parse(f"{year}C{month:02d}{tail}")
    assert period == Period.of_months(year, 1, year, month, calendar)
    usual = {1: "01", 3: "Q1", 6: "S1", 9: "NineMonths", 12: ""}
    assert period.id == f"{year}{usual.get(month, f'C{month:02d}')}{tail}"


@given(years, months)
def test_months_of_the_day_14_calendar_follow_each_other(year, month):
    period = Period.of_months(year, month, year, month, Calendar.DAY14)
    assert (period.first.day, period.last.day) == (15, 14)
    assert (period.next().first - period.last).days == 1
    assert period.last.month == month


@given(named(), named())
def test_one_contains_the_other_when_all_its_days_are_in_it(one, other):
    assert one.contains(one)
    assert one.contains(other) == (one.first <= other.first <= other.last <= one.last)
    if one.contains(other) and other.contains(one):
        assert (one.first, one.last) == (other.first, other.last)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2026", "year 2026"),
        ("2026S2", "second half of 2026"),
        ("2026NineMonths", "9 months of 2026"),
        ("2026C10", "10 months of 2026"),
        ("2018-2022", "years 2018–2022"),
        ("202609D14", "month 9/2026 (to day 14)"),
        ("20260115-20260214", "2026-01-15 to 2026-02-14"),
    ],
)
def test_a_period_has_the_name_people_say(period, name):
    assert str(Period.parse(period).sentence()) == name
