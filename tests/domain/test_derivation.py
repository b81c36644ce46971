"""Figures of a period follow from those of other periods as the element behaves; never part of an amount as a whole."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.derivation import Reason, derive, part_before, part_from, told
from desktop.domain.elements import Behaviour, Element, Status, ValueType
from desktop.domain.period_parts import named_parts, parts, split
from desktop.domain.periods import Calendar, Period
from desktop.domain.values import NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, number

QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")


def element(behaviour=Behaviour.FLOW, type=ValueType.COUNT, minimum="0"):
    return Element("births", "", "", "", "", type, behaviour, "commune", "", Status.OFFICE, minimum=minimum)


FLOW, STOCK, AVERAGE, YEARLY = (element(behaviour) for behaviour in Behaviour)


def held(**figures):
    return {Period.parse(name.lstrip("p")): number(amount) for name, amount in figures.items()}


def of(definition, period, figures):
    return derive(definition, Period.parse(period), figures)


def test_a_year_is_the_sum_of_its_quarters():
    found = of(FLOW, "2025", held(p2025Q1=10, p2025Q2=12, p2025Q3=9, p2025Q4=11))
    assert found.value == number(42)
    assert (found.reported, found.expected) == (4, 4)


def test_a_quarter_is_the_difference_of_two_cumulative_figures():
    found = of(FLOW, "2025Q3", held(p2025S1=85, p2025NineMonths=130))
    assert found.value == number(45)
    assert {(step.period.id, step.sign) for step in found.steps} == {("2025NineMonths", 1), ("2025S1", -1)}


def test_a_cumulative_figure_is_the_one_before_and_the_month():
    assert of(FLOW, "2025C10", held(p2025NineMonths=130, p202510=15)).value == number(145)


def test_a_missing_earlier_cumulative_figure_makes_the_quarter_not_reported():
    found = of(FLOW, "2025Q3", held(p2025NineMonths=130))
    assert (found.value, found.reason) == (NOT_REPORTED, Reason.MISSING_PART)
    assert [period.id for period in found.missing] == ["2025S1"]
    assert (found.reported, found.expected) == (1, 2)


def test_a_missing_quarter_makes_the_year_not_reported():
    found = of(FLOW, "2025", held(p2025Q1=10, p2025Q2=12, p2025Q4=11))
    assert found.value == NOT_REPORTED
    assert [period.id for period in found.missing] == ["2025Q3"]
    assert (found.reported, found.expected) == (3, 4)


def test_one_month_of_a_year_is_one_of_twelve():
    found = of(FLOW, "2025", held(p202501=10))
    assert (found.reported, found.expected) == (1, 12)


def test_a_falling_cumulative_figure_gives_no_negative_quarter():
    found = of(FLOW, "2025Q2", held(p2025Q1=50, p2025S1=40))
    assert (found.value, found.reason) == (NOT_REPORTED, Reason.FALLING)


def test_what_may_be_negative_itself_may_fall():
    growth = element(minimum="-100000")
    assert of(growth, "2025Q2", held(p2025Q1=50, p2025S1=40)).value == number(-10)


def test_nothing_held_gives_nothing():
    found = of(FLOW, "2025Q2", {})
    assert (found.value, found.reason, found.expected) == (NOT_REPORTED, Reason.NO_DATA, 1)


def test_a_part_that_does_not_apply_is_left_out():
    figures = held(p2025Q1=10) | {Period.parse("2025Q2"): NOT_APPLICABLE}
    assert of(FLOW, "2025S1", figures).value == number(10)
    alone = dict.fromkeys(map(Period.parse, ("2025Q1", "2025Q2")), NOT_APPLICABLE)
    assert of(FLOW, "2025S1", alone).value == NOT_APPLICABLE


def test_the_day_14_calendar_does_not_mix_with_the_other():
    assert of(FLOW, "2025Q1", held(p202501D14=1, p202502D14=2, p202503D14=3)).reason is Reason.NO_DATA
    assert of(FLOW, "2025Q1D14", held(p202501D14=1, p202502D14=2, p202503D14=3)).value == number(6)


def test_several_years_add_up():
    assert of(FLOW, "2018-2020", held(p2018=1, p2019=2, p2020=4)).value == number(7)


def test_a_stock_is_that_of_the_last_part():
    assert of(STOCK, "2025", held(p2025Q3=7, p2025Q4=9)).value == number(9)
    assert of(STOCK, "2025Q4", held(p2025=9)).value == number(9)
    assert of(STOCK, "2025", held(p2025Q3=7)).value == NOT_REPORTED


def test_yes_and_no_of_a_stock_are_those_of_the_last_part():
    assert of(element(Behaviour.STOCK, ValueType.YES_NO), "2025", {Period.parse("202512"): YES}).value == YES


def test_an_average_is_one_figure_a_year():
    assert of(AVERAGE, "2025Q2", held(p2025=6000)).value == number(6000)
    assert of(AVERAGE, "2025", held(p2025Q1=5990, p2025S1=6010)).value == number(6010)
    assert of(AVERAGE, "2025", held(p2024=5900)).value == NOT_REPORTED
    assert of(AVERAGE, "2018-2022", held(p2018=1)).reason is Reason.NOT_DERIVABLE


def test_a_survey_is_not_due_in_a_shorter_period():
    found = of(YEARLY, "2025Q3", held(p2025=12))
    assert (found.reason, found.expected) == (Reason.NOT_DUE, 0)


def test_yes_and_text_are_never_summed():
    assert of(element(type=ValueType.YES_NO), "2025", {Period.parse("2025S1"): YES}).reason is Reason.NOT_DERIVABLE


def test_the_typed_figure_is_official_and_the_derived_one_stands_beside_it():
    figures = held(p2025=40, p2025S1=20, p2025S2=21)
    found = told(FLOW, Period.parse("2025"), figures)
    assert (found.value, found.is_typed, found.derived.value, found.differs) == (number(40), True, number(41), True)


def test_a_typed_not_reported_gives_way_to_the_derived():
    figures = held(p2025S1=20, p2025S2=21) | {Period.parse("2025"): NOT_REPORTED}
    found = told(FLOW, Period.parse("2025"), figures)
    assert (found.value, found.is_typed, found.differs) == (number(41), False, False)


def test_a_year_is_cut_at_a_boundary():
    figures, day, year = held(p2025=100, p2025Q1=20, p2025Q2=25), date(2025, 7, 1), Period.of_year(2025)
    assert part_before(FLOW, year, day, figures).value == number(45)
    assert part_from(FLOW, year, day, figures).value == number(55)
    assert part_before(FLOW, year, date(2025, 1, 1), figures) is None
    assert part_from(FLOW, year, date(2026, 1, 1), figures) is None
    assert part_before(FLOW, year, date(2025, 4, 30), figures).value == NOT_REPORTED


monthly = st.lists(st.integers(0, 10**6), min_size=12, max_size=12)
amounts = st.one_of(st.none(), st.integers(0, 1000))


@given(monthly, st.sampled_from((1, 3, 6)), st.integers(1, 12), st.integers(0, 11))
def test_cumulative_figures_give_every_part_exactly(figures, size, last, before):
    """Both directions: from own months to any cumulative or part, and from cumulative ones back to the months."""
    whole = {Period.of_months(2025, 1, 2025, m): number(sum(figures[:m])) for m in range(1, 13)}
    own = {Period.of_months(2025, m, 2025, m): number(figures[m - 1]) for m in range(1, 13)}
    first = min(before, last - 1)
    target = Period.of_months(2025, first + 1, 2025, last)
    meant = number(sum(figures[first:last]))
    assert told(FLOW, target, whole).value == meant
    assert told(FLOW, target, own).value == meant
    for piece in parts(Period.of_year(2025), size):
        assert told(FLOW, piece, whole).value == told(FLOW, piece, own).value


@given(
    st.dictionaries(st.tuples(st.integers(1, 12), st.integers(1, 12)), st.none(), max_size=12),
    monthly,
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
def test_whatever_is_held_the_derived_flow_is_the_true_one_or_not_reported(spans, figures, asked):
    def span(pair):
        first, last = sorted(pair)
        return Period.of_months(2025, first, 2025, last), number(sum(figures[first - 1 : last]))

    target, meant = span(asked)
    found = derive(FLOW, target, dict(map(span, spans)))
    assert found.value in (meant, NOT_REPORTED)
    assert found.is_known == (not found.missing)
    assert found.reported <= found.expected
    if not found.is_known:
        completed = dict(map(span, spans)) | {
            part: number(sum(figures[part.months[1] - 1 : part.months[3]])) for part in found.missing
        }
        assert told(FLOW, target, completed).value == meant


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12), amounts), max_size=8))
def test_deriving_never_fails_whatever_was_typed(rows):
    figures = {}
    for one, other, amount in rows:
        first, last = sorted((one, other))
        figures[Period.of_months(2025, first, 2025, last)] = NOT_REPORTED if amount is None else number(amount)
    for behaviour in Behaviour:
        for period in (*figures, Period.of_year(2025)):
            derive(element(behaviour), period, figures)


def test_sums_beyond_the_record_are_not_reported():
    large = number(Decimal(9 * 10**14))
    assert derive(FLOW, Period.parse("2025S1"), dict.fromkeys(map(Period.parse, QUARTERS), large)).value == NOT_REPORTED


def test_zero_is_a_figure():
    assert of(FLOW, "2025Q2", held(p2025Q1=5, p2025S1=5)).value == ZERO


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 900), st.sampled_from(Calendar))
def test_named_parts_cover_a_period_without_overlap(first, length, calendar):
    period = Period(first, first + timedelta(days=length), calendar)
    pieces = named_parts(period)
    assert pieces[0].first == period.first
    assert pieces[-1].last == period.last
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(pieces))


@given(st.integers(1990, 2090), st.sampled_from(Calendar), st.sampled_from((1, 2, 3, 4, 6, 12)))
def test_a_year_is_partitioned(year, calendar, months):
    whole = Period.of_months(year, 1, year, 12, calendar)
    pieces = parts(whole, months)
    assert len(pieces) == 12 // months
    assert (pieces[0].first, pieces[-1].last) == (whole.first, whole.last)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(pieces))
    assert all(whole.contains(one) for one in pieces)


def test_named_parts_are_the_fewest():
    assert [one.id for one in named_parts(Period.parse("2025C10"))] == ["2025S1", "2025Q3", "202510"]
    assert [one.id for one in named_parts(Period.parse("20250115-20250430"))] == [
        "20250115-20250131",
        "202502",
        "202503",
        "202504",
    ]


def test_a_period_that_cannot_be_cut_evenly_is_refused():
    with pytest.raises(ValueError, match="2025C10"):
        parts(Period.parse("2025C10"), 3)


@given(st.dates(date(2025, 1, 2), date(2025, 12, 31)))
def test_both_sides_of_a_day_are_the_whole(day):
    before, after = split(Period.of_year(2025), day)
    assert (before.first, after.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert before.last + timedelta(days=1) == after.first == day
