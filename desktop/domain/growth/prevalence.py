"""Prevalence of malnutrition with 95 % limits, for every group at once, number for number as WHO's program gives it.

A rate or mean of a group is a ratio in the whole sample (a domain), its variance Taylor's: influences are summed by
primary unit and spread around their mean in each stratum (facts/growth section 2; Lumley, R's survey 4.1). Limits of
rates are taken on the logit scale with Student's t.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, isfinite, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import LAST_DAY
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.design import Design, Placed, Sample
from desktop.domain.growth.groupings import Grouping
from desktop.domain.growth.scores import Index
from desktop.domain.growth.tails import t_quantile
from desktop.domain.growth.taylor import Counted, Domains, Valued, counted, means, shares, valued
from desktop.domain.growth.zscores import ZScores

Floats = NDArray[np.float64]
CUTOFFS: Final = ("-3", "-2", "-1", "+1", "+2", "+3")
MEAN: Final = "mean"
SD: Final = "sd"
STUNTED_AND_WASTED: Final = "HAWH"
_SURE: Final = 0.975
# Bin of a z-score -> which of the cut-offs it lies beyond: below -3, to -2, to -1, middle, above 1, above 2, above 3.
_BEYOND: Final = np.array([[at <= 0, at <= 1, at <= 2, at >= 4, at >= 5, at >= 6] for at in range(7)], np.float64)
_YES_NO: Final = np.array([[1.0], [0.0]])
_OUT: Final = -1


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure of one group: a rate in percent, or (cutoff `mean`, `sd`) of the z-scores; None: not computable.

    `n` counts the children of the index (with a plausible z, or oedema), `weighted_n` their weights.
    """

    group: str
    index: str
    cutoff: str
    n: int
    weighted_n: float | None
    value: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Prevalence:
    """All estimates, and which rows could not be used as they were."""

    estimates: tuple[Estimate, ...]
    too_old: int
    outside_design: int
    without_weight: int


@dataclass(frozen=True, slots=True)
class _Of:
    """An index over the rows that count: those in a bin, and those with a z (none with oedema)."""

    name: str
    counted: Counted
    beyond: Floats
    cutoffs: tuple[str, ...]
    valued: Valued | None


def prevalence(
    columns: Columns, found: ZScores, groupings: Sequence[Grouping], design: Design | None = None
) -> Prevalence:
    """Estimate all cut-offs, means and SDs of all indices in every group of every grouping.

    Rows over 1826 days and rows without the cluster or stratum of a design are left out, flagged z-scores are not
    counted, children with oedema count as below -3 SD of all that is weighed. ValueError for a negative weight.
    """
    design = design or Design()
    young = columns.days <= LAST_DAY
    places = Placed.of(design)
    placed = places.present(len(columns))
    kept = young & placed
    sample = Sample.of(design, kept, places)
    missing = 0 if design.weights is None else int(np.count_nonzero(np.isnan(design.weights[kept])))
    indices = [*_indices(columns[kept], found[kept], sample)]
    estimates = [estimate for grouping in groupings for estimate in _estimates(grouping[kept], sample, indices)]
    outside = int(np.count_nonzero(young & ~placed))
    return Prevalence(tuple(estimates), len(columns) - int(np.count_nonzero(young)), outside, missing)


def _indices(columns: Columns, found: ZScores, sample: Sample) -> Iterator[_Of]:
    low = {}
    for index in Index:
        z = np.where(found.flagged(index), np.nan, found.of(index))
        bins = np.searchsorted((-3.0, -2.0, -1.0), z, side="right") + np.searchsorted((1.0, 2.0, 3.0), z)
        bins[np.isnan(z)] = _OUT
        if index is not Index.HA:
            bins[columns.oedema] = 0
        low[index] = bins
        yield _Of(index, counted(bins, sample), _BEYOND, CUTOFFS, valued(z, sample))
    height, weight = low[Index.HA], low[Index.WH]
    both = (height > 1) | (weight > 1)
    bins = np.where((height == _OUT) | (weight == _OUT), _OUT, both)
    yield _Of(STUNTED_AND_WASTED, counted(bins, sample), _YES_NO, ("-2",), None)


def _estimates(grouping: Grouping, sample: Sample, indices: Sequence[_Of]) -> Iterator[Estimate]:
    """All estimates of all groups, group by group."""
    domains = Domains.of(grouping, sample)
    titles = [grouping.title(place) for place in range(len(grouping.labels))]
    with np.errstate(all="ignore"):
        by_index = [_of_index(titles, domains, one) for one in indices]
    for of_group in zip(*by_index, strict=True):
        for estimates in of_group:
            yield from estimates


def _of_index(titles: Sequence[str], domains: Domains, one: _Of) -> list[list[Estimate]]:
    found = shares(domains, one.counted, one.beyond)
    rates = [
        [_rate(*pair, df=domains.sample.df_share) for pair in zip(*of_group, strict=True)]
        for of_group in zip(found.value.tolist(), np.sqrt(found.variance).tolist(), strict=True)
    ]
    rest: list[list[_Figure]] = [[] for _ in rates]
    if one.valued is not None:
        average, spread = means(domains, one.valued)
        rest = [
            [_mean(value, se, df=domains.sample.df_mean), (sd, None, None, None)]
            for value, se, sd in zip(
                average.value.tolist(), np.sqrt(average.variance).tolist(), spread.tolist(), strict=True
            )
        ]
    names = (*one.cutoffs, MEAN, SD)
    return [
        [
            Estimate(title, one.name, cutoff, n, weight, *map(_known, figure))
            if n
            else Estimate(title, one.name, cutoff, 0, None, None)
            for cutoff, figure in zip(names, [*of_rates, *of_rest], strict=False)
        ]
        # Behind the groups lie the rows in none of them.
        for title, n, weight, of_rates, of_rest in zip(
            titles, found.n.tolist(), found.weight.tolist(), rates, rest, strict=False
        )
    ]


_Figure = tuple[float | None, float | None, float | None, float | None]
_NO_FIGURE: Final[_Figure] = (None, None, None, None)


def _rate(share: float, se: float, *, df: int) -> _Figure:
    """In percent, with limits on the logit scale: p and its odds, the odds times exp(+-t se / (p (1 - p)))."""
    if not isfinite(share):
        return _NO_FIGURE
    if share in {0.0, 1.0}:
        return share * 100, se * 100, share * 100, share * 100
    t = t_quantile(_SURE, df)
    if t is None or not isfinite(se):
        return share * 100, se * 100, None, None
    logit, reach = log(share / (1 - share)), t * se / (share * (1 - share))
    return share * 100, se * 100, 100 / (1 + exp(reach - logit)), 100 / (1 + exp(-reach - logit))


def _mean(value: float, se: float, *, df: int) -> _Figure:
    if not isfinite(value):
        return _NO_FIGURE
    t = t_quantile(_SURE, df)
    return (value, se, None, None) if t is None else (value, se, value - t * se, value + t * se)


def _known(number: float | None) -> float | None:
    return None if number is None or not isfinite(number) else number
