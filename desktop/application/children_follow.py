"""The follow-up list: the severe, the moderate, the faltering, and those who should have been weighed again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from db.tables import weighing as rows
from desktop.application import growth
from desktop.application.children import Found, children_of, entries_of, joined
from desktop.application.growth_charts import measured
from desktop.application.records import Record
from desktop.domain.children import Measurement
from desktop.domain.children_follow import Case, Seen, Why, case_of
from desktop.domain.text import name_sort_key, sort_key

__all__ = ["Case", "Followed", "Why", "follow_up"]

LOOKED_AT: Final = 2
"""Visits of a child that are looked at."""
AT_ONCE: Final = 2000
"""Children whose visits are read together."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A case and where the child lives on the day (uid)."""

    case: Case
    unit: str


def follow_up(
    record: Record, *, communes: Collection[str], day: date, step: Callable[[int, int], None] | None = None
) -> list[Followed]:
    """The children expected in some communes (uids) on a day that somebody should look after.

    In the order of the communes, then of villages, then the worst first. `step` hears how far it is and may stop it.
    """
    listed = children_of(record, communes=communes, day=day)
    found: list[Followed] = []
    for begin in range(0, len(listed), AT_ONCE):
        if step is not None:
            step(begin, len(listed))
        found += _followed(record, listed[begin : begin + AT_ONCE], day)
    order, whys = {unit: place for place, unit in enumerate(communes)}, list(Why)
    return sorted(
        found,
        key=lambda one: (
            order[one.unit],
            sort_key(one.case.child.village),
            whys.index(one.case.worst),
            name_sort_key(one.case.child.name),
        ),
    )


def _followed(record: Record, listed: list[Found], day: date) -> list[Followed]:
    """The cases among some children: so many at once that a province's histories are never held together."""
    with record.reading():
        entries = entries_of(record, [found.child.uid for found in listed])
        uids = [uid for group in entries.values() for uid in group]
        histories = rows.newest_of_children(record, uids, until=day, most=LOOKED_AT)
    visits = {found.child.uid: _latest(joined(entries[found.child.uid], histories)) for found in listed}
    return [
        Followed(case, one.unit)
        for one, seen in zip(listed, _scored(listed, visits), strict=True)
        if (case := case_of(one.child, seen, day)) is not None
    ]


def _latest(history: list[Measurement]) -> list[Measurement]:
    """The last visits that measured something."""
    return [one for one in history if not one.absent][-LOOKED_AT:]


def _scored(listed: list[Found], visits: dict[str, list[Measurement]]) -> list[list[Seen]]:
    """The visits of all children, scored in one go."""
    asked = [(found.child, one) for found in listed for one in visits[found.child.uid]]
    scored = iter(growth.scores([measured(child, one) for child, one in asked]))
    return [[Seen(one, next(scored)) for one in visits[found.child.uid]] for found in listed]
