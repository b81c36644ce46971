"""95 % intervals: Wilson for shares, exact Poisson (Garwood) for rates per 1.000 and more.

Wilson: E. B. Wilson, JASA 22 (1927) 209. Garwood: Biometrika 28 (1936) 437: the lower limit is the mean at which so
many or more events have the chance 2,5 %, the upper one at which so many or fewer have it; both are quantiles of the
gamma distribution, found here by bisection on its distribution function.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

LEVEL: Final = Decimal("0.95")
Z: Final = 1.959963984540054  # normal quantile of 0.975
_TAIL: Final = 0.025
_SHARE_FACTOR: Final = 100


class Method(StrEnum):
    """How the limits were found."""

    WILSON = "wilson"
    POISSON = "poisson_exact"


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits in the unit of the rate (percent, per 1.000, ...)."""

    lower: Fraction
    upper: Fraction
    level: Decimal
    method: Method

    def contains(self, value: Fraction) -> bool:
        """Whether the value lies between the limits, both included."""
        return self.lower <= value <= self.upper


def interval(numerator: Fraction, denominator: Fraction, factor: int) -> Interval | None:
    """The interval of numerator / denominator * factor; None where it has none (nothing counted, a share above all)."""
    if denominator <= 0 or numerator < 0 or factor < _SHARE_FACTOR:
        return None
    if factor == _SHARE_FACTOR:
        return None if numerator > denominator else _wilson(numerator, denominator)
    lower, upper = poisson_limits(float(numerator))
    scale = Fraction(factor) / denominator
    return Interval(Fraction(lower) * scale, Fraction(upper) * scale, LEVEL, Method.POISSON)


def _wilson(numerator: Fraction, denominator: Fraction) -> Interval:
    count, share = float(denominator), float(numerator / denominator)
    centre = share + Z * Z / (2 * count)
    spread = Z * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    scale = 1 + Z * Z / count
    # At the ends of the scale the limit is exact; floating point would miss it by a hair.
    lower = Fraction(0) if not numerator else Fraction((centre - spread) / scale)
    upper = Fraction(1) if numerator == denominator else Fraction((centre + spread) / scale)
    return Interval(lower * _SHARE_FACTOR, upper * _SHARE_FACTOR, LEVEL, Method.WILSON)


def poisson_limits(events: float) -> tuple[float, float]:
    """The exact 95 % limits of the mean of a Poisson count."""
    lower = 0.0 if events <= 0 else _solve(lambda mean: _gamma_below(events, mean) - _TAIL, events)
    return lower, _solve(lambda mean: _TAIL - _gamma_above(events + 1, mean), events)


def _solve(rising: Callable[[float], float], near: float) -> float:
    """Where a rising function of a positive number crosses zero, to the last digits of a float."""
    low, high = 0.0, 2 * near + 20
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def _gamma_below(shape: float, limit: float) -> float:
    """The regularised lower incomplete gamma function P(shape, limit)."""
    return _series(shape, limit) if limit < shape + 1 else 1 - _fraction(shape, limit)


def _gamma_above(shape: float, limit: float) -> float:
    """The regularised upper incomplete gamma function Q(shape, limit)."""
    return 1 - _series(shape, limit) if limit < shape + 1 else _fraction(shape, limit)


def _scale(shape: float, limit: float) -> float:
    return math.exp(shape * math.log(limit) - limit - math.lgamma(shape))


def _series(shape: float, limit: float) -> float:
    """P by its power series, quick below shape + 1."""
    term = total = 1 / shape
    step = shape
    while abs(term) > abs(total) * 1e-17:
        step += 1
        term *= limit / step
        total += term
    return total * _scale(shape, limit)


def _fraction(shape: float, limit: float) -> float:
    """Q by Lentz's continued fraction, quick above shape + 1."""
    tiny = 1e-300
    bottom = limit + 1 - shape
    upper, lower = 1 / tiny, 1 / (bottom or tiny)
    value, change, step = lower, 0.0, 0
    while abs(change - 1) > 1e-15:
        step += 1
        factor = -step * (step - shape)
        bottom += 2
        lower = 1 / ((factor * lower + bottom) or tiny)
        upper = (bottom + factor / upper) or tiny
        change = lower * upper
        value *= change
    return value * _scale(shape, limit)
