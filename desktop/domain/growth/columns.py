"""Measurements of many children as columns of whole numbers.

Weights are milligrams and lengths micrometres: what the record keeps (grams, millimetres) and whatever finer a file
holds are exact, so a length meets its row of the table and no float decides between two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from desktop.domain.growth.ages import DAYS_IN_MONTH
from desktop.domain.growth.scores import Measurement, Sex

UNKNOWN_AGE = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """One row a child: sex 0, 1, 2; whole days (-1 unknown) and exact months (nan unknown); 0 is no weight or length.

    `position` 0 unknown, 1 lying, 2 standing. Columns are equally long and never written to.
    """

    sex: NDArray[np.int8]
    days: NDArray[np.int32]
    months: NDArray[np.float64]
    milligrams: NDArray[np.int64]
    micrometres: NDArray[np.int64]
    position: NDArray[np.int8]
    oedema: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.sex)

    def __getitem__(self, rows: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Columns:
        """Some of the rows: a view for a slice, else a copy."""
        return Columns(
            self.sex[rows],
            self.days[rows],
            self.months[rows],
            self.milligrams[rows],
            self.micrometres[rows],
            self.position[rows],
            self.oedema[rows],
        )

    @classmethod
    def of(
        cls,
        *,
        sex: ArrayLike,
        milligrams: ArrayLike,
        micrometres: ArrayLike,
        position: ArrayLike,
        oedema: ArrayLike,
        days: ArrayLike | None = None,
        months: ArrayLike | None = None,
    ) -> Self:
        """Make columns; `days` and `months` may hold parts and nan, and days count where both are known.

        As WHO's program does: days are rounded half up (months times 30,4375 first), months stay as they are.
        ValueError for a negative age. Weights and lengths of nothing or less are no measurements: 0.
        """
        codes = np.asarray(sex, dtype=np.int8)
        exact_days, exact_months = (
            np.full(len(codes), np.nan) if given is None else np.asarray(given, dtype=np.float64)
            for given in (days, months)
        )
        if (exact_days < 0).any() or (exact_months < 0).any():
            raise ValueError("an age is negative")
        exact_days = np.where(np.isnan(exact_days), exact_months * DAYS_IN_MONTH, exact_days)
        exact_months = np.where(
            np.isnan(exact_months) | _given(days, len(codes)), exact_days / DAYS_IN_MONTH, exact_months
        )
        return cls(
            codes,
            whole_days(exact_days),
            exact_months,
            np.maximum(np.asarray(milligrams, dtype=np.int64), 0),
            np.maximum(np.asarray(micrometres, dtype=np.int64), 0),
            np.asarray(position, dtype=np.int8),
            np.asarray(oedema, dtype=np.bool_),
        )

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """All rows of several parts, one behind the other."""
        if not parts:
            return cls.of(sex=[], milligrams=[], micrometres=[], position=[], oedema=[])
        return cls(
            np.concatenate([part.sex for part in parts]),
            np.concatenate([part.days for part in parts]),
            np.concatenate([part.months for part in parts]),
            np.concatenate([part.milligrams for part in parts]),
            np.concatenate([part.micrometres for part in parts]),
            np.concatenate([part.position for part in parts]),
            np.concatenate([part.oedema for part in parts]),
        )

    @classmethod
    def of_measurements(cls, rows: Sequence[Measurement]) -> Self:
        """From single measurements; one dated before the birth loses its sex, so that nothing is computed from it."""
        days = [UNKNOWN_AGE if row.days is None else row.days for row in rows]
        impossible = [row.days is not None and row.days < 0 for row in rows]
        return cls.of(
            sex=[Sex.UNKNOWN if wrong else row.sex for row, wrong in zip(rows, impossible, strict=True)],
            days=[np.nan if day < 0 else float(day) for day in days],
            milligrams=[(row.grams or 0) * 1000 for row in rows],
            micrometres=[(row.millimetres or 0) * 1000 for row in rows],
            position=[row.position for row in rows],
            oedema=[row.oedema for row in rows],
        )


def whole_days(exact: NDArray[np.float64]) -> NDArray[np.int32]:
    """Days rounded half up; unknown (nan) is -1. An age beyond any child's is held at a million days."""
    floor = np.floor(exact)
    days = np.minimum(floor + (exact - floor >= 0.5), 1e6)
    return np.where(np.isnan(days), UNKNOWN_AGE, days).astype(np.int32)


def _given(column: ArrayLike | None, rows: int) -> NDArray[np.bool_]:
    return np.zeros(rows, np.bool_) if column is None else ~np.isnan(np.asarray(column, dtype=np.float64))
