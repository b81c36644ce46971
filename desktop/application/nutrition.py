"""Results of the weighing: one visit of each child, counted in every group, with the trend and the plan's path."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.application import growth
from desktop.application.children import children_of
from desktop.application.children_figures import Visits, visits
from desktop.application.figures import meant_communes
from desktop.application.hard_areas import especially_hard, in_area_3
from desktop.application.offices import Commune
from desktop.application.plans import judged, plans_of
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.domain.nutrition import Nutrition, Point, Tally
from desktop.domain.periods import Period

if TYPE_CHECKING:
    from desktop.domain.growth.columns import Columns

BACK: Final = 6
"""Periods of the past that a trend looks at."""
_SEXES: Final = {"m": 1, "f": 2}
_POSITIONS: Final = {"l": 1, "h": 2}
_NAMES_DAY: Final = 10  # a whole ISO date: visits that came without names tell only their month


@dataclass(frozen=True, slots=True)
class Results:
    """What a period's weighing found in some communes; `sessions` (uids) where only they counted."""

    communes: tuple[Commune, ...]
    first: date
    last: date
    sessions: tuple[str, ...] | None
    found: Nutrition


@dataclass(frozen=True, slots=True)
class PathStep:
    """What a plan wants of stunting: its symbol, the target in percent and its year, and what its path asks now."""

    plan: str
    target: Fraction
    year: int
    required: Fraction | None


def results(record: Record, *, unit: str | None, period: Period, sessions: Collection[str] | None = None) -> Results:
    """The results of a period in a commune, or in all of the office (`unit` as everywhere)."""
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    return results_between(record, communes=communes, first=period.first, last=period.last, sessions=sessions)


def results_between(
    record: Record,
    *,
    communes: Sequence[Commune],
    first: date,
    last: date,
    sessions: Collection[str] | None = None,
) -> Results:
    """One visit of each child between two days: the one in the named sessions (uids), else the last that measured.

    On the list is who was measured, and who is expected on the last day.
    """
    order = [commune.uid for commune in communes]
    with record.reading():
        seen = visits(record, communes=order, first=first, last=last, sessions=sessions)
        listed = children_of(record, communes=order, day=last)
        hard = (
            in_area_3(record, communes=order, on=last),
            especially_hard(record, communes=order, on=last),
        )
    known, measured = set(seen.children), len(seen)
    rest = [one for one in listed if one.child.uid not in known]
    for one in rest:
        sex = one.child.sex.value if one.child.sex is not None else None
        nothing = (None, None, None, 0, None)
        seen.add(one.child.uid, one.unit, "", one.age_days, sex, nothing, one.child.village, one.child.ethnic_group)
    found = _counted(seen, measured, order, *hard)
    return Results(tuple(communes), first, last, None if sessions is None else tuple(sessions), found)


def _counted(
    seen: Visits,
    measured: int,
    order: Sequence[str],
    regions: frozenset[str] = frozenset(),
    hard: frozenset[str] = frozenset(),
) -> Nutrition:
    """The first so many rows were measured, the others only listed."""
    from desktop.domain.growth.zscores import zscores
    from desktop.domain.nutrition_counts import Roll, count

    columns = _columns(seen, measured)
    nameless = frozenset(
        commune for commune, day in zip(seen.communes[:measured], seen.days, strict=False) if len(day) < _NAMES_DAY
    )
    roll = Roll(seen.communes, seen.sexes, seen.age_days, seen.villages, seen.ethnic_groups, nameless)
    found = zscores(growth.standards(), columns)
    return count(roll, columns, found, order=order, regions_3=regions, disadvantaged=hard)


def tallied(seen: Visits, communes: Collection[str]) -> Tally:
    """Visits of some communes (uids) as one group; nobody is looked up on a list, so it has no coverage."""
    return _counted(seen, len(seen), list(communes)).total


def _columns(seen: Visits, many: int) -> Columns:
    import numpy as np

    from desktop.domain.growth.columns import Columns

    # A visit before the birth is a finding of its own; here its age is not known.
    days = [np.nan if age is None or age < 0 else age for age in seen.age_days[:many]]
    return Columns.of(
        sex=[_SEXES.get(sex, 0) for sex in seen.sexes[:many]],
        days=np.array(days, np.float64),
        milligrams=np.array([weight or 0 for weight in seen.weights[:many]], np.int64) * 1000,
        micrometres=np.array([length or 0 for length in seen.lengths[:many]], np.int64) * 1000,
        position=[_POSITIONS.get(position, 0) for position in seen.positions[:many]],
        oedema=np.array(seen.oedema[:many], np.bool_),
    )


def trend(record: Record, *, period: Period, now: Results) -> list[Point]:
    """The same communes in the periods before, oldest first, and now; empty periods are left out.

    Nobody is looked up on the lists of the past: their tallies have no coverage.
    """
    order = [commune.uid for commune in now.communes]
    points = [Point(period.id, period.year, now.found.total)]
    for _ in range(BACK):
        period = period.previous()
        seen = visits(record, communes=order, first=period.first, last=period.last)
        if len(seen):
            points.append(Point(period.id, period.year, tallied(seen, order)))
    return points[::-1]


def paths(record: Record, *, unit: str | None, period: Period) -> list[PathStep]:
    """What the plans of the record ask of stunting at the end of a period, the nearest target of each."""
    scope = Scope.of(record, unit, period, None)
    steps = []
    for plan in plans_of(record).values():
        aims = [aim for aim in plan.targets if aim.indicator == "stunting_rate" and aim.value is not None]
        ahead = sorted((aim for aim in aims if aim.year and aim.year >= period.year), key=lambda aim: aim.year or 0)
        for one in judged(scope, plan, ahead[:1], period):
            if one.target.value is not None and one.target.year is not None:
                required = one.judgement.required_by_now
                steps.append(PathStep(plan.symbol, Fraction(one.target.value), one.target.year, required))
    return steps
