"""A whole estimated from its part."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.projection import in_proportion, rounded, scaled_up

COUNTS = st.integers(1, 10**6).map(Fraction)


@given(COUNTS, COUNTS)
def test_a_part_that_was_everything_last_year_is_everything_now(so_far, part):
    assert scaled_up(so_far, last_part=part, last_whole=part) == so_far


@given(COUNTS, st.integers(1, 11))
def test_all_months_alike_give_the_whole_in_proportion(so_far, months):
    assert in_proportion(so_far, months=months, of_months=12) * months == so_far * 12


@given(st.fractions(0, 10**6), st.sampled_from([1, 100, 10_000]))
def test_rounding_goes_to_the_nearest_step(value, step):
    found = rounded(value, step=step)
    assert found % step == 0
    assert abs(found - value) * 2 <= step


def test_halves_go_away_from_zero():
    assert [rounded(Fraction(n, 2), step=1) for n in (1, 3, -1)] == [1, 2, -1]
