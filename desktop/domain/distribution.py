"""Dividing a whole among units by weights, so that the rounded parts sum to the whole exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def largest_remainder(total: int, weights: Sequence[Fraction | int], *, step: int = 1) -> list[int]:
    """Parts of `total` in whole `step`s, in proportion to the weights (method of the largest remainder, Hamilton).

    Every part is its exact share rounded down or up to a step; steps left over go to the largest remainders, equal
    ones in the given order. ValueError for a negative weight, weights that are all zero, or a total that is negative
    or no multiple of the step.
    """
    whole = sum(weights, Fraction(0))
    if total < 0 or total % step or not whole or any(weight < 0 for weight in weights):
        raise ValueError(f"{total} in steps of {step} by {list(weights)}")
    shares = [Fraction(total // step) * weight / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    left = total // step - sum(parts)
    order = sorted(range(len(shares)), key=lambda place: (parts[place] - shares[place], place))
    for place in order[:left]:
        parts[place] += 1
    return [part * step for part in parts]
