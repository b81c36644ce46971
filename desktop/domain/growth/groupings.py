"""The groups prevalence is given for: all, age, sex, age and sex, and the values of any column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from desktop.domain.growth.ages import AGE_GROUPS
from desktop.domain.growth.columns import Columns
from desktop.domain.growth.scores import Sex
from desktop.domain.text import sort_key

Codes = NDArray[np.intp]
ALL: Final = "All"
_SEXES: Final = ("Female", "Male")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to part the children: labels, and for each row the place of its label, -1 where it is in no group."""

    name: str
    labels: tuple[str, ...]
    codes: Codes

    def __getitem__(self, rows: NDArray[np.bool_]) -> Grouping:
        """The same groups for some of the rows."""
        return Grouping(self.name, self.labels, self.codes[rows])

    def title(self, place: int) -> str:
        """How the command line calls one group: `All`, `Age: 00-05`, `Age+sex: 00-05 Female`, `COLUMN: value`."""
        return ALL if self.name == ALL else f"{self.name}: {self.labels[place]}"


def usual(columns: Columns) -> list[Grouping]:
    """What WHO's program always gives: all, age groups, sexes, both."""
    age, sex = by_age(columns), by_sex(columns)
    return [everyone(columns), age, sex, _crossed(age, sex)]


def everyone(columns: Columns) -> Grouping:
    """One group of all rows."""
    return Grouping(ALL, (ALL,), np.zeros(len(columns), np.intp))


def by_age(columns: Columns) -> Grouping:
    """Six groups by unrounded months; without an age, or from 60 months on, in none."""
    codes = np.searchsorted([group.end for group in AGE_GROUPS], columns.months, side="right").astype(np.intp)
    codes[codes == len(AGE_GROUPS)] = -1  # nan sorts last
    return Grouping("Age", tuple(group.label for group in AGE_GROUPS), codes)


def by_sex(columns: Columns) -> Grouping:
    """Girls, then boys."""
    codes = np.full(len(columns), -1, np.intp)
    codes[columns.sex == Sex.GIRL] = 0
    codes[columns.sex == Sex.BOY] = 1
    return Grouping("Sex", _SEXES, codes)


def _crossed(age: Grouping, sex: Grouping) -> Grouping:
    codes = np.where((age.codes < 0) | (sex.codes < 0), -1, sex.codes * len(age.labels) + age.codes)
    return Grouping("Age+sex", tuple(f"{one} {other}" for other in sex.labels for one in age.labels), codes)


def by_values(name: str, values: Sequence[str]) -> Grouping:
    """A group for each value of a column, an empty value in none; numbers by size, words in Vietnamese order."""
    labels = sorted({value for value in values if value}, key=_order)
    places = {label: place for place, label in enumerate(labels)}
    places[""] = -1
    return Grouping(name, tuple(labels), np.fromiter(map(places.__getitem__, values), np.intp, len(values)))


def _order(label: str) -> tuple[object, ...]:
    whole = label.isascii() and label.isdigit()
    return (0, int(label), label) if whole else (1, sort_key(label))
