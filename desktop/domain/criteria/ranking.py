"""How communes are ranked: by the points they have to spare or lack, or by how near they are to losing the standard."""

from __future__ import annotations

from fractions import Fraction

from desktop.domain.criteria.scoring import Judged, Verdict


def surplus(judged: Judged, margin: Fraction | None) -> Fraction | None:
    """Points above the limit of the total where the standard is met, else minus those that are lacking.

    `margin` (`ways.margin`) says what is lacking. A commune with much to spare may still stand near one criterion's
    floor: that is `ways.weakest`. None where it cannot be said.
    """
    if judged.verdict is Verdict.PASS and judged.total is not None:
        return judged.total - judged.needed
    return margin if judged.verdict is Verdict.FAIL else None


def place(judged: Judged, points: Fraction | None) -> tuple[int, Fraction, Fraction]:
    """What sorts: passing, failing, without a way left, not judged; then by the points given, then by the total."""
    group = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.NOT_JUDGED: 3}[judged.verdict]
    if judged.verdict is Verdict.FAIL and points is None:
        group = 2
    return group, -(points or Fraction(0)), -(judged.total or Fraction(0))
