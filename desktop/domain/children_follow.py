"""Which children somebody should look after between two sessions, and why.

Severe and moderate are classes of the last visit that counts. A child falters that lost weight, gained none in a month
or more under two years, or whose weight-for-age fell by 0,67 SD: one space between centile lines, the least fall that
NICE calls faltering (guideline NG75, 2017). When a child should be weighed again is our own rule: a month after a
severe finding, three months after a moderate one or faltering, six months else, as often as the reports are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from desktop.domain.children import Child, Measurement
from desktop.domain.growth.classes import Class, arm_class, class_of
from desktop.domain.growth.scores import Index, Scores

FALLS: Final = Decimal("0.67")
APART: Final = 25
"""Days between two visits below which a weight that stays says nothing."""
YOUNG: Final = 730
"""Days of life up to which a month without gain is faltering."""
AGAIN: Final = {"severe": 31, "moderate": 92, "else": 184}
"""Days after which a child should have been weighed again."""
_INDICES: Final = (Index.WH, Index.HA, Index.WA)
_SEVERE: Final = frozenset({Class.GRADE_2, Class.OEDEMA})


class Why(StrEnum):
    """Why a child is on the list, worst first."""

    SEVERE = "severe"
    MODERATE = "moderate"
    FALTERING = "faltering"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit with its figures."""

    measurement: Measurement
    scores: Scores


@dataclass(frozen=True, slots=True)
class Case:
    """A child to be looked after; `last` is the last visit that measured it, `before` the one before that.

    `found` are the classes below -2 SD of the last visit, the worst first; `arm` that of the upper arm; `due` is the
    day on which the child should have been weighed again.
    """

    child: Child
    whys: tuple[Why, ...]
    last: Seen | None
    before: Seen | None
    found: tuple[tuple[Index, Class], ...] = ()
    arm: Class | None = None
    due: date | None = None

    @property
    def worst(self) -> Why:
        """The first reason."""
        return self.whys[0]


def case_of(child: Child, visits: Sequence[Seen], day: date) -> Case | None:
    """The case of a child on a day from its visits, oldest first; None for a child nobody needs to look after.

    Visits after the day and those where the child was absent are left out.
    """
    seen = [one for one in visits if one.measurement.day <= day and _counts(one.measurement)]
    last, before = (seen[-1] if seen else None), (seen[-2] if len(seen) > 1 else None)
    found = _classes(last) if last is not None else ()
    arm = arm_class(last.measurement.muac, child.age_on(last.measurement.day)) if last is not None else None
    whys = []
    classes = {one for _index, one in found} | ({arm} if arm is not None else set())
    if classes & _SEVERE:
        whys.append(Why.SEVERE)
    elif Class.GRADE_1 in classes:
        whys.append(Why.MODERATE)
    if last is not None and before is not None and falters(child, before, last):
        whys.append(Why.FALTERING)
    due = _due(child, last, whys)
    if due is not None and due < day:
        whys.append(Why.OVERDUE)
    return Case(child, tuple(whys), last, before, found, arm, due) if whys else None


def _counts(one: Measurement) -> bool:
    return not one.absent and (one.is_measured or one.oedema or one.muac is not None)


def _classes(seen: Seen) -> tuple[tuple[Index, Class], ...]:
    told = [
        (index, one)
        for index in _INDICES
        if (one := class_of(index, seen.scores.of(index), oedema=seen.measurement.oedema)) is not None
    ]
    low = [(index, one) for index, one in told if one in _SEVERE or one is Class.GRADE_1]
    return tuple(sorted(low, key=lambda pair: (pair[1] not in _SEVERE, _INDICES.index(pair[0]))))


def falters(child: Child, before: Seen, last: Seen) -> bool:
    """Whether a child lost ground between two visits; swelling hides weight, so oedema is left out."""
    first, second = before.measurement, last.measurement
    if first.weight is None or second.weight is None or first.oedema or second.oedema:
        return False
    days, age = (second.day - first.day).days, child.age_on(second.day)
    if days < APART:
        return False
    if second.weight < first.weight:
        return True
    if second.weight == first.weight and age is not None and age <= YOUNG:
        return True
    then, now = before.scores.wa, last.scores.wa
    if then is None or now is None or then.flagged or now.flagged:
        return False
    return then.z - now.z >= FALLS


def _due(child: Child, last: Seen | None, whys: Sequence[Why]) -> date | None:
    if last is None:
        return child.birth_date + timedelta(days=AGAIN["else"]) if child.birth_date is not None else None
    key = "severe" if Why.SEVERE in whys else "moderate" if Why.MODERATE in whys or Why.FALTERING in whys else "else"
    return last.measurement.day + timedelta(days=AGAIN[key])
