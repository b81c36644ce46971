"""Where nobody typed a figure the record's other periods give it; where somebody did, they stand beside it."""

import pytest

from desktop.application import derived, values
from desktop.application.offices import communes_of
from desktop.domain.derivation import Reason
from desktop.domain.periods import Period
from desktop.domain.values import NOT_REPORTED, Kind, number

CODE = "04456"


@pytest.fixture
def commune(filled):
    return next(one.uid for one in communes_of(filled, on=Period.parse("2025S1").last) if one.code == CODE)


def type_in(record, figures, kind=Kind.ACTUAL):
    for (period, element), text in figures.items():
        values.set_value(record, unit=CODE, period=Period.parse(period), element=element, text=str(text), kind=kind)


def asked(record, commune, period, **how):
    found = derived.derived_figures(record, period=Period.parse(period), uids=[commune], **how)
    return found.get(commune, {})


def test_a_quarter_follows_from_two_cumulative_figures(filled, commune):
    type_in(filled, {("2025Q1", "live_births"): 42, ("2025S1", "live_births"): 85})
    answer = asked(filled, commune, "2025Q2")["live_births"]
    assert (answer.value, answer.is_typed) == (number(43), False)


def test_without_the_earlier_one_the_quarter_is_not_reported(filled, commune):
    type_in(filled, {("2025S1", "live_births"): 85})
    answer = asked(filled, commune, "2025Q2")["live_births"]
    assert (answer.value, answer.derived.reason) == (NOT_REPORTED, Reason.MISSING_PART)


def test_typed_figures_are_given_only_where_asked_for(filled, commune):
    figures = {("2025Q1", "live_births"): 42, ("2025Q2", "live_births"): 40, ("2025S1", "live_births"): 85}
    type_in(filled, figures)
    assert "live_births" not in asked(filled, commune, "2025Q2")
    beside = asked(filled, commune, "2025Q2", with_typed=True)["live_births"]
    assert (beside.value, beside.derived.value, beside.differs) == (number(40), number(43), True)


def test_estimates_and_figures_do_not_mix(filled, commune):
    type_in(filled, {("2025Q1", "live_births"): 42})
    type_in(filled, {("2025S1", "live_births"): 85}, Kind.ESTIMATE)
    assert "live_births" not in asked(filled, commune, "2025Q2")
    assert asked(filled, commune, "2025Q2", kind=Kind.ESTIMATE)["live_births"].value == NOT_REPORTED


def test_other_years_say_nothing(filled, commune):
    assert asked(filled, commune, "2027Q2") == {}


def test_a_record_of_whole_years_derives_nothing_for_them(filled, commune):
    assert asked(filled, commune, "2024", with_typed=True) == {}
