"""The tables of the standards: L, M and S by sex and day, or by sex and millimetre of length.

Laid out flat, with a last row of nothing, so that one index finds what belongs to a child and a child without an age,
sex or length finds no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import LAST_DAY
from desktop.domain.growth.scores import Index, Sex

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Row = tuple[int, int, float, float, float]  # sex, day or millimetre, L, M, S


class Table(StrEnum):
    """The five tables, by the names of WHO's files."""

    LENGTH_FOR_AGE = "lenanthro"
    WEIGHT_FOR_AGE = "weianthro"
    BMI_FOR_AGE = "bmianthro"
    WEIGHT_FOR_LENGTH = "wflanthro"
    WEIGHT_FOR_HEIGHT = "wfhanthro"


RANGES: Final = {  # first and last: days, or millimetres of what was corrected to lying or standing
    Table.LENGTH_FOR_AGE: (0, LAST_DAY),
    Table.WEIGHT_FOR_AGE: (0, LAST_DAY),
    Table.BMI_FOR_AGE: (0, LAST_DAY),
    Table.WEIGHT_FOR_LENGTH: (450, 1100),
    Table.WEIGHT_FOR_HEIGHT: (650, 1200),
}
BY_AGE: Final = {
    Index.HA: Table.LENGTH_FOR_AGE,
    Index.WA: Table.WEIGHT_FOR_AGE,
    Index.BMI: Table.BMI_FOR_AGE,
}
BY_LENGTH: Final = (Table.WEIGHT_FOR_LENGTH, Table.WEIGHT_FOR_HEIGHT)


@dataclass(frozen=True, slots=True)
class Lms:
    """Rows of one or more tables: L, M and S by their Greek names (Cole and Green 1992); the last row is nan.

    `bend` is L times S, all a plain z-score needs of S.
    """

    lam: Floats
    mu: Floats
    sigma: Floats
    bend: Floats

    @classmethod
    def of(cls, rows: Iterable[Sequence[float]]) -> Self:
        """Rows of L, M, S, and the row of nothing after them."""
        columns = np.array([*rows, (np.nan, np.nan, np.nan)], dtype=np.float64).T.copy()
        lam, mu, sigma = columns
        return cls(lam, mu, sigma, sigma * lam)

    @property
    def nothing(self) -> int:
        """The row of what has no number."""
        return len(self.mu) - 1


@dataclass(frozen=True, slots=True)
class Standards:
    """All tables: three by day (row = day, girls after boys) and those by length, four parts behind each other.

    `starts`: where the parts begin: lying boys, lying girls, standing boys, standing girls. `nothing` is the row of
    no number by day.
    """

    by_age: Mapping[Index, Lms]
    by_length: Lms
    starts: Integers
    nothing: int

    @classmethod
    def of(cls, tables: Mapping[Table, Iterable[Row]]) -> Self:
        """From the rows of the five tables in any order; ValueError where a row is missing, doubled or no number."""
        parts = {table: _parts(table, tables.get(table, ())) for table in Table}
        by_age = {index: Lms.of([*parts[table][Sex.BOY], *parts[table][Sex.GIRL]]) for index, table in BY_AGE.items()}
        rows: list[tuple[float, float, float]] = []
        starts = []
        for table in BY_LENGTH:
            for sex in (Sex.BOY, Sex.GIRL):
                starts.append(len(rows))
                rows += parts[table][sex]
        return cls(by_age, Lms.of(rows), np.array(starts), by_age[Index.HA].nothing)

    def part(self, table: Table, sex: Sex) -> tuple[range, Floats, Floats, Floats]:
        """Days or millimetres of a table with L, M and S of a sex."""
        first, last = RANGES[table]
        at = range(first, last + 1)
        index = next((index for index, own in BY_AGE.items() if own is table), None)
        lms = self.by_length if index is None else self.by_age[index]
        start = (sex - 1) * len(at) if index else int(self.starts[2 * BY_LENGTH.index(table) + sex - 1])
        rows = slice(start, start + len(at))
        return at, lms.lam[rows], lms.mu[rows], lms.sigma[rows]


def _parts(table: Table, rows: Iterable[Row]) -> dict[Sex, list[tuple[float, float, float]]]:
    first, last = RANGES[table]
    found = {(sex, at): (lam, mu, sigma) for sex, at, lam, mu, sigma in rows}
    wanted = [(sex, at) for sex in (1, 2) for at in range(first, last + 1)]
    faults = [key for key in wanted if not _usable(found.get(key))]
    if faults or len(found) != len(wanted):
        raise ValueError(f"{table}: {len(found)} rows for {len(wanted)}, first fault {faults[:1]}")
    return {sex: [found[int(sex), at] for at in range(first, last + 1)] for sex in (Sex.BOY, Sex.GIRL)}


def _usable(row: tuple[float, float, float] | None) -> bool:
    return row is not None and all(map(isfinite, row)) and row[0] != 0 and row[1] > 0 and row[2] > 0
