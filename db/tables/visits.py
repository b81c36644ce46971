"""Visits without names: what leaves of children at the level `unnamed`, and what came so from other offices.

A visit tells the month, not the day: day and age in days together would give the birth date back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache
from typing import Any, Final, NamedTuple

from db.store import Store
from db.tables import children, units


class UnnamedVisit(NamedTuple):
    """One visit: uid of the child, age in days, uid of the commune, month (2024-06); grams and millimetres."""

    child: str
    age_days: int
    unit: str
    month: str
    session_kind: str | None
    sex: str | None
    ethnic_group: str | None
    weight: int | None
    lenhei: int | None
    position: str | None
    oedema: int
    muac: int | None
    absent: int


_COLUMNS: Final = ", ".join(UnnamedVisit._fields)
_SELECT: Final = f"SELECT {_COLUMNS} FROM unnamed_visit"
_REST: Final = ", ".join(UnnamedVisit._fields[2:])
_MADE: Final = (
    "SELECT c.uid, m.date, ifnull(s.unit, ifnull((SELECT t.unit FROM child_status t WHERE t.child = c.id "
    "AND t.unit IS NOT NULL AND t.valid_from <= m.date ORDER BY t.valid_from DESC LIMIT 1), c.unit)), s.kind, "
    "m.weight, m.lenhei, m.position, m.oedema, m.muac, m.absent FROM measurement m JOIN child c ON c.id = m.child "
    "LEFT JOIN weighing_session s ON s.id = m.session WHERE c.struck = 0 ORDER BY m.child, m.date"
)
_Place = tuple[str, int]


def _made(store: Store) -> dict[_Place, tuple[Any, ...]]:
    """The visits of the record's own children; entries that are one child speak as the one that is kept."""
    told = children.aliases(store)
    known: dict[str, tuple[str, str | None, str | None]] = {
        uid: rest for uid, *rest in store.connection.execute("SELECT uid, birth_date, sex, ethnic_group FROM child")
    }
    days = cache(lambda text: date.fromisoformat(text).toordinal())
    own: dict[_Place, tuple[Any, ...]] = {}
    others: dict[_Place, tuple[Any, ...]] = {}
    for uid, day, unit, kind, *measured in store.connection.execute(_MADE):
        kept = children.resolve(told, uid)
        born, sex, ethnic = known.get(kept, (None, None, None))
        if born is not None and born <= day:
            age = days(day) - days(born)
            (own if kept == uid else others)[kept, age] = (kept, age, unit, day[:7], kind, sex, ethnic, *measured)
    return others | own


def refresh(store: Store) -> int:
    """Make the visits of the record's own children what their measurements say now; how many rows differed.

    What other offices told of children that are not known here by name stays as it came.
    """
    before, made = store.head(), _made(store)
    own = {uid for (uid,) in store.connection.execute("SELECT uid FROM child")}
    held = {(row[0], row[1]): row for row in store.connection.execute(_SELECT) if row[0] in own}
    store.connection.executemany(
        "DELETE FROM unnamed_visit WHERE (child, age_days) = (?, ?)", sorted(held.keys() - made.keys())
    )
    marks = ", ".join("?" * len(UnnamedVisit._fields))
    store.connection.executemany(
        f"INSERT INTO unnamed_visit ({_COLUMNS}) VALUES ({marks}) ON CONFLICT DO UPDATE "
        f"SET ({_REST}) = (excluded.{_REST.replace(', ', ', excluded.')})",
        [row for place, row in sorted(made.items()) if held.get(place) != row],
    )
    return store.head() - before


def received(
    store: Store, *, unit_uids: Collection[str] | None = None, months: tuple[str, str] = ("", "9999")
) -> list[UnnamedVisit]:
    """Visits of children that are not known here by name, child by child, oldest first; of some communes or all.

    `months` are the first and the last (2024-06).
    """
    numbers, uids = units.ids(store), units.uids(store)
    asked = None if unit_uids is None else json.dumps([numbers[uid] for uid in unit_uids if uid in numbers])
    found: Iterable[tuple[Any, ...]] = store.connection.execute(
        f"{_SELECT} v WHERE v.month BETWEEN ?2 AND ?3 AND (?1 IS NULL OR v.unit IN (SELECT value FROM json_each(?1))) "
        "AND NOT EXISTS (SELECT 1 FROM child c WHERE c.uid = v.child) ORDER BY v.child, v.age_days",
        (asked, *months),
    )
    return [UnnamedVisit(child, age, uids[unit], *rest) for child, age, unit, *rest in found]
