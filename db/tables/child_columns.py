"""Children, what became of them and what was measured as columns of whole numbers: a province is read in seconds.

Rows are named by the record's own numbers. Days are `date.toordinal`; 0 is what is not known or was not measured. One
statement reads some thousand children, so that a job can be stopped, and the window served, between two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from db.store import Store
from db.tables import children, units

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

Step = Callable[[int, int], None]
EACH: Final = 16_384
"""Children read by one statement."""
MANY: Final = 30
"""Units from which on reading everybody is quicker than asking whose children are meant."""
WHATS: Final = ("", "moved_in", "temporary", "away", "moved_out", "died", "turned_five")
"""What a status says, by its place."""
_WHAT: Final = " ".join(f"WHEN '{what}' THEN {place}" for place, what in enumerate(WHATS))
_DAY: Final = "CAST(julianday({}) AS INTEGER) - 1721424"
_MEASURED: Final = "({0}.weight IS NOT NULL OR {0}.lenhei IS NOT NULL OR {0}.oedema = 1)"
_SEEN: Final = "({0}.weight IS NOT NULL OR {0}.lenhei IS NOT NULL OR {0}.oedema = 1 OR {0}.muac IS NOT NULL)"
_FIGURES: Final = (
    "ifnull({0}.weight, 0), ifnull({0}.lenhei, 0), CASE {0}.position WHEN 'l' THEN 1 WHEN 'h' THEN 2 ELSE 0 END, "
    "{0}.oedema, ifnull({0}.muac, 0)"
)
_ASKED: Final = "SELECT value FROM json_each(:units)"
# Whoever was registered, came to live or was weighed in one of the units.
_ABOUT: Final = (
    f"SELECT id FROM child WHERE unit IN ({_ASKED}) UNION SELECT child FROM child_status WHERE unit IN ({_ASKED}) "
    "UNION SELECT n.child FROM weighing_session w CROSS JOIN measurement n ON n.session = w.id "
    f"WHERE w.unit IN ({_ASKED}) ORDER BY 1"
)
_CHILDREN: Final = (
    f"SELECT c.id, c.unit, ifnull({_DAY.format('c.birth_date')}, 0), "
    "CASE c.sex WHEN 'm' THEN 1 WHEN 'f' THEN 2 ELSE 0 END, c.struck, c.uid, ifnull(c.village, ''), "
    "ifnull(c.ethnic_group, '') FROM child c WHERE c.id {who} ORDER BY c.id"
)
_STATUSES: Final = (
    f"SELECT t.child, {_DAY.format('t.valid_from')}, CASE t.what {_WHAT} END, ifnull(t.unit, 0) "
    "FROM child_status t WHERE t.child {who} ORDER BY t.child, t.valid_from"
)
_NEWEST: Final = (
    f"SELECT g.child, {_DAY.format('g.date')}, ifnull(s.unit, 0), {_FIGURES.format('g')} FROM (SELECT m.child, "
    "max(m.date) AS date, m.session, m.weight, m.lenhei, m.position, m.oedema, m.muac FROM measurement m "
    f"WHERE m.child {{who}} AND m.date BETWEEN :first AND :last AND {_MEASURED.format('m')} {{within}} "
    "GROUP BY m.child) g LEFT JOIN weighing_session s ON s.id = g.session ORDER BY g.child"
)
_WITHIN: Final = "AND m.session IN (SELECT w.id FROM weighing_session w JOIN json_each(:sessions) j ON j.value = w.uid)"
_OF_SESSIONS: Final = (
    f"SELECT m.child, {_DAY.format('m.date')}, m.session, {_FIGURES.format('m')} FROM measurement m "
    f"WHERE m.child {{who}} AND m.date BETWEEN :first AND :last AND {_MEASURED.format('m')} "
    "AND m.session IS NOT NULL ORDER BY m.child, m.date"
)
_LAST: Final = (
    f"SELECT m.child, {_DAY.format('m.date')}, {_FIGURES.format('m')} FROM child c CROSS JOIN measurement m "
    "ON m.child = c.id AND m.date <= :until AND m.date >= ifnull((SELECT n.date FROM measurement n "
    f"WHERE n.child = c.id AND n.date <= :until AND {_SEEN.format('n')} ORDER BY n.date DESC LIMIT 1 OFFSET :before), "
    f"'') WHERE c.id {{who}} AND {_SEEN.format('m')} ORDER BY m.child, m.date"
)
_NAMES: Final = "SELECT c.name, c.birth_date FROM child c WHERE c.id {who} ORDER BY c.id"
_HISTORY: Final = (
    "SELECT m.child, m.date, m.weight, m.lenhei, m.position, m.oedema, m.absent FROM measurement m "
    "WHERE m.child {who} ORDER BY m.child, m.date"
)
Visit = tuple[int, str, int | None, int | None, str | None, int, int]
"""Child, day (ISO), grams, millimetres, position (l or h), oedema, absent."""


@dataclass(frozen=True, slots=True)
class People:
    """Entries of children in the order of their numbers: day of birth, sexes 0 unknown, 1 boy, 2 girl; texts or ''."""

    ids: Integers
    units: Integers
    born: Integers
    sexes: Integers
    struck: Integers
    uids: list[str]
    villages: list[str]
    ethnic_groups: list[str]

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, ids: Integers) -> Integers:
        """The rows of some entries; -1 for those that are not among them."""
        import numpy as np

        if not len(self.ids):
            return np.full(len(ids), -1, np.int64)
        found = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[found] == ids, found, -1)


def about(store: Store, unit_uids: Collection[str]) -> list[int] | None:
    """Numbers of the entries that units (uids) have to do with; None: read everybody."""
    if len(unit_uids) > MANY:
        return None
    numbers = units.ids(store)
    asked = json.dumps([numbers[uid] for uid in unit_uids if uid in numbers])
    return [number for (number,) in store.connection.execute(_ABOUT, {"units": asked})]


def with_groups(store: Store, ids: list[int], told: Mapping[str, str]) -> list[int]:
    """Some entries with all that are one child with one of them."""
    named = json.dumps([*told, *set(told.values())])
    numbers = store.connection.execute(
        "SELECT uid, id FROM child WHERE uid IN (SELECT value FROM json_each(?))", (named,)
    ).fetchall()
    groups: dict[str, set[int]] = {}
    for uid, number in numbers:
        groups.setdefault(children.resolve(told, uid), set()).add(number)
    asked = set(ids)
    return sorted(asked.union(*(group for group in groups.values() if not asked.isdisjoint(group))))


def people(store: Store, ids: list[int] | None, *, step: Step | None = None) -> People:
    """Some entries, or everybody."""
    import numpy as np

    columns: list[list[Any]] = [[] for _ in range(8)]
    for sql, asked in _parts(store, _CHILDREN, ids, step):
        for column, more in zip(columns, zip(*store.connection.execute(sql, asked), strict=True), strict=False):
            column.extend(more)
    ids_, units_, born, sexes, struck = (np.array(column, np.int64) for column in columns[:5])
    return People(ids_, units_, born, sexes, struck, *columns[5:])


def names(store: Store, ids: list[int] | None) -> list[tuple[str, str | None]]:
    """Names and birth dates (ISO) of some entries, or of everybody, in the order of their numbers."""
    return [row for sql, asked in _parts(store, _NAMES, ids, None) for row in store.connection.execute(sql, asked)]


def history(store: Store, ids: list[int] | None, *, step: Step | None = None) -> Iterator[Visit]:
    """Everything written of some entries, or of everybody, by child and day."""
    for sql, asked in _parts(store, _HISTORY, ids, step):
        yield from store.connection.execute(sql, asked).fetchall()


def first_day(store: Store) -> str | None:
    """The first day of a measurement, or the first month of one without a name; None where there is none."""
    (first,) = store.connection.execute(
        "SELECT min(first) FROM (SELECT min(date) AS first FROM measurement "
        "UNION ALL SELECT min(month) FROM unnamed_visit)"
    ).fetchone()
    return None if first is None else str(first)


def sessions(store: Store) -> dict[str, tuple[int, int]]:
    """The number of every session by its uid, and that of its unit or 0."""
    found = store.connection.execute("SELECT uid, id, ifnull(unit, 0) FROM weighing_session")
    return {uid: (number, unit) for uid, number, unit in found}


def statuses(store: Store, ids: list[int] | None) -> Integers:
    """What became of some entries, or of everybody: child, day it holds from, what (place in `WHATS`), unit or 0."""
    return _matrix(store, _STATUSES, ids, {}, 4, None)


def newest(
    store: Store,
    ids: list[int] | None,
    *,
    first: date,
    last: date,
    sessions: Collection[str] | None = None,
    step: Step | None = None,
) -> Integers:
    """The last visit of each entry between two days that measured it, of all visits or of some sessions (uids).

    Child, day, unit of its session or 0, grams, millimetres, position (1 lying, 2 standing), oedema, arm.
    """
    told: dict[str, object] = {"first": first.isoformat(), "last": last.isoformat()}
    if sessions is not None:
        told["sessions"] = json.dumps(list(sessions))
    return _matrix(store, _NEWEST.replace("{within}", "" if sessions is None else _WITHIN), ids, told, 8, step)


def of_sessions(store: Store, ids: list[int] | None, *, first: date, last: date, step: Step | None = None) -> Integers:
    """Every visit of a session between two days that measured somebody, by child and day.

    Child, day, session, grams, millimetres, position, oedema, arm.
    """
    return _matrix(store, _OF_SESSIONS, ids, {"first": first.isoformat(), "last": last.isoformat()}, 8, step)


def last_visits(store: Store, ids: list[int] | None, *, until: date, most: int, step: Step | None = None) -> Integers:
    """The last visits of each entry up to a day at which something was found: at most so many, by child and day.

    Child, day, grams, millimetres, position, oedema, arm.
    """
    return _matrix(store, _LAST, ids, {"until": until.isoformat(), "before": most - 1}, 7, step)


def _matrix(
    store: Store, sql: str, ids: list[int] | None, told: Mapping[str, object], wide: int, step: Step | None
) -> Integers:
    import numpy as np

    parts = [np.empty(0, np.int64)]
    for one, asked in _parts(store, sql, ids, step):
        parts.append(np.fromiter(chain.from_iterable(store.connection.execute(one, {**asked, **told})), np.int64))
    return np.concatenate(parts).reshape(-1, wide)


def _parts(store: Store, sql: str, ids: list[int] | None, step: Step | None) -> Iterator[tuple[str, dict[str, object]]]:
    """The statement for some thousand children after another."""
    if ids is None:
        (top,) = store.connection.execute("SELECT ifnull(max(id), 0) FROM child").fetchone()
        sql = sql.replace("{who}", "BETWEEN :begin AND :end")
        asked: list[dict[str, object]] = [{"begin": at, "end": at + EACH - 1} for at in range(1, top + 1, EACH)]
    else:
        sql = sql.replace("{who}", "IN (SELECT value FROM json_each(:ids))")
        asked = [{"ids": json.dumps(ids[at : at + EACH])} for at in range(0, len(ids), EACH)]
    for done, one in enumerate(asked):
        if step is not None:
            step(done, len(asked))
        yield sql, one
