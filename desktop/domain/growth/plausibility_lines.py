"""The tests of a plausibility report as lines for people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from desktop.domain.growth.survey_words import BANDS, TESTS, VERDICTS
from desktop.wording import Sentence

if TYPE_CHECKING:
    from desktop.domain.growth.plausibility import Plausibility

TINY: Final = Decimal("0.001")
"""Smaller values of p are not written out."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One test: its words and code, the value shortened, its points, the verdict and the limits it comes from.

    `is_tiny`: the value is no zero but less than `TINY`.
    """

    code: str
    name: Sentence
    value: Decimal | None
    points: int
    verdict_code: str
    verdict: Sentence
    bands: str
    is_tiny: bool


def lines_of(found: Plausibility) -> list[Judged]:
    """Every test in the report's order."""
    return [
        Judged(
            one.test,
            TESTS[one.test],
            _short(one.value),
            one.points,
            str(one.verdict),
            VERDICTS[one.verdict],
            BANDS.get(one.test, ""),
            one.value is not None and 0 < one.value < TINY / 2,
        )
        for one in found.tests
    ]


def _short(value: float | None) -> Decimal | None:
    """Three decimals below ten, one from there on."""
    if value is None:
        return None
    return Decimal(f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}").normalize() + 0
