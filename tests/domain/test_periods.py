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
