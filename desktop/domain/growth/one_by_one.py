"""The engine for screens and lists: measurements in, figures with two decimals out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import isnan

from desktop.domain.growth.columns import Columns
from desktop.domain.growth.scores import Index, Measurement, Score, Scores
from desktop.domain.growth.standards import Standards
from desktop.domain.growth.zscores import ZScores, zscores


def scores_of(standards: Standards, rows: Sequence[Measurement]) -> list[Scores]:
    """The figures of each measurement, in the same order."""
    return told(zscores(standards, Columns.of_measurements(rows)))


def told(found: ZScores) -> list[Scores]:
    """What was computed, a row each."""
    return [
        Scores(length // 1000 or None, unlikely, None if isnan(bmi) else bmi, *of_child)
        for length, unlikely, bmi, *of_child in zip(
            found.micrometres.tolist(),
            found.unlikely_position.tolist(),
            found.bmi.tolist(),
            *(_of_index(found, index) for index in (Index.HA, Index.WA, Index.WH, Index.BMI)),
            strict=True,
        )
    ]


def _of_index(found: ZScores, index: Index) -> list[Score | None]:
    return [
        None if isnan(z) else _score(round(z * 100), flagged)
        for z, flagged in zip(found.of(index).tolist(), found.flagged(index).tolist(), strict=True)
    ]


@lru_cache(maxsize=4096)
def _score(hundredths: int, flagged: bool) -> Score:  # noqa: FBT001 - a cache asks by place
    """One object for all children of one z-score: there are about a thousand."""
    return Score(Decimal(hundredths).scaleb(-2), flagged)
