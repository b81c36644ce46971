"""The SMART score: every formula by hand, every band at its limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.growth.columns import Columns
from desktop.domain.growth.plausibility import (
    BANDS,
    Verdict,
    _tested,
    digit_preference,
    plausibility,
    proportion_p,
)
from desktop.domain.growth.zscores import ZScores
from tests.domain.growth.practice import commune, commune_zscores, table


def survey(z, *, months=24.0, sex=1, grams=10_000, millimetres=800, clusters=None):
    """Children with given weight-for-height; other columns one value for all or one each."""
    size = len(z)

    def column(values):
        return np.broadcast_to(values, size)

    columns = Columns.of(
        sex=column(sex),
        months=column(months),
        milligrams=column(grams) * 1000,
        micrometres=column(millimetres) * 1000,
        position=np.zeros(size),
        oedema=np.zeros(size, bool),
    )
    found = ZScores.empty(size)
    found.z[:] = np.array(z, float)
    found.flag[:] = False
    return plausibility(columns, found, clusters)


def outcome(found, name):
    return next(one for one in found.tests if one.test == name)


def test_smart_flags_are_three_from_the_mean_of_all_and_taken_out_once():
    found = survey([0.0] * 30 + [0.5] * 9 + [6.0])  # the mean is 0.2625
    assert outcome(found, "flags").value == pytest.approx(2.5)
    assert outcome(found, "flags").points == 0
    kept = np.array([0.0] * 30 + [0.5] * 9)
    assert outcome(found, "sd_wh").value == pytest.approx(kept.std(ddof=1))
    apart = kept - kept.mean()
    assert outcome(found, "skewness_wh").value == pytest.approx((apart**3).mean() / (apart**2).mean() ** 1.5)
    assert outcome(found, "kurtosis_wh").value == pytest.approx((apart**4).mean() / (apart**2).mean() ** 2 - 3)


@pytest.mark.parametrize(
    ("test", "value", "points"),
    [
        *(("flags", value, points) for value, points in ((0, 0), (2.5, 0), (2.51, 5), (5, 5), (7.5, 10), (7.51, 20))),
        *(("sex_ratio", value, points) for value, points in ((0.2, 0), (0.1, 2), (0.051, 2), (0.05, 4), (0.001, 10))),
        *(("age_ratio", value, points) for value, points in ((0.11, 0), (0.1, 2), (0.0011, 4), (0.001, 10), (0, 10))),
        *(
            ("digit_weight", value, points)
            for value, points in ((7.99, 0), (8, 2), (12.99, 2), (13, 4), (19.99, 4), (20, 10))
        ),
        *(("digit_height", value, points) for value, points in ((0, 0), (8, 2), (13, 4), (20, 10))),
        *(
            ("sd_wh", value, points)
            for value, points in (
                (1, 0),
                (1.09, 0),
                (0.91, 0),
                (1.1, 5),
                (0.9, 5),
                (1.15, 10),
                (0.85, 10),
                (1.2, 20),
                (0.8, 20),
                (2, 20),
            )
        ),
        *(
            ("skewness_wh", value, points)
            for value, points in ((0.19, 0), (-0.2, 1), (0.39, 1), (-0.4, 3), (0.6, 5), (-0.6, 5))
        ),
        *(("kurtosis_wh", value, points) for value, points in ((-0.19, 0), (-0.2, 1), (0.4, 3), (-3, 5))),
        *(
            ("poisson_wh", value, points)
            for value, points in ((0.06, 0), (0.05, 1), (0.01, 3), (0.0011, 3), (0.001, 5))
        ),
        ("age_heaping", 0.0, 0),
        ("missing", 90.0, 0),
    ],
)
def test_every_band_at_its_limits(test, value, points):
    assert _tested(test, float(value)).points == points


def test_the_worst_survey_has_every_penalty():
    assert sum(bands.points[-1] for bands in BANDS.values()) == 20 + 10 + 10 + 10 + 10 + 20 + 5 + 5 + 5


def test_what_cannot_be_computed_costs_nothing():
    assert _tested("flags", None).verdict is _tested("flags", float("nan")).verdict is Verdict.NOT_COMPUTABLE
    empty = survey([])
    assert (empty.score, empty.verdict, empty.children) == (0, Verdict.EXCELLENT, 0)
    assert {one.value for one in empty.tests} == {None}


def test_shares_are_tested_like_rs_prop_test():
    """prop.test(60, 100)$p.value is 0.05743312; 50 of 100 and the halves beside it are 1."""
    assert proportion_p(60, 100, 0.5) == pytest.approx(0.05743312, abs=1e-8)
    assert proportion_p(50, 100, 0.5) == 1
    assert proportion_p(0, 0, 0.5) is None


def test_ages_are_compared_as_floored_months():
    months = [5.99, 6.0, 29.99, 30.0, 59.99, 60.0, np.nan]
    found = survey([0.0] * 7, months=months)
    assert found.children == 4
    assert outcome(found, "age_ratio").value == pytest.approx(proportion_p(2, 4, 0.85 / 1.85))


@pytest.mark.parametrize(("grams", "digit"), [(10_000, 0), (10_040, 0), (10_050, 1), (10_949, 9), (10_950, 0)])
def test_the_digit_is_that_of_one_decimal_half_up(grams, digit):
    amounts = np.array([grams * 1000] * 9 + [(10_000 + digit * 100) * 1000])
    assert digit_preference(amounts, 100_000) == 100


def test_all_digits_alike_is_no_preference():
    assert digit_preference(np.arange(10) * 100_000 + 5_000_000, 100_000) == 0
    assert digit_preference(np.array([0, -5]), 100_000) is None


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60))
def test_the_digit_score_is_between_0_and_100(tenths):
    score = digit_preference(np.array(tenths) * 1000, 1000)
    assert 0 <= score <= 100
    assert score == round(score, 2)


def test_wasted_children_gathered_in_few_clusters_are_told():
    even = survey([-2.5, 0.0, 0.0, 0.0] * 10, clusters=[str(place // 4) for place in range(40)])
    heaped = survey([-2.5] * 10 + [0.0] * 30, clusters=[str(place // 4) for place in range(40)])
    assert outcome(even, "poisson_wh").value == pytest.approx(1)
    assert outcome(heaped, "poisson_wh").value == pytest.approx(0.002043, abs=1e-6)
    assert outcome(heaped, "poisson_wh").points == 3


@pytest.mark.parametrize("clusters", [None, [""] * 4, ["a"] * 4])
def test_without_clusters_or_cases_dispersion_is_not_tested(clusters):
    assert outcome(survey([-2.5, 0, 0, 0], clusters=clusters), "poisson_wh").value is None
    assert outcome(survey([0, 0, 0, 0], clusters=["a", "a", "b", "b"]), "poisson_wh").value is None


def test_missing_counts_children_of_the_age_or_of_no_age():
    found = survey([0.0] * 5, months=[24, 24, np.nan, 3, 24], sex=[1, 0, 1, 0, 1], grams=[9000, 9000, 9000, 9000, 0])
    assert outcome(found, "missing").value == 75


def test_heaped_ages_are_seen():
    even = survey([0.0] * 48, months=np.arange(12.0, 60.0))
    heaped = survey([0.0] * 48, months=np.repeat([12.0, 24.0, 36.0, 48.0], 12))
    assert outcome(even, "age_heaping").value == 1
    assert outcome(heaped, "age_heaping").value < 1e-20


def test_the_district_is_good():
    found = plausibility(commune(), commune_zscores(), [row["cluster"] for row in table("commune_input")])
    assert (found.score, found.verdict, found.children) == (11, Verdict.GOOD, 18_001)


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_children_does_not_matter(z, chance):
    shuffled = list(z)
    chance.shuffle(shuffled)
    for one, other in zip(survey(z).tests, survey(shuffled).tests, strict=True):
        assert one.value == other.value or one.value == pytest.approx(other.value, rel=1e-6, abs=1e-9)
