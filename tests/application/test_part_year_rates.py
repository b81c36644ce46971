"""A part of a year shows counts of deaths, vaccination since January over the year's group; years are pooled."""

from fractions import Fraction

import pytest

from desktop.application import catalogue, plans, values
from desktop.application.scopes import Scope
from desktop.domain.periods import Period
from desktop.domain.values import NotComputable, Ratio

CODE = "04456"


def type_in(record, figures):
    for (period, element), text in figures.items():
        values.set_value(record, unit=CODE, period=Period.parse(period), element=element, text=str(text))


def computed(record, indicator, period, unit=CODE):
    found = catalogue.catalogue(record).indicators[indicator]
    return Scope.of(record, unit, Period.parse(period)).compute(found, Period.parse(period))


def test_deaths_of_a_part_of_a_year_are_counts(filled):
    type_in(filled, {("2025Q1", "deaths_under1"): 1, ("2025Q1", "live_births"): 42})
    found = computed(filled, "infant_mortality", "2025Q1")
    assert isinstance(found, NotComputable)
    assert (found.reason, found.numerator, found.denominator) == ("part_of_year", 1, 42)


def test_the_status_of_a_plan_shows_the_counts(filled):
    type_in(filled, {("2025Q1", "deaths_under1"): 1, ("2025Q1", "live_births"): 42})
    (one, *_) = [
        row
        for row in plans.status(filled, code="62-NQ/TU-yen-bai", period=Period.parse("2025Q1"), unit=CODE)
        if row.target.indicator == "infant_mortality"
    ]
    assert (one.figure.value, one.figure.numerator, one.figure.denominator) == (None, 1, 42)
    assert one.judgement.interval is None


@pytest.mark.parametrize("period", ["2023S1", "2023Q2"])
def test_vaccination_counts_from_january_over_the_years_children(filled, period):
    type_in(filled, {("2023Q1", "fully_vaccinated"): 41, ("2023S1", "fully_vaccinated"): 82, ("2023", "under1"): 164})
    found = computed(filled, "full_vaccination_rate", period)
    assert isinstance(found, Ratio)
    assert (found.numerator, found.denominator) == (82, 164)


def test_where_only_the_part_says_how_many_children_there_are_these_are_taken(filled):
    type_in(filled, {("2025S1", "fully_vaccinated"): 82, ("2025S1", "under1"): 171})
    assert computed(filled, "full_vaccination_rate", "2025S1").denominator == 171


def test_stocks_of_a_part_of_a_year_are_rates_as_ever(filled):
    type_in(filled, {("2025Q1", "insured"): 5900, ("2025Q1", "population"): 6000})
    assert computed(filled, "insurance_coverage", "2025Q1").value == Fraction(5900 * 100, 6000)


def test_a_review_of_several_years_sums_events_and_shows_the_rest_as_the_last_year_ended(filled):
    births = sum(
        values.value_rows(filled, period=Period.parse(year), unit=CODE, element="live_births")[0].value.number
        for year in ("2021", "2022", "2023", "2024")
    )
    assert computed(filled, "infant_mortality", "2021-2024").denominator == births
    assert (
        computed(filled, "insurance_coverage", "2021-2024").value
        == computed(filled, "insurance_coverage", "2024").value
    )


def test_a_rate_of_the_day_14_year_is_a_rate(filled):
    type_in(filled, {("2023D14", "deaths_under1"): 1, ("2023D14", "live_births"): 170})
    assert computed(filled, "infant_mortality", "2023D14").denominator == 170
