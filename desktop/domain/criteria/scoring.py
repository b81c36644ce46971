"""Points into a verdict, with every reason in words (QĐ 1300/QĐ-BYT: 80 % of all, 50 % of each, no knock-out)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.criteria.sets import CriteriaSet, Criterion, Row
from desktop.domain.rounding import half_up
from desktop.wording import Sentence, say

Points = Mapping[str, Fraction]
"""Points by the code of the row; rows nobody scored are not in it."""


class By(StrEnum):
    """Who scored: the commune itself, the office that checks, the province that appraises."""

    SELF = "self"
    OFFICE = "office"
    PROVINCE = "province"


class Verdict(StrEnum):
    """Whether the commune meets the criteria by its points; this is not a recognition, which a decision gives."""

    PASS = "pass"  # noqa: S105 - no secret
    FAIL = "fail"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """A criterion's points (None: not all its rows are scored), its maximum in the zone, its floor.

    `is_knocked`: all its rows are scored and a knock-out row is under its limit.
    """

    criterion: Criterion
    score: Fraction | None
    maximum: Fraction
    floor: Fraction
    is_knocked: bool = False

    @property
    def passes(self) -> bool | None:
        """Whether the floor is reached; None where it cannot be said."""
        return None if self.score is None else self.score >= self.floor


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict of one column of points: `needed` of `maximum` points pass; reasons in the order of the rows."""

    by: By | None
    total: Fraction | None
    maximum: Fraction
    needed: Fraction
    verdict: Verdict
    criteria: tuple[CriterionScore, ...]
    reasons: tuple[Sentence, ...]


def judge(one: CriteriaSet, columns: Mapping[By, Points], *, zone: int | None = None) -> Judged:
    """The verdict of the highest column that is complete; `not_judged`, saying what is missing, where none is."""
    if not one.is_whole:
        reason = say("The maxima of {name} are not known: load the official table first.", name=one.name)
        by = next((by for by in reversed(By) if columns.get(by)), None)
        return Judged(by, None, Fraction(0), Fraction(0), Verdict.NOT_JUDGED, (), (reason,))
    by = deciding(one, columns, zone=zone)
    found = _judged(one, by, columns.get(by, {}) if by else {}, zone)
    if zone is None and one.uses_zones:
        # What is asked is not known, so neither is the verdict; the points are shown all the same.
        told = found.reasons if found.total is None else ()
        reason = say("The zone (1, 2 or 3) of the commune is not known, and {name} asks by zone.", name=one.name)
        return replace(found, verdict=Verdict.NOT_JUDGED, reasons=(reason, *told))
    return found


def deciding(one: CriteriaSet, columns: Mapping[By, Points], *, zone: int | None = None) -> By | None:
    """The column a verdict rests on: the highest that is complete, else the highest with any points."""
    begun = [by for by in reversed(By) if columns.get(by)]
    return next((by for by in begun if not missing(one, columns[by], zone)), begun[0] if begun else None)


def missing(one: CriteriaSet, points: Points, zone: int | None = None) -> list[Row]:
    """The rows asked in the zone that have no points."""
    return [row for _, rows in one.asked(zone) for row in rows if row.code not in points]


def _judged(one: CriteriaSet, by: By | None, points: Points, zone: int | None) -> Judged:
    lacking = missing(one, points, zone)
    criteria = tuple(_criterion(one, criterion, rows, points) for criterion, rows in one.asked(zone))
    maximum = sum((part.maximum for part in criteria), Fraction(0))
    needed = one.total_share * maximum
    total = None if lacking else sum((part.score or Fraction(0) for part in criteria), Fraction(0))
    if total is None:
        return Judged(by, None, maximum, needed, Verdict.NOT_JUDGED, criteria, (_say_missing(lacking),))
    reasons = [
        say("{code} {name}: {score} points are under the knock-out limit of {least}.", code=row.code, name=row.name,
            score=shown(points[row.code]), least=shown(row.least))
        for row in failing(one, points, zone) if row.least is not None
    ]  # fmt: skip
    reasons += [
        say("Criterion {number} {name}: {score} of {maximum} points, at least {floor} are needed.",
            number=part.criterion.number, name=part.criterion.name, score=shown(part.score or Fraction(0)),
            maximum=shown(part.maximum), floor=shown(part.floor))
        for part in criteria if part.passes is False
    ]  # fmt: skip
    if total < needed:
        words = say("{total} of {maximum} points in all, at least {needed} are needed.", total=shown(total),
                    maximum=shown(maximum), needed=shown(needed))  # fmt: skip
        reasons.append(words)
    verdict = Verdict.FAIL if reasons else Verdict.PASS
    return Judged(by, total, maximum, needed, verdict, criteria, tuple(reasons))


def failing(one: CriteriaSet, points: Points, zone: int | None = None) -> list[Row]:
    """The knock-out rows under their limit."""
    return [row for _, rows in one.asked(zone) for row in rows if _is_under(row, points)]


def _is_under(row: Row, points: Points) -> bool:
    return row.least is not None and points.get(row.code, Fraction(0)) < row.least


def passes(one: CriteriaSet, points: Points, zone: int | None = None) -> bool:
    """Whether complete points pass."""
    return _judged(one, None, points, zone).verdict is Verdict.PASS


def _criterion(one: CriteriaSet, criterion: Criterion, rows: tuple[Row, ...], points: Points) -> CriterionScore:
    maximum = sum((row.maximum for row in rows), Fraction(0))
    known = [points[row.code] for row in rows if row.code in points]
    score = sum(known, Fraction(0)) if len(known) == len(rows) else None
    is_knocked = score is not None and any(_is_under(row, points) for row in rows)
    return CriterionScore(criterion, score, maximum, one.floor_share * maximum, is_knocked)


def _say_missing(lacking: list[Row]) -> Sentence:
    codes = ", ".join(row.code for row in lacking[:10])
    if len(lacking) > 10:
        return say("{count} rows have no points yet: {codes} and others.", count=len(lacking), codes=codes)
    return say("{count} rows have no points yet: {codes}.", count=len(lacking), codes=codes)


def shown_total(points: Fraction) -> Decimal:
    """A sum of points with one decimal, so that sums stand under each other; more where it has them (79,95)."""
    rounded = half_up(points, 1)
    return rounded if Fraction(rounded) == points else shown(points)


def shown(points: Fraction) -> Decimal:
    """Points as a number for sentences: exact where it ends, else to four decimals."""
    return (Decimal(points.numerator) / Decimal(points.denominator)).quantize(Decimal("0.0001")).normalize() + 0
