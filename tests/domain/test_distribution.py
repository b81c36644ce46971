"""A whole is divided without losing or inventing anything."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.distribution import largest_remainder

WEIGHTS = st.lists(st.integers(0, 30_000), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**9), WEIGHTS)
def test_the_parts_sum_to_the_whole_exactly(total, weights):
    assert sum(largest_remainder(total, weights)) == total


@given(st.integers(0, 10**9), WEIGHTS)
def test_no_part_is_further_than_one_step_from_its_exact_share(total, weights):
    for part, weight in zip(largest_remainder(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(st.integers(0, 10**6), WEIGHTS)
def test_parts_come_in_whole_steps(total, weights):
    assert all(part % 10_000 == 0 for part in largest_remainder(total * 10_000, weights, step=10_000))


@given(st.integers(0, 10**6), st.integers(1, 40))
def test_equal_weights_differ_by_one_step_at_most_and_the_first_get_more(total, count):
    parts = largest_remainder(total, [1] * count)
    assert parts == sorted(parts, reverse=True)
    assert parts[0] - parts[-1] <= 1


def test_the_leftover_goes_to_the_largest_remainders():
    assert largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    assert largest_remainder(7, [600, 300, 100]) == [4, 2, 1]


@pytest.mark.parametrize(("total", "weights", "step"), [(5, [0, 0], 1), (-1, [1], 1), (5, [1, -1], 1), (5, [1], 2)])
def test_what_cannot_be_divided_is_refused(total, weights, step):
    with pytest.raises(ValueError, match="in steps of"):
        largest_remainder(total, weights, step=step)
