"""The lines of a growth chart: what a child at a whole SD measures."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.growth.scores import Index, Sex
from desktop.domain.growth.standards import BY_AGE, Standards, Table


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of one line: `x` in days (or millimetres for weight-for-height), `y` in cm, kg, or kg per square metre.

    Lines by age step where lying becomes standing (day 731): length and BMI jump there, as in WHO's charts.
    """

    x: tuple[int, ...]
    y: tuple[float, ...]


def curve_of(standards: Standards, index: Index, sex: Sex, sd: int, *, lying: bool | None = None) -> Curve:
    """M (1 + L S sd)^(1/L) along the table (WHO 2006). ValueError for no sex, or beyond three SD."""
    if sex is Sex.UNKNOWN or not -3 <= sd <= 3:
        raise ValueError(f"no line of {sd} SD for {sex!r}")
    at, lam, mu, sigma = standards.part(table_of(index, lying=lying), sex)
    return Curve(tuple(at), tuple((mu * (1 + lam * sigma * sd) ** (1 / lam)).tolist()))


def table_of(index: Index, *, lying: bool | None = None) -> Table:
    """The table of an index; weight-for-height is the standing one unless lying is asked for."""
    if index is Index.WH:
        return Table.WEIGHT_FOR_LENGTH if lying else Table.WEIGHT_FOR_HEIGHT
    return BY_AGE[index]
