"""A part of a year shows counts of deaths and births, and the year's own group is reached from January on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.application.shipped import catalogue
from desktop.domain.part_years import PartYear, measured_in, since_january
from desktop.domain.periods import Calendar, Period

MEASURES = {
    "infant_mortality": PartYear.COUNTS,
    "maternal_mortality": PartYear.COUNTS,
    "full_vaccination_rate": PartYear.SINCE_JANUARY,
    "insurance_coverage": PartYear.OWN,
    "stations_with_doctor": PartYear.OWN,
    "life_expectancy": PartYear.OWN,
}


@pytest.mark.parametrize(("code", "meant"), MEASURES.items())
def test_a_part_of_a_year_is_measured_by_what_is_counted(code, meant):
    known = catalogue()
    assert measured_in(known.indicators[code], known.elements, Period.parse("2025S1")) is meant
    for whole in ("2025", "2018-2022", "2025D14"):
        assert measured_in(known.indicators[code], known.elements, Period.parse(whole)) is PartYear.OWN


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(1, 12), st.sampled_from(Calendar))
def test_since_january_ends_where_the_period_ends(year, one, other, calendar):
    first, last = sorted((one, other))
    period = Period.of_months(year, first, year, last, calendar)
    found = since_january(period)
    assert found == Period.of_months(year, 1, year, last, calendar)
    assert found.contains(period)


def test_days_of_no_month_count_from_january_too():
    assert since_january(Period.parse("20250110-20250220")).id == "20250101-20250220"
    assert since_january(Period.parse("20241220-20250103")).id == "20250101-20250103"
