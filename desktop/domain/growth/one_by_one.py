"""The engine for screens and lists: measurements in, figures with two decimals out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isnan

from desktop.domain.growth.columns import Columns
from desktop.domain.growth.scores import Measurement, Score, Scores
from desktop.domain.growth.standards import Standards
from desktop.domain.growth.zscores import ORDER, zscores


def scores_of(standards: Standards, rows: Sequence[Measurement]) -> list[Scores]:
    """The figures of each measurement, in the same order."""
    found = zscores(standards, Columns.of_measurements(rows))
    by_index = [
        [_score(z, flagged=flagged) for z, flagged in zip(zs, flags, strict=True)]
        for zs, flags in zip(found.z.tolist(), found.flag.tolist(), strict=True)
    ]
    assert [str(index) for index in ORDER] == ["HA", "WA", "WH", "BMI"]  # noqa: S101 - the order of Scores' fields
    return [
        Scores(length // 1000 or None, unlikely, None if isnan(bmi) else bmi, *four)
        for length, unlikely, bmi, four in zip(
            found.micrometres.tolist(),
            found.unlikely_position.tolist(),
            found.bmi.tolist(),
            zip(*by_index, strict=True),
            strict=True,
        )
    ]


def _score(z: float, *, flagged: bool) -> Score | None:
    return None if isnan(z) else Score(Decimal(round(z * 100)).scaleb(-2), flagged)
