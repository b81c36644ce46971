"""Intervals against scipy.stats.chi2.ppf and statsmodels' proportion_confint, computed once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.plans.intervals import Method, interval, poisson_limits

CHI_SQUARE = [
    (0, 0.0, 3.6888794541139354),
    (1, 0.025317807984289876, 5.571643390938898),
    (2, 0.24220927854396496, 7.22468766772396),
    (5, 1.6234863901184207, 11.66833207932267),
    (9, 4.115373097378334, 17.084803451419166),
    (10, 4.7953886961324335, 18.39035604201778),
    (37, 26.05141456710603, 50.999626141930825),
    (100, 81.36399125092314, 121.62679379242638),
    (2500, 2402.952365431124, 2599.9614843405425),
    (123456, 122768.28869851555, 124146.60839534459),
]
WILSON = [
    (8, 14, 0.3259064457965074, 0.7861920109552588),
    (288, 1284, 0.20232534373512795, 0.24791754513076408),
    (5, 5567, 0.0003836950122524587, 0.0021009312193517454),
    (5567, 5689, 0.974455318993961, 0.9820090475945938),
]


@pytest.mark.parametrize(("events", "lower", "upper"), CHI_SQUARE)
def test_poisson_limits_are_chi_square_quantiles(events: int, lower: float, upper: float) -> None:
    assert poisson_limits(events) == pytest.approx((lower, upper), rel=1e-9)


@pytest.mark.parametrize(("top", "bottom", "lower", "upper"), WILSON)
def test_a_share_has_wilsons_interval(top: int, bottom: int, lower: float, upper: float) -> None:
    found = interval(Fraction(top), Fraction(bottom), 100)
    assert found is not None
    assert found.method is Method.WILSON
    assert (float(found.lower) / 100, float(found.upper) / 100) == pytest.approx((lower, upper), rel=1e-12)


def test_a_whole_share_reaches_one_hundred_exactly() -> None:
    found = interval(Fraction(14), Fraction(14), 100)
    assert found is not None
    assert found.upper == 100


def test_a_rate_per_thousand_has_the_poisson_interval() -> None:
    found = interval(Fraction(5), Fraction(1000), 1000)
    assert found is not None
    assert found.method is Method.POISSON
    assert (float(found.lower), float(found.upper)) == pytest.approx((1.6234863901184207, 11.66833207932267))


def test_nothing_counted_and_impossible_shares_have_no_interval() -> None:
    assert interval(Fraction(0), Fraction(0), 100) is None
    assert interval(Fraction(3), Fraction(2), 100) is None
    assert interval(Fraction(3), Fraction(2), 1) is None


@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from([100, 1000, 10_000, 100_000]))
def test_an_interval_holds_its_own_rate(top: int, bottom: int, factor: int) -> None:
    found = interval(Fraction(min(top, bottom)), Fraction(bottom), factor)
    assert found is not None
    assert found.lower <= Fraction(min(top, bottom), bottom) * factor <= found.upper
    assert found.lower >= 0


def test_a_share_of_an_event_still_has_limits() -> None:
    lower, upper = poisson_limits(0.001)
    assert 0 <= lower < 1e-50
    assert upper == pytest.approx(3.69, abs=0.01)
