"""How figures are rounded for people: half up, from the exact fraction (design 3.3)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, decimals: int) -> Decimal:
    """Round the exact fraction, halves away from zero; the result keeps its trailing zeros."""
    scale = 10**decimals
    doubled = abs(value.numerator) * scale * 2 + value.denominator
    rounded = doubled // (value.denominator * 2)
    return Decimal(-rounded if value < 0 else rounded).scaleb(-decimals)
