"""The follow-up list: the severe, the moderate, the faltering, and those who should have been weighed again.

Who is on it is decided in columns, of a whole province at once; only for those the nouns are made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from db.tables import children as people
from db.tables import weighing as rows
from desktop.application import growth
from desktop.application.children_columns import Known, expected, known_of, last_visits, share
from desktop.application.records import Record
from desktop.domain.children_follow import Case, Seen, Why, case_of
from desktop.domain.text import name_ranks, sort_key

if TYPE_CHECKING:
    from db.tables.child_columns import Integers
    from desktop.domain.children_follow_columns import Visits

__all__ = ["Case", "Followed", "Why", "follow_up"]

LOOKED_AT: Final = 2
"""Visits of a child that are looked at."""
AT_ONCE: Final = 5000
"""Children whose nouns are made between two steps."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A case and where the child lives on the day (uid)."""

    case: Case
    unit: str


@dataclass(frozen=True, slots=True)
class _Few:
    """Who is on the list: numbers, places of their communes, and rows of their last visits, -1 for none."""

    ids: Integers
    places: Integers
    before: Integers
    last: Integers


def follow_up(
    record: Record, *, communes: Collection[str], day: date, step: Callable[[int, int], None] | None = None
) -> list[Followed]:
    """The children expected in some communes (uids) on a day that somebody should look after.

    In the order of the communes, then of villages, then the worst first. `step` hears how far it is and may stop it.
    """
    with record.reading():
        known = known_of(record, communes=communes, day=day, step=share(step, 0, 4))
        found = last_visits(record, known, until=day, most=LOOKED_AT, step=share(step, 1, 4))
    few, seen = _chosen(known, found, day)
    cases = _cases(record, few, found, seen, day, list(communes), share(step, 2, 4))
    order, whys = {unit: place for place, unit in enumerate(communes)}, {why: place for place, why in enumerate(Why)}
    ranks = name_ranks({one.case.child.name for one in cases})
    villages = {village: sort_key(village) for village in {one.case.child.village for one in cases}}
    return sorted(
        cases,
        key=lambda one: (
            order[one.unit],
            villages[one.case.child.village],
            whys[one.case.worst],
            ranks[one.case.child.name],
            str(one.case.child.birth_date),
        ),
    )


def _chosen(known: Known, found: Integers, day: date) -> tuple[_Few, Visits]:
    """Who is on the list, and all visits with their figures."""
    import numpy as np

    from desktop.domain.children_follow_columns import listed

    seen = _figures(known, found)
    rows, places = expected(known, day=day)
    ids = known.people.ids[rows]
    begin, end = (np.searchsorted(found[:, 0], ids, side=side) for side in ("left", "right"))
    last, before = np.where(end > begin, end - 1, -1), np.where(end > begin + 1, end - 2, -1)
    on = listed(seen, born=known.people.born[rows], last=last, before=before, day=day.toordinal())
    return _Few(ids[on], places[on], before[on], last[on]), seen


def _figures(known: Known, found: Integers) -> Visits:
    import numpy as np

    from desktop.domain.children_follow_columns import NO_AGE, Visits
    from desktop.domain.growth.columns import Columns
    from desktop.domain.growth.zscores import zscores

    rows = known.people.rows(found[:, 0])
    born = known.people.born[rows]
    ages = np.where(born > 0, found[:, 1] - born, NO_AGE)
    # As of single measurements: one dated before the birth has neither age nor sex.
    columns = Columns.of(
        sex=np.where(ages < 0, 0, known.people.sexes[rows]),
        days=np.where((ages < 0) | (ages == NO_AGE), np.nan, ages),
        milligrams=found[:, 2] * 1000,
        micrometres=found[:, 3] * 1000,
        position=found[:, 4],
        oedema=found[:, 5],
    )
    scores = zscores(growth.standards(), columns)
    return Visits(found[:, 1], ages, found[:, 2], found[:, 5] > 0, found[:, 6], scores)


def _cases(
    record: Record,
    few: _Few,
    found: Integers,
    seen: Visits,
    day: date,
    communes: list[str],
    step: Callable[[int, int], None] | None,
) -> list[Followed]:
    """The nouns of those on the list, in the order of their numbers."""
    cases = []
    for begin in range(0, len(few.ids), AT_ONCE):
        if step is not None:
            step(begin, len(few.ids))
        some = slice(begin, begin + AT_ONCE)
        visits = _visits(record, few.before[some], few.last[some], found, seen)
        children = people.by_number(record, few.ids[some].tolist())
        for child, place, before, last in zip(
            children, few.places[some].tolist(), few.before[some].tolist(), few.last[some].tolist(), strict=True
        ):
            case = case_of(child, [visits[row] for row in (before, last) if row >= 0], day)
            if case is not None:
                cases.append(Followed(case, communes[place]))
    return cases


def _visits(record: Record, before: Integers, last: Integers, found: Integers, seen: Visits) -> dict[int, Seen]:
    """The visits in some rows as nouns, by row."""
    import numpy as np

    from desktop.domain.growth.one_by_one import told

    asked = np.concatenate([before[before >= 0], last[last >= 0]])
    measured = rows.on_days(record, zip(found[asked, 7].tolist(), found[asked, 1].tolist(), strict=True))
    scores = told(seen.scores[asked])
    return {row: Seen(one, score) for row, one, score in zip(asked.tolist(), measured, scores, strict=True)}
