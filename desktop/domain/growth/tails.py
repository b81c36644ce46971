"""Tails of Student's t and of chi-square for whole degrees of freedom, in closed form.

Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), chapter 26: finite sums of positive terms, so
nothing converges and nothing cancels. No statistics library is shipped for two functions.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, erfc, exp, lgamma, log, pi, sin, sqrt
from statistics import NormalDist
from typing import Final

_SERIES_FROM: Final = 400  # from here on the expansion in 1/df is exact to the last digits


def chi_square_tail(x: float, df: int) -> float:
    """How likely chi-square with `df` degrees of freedom is above x (26.4.4, 26.4.5). ValueError for df < 1.

    Every term is taken through its logarithm, so hundreds of degrees neither overflow nor vanish.
    """
    if df < 1:
        raise ValueError(f"{df} degrees of freedom")
    if x <= 0:
        return 1.0
    half = x / 2
    first = (df % 2) / 2
    tail = erfc(sqrt(half)) if df % 2 else 0.0
    for term in range((df - df % 2) // 2):
        power = first + term
        tail += exp(power * log(half) - half - lgamma(power + 1))
    return min(tail, 1.0)


def t_between(t: float, df: int) -> float:
    """How likely Student's t with `df` degrees lies between -t and t, for t of 0 and more (26.7.3, 26.7.4)."""
    angle = atan(t / sqrt(df))
    if df == 1:
        return 2 * angle / pi
    squared = cos(angle) ** 2
    term = cos(angle) if df % 2 else 1.0
    total = term
    for step in range(3 if df % 2 else 2, df - 1, 2):
        term *= squared * (step - 1) / step
        total += term
    return 2 / pi * (angle + sin(angle) * total) if df % 2 else sin(angle) * total


@lru_cache(maxsize=256)
def t_quantile(probability: float, df: int) -> float | None:
    """The value Student's t stays below with a probability of one half or more; None without a degree of freedom.

    Many degrees: the expansion around the normal quantile (26.7.5). Few: the closed form, turned round by halving.
    ValueError for a probability outside [0.5, 1).
    """
    if not 0.5 <= probability < 1:
        raise ValueError(f"probability {probability}")
    if df < 1:
        return None
    start = _expanded(probability, df)
    return start if df >= _SERIES_FROM else _turned_round(2 * probability - 1, df)


def _expanded(probability: float, df: int) -> float:
    x = NormalDist().inv_cdf(probability)
    square = x * x
    terms = (
        x * (square + 1) / 4,
        x * ((5 * square + 16) * square + 3) / 96,
        x * (((3 * square + 19) * square + 17) * square - 15) / 384,
        x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160,
    )
    return x + sum(term / float(df) ** power for power, term in enumerate(terms, start=1))


def _turned_round(between: float, df: int) -> float:
    low, high = 0.0, 1.0
    while t_between(high, df) < between:
        low, high = high, high * 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return high
        if t_between(middle, df) < between:
            low = middle
        else:
            high = middle
