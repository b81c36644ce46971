"""How the children were drawn: weights, clusters and strata, and what of them a variance needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Design:
    """The survey's columns, None where there is none; a missing weight is nan, a missing cluster or stratum empty."""

    weights: Floats | None = None
    clusters: Sequence[str] | None = None
    strata: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The cluster and the stratum of every row as a number, -1 where it is missing; None where there are none."""

    clusters: Codes | None
    strata: Codes | None

    @classmethod
    def of(cls, design: Design) -> Self:
        """Number the clusters and strata of a design."""
        clusters, strata = design.clusters, design.strata
        return cls(None if clusters is None else numbered(clusters), None if strata is None else numbered(strata))

    def present(self, rows: int) -> Booleans:
        """The rows that have a cluster and a stratum, where those are asked for."""
        kept = np.ones(rows, np.bool_)
        for column in (self.clusters, self.strata):
            if column is not None:
                kept &= column >= 0
        return kept


@dataclass(frozen=True, slots=True)
class Sample:
    """A design over the rows that count.

    `unit` numbers the primary sampling unit of each row (None: every row is its own), `stratum` the stratum of each
    row; `unit_stratum` and `units` give the stratum of a unit and how many units a stratum has. `surveyed`: clusters
    or strata were given. `df_share` and `df_mean` are the degrees of freedom of rates and of means.
    """

    weights: Floats
    unit: Codes | None
    stratum: Codes
    unit_stratum: Codes
    units: Floats
    surveyed: bool
    df_share: int
    df_mean: int

    @classmethod
    def of(cls, design: Design, kept: Booleans, placed: Placed) -> Self:
        """Prepare the kept rows, as WHO's program hands them to R's survey package 4.1.

        A missing weight is 0. A row without weight stays in the variance but gives no degree of freedom, except to
        means of a design of weights alone. One single cluster is no cluster; clusters are nested in strata.
        ValueError for a negative or infinite weight.
        """
        rows = int(np.count_nonzero(kept))
        weights = np.ones(rows) if design.weights is None else np.nan_to_num(design.weights[kept], nan=0.0, posinf=-1.0)
        if (weights < 0).any():
            raise ValueError("a sampling weight is negative")
        stratum = np.zeros(rows, np.intp) if placed.strata is None else placed.strata[kept]
        unit = None if placed.clusters is None else placed.clusters[kept]
        if unit is not None and (not rows or (unit == unit[0]).all()):
            unit = None
        if unit is None:
            unit_stratum = stratum
        else:
            nested, unit = np.unique(stratum * (unit.max() + 1) + unit, return_inverse=True)
            unit_stratum = np.empty(len(nested), np.intp)
            unit_stratum[unit] = stratum
        surveyed = design.clusters is not None or design.strata is not None
        weighed = weights != 0
        free = _distinct(np.flatnonzero(weighed) if unit is None else unit[weighed]) - _distinct(stratum[weighed])
        return cls(
            weights,
            unit,
            stratum,
            unit_stratum,
            np.bincount(unit_stratum).astype(np.float64),
            surveyed,
            free,
            free if surveyed else rows - 1,
        )


def numbered(values: Sequence[str]) -> Codes:
    """A number for each different value, -1 for an empty one."""
    places = {value: place for place, value in enumerate(filter(None, dict.fromkeys(values)))} | {"": -1}
    return np.fromiter(map(places.__getitem__, values), np.intp, len(values))


def _distinct(codes: Codes) -> int:
    return len(np.unique(codes))
