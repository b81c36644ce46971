"""Who is expected where, and which visit of each child counts, in columns: for whole districts and provinces.

The same rules as of single children (`domain/children`), many at once; `tests/application/test_children_columns.py`
holds both beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from db.tables import child_columns as columns
from db.tables import children, units
from db.tables.child_columns import People, Step
from desktop.application.children import territory
from desktop.application.records import Record
from desktop.domain.children import LAST_DAY, Presence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from db.tables.child_columns import Integers

    Booleans = NDArray[np.bool_]

_DAYS: Final = 1 << 22
"""More than any day's ordinal: child and day as one number."""


@dataclass(frozen=True, slots=True)
class Known:
    """Entries that some communes have to do with, what became of them, and which of them stand for another.

    `merged` names the entry that is kept by the number of one that stands for it (0: it is not in this record).
    `place` is that of the commune asked, by the number of a unit that is, or became, a part of it; -1 else.
    """

    ids: list[int] | None
    people: People
    statuses: Integers
    merged: Mapping[int, int]
    place: Integers


def known_of(
    record: Record, *, communes: Collection[str], day: date, like: Known | None = None, step: Step | None = None
) -> Known:
    """The entries that matter to some communes (uids), with their territory on a day.

    `like` are those of another day: of the same territory, or of everybody, nobody is read again.
    """
    import numpy as np

    reached = {old: at for at, commune in enumerate(communes) for old in territory(record, commune, day)}
    place = _places(record, reached)
    if like is not None and np.array_equal(place, like.place):
        return like
    ids = columns.about(record, reached)
    if like is not None and ids is None and like.ids is None:
        return replace(like, place=place)
    told = children.aliases(record)
    if ids is not None and told:
        ids = columns.with_groups(record, ids, told)
    return _read(record, ids, place, step)


def everybody(record: Record, *, order: Collection[str], step: Step | None = None) -> Known:
    """Every entry of the record; `order` are the units (uids), each for itself."""
    return _read(record, None, _places(record, {uid: at for at, uid in enumerate(order)}), step)


def _places(record: Record, reached: Mapping[str, int]) -> Integers:
    import numpy as np

    numbers = units.ids(record)
    place = np.full(max(numbers.values(), default=0) + 1, -1, np.int64)
    for uid, at in reached.items():
        if uid in numbers:
            place[numbers[uid]] = at
    return place


def _read(record: Record, ids: list[int] | None, place: Integers, step: Step | None) -> Known:
    people = columns.people(record, ids, step=step)
    return Known(ids, people, columns.statuses(record, ids), _merged(people, children.aliases(record)), place)


def _merged(people: People, told: Mapping[str, str]) -> dict[int, int]:
    if not told:
        return {}
    named = set(told) | set(told.values())
    numbers = {uid: number for uid, number in zip(people.uids, people.ids.tolist(), strict=True) if uid in named}
    kept = {uid: children.resolve(told, uid) for uid in told}
    return {numbers[uid]: numbers.get(kept[uid], 0) for uid in told if uid in numbers and kept[uid] != uid}


# ---- where a child lives, and whether it is expected ----


def living(known: Known, *, day: date) -> tuple[Integers, Integers, Integers]:
    """Everybody, as kept, who lives in the communes on a day: rows of `people`, places, what is said (`WHATS`)."""
    import numpy as np

    people = known.people
    statuses = _as_kept(known)
    days = np.full(len(people), day.toordinal(), np.int64)
    place = known.place[_residence(people.units, people.ids, days, statuses)]
    newest = _newest(statuses, people.ids, days)
    what = np.where(newest < 0, 0, statuses[newest, 2]) if len(statuses) else np.zeros(len(people), np.int64)
    kept = ~np.isin(people.ids, list(known.merged)) & (people.struck == 0)
    rows = np.flatnonzero(kept & (place >= 0))
    return rows, place[rows], what[rows]


def expected(known: Known, *, day: date) -> tuple[Integers, Integers]:
    """Who is looked for on a day: rows of `people`, and of each the place of its commune."""
    import numpy as np

    rows, places, what = living(known, day=day)
    born = known.people.born[rows]
    age = day.toordinal() - born
    of_age = (born == 0) | ((age >= 0) & (age <= LAST_DAY))
    here = np.isin(what, [0, *(place for place, one in enumerate(columns.WHATS) if one and Presence(one).is_here)])
    # Age decides by dates alone, whatever was said earlier of the child's fifth birthday.
    here |= (what == columns.WHATS.index(Presence.TURNED_FIVE)) & (born != 0)
    return rows[of_age & here], places[of_age & here]


