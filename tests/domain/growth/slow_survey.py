"""Prevalence a second time, written as R's survey package goes about it: a subset of a design, row by row."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import exp, isnan, log, nan, sqrt

from desktop.domain.growth.tails import t_quantile


@dataclass(frozen=True)
class Row:
    """A child of the design: its z-scores and oedema, group, and where it was drawn. None is missing."""

    ha: float | None
    wh: float | None
    oedema: bool
    group: str | None
    weight: float | None = 1.0
    cluster: str | None = None
    stratum: str | None = None


@dataclass(frozen=True)
class Asked:
    weights: bool
    clusters: bool
    strata: bool


def figures(rows: list[Row], asked: Asked, group: str | None, index: str, cutoff: str):
    """n, weighted n, value, se, lower, upper; nan for what cannot be computed."""
    rows = [
        row for row in rows if not ((asked.clusters and row.cluster is None) or (asked.strata and row.stratum is None))
    ]
    weights = [(row.weight or 0.0) if asked.weights else 1.0 for row in rows]
    strata = [row.stratum if asked.strata else "" for row in rows]
    single = len({row.cluster for row in rows}) == 1
    units = [row.cluster if asked.clusters and not single else number for number, row in enumerate(rows)]
    inside = [group is None or row.group == group for row in rows]
    counted = [seen(row, index, cutoff) for row in rows]
    values = [value(row, index, cutoff) for row in rows]
    n = sum(1 for here, one in zip(inside, counted, strict=True) if here and one is not None)
    total = sum(w for w, here, one in zip(weights, inside, counted, strict=True) if here and one is not None)
    if not n:
        return 0, nan, nan, nan, nan, nan
    domain = [here and one is not None for here, one in zip(inside, values, strict=True)]
    mass = sum(w for w, here in zip(weights, domain, strict=True) if here)
    if not mass:
        return n, total, nan, nan, nan, nan
    mean = sum(w * y for w, y, here in zip(weights, values, domain, strict=True) if here) / mass

    influences = defaultdict(float)
    for w, y, here, unit, stratum in zip(weights, values, domain, units, strata, strict=True):
        influences[stratum, unit] += w * (y - mean) / mass if here else 0.0
    variance = 0.0
    for stratum in set(strata):
        own = [t for (where, _), t in influences.items() if where == stratum]
        if len(own) == 1:
            variance += own[0] ** 2
        else:
            middle = sum(own) / len(own)
            variance += len(own) / (len(own) - 1) * sum((t - middle) ** 2 for t in own)
    se = sqrt(variance)

    weighed = [(s, u) for s, u, w in zip(strata, units, weights, strict=True) if w]
    free = len(set(weighed)) - len({s for s, _ in weighed})
    if cutoff == "sd":
        if asked.clusters or asked.strata:
            size = sum(1 for here, w in zip(inside, weights, strict=True) if here and w)
        else:
            size = sum(domain)
        if size < 2:
            return n, total, nan, nan, nan, nan
        spread = sum(w * (y - mean) ** 2 for w, y, here in zip(weights, values, domain, strict=True) if here) / mass
        return n, total, sqrt(spread * size / (size - 1)), nan, nan, nan
    if cutoff == "mean":
        t = t_quantile(0.975, free if asked.clusters or asked.strata else len(rows) - 1)
        return (n, total, mean, se, nan, nan) if t is None else (n, total, mean, se, mean - t * se, mean + t * se)
    alike = {bool(y) for w, y, here in zip(weights, values, domain, strict=True) if here and w}
    if len(alike) == 1:
        limit = 100.0 * alike.pop()
        return n, total, limit, se * 100, limit, limit
    t = t_quantile(0.975, free)
    if t is None:
        return n, total, mean * 100, se * 100, nan, nan
    logit, reach = log(mean / (1 - mean)), t * se / mean / (1 - mean)
    lower, upper = (1 / (1 + exp(-(logit + side * reach))) for side in (-1, 1))
    return n, total, mean * 100, se * 100, lower * 100, upper * 100


def wasted(row: Row) -> float | None:
    return -3.1 if row.oedema else row.wh


def seen(row: Row, index: str, cutoff: str) -> float | None:
    """What makes a child count for the index, whatever is asked of it."""
    if index == "HAWH":
        return None if row.ha is None or wasted(row) is None else 1.0
    return row.ha if index == "HA" else wasted(row)


def value(row: Row, index: str, cutoff: str) -> float | None:
    counted = seen(row, index, cutoff)
    if counted is None:
        return None
    if index == "HAWH":
        return float(row.ha < -2 and wasted(row) < -2)
    if cutoff in {"mean", "sd"}:
        return row.ha if index == "HA" else None if row.oedema else row.wh
    limit = float(cutoff)
    return float(counted < limit if limit < 0 else counted > limit)


def close(ours: float | None, wanted: float, within: float) -> bool:
    return isnan(wanted) if ours is None else abs(ours - wanted) <= within
