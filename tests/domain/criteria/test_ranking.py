"""Bands of the heat table and the order of the ranked list."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.criteria.bands import Band, band
from desktop.domain.criteria.ranking import place, surplus
from desktop.domain.criteria.scoring import By, Judged, Verdict

F = Fraction


def judged(verdict: Verdict, total: Fraction | None) -> Judged:
    return Judged(By.OFFICE, total, F(100), F(80), verdict, (), ())


def test_bands_end_at_65_80_90_and_100_percent_and_the_floor_comes_first():
    found = [band(F(points), F(20), F(10)) for points in (9, 12, 13, 15, 16, 17, 18, 19, 20)]
    assert found == [
        Band.UNDER, Band.LOW, Band.MIDDLE, Band.MIDDLE, Band.GOOD, Band.GOOD, Band.HIGH, Band.HIGH, Band.FULL,
    ]  # fmt: skip
    assert band(None, F(20), F(10)) is Band.UNKNOWN


@given(st.integers(0, 40), st.integers(0, 40))
def test_more_points_never_lie_in_a_lower_band(some: int, more: int):
    order = [Band.UNDER, Band.LOW, Band.MIDDLE, Band.GOOD, Band.HIGH, Band.FULL]
    low, high = sorted((some, more))
    assert order.index(band(F(low, 2), F(20), F(10))) <= order.index(band(F(high, 2), F(20), F(10)))


def test_who_passes_has_the_points_over_the_limit_and_who_fails_what_the_way_costs():
    assert surplus(judged(Verdict.PASS, F(92)), F(1)) == 12
    assert surplus(judged(Verdict.FAIL, F(81)), F(-2)) == -2
    assert surplus(judged(Verdict.NOT_JUDGED, None), None) is None


def test_passing_comes_before_failing_before_no_way_before_not_judged():
    told = [
        (judged(Verdict.NOT_JUDGED, None), None),
        (judged(Verdict.FAIL, F(90)), None),
        (judged(Verdict.FAIL, F(70)), F(-10)),
        (judged(Verdict.FAIL, F(79)), F(-1)),
        (judged(Verdict.PASS, F(80)), F(0)),
        (judged(Verdict.PASS, F(95)), F(15)),
    ]
    assert sorted(told, key=lambda one: place(*one)) == told[::-1]
