"""How far the measurements of a survey can be believed: the SMART plausibility score, and two tests beside it.

Children of 6 to 59 months (floor of unrounded months). The bands are those of ENA for SMART's plausibility report as
the R packages mwana (194076a) and nipnTK (742b86c) carry them; digit bands as healthyr has them (< 8, < 13, < 20).
Flags are SMART's: more than 3 z from the mean of all. They are taken out once, before SD, skewness, kurtosis and
dispersion, and no other test leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, isfinite, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.columns import Columns
from desktop.domain.growth.design import numbered
from desktop.domain.growth.scores import Index, Sex
from desktop.domain.growth.tails import chi_square_tail
from desktop.domain.growth.zscores import ZScores

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
_FROM, _MIDDLE, _TO = 6, 30, 60  # months
_YOUNG: Final = 0.85 / 1.85  # expected share of 6-29 months among 6-59 (SMART: 0.85 younger for one older)
_SMART: Final = 3.0
_WASTED: Final = -2.0


class Verdict(StrEnum):
    """From best to worst; tests without bands are told only, and some data cannot be tested."""

    EXCELLENT = "excellent"
    GOOD = "good"
    ACCEPTABLE = "acceptable"
    PROBLEMATIC = "problematic"
    NOT_SCORED = "not_scored"
    NOT_COMPUTABLE = "not_computable"


SCORED: Final = (Verdict.EXCELLENT, Verdict.GOOD, Verdict.ACCEPTABLE, Verdict.PROBLEMATIC)


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: what came out (percent, p, score, SD, moment; None: not computable) and its penalty points."""

    test: str
    value: float | None
    points: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Plausibility:
    """All tests, the sum of their points (0 is best) and how the survey stands."""

    score: int
    verdict: Verdict
    children: int
    tests: tuple[Tested, ...]


@dataclass(frozen=True, slots=True)
class _Bands:
    """Penalties by verdict, and the limits between them; a p-value is the better the greater it is."""

    points: tuple[int, int, int, int]
    limits: tuple[float, float, float]
    inclusive: bool = False
    more_is_better: bool = False

    def place(self, value: float) -> int:
        """How many limits the value has passed."""
        if self.more_is_better:
            return sum(value <= limit for limit in self.limits)
        return sum(value > limit if self.inclusive else value >= limit for limit in self.limits)


_P: Final = _Bands((0, 2, 4, 10), (0.1, 0.05, 0.001), more_is_better=True)
_DIGITS: Final = _Bands((0, 2, 4, 10), (8, 13, 20))
_MOMENT: Final = _Bands((0, 1, 3, 5), (0.2, 0.4, 0.6))
BANDS: Final = {
    "flags": _Bands((0, 5, 10, 20), (2.5, 5, 7.5), inclusive=True),
    "sex_ratio": _P,
    "age_ratio": _P,
    "digit_weight": _DIGITS,
    "digit_height": _DIGITS,
    "sd_wh": _Bands((0, 5, 10, 20), (0.1, 0.15, 0.2)),  # distance from 1
    "skewness_wh": _MOMENT,
    "kurtosis_wh": _MOMENT,
    "poisson_wh": _Bands((0, 1, 3, 5), (0.05, 0.01, 0.001), more_is_better=True),
}
_TOTAL: Final = _Bands((0, 0, 0, 0), (10, 15, 25))


def plausibility(columns: Columns, found: ZScores, clusters: Sequence[str] | None = None) -> Plausibility:
    """Test all children of 6-59 months; without clusters the dispersion of wasting is not tested."""
    aged = (columns.months >= _FROM) & (columns.months < _TO)
    tests = tuple(_tested(test, value) for test, value in _values(columns, found, aged, clusters))
    score = sum(one.points for one in tests)
    return Plausibility(score, SCORED[_TOTAL.place(score)], int(np.count_nonzero(aged)), tests)


def _tested(test: str, value: float | None) -> Tested:
    if value is None or not isfinite(value):
        return Tested(test, None, 0, Verdict.NOT_COMPUTABLE)
    bands = BANDS.get(test)
    if bands is None:
        return Tested(test, value, 0, Verdict.NOT_SCORED)
    judged = round(abs(value - 1), 12) if test == "sd_wh" else abs(value)
    place = bands.place(judged)
    return Tested(test, value, bands.points[place], SCORED[place])


