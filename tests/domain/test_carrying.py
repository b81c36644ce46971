"""Figures carried onto other boundaries: added where they add up, counted where they are answers, never invented."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.carrying import carried, carried_indicator, is_added
from desktop.domain.elements import Behaviour, Direction, Element, Indicator, Status, ValueType
from desktop.domain.indicators import compute
from desktop.domain.lineage import ALL, Lineage, Reason, Weight
from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    YES,
    ZERO,
    NotComputable,
    Ratio,
    State,
    Value,
    number,
    total,
)
from tests.domain.territories import FIRST, country

HALF = Weight(Fraction(1, 2), estimated=True)
AMOUNTS = st.one_of(st.integers(0, 10**6).map(number), st.sampled_from([NOT_REPORTED, NOT_APPLICABLE]))


def element(code="births", *, type=ValueType.COUNT, unit="trẻ", behaviour=Behaviour.FLOW):
    return Element(code, code, code, code, unit, type, behaviour, "commune", "", Status.OFFICE)


def indicator(top, bottom):
    return Indicator("rate", "rate", "rate", "%", Direction.HIGHER, top, bottom, 100, 1, ("office",))


def whole(*values):
    return [(value, ALL) for value in values]


@given(st.integers(0, 10**6), st.lists(AMOUNTS, min_size=12, max_size=12))
def test_old_and_new_boundaries_agree_on_the_whole_area(seed, amounts):
    made = country(seed)
    known, last = Lineage.of(made.parts, made.register), made.dates[-1]
    reported = dict(zip(made.on(last), amounts, strict=False))
    onto_old = known.composed(made.on(FIRST), on=FIRST, of=last)
    parts = [(reported[uid], weight) for uid, weight in onto_old.weights.items()]
    found, direct = carried(element(), parts), total(reported.values())
    assert (found.reported, found.expected) == (direct.reported, direct.expected)
    assert not found.estimated
    assert found.value == direct.value or len(parts) == 1


@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
def test_estimates_of_all_new_units_add_to_what_was_reported(seed, amounts):
    made = country(seed, shares=True)
    known, last = Lineage.of(made.parts, made.register), made.dates[-1]
    reported = {uid: number(amount) for uid, amount in zip(made.on(FIRST), amounts, strict=False)}
    added = 0
    for unit in made.on(last):
        found = known.composed([unit], on=last, of=FIRST)
        figure = carried(element(), [(reported[uid], weight) for uid, weight in found.weights.items()])
        assert figure.value is not None
        assert figure.estimated == (found.is_estimated and figure.value is not None)
        added += figure.value.amount
    # Each estimate is rounded to a ten-thousandth of its own.
    assert abs(added - sum(value.amount for value in reported.values())) <= len(made.on(last))


def test_counts_are_added_and_carry_how_many_reported():
    found = carried(element(), whole(number(3), NOT_REPORTED, NOT_APPLICABLE, ZERO))
    assert (found.value, found.reported, found.expected) == (number(3), 2, 3)


def test_yes_and_no_become_so_many_of_those_that_reported():
    found = carried(element(type=ValueType.YES_NO), whole(YES, NO, YES, NOT_REPORTED))
    assert (found.value, found.reported, found.expected) == (number(2), 3, 4)


@pytest.mark.parametrize("value", [YES, number(5), Value(State.TEXT, text="trạm đang sửa"), NOT_REPORTED])
def test_a_territory_that_is_one_whole_unit_keeps_its_figure(value):
    assert carried(element(type=ValueType.TEXT), whole(value)).value == value


@pytest.mark.parametrize(
    ("kind", "is_sum"),
    [
        ({}, True),
        ({"behaviour": Behaviour.AVERAGE, "unit": "người"}, True),
        ({"type": ValueType.DECIMAL, "unit": "triệu đồng"}, True),
        ({"type": ValueType.DECIMAL, "unit": "%"}, False),
        ({"type": ValueType.DECIMAL, "unit": "cm"}, False),
        ({"type": ValueType.DECIMAL, "behaviour": Behaviour.AVERAGE, "unit": "lượt"}, False),
        ({"type": ValueType.TEXT}, False),
    ],
)
def test_words_rates_and_averages_are_not_added(kind, is_sum):
    assert is_added(element(**kind)) is is_sum
    found = carried(element(**kind), whole(number(1), number(2)))
    assert (found.value, found.reason) == ((number(3), None) if is_sum else (None, Reason.NOT_SUMMED))


def test_words_nobody_wrote_are_not_reported_rather_than_not_summed():
    found = carried(element(type=ValueType.TEXT), whole(NOT_REPORTED, NOT_REPORTED))
    assert (found.value, found.reported, found.expected) == (NOT_REPORTED, 0, 2)


def test_an_estimate_by_share_says_so_and_answers_are_never_divided():
    found = carried(element(), [(number(5), HALF), (number(1), ALL)])
    assert (found.value.amount, found.estimated) == (35_000, True)
    divided = carried(element(type=ValueType.YES_NO), [(YES, HALF)])
    assert (divided.value, divided.reason) == (None, Reason.NOT_SUMMED)
    nobody = carried(element(), [(NOT_REPORTED, HALF)])
    assert (nobody.value, nobody.estimated) == (NOT_REPORTED, False)


def test_a_rate_is_made_anew_from_added_parts():
    elements = {code: element(code) for code in ("top", "bottom")}
    cells = [{"top": number(1), "bottom": number(10)}, {"top": number(30), "bottom": number(60)}]
    found = carried_indicator(indicator("top", "bottom"), elements, [(one, ALL) for one in cells])
    assert isinstance(found, Ratio)
    assert found == compute(indicator("top", "bottom"), cells)
    assert found.value == Fraction(3100, 70)


def test_a_rate_over_shares_divides_both_and_counts_of_units_are_not_divided():
    elements = {code: element(code) for code in ("top", "bottom")}
    parts = [({"top": number(10), "bottom": number(100)}, HALF), ({"top": number(1), "bottom": number(2)}, ALL)]
    found = carried_indicator(indicator("top", "bottom"), elements, parts)
    assert isinstance(found, Ratio)
    assert (found.numerator, found.denominator) == (6, 52)
    for term in ("top>=1", "units:top"):
        refused = carried_indicator(indicator(term, "bottom"), elements, parts)
        assert isinstance(refused, NotComputable)
        assert refused.reason == Reason.NOT_SUMMED
