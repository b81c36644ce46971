"""How far a criterion's points reach, in the steps of the heat table."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final


class Band(StrEnum):
    """Steps of the share of the maximum; `under` is below the floor, whatever the share."""

    UNKNOWN = "unknown"
    UNDER = "under"
    LOW = "low"
    MIDDLE = "middle"
    GOOD = "good"
    HIGH = "high"
    FULL = "full"


STEPS: Final = (
    (Band.LOW, Fraction(65, 100)),
    (Band.MIDDLE, Fraction(80, 100)),
    (Band.GOOD, Fraction(90, 100)),
    (Band.HIGH, Fraction(1)),
)
"""Each step up to but without its share (65, 80, 90 and 100 %), as the legend of the table says."""


def band(score: Fraction | None, maximum: Fraction, floor: Fraction) -> Band:
    """The step of a criterion's points."""
    if score is None or not maximum:
        return Band.UNKNOWN
    if score < floor:
        return Band.UNDER
    share = score / maximum
    return next((step for step, end in STEPS if share < end), Band.FULL)
