"""An estimate of a whole period from the part that is known (ước thực hiện): a proposal, never a figure."""

from __future__ import annotations

from fractions import Fraction


def scaled_up(so_far: Fraction, *, last_part: Fraction, last_whole: Fraction) -> Fraction:
    """The whole, if this period's share so far is what it was a year ago; `last_part` above zero."""
    return so_far * last_whole / last_part


def in_proportion(so_far: Fraction, *, months: int, of_months: int) -> Fraction:
    """The whole, if every month brings the same."""
    return so_far * of_months / months


def rounded(value: Fraction, *, step: int) -> int:
    """Half up (away from zero) to a whole number of steps; `value` and the answer in the same unit."""
    scaled = abs(value) / step
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    return (-whole if value < 0 else whole) * step
