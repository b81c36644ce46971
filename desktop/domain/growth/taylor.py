"""Rates and means of groups within a sample, with their variances by Taylor's linearisation.

A group is a domain: rows outside it, or not counted, have the influence 0 but their units still count. In each stratum
the influences, summed by primary unit, are spread around their mean, times n/(n-1); a stratum with one unit is spread
around the mean of all, which is 0 (`survey.lonely.psu = "adjust"` of R's survey package). Arrays are sums by cell:
group and unit, or group and stratum where every row is its own unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.design import Sample
from desktop.domain.growth.groupings import Codes, Grouping

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Domains:
    """The groups of one grouping over a sample: the group and the cell of every row.

    Rows in no group lie in one more behind the others, which nobody is told of.
    """

    groups: int
    group: Codes
    cell: Codes
    cell_group: Codes
    cell_stratum: Codes
    sample: Sample

    @classmethod
    def of(cls, grouping: Grouping, sample: Sample) -> Self:
        """Lay the groups over the sample."""
        outside = grouping.codes < 0
        group, groups = grouping.codes, len(grouping.labels)
        if outside.any():
            group, groups = np.where(outside, groups, group), groups + 1
        strata = len(sample.units)
        if sample.unit is None:
            cell = group * strata + sample.stratum
            cell_group, cell_stratum = np.divmod(np.arange(groups * strata), max(strata, 1))
        else:
            units = len(sample.unit_stratum)
            cells, cell = _numbered(group * units + sample.unit, groups * units)
            cell_group, unit = np.divmod(cells, units)
            cell_stratum = sample.unit_stratum[unit]
        return cls(groups, group, cell, cell_group, cell_stratum, sample)


def _numbered(codes: Codes, size: int) -> tuple[Codes, Codes]:
    """The codes that occur, in order, and the place of each row's among them; there are fewer than `size`."""
    if size > 8 * len(codes) + 1000:
        found, places = np.unique(codes, return_inverse=True)
        return found, places
    held = np.zeros(size, np.bool_)
    held[codes] = True
    return np.flatnonzero(held), (np.cumsum(held) - 1)[codes]


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of a sample that count for an index: their bins, weights and squared weights."""

    rows: Codes
    bins: Codes
    weights: Floats
    squares: Floats


def counted(bins: Codes, sample: Sample) -> Counted:
    """The rows that lie in a bin; -1 is in none."""
    rows = np.flatnonzero(bins >= 0)
    weights = sample.weights[rows]
    return Counted(rows, bins[rows], weights, weights * weights)


@dataclass(frozen=True, slots=True)
class Valued:
    """The rows of a sample that have a value, with weights and weighted values."""

    rows: Codes
    values: Floats
    weights: Floats
    weighted: Floats


def valued(values: Floats, sample: Sample) -> Valued:
    """The rows that have a value; nan is none."""
    rows = np.flatnonzero(~np.isnan(values))
    weights = sample.weights[rows]
    return Valued(rows, values[rows], weights, weights * values[rows])


@dataclass(frozen=True, slots=True)
class Ratios:
    """By group (first axis): children counted, their weight, and each ratio with its variance."""

    n: Codes
    weight: Floats
    value: Floats
    variance: Floats


def shares(domains: Domains, index: Counted, beyond: Floats) -> Ratios:
    """Shares of each group that lie in certain bins.

    `beyond`: 1 where a bin (row) belongs to a share (column).
    """
    cell = domains.cell[index.rows] * len(beyond)
    cell += index.bins
    shape = (len(domains.cell_group), len(beyond))
    sums = _sum(cell, index.weights, shape[0] * shape[1]).reshape(shape)
    by_group = _summed(domains.cell_group, sums, domains.groups)
    yes, no = by_group @ beyond, by_group @ (1 - beyond)
    weight = by_group.sum(axis=1)
    value = np.where((no == 0) & (yes > 0), 1.0, yes / weight[:, None])

    own, over = value[domains.cell_group], weight[domains.cell_group, None]
    total = (sums @ beyond * (1 - own) - sums @ (1 - beyond) * own) / over
    if domains.sample.unit is None:
        squares = _sum(cell, index.squares, shape[0] * shape[1]).reshape(shape)
        square = (squares @ beyond * (1 - own) ** 2 + squares @ (1 - beyond) * own**2) / over**2
    else:
        square = total * total
    n = np.bincount(domains.group[index.rows], minlength=domains.groups)
    return Ratios(n, weight, value, _variance(domains, total, square))


def means(domains: Domains, index: Valued) -> tuple[Ratios, Floats]:
    """Weighted means of each group; and standard deviations as R's survey 4.1 gives them.

    With clusters or strata that program takes all rows of the group with a weight for n in n/(n-1), with and without
    a value; else the rows with a value.
    """
    group, cell, weights = domains.group[index.rows], domains.cell[index.rows], index.weights
    n = np.bincount(group, minlength=domains.groups)
    weight = _sum(group, weights, domains.groups)
    mean = _sum(group, index.weighted, domains.groups) / weight
    apart = index.values - mean[group]
    pulled = weights * apart
    influence = pulled / weight[group]
    cells = len(domains.cell_group)
    total = _sum(cell, influence, cells)
    square = _sum(cell, influence * influence, cells) if domains.sample.unit is None else total * total
    variance = _variance(domains, total[:, None], square[:, None])[:, 0]

    counted = n
    if domains.sample.surveyed:
        counted = np.bincount(domains.group[domains.sample.weights != 0], minlength=domains.groups)
    pulled *= apart
    spread = _sum(group, pulled, domains.groups) / weight
    return Ratios(n, weight, mean, variance), np.sqrt(spread * (counted / (counted - 1)))


def _variance(domains: Domains, total: Floats, square: Floats) -> Floats:
    """Sum over strata of n/(n-1) (sum t² - (sum t)²/n), from the sums of t and of t² by cell."""
    units = domains.sample.units
    strata = len(units)
    at = domains.cell_group * strata + domains.cell_stratum
    shape = (domains.groups, strata, total.shape[1])
    sums, squares = (_summed(at, part, domains.groups * strata).reshape(shape) for part in (total, square))
    several = units > 1
    scale = np.where(several, units / (units - 1), 1.0)[:, None]
    centre = np.where(several, 1 / units, 0.0)[:, None]
    variance: Floats = np.maximum(scale * (squares - sums * sums * centre), 0).sum(axis=1)
    return variance if domains.sample.surveyed or units.sum() > 1 else np.full_like(variance, np.nan)


def _summed(codes: Codes, columns: Floats, size: int) -> Floats:
    return np.stack([_sum(codes, column, size) for column in columns.T], axis=1)


def _sum(codes: Codes, values: Floats, size: int) -> Floats:
    return np.bincount(codes, values, size).astype(np.float64, copy=False)
