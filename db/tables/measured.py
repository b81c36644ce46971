"""Measurements as columns for rates: many rows at once, read in one walk."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from db.store import Store
from db.tables import units

# The commune of the session, else that in which the child lived on the day.
_FOUND: Final = (
    "SELECT c.uid, m.date, ifnull(s.unit, ifnull((SELECT t.unit FROM child_status t WHERE t.child = c.id "
    "AND t.unit IS NOT NULL AND t.valid_from <= m.date ORDER BY t.valid_from DESC LIMIT 1), c.unit)), "
    "m.weight, m.lenhei, m.position, m.oedema, m.muac "
)
_COUNTS: Final = (
    "c.struck = 0 AND m.date BETWEEN ?1 AND ?2 AND (m.weight IS NOT NULL OR m.lenhei IS NOT NULL OR m.oedema = 1) "
)
_JOINED: Final = "JOIN child c ON c.id = m.child LEFT JOIN weighing_session s ON s.id = m.session "
_ALL: Final = f"{_FOUND} FROM measurement m {_JOINED} WHERE {_COUNTS} ORDER BY m.child, m.date"
_IN_SESSIONS: Final = (
    f"{_FOUND} FROM weighing_session s CROSS JOIN measurement m ON m.session = s.id JOIN child c ON c.id = m.child "
    f"WHERE s.uid IN (SELECT value FROM json_each(?3)) AND {_COUNTS} ORDER BY m.child, m.date"
)
# Whoever was registered, came to live or was weighed in one of the units; entries that are one child with another too,
# because the later visit of the two decides where the child counts.
_OF_UNITS: Final = (
    f"{_FOUND} FROM (SELECT id FROM child WHERE unit IN (SELECT value FROM json_each(?3)) "
    "UNION SELECT child FROM child_status WHERE unit IN (SELECT value FROM json_each(?3)) "
    "UNION SELECT n.child FROM weighing_session w CROSS JOIN measurement n ON n.session = w.id "
    "WHERE w.unit IN (SELECT value FROM json_each(?3)) "
    "UNION SELECT k.id FROM child_alias a JOIN child k ON k.uid IN (a.uid, a.stands_for)) asked "
    f"CROSS JOIN measurement m ON m.child = asked.id {_JOINED} WHERE {_COUNTS} ORDER BY m.child, m.date"
)
MANY: Final = 30
"""Units from which on reading everything is quicker than asking for theirs."""

Row = tuple[str, str, int, int | None, int | None, str | None, int, int | None]


def rows(
    store: Store,
    *,
    first: date,
    last: date,
    units_asked: Collection[str] | None = None,
    sessions: Collection[str] | None = None,
) -> Iterator[Row]:
    """What was measured between two days, by child and day.

    Child, day, unit (the record's integer), grams, millimetres, position, oedema, arm in millimetres. `sessions`
    (uids) limits it to what was found in them. `units_asked` (uids) says whose children matter: those of others may
    be among the rows all the same.
    """
    days = (first.isoformat(), last.isoformat())
    if sessions is not None:
        yield from store.connection.execute(_IN_SESSIONS, (*days, json.dumps(list(sessions))))
    elif units_asked is None or len(units_asked) > MANY:
        yield from store.connection.execute(_ALL, days)
    else:
        numbers = units.ids(store)
        asked = json.dumps([numbers[uid] for uid in units_asked if uid in numbers])
        yield from store.connection.execute(_OF_UNITS, (*days, asked))


def particulars(store: Store, uids: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """Birth date, sex, village and ethnic group of some children, by uid."""
    found = store.connection.execute(
        "SELECT uid, birth_date, sex, village, ethnic_group FROM child WHERE uid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(uids)),),
    )
    return {uid: tuple(rest) for uid, *rest in found}