def _values(
    columns: Columns, found: ZScores, aged: Booleans, clusters: Sequence[str] | None
) -> Iterator[tuple[str, float | None]]:
    children = columns[aged]
    months = np.floor(children.months).astype(np.int64)
    z = found.of(Index.WH)[aged]
    known = ~np.isnan(z)
    kept = known.copy()
    if known.any():
        kept[known] = np.abs(z[known] - z[known].mean()) <= _SMART
    yield "flags", _percent(int(np.count_nonzero(known & ~kept)), int(np.count_nonzero(known)))
    boys, girls = (int(np.count_nonzero(children.sex == sex)) for sex in (Sex.BOY, Sex.GIRL))
    yield "sex_ratio", proportion_p(boys, boys + girls, 0.5)
    yield "age_ratio", proportion_p(int(np.count_nonzero(months < _MIDDLE)), len(months), _YOUNG)
    yield "digit_weight", digit_preference(children.milligrams, 100_000)
    yield "digit_height", digit_preference(children.micrometres, 1_000)
    yield from zip(("sd_wh", "skewness_wh", "kurtosis_wh"), _moments(z[kept]), strict=True)
    unit = None if clusters is None else numbered(clusters)[aged]
    yield "poisson_wh", None if unit is None else _dispersion_p(z, unit, kept & (unit >= 0))
    yield "age_heaping", _uniform_p(np.bincount(months % 12, minlength=12))
    yield "missing", _missing(columns, aged)


def proportion_p(cases: int, total: int, share: float) -> float | None:
    """How likely so many cases or fewer fit a share: chi-square with Yates' correction (R's prop.test)."""
    if not total:
        return None
    apart = abs(cases - total * share)
    corrected = apart - min(0.5, apart)
    return chi_square_tail(corrected * corrected / (total * share * (1 - share)), 1)


def digit_preference(amounts: Integers, tenth: int) -> float | None:
    """100 sqrt(chi² / 9n) of the last of one decimal, two decimals: 0 all digits alike, 100 always the same one.

    A finer figure is rounded half up to the tenth, so that every digit stands for as many hundredths.
    """
    digits = (amounts[amounts > 0] + tenth // 2) // tenth % 10
    if not len(digits):
        return None
    counts = np.bincount(digits, minlength=10)
    expected = len(digits) / 10
    squares = float(((counts - expected) ** 2 / expected).sum())
    return floor(10_000 * sqrt(squares / (9 * len(digits))) + 0.5) / 100


def _moments(z: Floats) -> tuple[float | None, float | None, float | None]:
    """SD (n - 1), skewness and excess kurtosis of what is left without flags."""
    if len(z) < 2:
        return None, None, None
    apart = z - z.mean()
    squares = float((apart**2).sum())
    sd = (squares / (len(z) - 1)) ** 0.5
    if squares <= 1e-12 * len(z):
        return sd, None, None
    skewness = len(z) ** 0.5 * float((apart**3).sum()) / squares**1.5
    return sd, skewness, len(z) * float((apart**4).sum()) / squares**2 - 3


def _dispersion_p(z: Floats, unit: Integers, kept: Booleans) -> float | None:
    """How likely wasted children are spread over clusters like this by chance: (n - 1) var / mean as chi-square."""
    present, place = np.unique(unit[kept], return_inverse=True)
    cases = np.bincount(place, z[kept] < _WASTED, len(present))
    if len(present) < 2 or not cases.any():
        return None
    return chi_square_tail(float(((cases - cases.mean()) ** 2).sum() / cases.mean()), len(present) - 1)


def _uniform_p(counts: Integers) -> float | None:
    """How likely the counts come from equal shares. (54 months do not hold every remainder of 12 equally often, so
    p is small in large surveys without any heaping too; it is told, not scored.)
    """
    total = int(counts.sum())
    if not total:
        return None
    expected = total / len(counts)
    return chi_square_tail(float(((counts - expected) ** 2 / expected).sum()), len(counts) - 1)


def _missing(columns: Columns, aged: Booleans) -> float | None:
    """Percent of the children of the age, or of no known age, that lack sex, age, weight or length."""
    unknown = columns.days < 0
    lacking = unknown | (columns.sex == Sex.UNKNOWN) | (columns.milligrams <= 0) | (columns.micrometres <= 0)
    asked = aged | unknown
    return _percent(int(np.count_nonzero(lacking & asked)), int(np.count_nonzero(asked)))


def _percent(part: int, whole: int) -> float | None:
    return part / whole * 100 if whole else None
