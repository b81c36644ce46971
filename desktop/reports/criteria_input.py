"""What the papers about the national criteria are made from: plain values, gathered by the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.domain.criteria.scoring import By, Judged
from desktop.domain.criteria.sets import CriteriaSet
from desktop.domain.criteria.ways import Gain
from desktop.reports.targets_input import Office


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row that gets points: in which criterion, how many at most, from how many on it does not fail by itself."""

    criterion: str
    code: str
    name: str
    maximum: Fraction
    least: Fraction | None
    points: Mapping[By, Fraction]
    reasons: Mapping[By, str]
    evidence: tuple[str, ...] = ()
    applies: bool = True


@dataclass(frozen=True, slots=True)
class PaperCommune:
    """A commune's sheet; `judged` is by the column that decides, `own` by the one the paper is about."""

    name: str
    zone: int | None
    rows: tuple[PaperRow, ...]
    judged: Judged
    own: Judged


@dataclass(frozen=True, slots=True)
class SheetInput:
    """A paper of one commune. `station` is the station's own letterhead where the office is not the station."""

    office: Office
    year: int
    made: date
    criteria: CriteriaSet
    commune: PaperCommune


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A commune in the summary: its scores by number of the criterion, verdict, recognition, way to pass.

    `surplus` are the points to spare in all or (negative) lacking, `margin` how near it is to the other side.
    `knocked` are the criteria in which a knock-out row is under its limit.
    """

    name: str
    zone: int | None
    scores: Mapping[str, Fraction]
    under: frozenset[str]
    judged: Judged
    surplus: Fraction | None
    recognised_until: date | None
    margin: Fraction | None
    way: tuple[Gain, ...] | None = ()
    set_name: str = ""
    knocked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GoalLine:
    """What a plan asks for, and how valid decisions stand to it; percent."""

    document: str
    year: int
    value: Fraction
    share: Fraction | None
    missing: int | None


@dataclass(frozen=True, slots=True)
class RenewalLine:
    """A recognition that ends by the end of the next year, or has ended.

    `former` is the commune it was given to, where that one has gone into `name`.
    """

    name: str
    decision: str
    due: date
    ended: bool
    former: str = ""


@dataclass(frozen=True, slots=True)
class SummaryInput:
    """All communes of a year, ranked best first; `means` by number of the criterion; `shares` of past years.

    `recognised` are valid decisions and communes on `counted_on`.
    """

    office: Office
    year: int
    made: date
    criteria: CriteriaSet
    lines: tuple[SummaryLine, ...]
    means: Mapping[str, Fraction]
    passing: int
    goals: tuple[GoalLine, ...] = ()
    renewals: tuple[RenewalLine, ...] = ()
    recognised: tuple[int, int] = (0, 0)
    counted_on: date = date.min
    shares: tuple[tuple[int, Fraction | None], ...] = ()
    whole: str = ""
    part_word: str = "xã"
