"""What the sessions found beside what the plans want of it: rates with intervals on the plans' paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from desktop.application.figures import meant_communes
from desktop.application.nutrition_sessions import RoundPoint, session_points
from desktop.application.plans import TargetStatus, judged, plans_of
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Cases
from desktop.domain.periods import Period
from desktop.domain.plans import Plan, Target
from desktop.domain.plans.status import Start, is_higher_better, required_by

INDICATORS: Final = {
    Form.STUNTING: "stunting_rate",
    Form.UNDERWEIGHT: "underweight_rate",
    Form.WASTING: "wasting_rate",
    Form.OVERWEIGHT: "overweight_rate",
}
"""The indicator that a plan's target of a form speaks of."""
BACK: Final = 10
"""Years of sessions that are looked at where no plan begins earlier."""


@dataclass(frozen=True, slots=True)
class RoundRate:
    """What one round of sessions found: the day it stands for (its last), children measured, and the rate (percent)
    with its limits through `cases`.
    """

    day: date
    measured: int
    cases: Cases


@dataclass(frozen=True, slots=True)
class PlanPath:
    """A plan's target with the way to it; `start` None where there is none, then only the target itself is known.

    `wanted` holds, for each round in order, what the way asks of its day in percent. `steps` are the days at which the
    way is to be drawn, ends of years from the start to the target, with what it asks.
    """

    plan: Plan
    target: Target
    start: Start | None
    wanted: tuple[Fraction | None, ...]
    steps: tuple[tuple[date, Fraction], ...]

    def keeps(self, place: int, found: RoundRate) -> bool | None:
        """Whether the round at a place of the list is on the good side of the way; None where nothing can be said.

        Where the way lies within the rate's limits nothing is certain either way: ask `cases.limits`.
        """
        rate, wanted = found.cases.rate, self.wanted[place]
        if rate is None or wanted is None:
            return None
        return rate <= wanted


@dataclass(frozen=True, slots=True)
class NutritionPath:
    """The rounds of some communes, oldest first, and the plans' ways, the nearest target first."""

    form: Form
    rounds: tuple[RoundRate, ...]
    plans: tuple[PlanPath, ...]


def nutrition_path(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    form: Form = Form.STUNTING,
    back: int = BACK,
    points: Sequence[RoundPoint] | None = None,
) -> NutritionPath:
    """The sessions of a commune (or all the office) up to a period's end, beside the plans' ways to their targets.

    Rates divide by the children with a plausible z-score, limits are Wilson's. Sessions of several communes within six
    weeks are one round; monthly ones make none. `points` are the rounds where they have been read already.
    """
    indicator = INDICATORS[form]
    with record.reading():
        aims = [
            (plan, one) for plan in plans_of(record).values() for one in _aims(record, plan, indicator, unit, period)
        ]
        if points is None:
            starts = [one.judgement.start.year for _, one in aims if one.judgement.start is not None]
            _, communes, _ = meant_communes(record, unit=unit, day=period.last)
            points = session_points(
                record,
                communes=[commune.uid for commune in communes],
                last=period.last,
                since=date(min([period.year - back, *starts]), 1, 1),
            )
    found = [
        RoundRate(one.last, one.tally.measured, one.tally.of(form)) for one in points if one.tally.of(form).counted
    ]
    paths = [_path(plan, one, found) for plan, one in aims]
    return NutritionPath(form, tuple(found), tuple(sorted(paths, key=lambda one: one.target.year or 0)))


def _aims(record: Record, plan: Plan, indicator: str, unit: str | None, period: Period) -> list[TargetStatus]:
    """The targets of a plan that speak of the indicator and have not passed before the period."""
    asked = [
        target
        for target in plan.targets
        if target.indicator == indicator
        and target.value is not None
        and target.year is not None
        and target.year >= period.year
    ]
    if not asked:
        return []
    told = judged(Scope.of(record, unit, period, None), plan, asked, period)
    return [one for one in told if not is_higher_better(one.target, one.indicator.direction)]


def _path(plan: Plan, told: TargetStatus, found: list[RoundRate]) -> PlanPath:
    target, start, path = told.target, told.judgement.start, told.indicator.path

    def at(day: date) -> Fraction | None:
        if start is not None and day < date(start.year, 12, 31):
            return None
        return required_by(target, start, on=day, path=path)

    ends = range(start.year, (target.year or start.year) + 1) if start is not None else ()
    steps = [(date(year, 12, 31), at(date(year, 12, 31))) for year in ends]
    if start is None and target.year is not None:
        steps = [(date(target.year, 12, 31), at(date(target.year, 12, 31)))]
    known = tuple((day, wanted) for day, wanted in steps if wanted is not None)
    return PlanPath(plan, target, start, tuple(at(one.day) for one in found), known)
