"""Results of the weighing: one visit of each child, counted in every group, with the trend and the plan's path."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from desktop.application import growth
from desktop.application.children_columns import Known, expected, known_of, share
from desktop.application.children_figures import Visits, begins, growth_columns, visits
from desktop.application.figures import meant_communes
from desktop.application.hard_areas import especially_hard, in_area_3
from desktop.application.offices import Commune
from desktop.application.plans import judged, plans_of
from desktop.application.records import Record
from desktop.application.scopes import Scope
from desktop.domain.nutrition import Nutrition, Point, Tally
from desktop.domain.periods import Period

if TYPE_CHECKING:
    from db.tables.child_columns import Step

BACK: Final = 6
"""Periods of the past that a trend looks at."""


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


def results(
    record: Record,
    *,
    unit: str | None,
    period: Period,
    sessions: Collection[str] | None = None,
    step: Step | None = None,
) -> Results:
    """The results of a period in a commune, or in all of the office (`unit` as everywhere)."""
    _, communes, _ = meant_communes(record, unit=unit, day=period.last)
    return results_between(
        record, communes=communes, first=period.first, last=period.last, sessions=sessions, step=step
    )


def results_between(
    record: Record,
    *,
    communes: Sequence[Commune],
    first: date,
    last: date,
    sessions: Collection[str] | None = None,
    step: Step | None = None,
) -> Results:
    """One visit of each child between two days: the one in the named sessions (uids), else the last that measured.

    On the list is who was measured, and who is expected on the last day. `step` may stop it.
    """
    order = [commune.uid for commune in communes]
    with record.reading():
        known = known_of(record, communes=order, day=last, step=share(step, 0, 2))
        seen = visits(
            record, communes=order, first=first, last=last, sessions=sessions, known=known, step=share(step, 1, 2)
        )
        hard = (
            in_area_3(record, communes=order, on=last),
            especially_hard(record, communes=order, on=last),
        )
    found = _counted(seen, known, last, order, *hard)
    return Results(tuple(communes), first, last, None if sessions is None else tuple(sessions), found)


def _counted(
    seen: Visits, known: Known, last: date, order: Sequence[str], regions: frozenset[str], hard: frozenset[str]
) -> Nutrition:
    """Those measured, and those who are only on the list of the last day."""
    import numpy as np

    from desktop.domain.growth.zscores import zscores
    from desktop.domain.nutrition_counts import Roll, count

    people = known.people
    rows, places = expected(known, day=last)
    only = ~np.isin(people.ids[rows], seen.numbers)
    rows, places = rows[only], places[only]
    born, chosen = people.born[rows], rows.tolist()
    roll = Roll(
        communes=np.concatenate([seen.communes, places]),
        sexes=np.concatenate([seen.sexes, people.sexes[rows]]),
        ages=np.concatenate([seen.ages, np.where(born > 0, last.toordinal() - born, -1)]),
        villages=[*seen.villages, *(people.villages[row] for row in chosen)],
        ethnic_groups=[*seen.ethnic_groups, *(people.ethnic_groups[row] for row in chosen)],
        unlisted=frozenset(seen.communes[seen.nameless].tolist()),
    )
    columns = growth_columns(seen)
    found = zscores(growth.standards(), columns)
    return count(roll, columns, found, order=order, regions_3=regions, disadvantaged=hard)


def tallied(seen: Visits) -> Tally:
    """Visits as one group; nobody is looked up on a list, so it has no coverage."""
    from desktop.domain.growth.zscores import zscores
    from desktop.domain.nutrition_counts import tally

    columns = growth_columns(seen)
    unlisted = frozenset(seen.communes[seen.nameless].tolist())
    return tally(seen.communes, columns, zscores(growth.standards(), columns), unlisted=unlisted)


def trend(record: Record, *, period: Period, now: Results, step: Step | None = None) -> list[Point]:
    """The same communes in the periods before, oldest first, and now; empty periods are left out.

    Nobody is looked up on the lists of the past: their tallies have no coverage. `step` may stop it.
    """
    order = [commune.uid for commune in now.communes]
    points = [Point(period.id, period.year, now.found.total)]
    begun, known = begins(record), None
    for at in range(BACK):
        period = period.previous()
        if begun is None or period.last < begun:
            break
        known = known_of(record, communes=order, day=period.last, like=known)
        seen = visits(
            record, communes=order, first=period.first, last=period.last, known=known, step=share(step, at, BACK)
        )
        if len(seen):
            points.append(Point(period.id, period.year, tallied(seen)))
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
