"""Weighing sessions and measurements in the record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from db.store import Store
from db.tables import children, codes, units
from desktop.domain.children import Measurement, Origin, Position, Session, SessionKind

_ORIGIN_CODE: Final = {
    Origin.TYPED: int(codes.Origin.TYPED),
    Origin.IMPORT: int(codes.Origin.IMPORT),
    Origin.RECEIVED: int(codes.Origin.RECEIVED),
}
_ORIGINS: Final = {code: origin for origin, code in _ORIGIN_CODE.items()}
# A session has few days and a million rows: each is read once.
_day: Final = lru_cache(maxsize=4096)(date.fromisoformat)
_AT_ONCE: Final = 10_000
_POSITIONS: Final[dict[str | None, Position | None]] = {None: None, **{one.value: one for one in Position}}


# ---- sessions ----


def put_sessions(store: Store, sessions: Iterable[Session]) -> int:
    """Write sessions; how many rows differed."""
    before, numbers = store.head(), units.ids(store)
    columns = "unit, first, last, kind, name, note, struck"
    store.connection.executemany(
        f"INSERT INTO weighing_session (uid, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE "
        f"SET ({columns}) = (excluded.{columns.replace(', ', ', excluded.')}) "
        f"WHERE ({columns}) IS NOT (excluded.{columns.replace(', ', ', excluded.')})",
        [
            (
                session.uid,
                numbers[session.unit] if session.unit else None,
                session.first.isoformat(),
                session.last.isoformat() if session.last else None,
                session.kind.value,
                session.name or None,
                session.note or None,
                int(session.struck),
            )
            for session in sessions
        ],
    )
    return store.head() - before


def sessions(
    store: Store, *, units_asked: Collection[str] | None = None, on: date | None = None, struck: bool = False
) -> list[Session]:
    """Sessions, oldest first: of some communes (and of the whole office), of one day, or all; `struck` ones too."""
    numbers = units.ids(store)
    asked = None if units_asked is None else json.dumps([numbers[uid] for uid in units_asked if uid in numbers])
    found = store.connection.execute(
        "SELECT uid, unit, first, last, kind, name, note, struck FROM weighing_session "
        "WHERE (?1 IS NULL OR unit IS NULL OR unit IN (SELECT value FROM json_each(?1))) "
        "AND (?2 IS NULL OR ?2 BETWEEN first AND ifnull(last, first)) AND (struck = 0 OR ?3) ORDER BY first, id",
        (asked, on.isoformat() if on else None, int(struck)),
    )
    named = units.uids(store)
    return [_session(row, named) for row in found]


def session(store: Store, uid: str) -> Session | None:
    """One session."""
    found = store.connection.execute(
        "SELECT uid, unit, first, last, kind, name, note, struck FROM weighing_session WHERE uid = ?", (uid,)
    ).fetchone()
    return _session(found, units.uids(store)) if found else None


def _session(row: tuple[Any, ...], named: Mapping[int, str]) -> Session:
    uid, unit, first, last, kind, name, note, struck = row
    return Session(
        uid,
        named[unit] if unit else None,
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
        SessionKind(kind),
        name or "",
        note or "",
        bool(struck),
    )


# ---- measurements ----

_MEASURED: Final = "session, weight, lenhei, position, oedema, muac, absent, origin, note"
_PUT: Final = (
    f"INSERT INTO measurement (child, date, {_MEASURED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    f"ON CONFLICT DO UPDATE SET ({_MEASURED}) = (excluded.{_MEASURED.replace(', ', ', excluded.')}) "
    f"WHERE ({_MEASURED}) IS NOT (excluded.{_MEASURED.replace(', ', ', excluded.')})"
)
_SELECT: Final = (
    "SELECT c.uid, m.date, s.uid, m.weight, m.lenhei, m.position, m.oedema, m.muac, m.absent, m.note, m.origin "
)


def put(store: Store, measurements: Iterable[Measurement]) -> int:
    """Write measurements, whole rows; an empty one takes its row away. How many rows differed."""
    chosen, before = list(measurements), store.head()
    numbers = children.ids(store, {one.child for one in chosen})
    held: dict[str, int] = dict(store.connection.execute("SELECT uid, id FROM weighing_session").fetchall())
    store.connection.executemany(_PUT, [_row(one, numbers[one.child], held) for one in chosen if not one.is_empty])
    store.connection.executemany(
        "DELETE FROM measurement WHERE (child, date) = (?, ?)",
        [(numbers[one.child], one.day.isoformat()) for one in chosen if one.is_empty],
    )
    return store.head() - before


def _row(one: Measurement, child: int, sessions: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        child,
        one.day.isoformat(),
        sessions[one.session] if one.session else None,
        one.weight,
        one.lenhei,
        one.position.value if one.position else None,
        int(one.oedema),
        one.muac,
        int(one.absent),
        _ORIGIN_CODE[one.origin],
        one.note or None,
    )


def _measurement(row: tuple[Any, ...]) -> Measurement:
    uid, day, session, weight, lenhei, position, oedema, muac, absent, note, origin = row
    return Measurement(
        uid,
        _day(day),
        session,
        weight,
        lenhei,
        _POSITIONS[position],
        bool(oedema),
        muac,
        bool(absent),
        note or "",
        _ORIGINS.get(origin, Origin.RECEIVED),
    )


def of_session(store: Store, session: str) -> list[Measurement]:
    """What was found in a session, child by child."""
    found = store.connection.execute(
        f"{_SELECT} FROM weighing_session s JOIN measurement m ON m.session = s.id JOIN child c ON c.id = m.child "
        "WHERE s.uid = ? ORDER BY m.child, m.date",
        (session,),
    )
    return [_measurement(row) for row in found]


def who_came(store: Store, sessions: Collection[str], day: date) -> set[str]:
    """The entries of which something is written in some sessions, or on a day outside any session."""
    found = store.connection.execute(
        "SELECT c.uid FROM weighing_session s CROSS JOIN measurement m ON m.session = s.id "
        "JOIN child c ON c.id = m.child WHERE s.uid IN (SELECT value FROM json_each(?1)) UNION "
        "SELECT c.uid FROM measurement m JOIN child c ON c.id = m.child WHERE m.session IS NULL AND m.date = ?2",
        (json.dumps(list(sessions)), day.isoformat()),
    )
    return {uid for (uid,) in found}


def of_children(
    store: Store, uids: Collection[str], *, until: date | None = None, since: date | None = None
) -> dict[str, list[Measurement]]:
    """The histories of some entries, by uid, oldest first; between two days, both included."""
    found: dict[str, list[Measurement]] = {}
    for row in store.connection.execute(
        f"{_SELECT} FROM child c JOIN measurement m ON m.child = c.id "
        "LEFT JOIN weighing_session s ON s.id = m.session WHERE c.uid IN (SELECT value FROM json_each(?)) "
        "AND m.date BETWEEN ? AND ? ORDER BY m.child, m.date",
        (
            json.dumps(list(uids)),
            since.isoformat() if since else "",
            until.isoformat() if until else "9999",
        ),
    ):
        found.setdefault(row[0], []).append(_measurement(row))
    return found


def on_days(store: Store, chosen: Iterable[tuple[int, int]]) -> list[Measurement]:
    """Some visits by the numbers of their entries and the ordinals of their days, in that order."""
    found: list[Measurement] = []
    asked = [(child, date.fromordinal(day).isoformat()) for child, day in chosen]
    for begin in range(0, len(asked), _AT_ONCE):
        rows = store.connection.execute(
            f"{_SELECT} FROM json_each(?) j CROSS JOIN measurement m ON m.child = j.value ->> 0 "
            "AND m.date = j.value ->> 1 JOIN child c ON c.id = m.child "
            "LEFT JOIN weighing_session s ON s.id = m.session ORDER BY j.key",
            (json.dumps(asked[begin : begin + _AT_ONCE]),),
        )
        found += map(_measurement, rows)
    return found
