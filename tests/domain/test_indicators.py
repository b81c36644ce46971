"""Indicators are made of summed parts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.elements import Direction, Indicator
from desktop.domain.indicators import BadTerm, compute, element_of, term_value
from desktop.domain.values import NO, NOT_APPLICABLE, NOT_REPORTED, YES, ZERO, NotComputable, Ratio, number


def indicator(numerator, denominator, factor=100):
    return Indicator("x", "x", "x", "%", Direction.HIGHER, numerator, denominator, factor, 1, ("office",))


def test_a_share_of_stations_counts_those_that_reported():
    units = [{"ncd": YES}, {"ncd": NO}, {"ncd": NOT_REPORTED}, {}, {"ncd": NOT_APPLICABLE}]
    found = compute(indicator("ncd", "units:ncd"), units)
    assert isinstance(found, Ratio)
    assert (found.value, found.reported, found.expected) == (50, 2, 4)


def test_a_condition_counts_units():
    units = [{"doctors": number(2)}, {"doctors": ZERO}, {"doctors": number(1)}]
    found = compute(indicator("doctors>=1", "units:doctors"), units)
    assert isinstance(found, Ratio)
    assert found.value == Fraction(200, 3)


def test_without_a_denominator_it_is_a_sum():
    found = compute(indicator("beds", None), [{"beds": number(3)}, {"beds": number(4)}, {"beds": NOT_REPORTED}])
    assert isinstance(found, Ratio)
    assert (found.value, found.reported, found.expected) == (7, 2, 3)


def test_a_typed_indicator_has_no_formula():
    assert compute(indicator(None, None), [{}]) == NotComputable("typed", 0, 0)


def test_a_denominator_of_zero_has_its_own_reason():
    found = compute(indicator("a", "b"), [{"a": number(1), "b": ZERO}])
    assert found == NotComputable("no_denominator", 1, 1)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1), st.data())
def test_splitting_the_units_never_changes_the_rate(pairs, data):
    units = [{"a": number(top), "b": number(bottom)} for top, bottom in pairs]
    found = compute(indicator("a", "b"), data.draw(st.permutations(units)))
    assert isinstance(found, Ratio)
    assert found.value == Fraction(100 * sum(top for top, _ in pairs), sum(bottom for _, bottom in pairs))


@pytest.mark.parametrize(("sign", "expected"), [(">=", YES), ("<=", YES), (">", NO), ("<", NO), ("=", YES)])
def test_signs(sign, expected):
    assert term_value(f"doctors {sign} 2", {"doctors": number(2)}) == expected


def test_a_term_nobody_can_read_is_refused():
    assert element_of("units:doctors") == "doctors"
    with pytest.raises(BadTerm):
        element_of("1 + 1")
