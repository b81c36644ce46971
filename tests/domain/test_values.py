"""States and their arithmetic: the properties of contract/record.md section 4."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.values import (
    NO,
    NOT_APPLICABLE,
    NOT_REPORTED,
    YES,
    ZERO,
    NotComputable,
    Ratio,
    State,
    TooFine,
    TooLarge,
    Total,
    Value,
    amount_value,
    number,
    plain,
    plain_fraction,
    ratio,
    total,
)

amounts = st.integers(-(10**12), 10**12)
numeric = amounts.map(amount_value)
values = st.one_of(numeric, st.sampled_from([NOT_REPORTED, NOT_APPLICABLE]))
answers = st.sampled_from([YES, NO, NOT_REPORTED, NOT_APPLICABLE])


@given(st.lists(values), st.randoms())
def test_a_sum_does_not_depend_on_order(parts, random):
    mixed = list(parts)
    random.shuffle(mixed)
    assert total(mixed) == total(parts)


@given(st.lists(values, min_size=1), st.data())
def test_a_sum_of_sums_is_the_sum(parts, data):
    cut = data.draw(st.integers(0, len(parts)))
    left, right = total(parts[:cut]), total(parts[cut:])
    whole = total(parts)
    assert (left.reported + right.reported, left.expected + right.expected) == (whole.reported, whole.expected)
    assert (left.value.amount or 0) + (right.value.amount or 0) == (whole.value.amount or 0)


@given(st.lists(values), st.lists(st.just(NOT_APPLICABLE)))
def test_a_unit_where_nothing_applies_changes_nothing(parts, empty):
    assert total([*parts, *empty]) == total(parts)


@given(st.lists(st.one_of(values, answers)))
def test_completeness_never_exceeds_one(parts):
    found = total(parts)
    assert 0 <= found.reported <= found.expected


def test_sums_say_what_is_missing_instead_of_hiding_it():
    assert total([number(5), NOT_REPORTED, NOT_APPLICABLE]) == Total(number(5), 1, 2)
    assert total([NOT_REPORTED]) == Total(NOT_REPORTED, 0, 1)
    assert total([NOT_APPLICABLE]) == Total(NOT_APPLICABLE, 0, 0)
    assert total([ZERO, ZERO]) == Total(ZERO, 2, 2)
    assert total([]) == Total(NOT_APPLICABLE, 0, 0)


def test_yes_and_no_become_so_many_of_those_that_reported():
    assert total([YES, NO, YES, NOT_REPORTED]) == Total(number(2), 3, 4)


def test_text_has_no_sum():
    assert total([Value(State.TEXT, text="a"), Value(State.TEXT, text="b")]).value == NOT_APPLICABLE


@given(st.lists(st.tuples(values, values)))
def test_a_ratio_uses_only_units_that_reported_both(pairs):
    both = [(a, b) for a, b in pairs if a.amount is not None and b.amount is not None]
    found = ratio(pairs, 100)
    below = sum((Fraction(b.amount or 0, 10_000) for _, b in both), Fraction(0))
    if not both or below <= 0:
        assert isinstance(found, NotComputable)
        assert found.reason == ("no_denominator" if both else "no_data")
    else:
        assert isinstance(found, Ratio)
        assert found.value == sum((Fraction(a.amount or 0, 10_000) for a, _ in both), Fraction(0)) * 100 / below
    assert found.reported == len(both) <= found.expected


def test_rates_are_never_averaged():
    found = ratio([(number(1), number(10)), (number(90), number(90))], 100)
    assert isinstance(found, Ratio)
    assert found.value == 91


@given(amounts)
def test_plain_notation_reads_back(amount):
    text = plain(amount_value(amount))
    assert text is not None
    assert number(Decimal(text)) == amount_value(amount)
    assert text == "0" or (not text.endswith("0") if "." in text else True)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value, decimals):
    rounded = Fraction(plain_fraction(value, decimals))
    step = Fraction(1, 10**decimals)
    assert abs(rounded - value) <= step / 2
    if abs(rounded - value) == step / 2:
        assert abs(rounded) > abs(value)


def test_more_than_four_decimals_and_too_large_numbers_are_refused():
    with pytest.raises(TooFine):
        number(Decimal("0.00001"))
    with pytest.raises(TooLarge):
        number(10**16)


@pytest.mark.parametrize(
    ("state", "amount", "text"),
    [
        (State.NUMBER, 0, None),
        (State.ZERO, 1, None),
        (State.NUMBER, None, None),
        (State.TEXT, None, None),
        (State.YES, 1, None),
        (State.NOT_REPORTED, None, "x"),
    ],
)
def test_a_state_never_contradicts_its_content(state, amount, text):
    with pytest.raises(ValueError, match=r".+"):
        Value(state, amount, text)
