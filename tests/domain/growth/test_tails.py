"""Student's t and chi-square against printed values, closed forms and plain integration."""

from math import exp, lgamma, log, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.growth.tails import _expanded, _turned_round, chi_square_tail, t_between, t_quantile

PRINTED = {  # 0.975 quantiles, Abramowitz and Stegun table 26.10
    1: 12.706,
    2: 4.303,
    3: 3.182,
    4: 2.776,
    5: 2.571,
    6: 2.447,
    7: 2.365,
    8: 2.306,
    9: 2.262,
    10: 2.228,
    15: 2.131,
    20: 2.086,
    25: 2.060,
    30: 2.042,
    40: 2.021,
    60: 2.000,
    120: 1.980,
    1_000_000: 1.960,
}


@pytest.mark.parametrize(("df", "printed"), PRINTED.items())
def test_quantiles_are_the_printed_ones(df, printed):
    assert t_quantile(0.975, df) == pytest.approx(printed, abs=0.0005)


@given(st.floats(0.5, 0.999))
def test_one_two_and_four_degrees_have_closed_forms(p):
    from math import acos, cos, tan

    assert t_quantile(p, 1) == pytest.approx(tan(pi * (p - 0.5)), rel=1e-10, abs=1e-12)
    alpha = 4 * p * (1 - p)
    assert t_quantile(p, 2) == pytest.approx((2 * p - 1) * sqrt(2 / alpha), rel=1e-9, abs=1e-12)
    if p > 0.501:
        q = cos(acos(sqrt(alpha)) / 3) / sqrt(alpha)
        assert t_quantile(p, 4) == pytest.approx(2 * sqrt(q - 1), rel=1e-7)


@given(st.integers(1, 3000), st.sampled_from([0.6, 0.9, 0.95, 0.975, 0.995]))
def test_quantiles_lead_back_to_their_probability(df, p):
    assert t_between(t_quantile(p, df), df) == pytest.approx(2 * p - 1, abs=1e-12)


@given(st.integers(3, 60), st.floats(0.1, 6))
def test_the_middle_of_t_is_its_integrated_density(df, t):
    constant = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * pi)
    density = [constant * (1 + (t * at / 1000) ** 2 / df) ** (-(df + 1) / 2) for at in range(1001)]
    assert t_between(t, df) == pytest.approx(2 * simpson(density, t), abs=1e-9)


@pytest.mark.parametrize("df", [200, 400, 1000])
def test_both_ways_to_a_quantile_meet(df):
    assert _expanded(0.975, df) == pytest.approx(_turned_round(0.95, df), abs=1e-9 if df < 400 else 1e-12)


def test_quantiles_fall_with_degrees():
    quantiles = [t_quantile(0.975, df) for df in range(1, 1200)]
    assert quantiles == sorted(quantiles, reverse=True)


@pytest.mark.parametrize("df", [0, -3])
def test_without_a_degree_of_freedom_there_is_no_quantile(df):
    assert t_quantile(0.975, df) is None


@pytest.mark.parametrize("p", [0.4, 1.0])
def test_a_probability_outside_the_upper_half_is_refused(p):
    with pytest.raises(ValueError, match="probability"):
        t_quantile(p, 5)


@pytest.mark.parametrize(
    ("df", "x"), [(1, 3.841459), (2, 5.991465), (5, 11.0705), (11, 19.67514), (30, 43.77297), (100, 124.3421)]
)
def test_chi_square_tails_are_the_printed_ones(df, x):
    assert chi_square_tail(x, df) == pytest.approx(0.05, abs=1e-7)


@given(st.integers(1, 40), st.floats(0.01, 80))
def test_the_chi_square_tail_is_its_integrated_density(df, x):
    """By the substitution u = sqrt(x), which has no pole at 0."""
    end = sqrt(x)
    weight = log(2) - df / 2 * log(2) - lgamma(df / 2)
    steps = [end * at / 2000 for at in range(2001)]
    density = [exp(weight + (df - 1) * log(u) - u * u / 2) if u else (exp(weight) if df == 1 else 0.0) for u in steps]
    assert chi_square_tail(x, df) == pytest.approx(1 - simpson(density, end), abs=1e-8)


@given(st.floats(0, 700))
def test_two_degrees_are_an_exponential(x):
    assert chi_square_tail(x, 2) == pytest.approx(exp(-x / 2), rel=1e-12)


def test_many_degrees_neither_overflow_nor_vanish():
    assert chi_square_tail(5000, 5000) == pytest.approx(0.5, abs=0.01)
    assert chi_square_tail(50_000, 30) == 0
    assert chi_square_tail(0, 7) == 1
    with pytest.raises(ValueError, match="degrees"):
        chi_square_tail(1, 0)


def simpson(values, width):
    return width / (len(values) - 1) / 3 * (values[0] + values[-1] + 4 * sum(values[1:-1:2]) + 2 * sum(values[2:-1:2]))
