"""Measurements as columns for rates: many rows at once, read in one walk."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

from db.store import Store

# The commune of the session, else that in which the child lived on the day.
_ROWS: Final = (
    "SELECT c.uid, m.date, ifnull(s.unit, ifnull((SELECT t.unit FROM child_status t WHERE t.child = c.id "
    "AND t.unit IS NOT NULL AND t.valid_from <= m.date ORDER BY t.valid_from DESC LIMIT 1), c.unit)), "
    "m.weight, m.lenhei, m.position, m.oedema, m.muac FROM measurement m JOIN child c ON c.id = m.child "
    "LEFT JOIN weighing_session s ON s.id = m.session WHERE c.struck = 0 AND m.date BETWEEN ?1 AND ?2 "
    "AND (m.weight IS NOT NULL OR m.lenhei IS NOT NULL OR m.oedema = 1) "
    "AND (?3 IS NULL OR s.uid IN (SELECT value FROM json_each(?3))) ORDER BY m.child, m.date"
)


def rows(
    store: Store, *, first: date, last: date, sessions: Collection[str] | None = None
) -> Iterator[tuple[str, str, int, int | None, int | None, str | None, int, int | None]]:
    """What was measured between two days, by child and day.

    Child, day, unit (the record's integer), grams, millimetres, position, oedema, arm in millimetres. `sessions`
    (uids) limits it to what was found in them.
    """
    asked = None if sessions is None else json.dumps(list(sessions))
    yield from store.connection.execute(_ROWS, (first.isoformat(), last.isoformat(), asked))


def particulars(store: Store) -> dict[str, tuple[Any, ...]]:
    """Birth date, sex, village and ethnic group of every child, by uid."""
    found = store.connection.execute("SELECT uid, birth_date, sex, village, ethnic_group FROM child")
    return {uid: tuple(rest) for uid, *rest in found}