def _residence(registered: Integers, ids: Integers, days: Integers, statuses: Integers) -> Integers:
    """The unit in which each entry lived on a day: the newest that a status names, else that of its registration."""
    import numpy as np

    named = statuses[statuses[:, 3] > 0]
    if not len(named):
        return registered
    newest = _newest(named, ids, days)
    found: Integers = np.where(newest < 0, registered, named[newest, 3])
    return found


def _newest(statuses: Integers, ids: Integers, days: Integers) -> Integers:
    """The row of the newest word on each entry that holds on a day; -1 where there is none."""
    import numpy as np

    if not len(statuses):
        return np.full(len(ids), -1, np.int64)
    held = statuses[:, 0] * _DAYS + statuses[:, 1]
    found = np.searchsorted(held, ids * _DAYS + days, side="right") - 1
    return np.where((found >= 0) & (statuses[found, 0] == ids), found, -1)


def _as_kept(known: Known) -> Integers:
    """Statuses under the entry that is kept; of one day its own word counts, else that of the first entry."""
    import numpy as np

    if not known.merged:
        return known.statuses
    alone = ~np.isin(known.statuses[:, 0], _in_groups(known))
    return _in_order([known.statuses[alone], _of_groups(known, known.statuses)])


def _in_groups(known: Known) -> list[int]:
    return [*known.merged, *set(known.merged.values())]


def _of_groups(known: Known, rows: Integers) -> Integers:
    """Rows (child, day, …) of entries that are one child with others, under the number that is kept, by child and day.

    Of one day the word of the kept entry counts, else that of the one whose uid comes first.
    """
    import numpy as np

    uids = known.people.uids
    best: dict[tuple[int, int], tuple[tuple[bool, str], list[int]]] = {}
    mine = rows[np.isin(rows[:, 0], _in_groups(known))]
    for row, at in zip(mine.tolist(), known.people.rows(mine[:, 0]).tolist(), strict=True):
        kept = known.merged.get(row[0], row[0])
        rank = (row[0] != kept, uids[at])
        held = best.get((kept, row[1]))
        if kept and (held is None or rank < held[0]):
            best[kept, row[1]] = rank, [kept, *row[1:]]
    made = [row for _, row in (best[key] for key in sorted(best))]
    return np.array(made, np.int64).reshape(-1, rows.shape[1])


def _in_order(parts: list[Integers]) -> Integers:
    """Rows of several tables as one, by child and day."""
    import numpy as np

    whole = np.concatenate(parts)
    found: Integers = whole[np.lexsort((whole[:, 1], whole[:, 0]))]
    return found


# ---- visits ----


def last_visits(record: Record, known: Known, *, until: date, most: int, step: Step | None = None) -> Integers:
    """The last visits of each child, as it is kept, at which something was found, up to a day: by child and day.

    Child (number), day, grams, millimetres, position, oedema, arm, and the entry that was measured.
    """
    import numpy as np

    found = columns.last_visits(record, known.ids, until=until, most=most, step=step)
    found = np.column_stack([found, found[:, 0]])
    if not known.merged:
        return found
    joined = _of_groups(known, found)
    if len(joined):
        # How many of the same child come after a row: the rows lie by child and day.
        after = np.searchsorted(joined[:, 0], joined[:, 0], side="right") - np.arange(len(joined)) - 1
        joined = joined[after < most]
    return _in_order([found[~np.isin(found[:, 0], _in_groups(known))], joined])


def counted(known: Known, found: Integers) -> Integers:
    """Of visits (child, day, unit of the session or 0, …) the last of each child, under the number it is kept by.

    Of one day the kept entry's counts. Children struck out, and those whose kept entry is not here, are left out; the
    unit becomes the one in which the visit counts: that of the session, else where the entry lived on the day.
    """
    import numpy as np

    people = known.people
    rows = people.rows(found[:, 0])
    found, rows = found[rows >= 0], rows[rows >= 0]
    standing = people.struck[rows] == 0
    found, rows = found[standing].copy(), rows[standing]
    lived = _residence(people.units[rows], found[:, 0], found[:, 1], known.statuses)
    found[:, 2] = np.where(found[:, 2] > 0, found[:, 2], lived)
    if known.merged:
        found = _in_order([found[~np.isin(found[:, 0], _in_groups(known))], _of_groups(known, found)])
    last = np.ones(len(found), np.bool_)
    last[:-1] = found[1:, 0] != found[:-1, 0]
    return found[last]


def share(step: Callable[[int, int], None] | None, at: int, of: int) -> Step | None:
    """The step of one part of a work of several equal ones."""
    if step is None:
        return None
    return lambda done, total: step(100 * at + 100 * done // max(total, 1), 100 * of)
