"""The trend from weighing session to weighing session: sessions of several communes within some weeks are one round."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from db.tables import child_columns as columns
from db.tables import weighing
from desktop.application.children import territory
from desktop.application.children_columns import counted, known_of, share
from desktop.application.children_figures import as_columns
from desktop.application.nutrition import tallied
from desktop.application.records import Record
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Tally
from desktop.domain.plans.status import yearly_reduction
from desktop.domain.weighing_rounds import Round, rounds

if TYPE_CHECKING:
    from db.tables.child_columns import Integers, Step

BACK: Final = 6
"""Years of sessions looked at."""
_YEAR: Final = 365.25
_NEAR: Final = 45
"""Days by which two rounds may miss whole years and still be of the same season."""


@dataclass(frozen=True, slots=True)
class RoundPoint:
    """A round of sessions and what it found; nobody is looked up on the lists of the past, so it has no coverage."""

    first: date
    last: date
    tally: Tally


def session_points(
    record: Record,
    *,
    communes: Collection[str],
    last: date,
    since: date | None = None,
    step: Step | None = None,
) -> list[RoundPoint]:
    """The rounds of some communes (uids) up to a day in which somebody was measured, oldest first.

    `since` None: of the last six years. Visits are read once for all rounds; `step` may stop it.
    """
    since = since or date(last.year - BACK, 1, 1)
    places = {old for commune in communes for old in territory(record, commune, last)}
    held = [one for one in weighing.sessions(record, units_asked=places) if since <= one.first <= last]
    asked = rounds(held)
    if not asked:
        return []
    with record.reading():
        known = known_of(record, communes=communes, day=last, step=share(step, 0, 4))
        visits = columns.of_sessions(
            record, known.ids, first=asked[0].first, last=max(one.last for one in asked), step=share(step, 1, 4)
        )
        numbers = columns.sessions(record)
    found = []
    for place, one in enumerate(asked):
        if step is not None:
            step(200 + 200 * place // len(asked), 400)
        ends = min(one.last, last)
        then = known_of(record, communes=communes, day=ends, like=known)
        seen = as_columns(then, counted(then, _of_round(visits, one, ends, numbers)), texts=False)
        if len(seen):
            found.append(RoundPoint(one.first, one.last, tallied(seen)))
    return found


def _of_round(visits: Integers, one: Round, last: date, numbers: Mapping[str, tuple[int, int]]) -> Integers:
    """The visits of a round, with the unit of their session for the session."""
    import numpy as np

    units = np.full(max((number for number, _ in numbers.values()), default=0) + 1, -1, np.int64)
    for uid in one.sessions:
        number, unit = numbers[uid]
        units[number] = unit
    unit_of = units[visits[:, 2]]
    chosen = (unit_of >= 0) & (visits[:, 1] >= one.first.toordinal()) & (visits[:, 1] <= last.toordinal())
    found: Integers = visits[chosen]
    found[:, 2] = unit_of[chosen]
    return found


def session_reduction(points: Sequence[RoundPoint], form: Form) -> tuple[RoundPoint, Fraction] | None:
    """Average annual rate of reduction in percent to the last round, from the first of the same season before it.

    None where there is none, or a rate is zero (UNICEF's AARR is a geometric mean).
    """
    now = points[-1].tally.of(form).rate if points else None
    if now is None:
        return None
    for point in points[:-1]:
        then, days = point.tally.of(form).rate, (points[-1].last - point.last).days
        years = round(days / _YEAR)
        if then is not None and years >= 1 and abs(days - years * _YEAR) <= _NEAR:
            found = yearly_reduction(then, now, years)
            return None if found is None else (point, found)
    return None
