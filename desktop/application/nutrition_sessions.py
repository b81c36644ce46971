"""The trend from weighing session to weighing session: sessions of several communes within some weeks are one round."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from db.tables import weighing
from desktop.application.children import territory
from desktop.application.children_figures import visits
from desktop.application.nutrition import tallied
from desktop.application.records import Record
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import Tally
from desktop.domain.plans.status import yearly_reduction
from desktop.domain.weighing_rounds import rounds

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
    record: Record, *, communes: Collection[str], last: date, since: date | None = None
) -> list[RoundPoint]:
    """The rounds of some communes (uids) up to a day in which somebody was measured, oldest first.

    `since` None: of the last six years.
    """
    since = since or date(last.year - BACK, 1, 1)
    places = {old for commune in communes for old in territory(record, commune, last)}
    held = [one for one in weighing.sessions(record, units_asked=places) if since <= one.first <= last]
    found = []
    for one in rounds(held):
        seen = visits(record, communes=communes, first=one.first, last=min(one.last, last), sessions=one.sessions)
        if len(seen):
            found.append(RoundPoint(one.first, one.last, tallied(seen, communes)))
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
