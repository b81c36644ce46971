"""Offices: who runs this record, where it sits from which day, which communes it serves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.store import Store
from db.tables import units


@dataclass(frozen=True, slots=True)
class Office:
    """An office as it stands from a day. `uid` is random and its own; `unit` is the uid of the unit it sits at."""

    uid: str
    valid_from: date | None
    level: str
    unit: str | None
    code: str | None
    name: str
    parent: str | None = None
    basis: str | None = None
    letterhead: Mapping[str, Any] = field(default_factory=dict)


def new_uid() -> str:
    """A random id for a new office: never derived from a unit's code, because codes are reused."""
    from uuid import uuid4

    return str(uuid4())


def put(store: Store, office: Office) -> None:
    """Write one dated version of an office; the office itself where it is new."""
    store.connection.execute("INSERT INTO office (uid) VALUES (?) ON CONFLICT DO NOTHING", (office.uid,))
    store.connection.execute(
        "INSERT INTO office_version (office, valid_from, level, unit, code, name, parent, basis, letterhead) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET level = excluded.level, unit = excluded.unit, "
        "code = excluded.code, name = excluded.name, parent = excluded.parent, basis = excluded.basis, "
        "letterhead = excluded.letterhead WHERE (level, unit, code, name, parent, basis, letterhead) IS NOT "
        "(excluded.level, excluded.unit, excluded.code, excluded.name, excluded.parent, excluded.basis, "
        "excluded.letterhead)",
        (
            _number(store, office.uid),
            office.valid_from.isoformat() if office.valid_from else "",
            office.level,
            units.ids(store)[office.unit] if office.unit else None,
            office.code,
            office.name,
            office.parent,
            office.basis,
            json.dumps(dict(office.letterhead), ensure_ascii=False, sort_keys=True),
        ),
    )


def drop(store: Store, office: Office) -> None:
    """Take one dated version of an office back; the one before it goes on."""
    store.connection.execute(
        "DELETE FROM office_version WHERE (office, valid_from) = (?, ?)",
        (_number(store, office.uid), office.valid_from.isoformat() if office.valid_from else ""),
    )


def _number(store: Store, uid: str) -> int:
    return int(store.connection.execute("SELECT id FROM office WHERE uid = ?", (uid,)).fetchone()[0])


def set_own(store: Store, uid: str) -> None:
    """Say which office this record belongs to."""
    store.connection.execute("UPDATE record SET office = ?", (_number(store, uid),))


def own(store: Store, day: date) -> Office | None:
    """The record's own office as it stands on a day (before its first day: as it began); None in a new record."""
    found = store.connection.execute("SELECT o.uid FROM record r JOIN office o ON o.id = r.office").fetchone()
    return on(store, str(found[0]), day) if found else None


def on(store: Store, uid: str, day: date) -> Office | None:
    """An office as it stands on a day; before its first day as it began."""
    dated = versions(store, uid)
    standing = [office for office in dated if office.valid_from is None or office.valid_from <= day]
    return standing[-1] if standing else next(iter(dated), None)


def versions(store: Store, uid: str) -> list[Office]:
    """All dated versions of an office in order of time."""
    found = store.connection.execute(
        "SELECT v.valid_from, v.level, u.uid, v.code, v.name, v.parent, v.basis, v.letterhead FROM office o "
        "JOIN office_version v ON v.office = o.id LEFT JOIN unit u ON u.id = v.unit WHERE o.uid = ? "
        "ORDER BY v.valid_from",
        (uid,),
    )
    return [
        Office(
            uid, date.fromisoformat(begin) if begin else None, level, unit, code, name, parent, basis, json.loads(lines)
        )
        for begin, level, unit, code, name, parent, basis, lines in found
    ]


def put_communes(
    store: Store,
    uid: str,
    communes: Iterable[str],
    *,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> None:
    """Say which units (uids) an office serves between two days (inclusive; None is open)."""
    number, numbers = _number(store, uid), units.ids(store)
    begin, end = valid_from.isoformat() if valid_from else "", valid_to.isoformat() if valid_to else None
    store.connection.executemany(
        "INSERT INTO office_commune (office, unit, valid_from, valid_to) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
        "SET valid_to = excluded.valid_to WHERE valid_to IS NOT excluded.valid_to",
        [(number, numbers[commune], begin, end) for commune in communes],
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A unit (uid) an office serves from a day (None: from its beginning) to a day inclusive (None: still)."""

    unit: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the unit is served on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def spans(store: Store, uid: str) -> list[Span]:
    """Which units an office ever serves and when, in register order."""
    found = store.connection.execute(
        "SELECT u.uid, c.valid_from, c.valid_to FROM office o JOIN office_commune c ON c.office = o.id "
        "JOIN unit u ON u.id = c.unit WHERE o.uid = ? ORDER BY u.position, u.id, c.valid_from",
        (uid,),
    )
    return [
        Span(unit, date.fromisoformat(begin) if begin else None, date.fromisoformat(end) if end else None)
        for unit, begin, end in found
    ]


def drop_span(store: Store, uid: str, span: Span) -> None:
    """Take back that an office serves a unit from a day."""
    store.connection.execute(
        "DELETE FROM office_commune WHERE (office, unit, valid_from) = (?, ?, ?)",
        (_number(store, uid), units.ids(store)[span.unit], span.valid_from.isoformat() if span.valid_from else ""),
    )


def communes(store: Store, uid: str, day: date) -> list[str]:
    """The uids of the units an office serves on a day, in register order; units that do not stand then are left out."""
    found = store.connection.execute(
        "SELECT DISTINCT u.uid FROM office o JOIN office_commune c ON c.office = o.id JOIN unit u ON u.id = c.unit "
        "WHERE o.uid = ? AND c.valid_from <= ? AND (c.valid_to IS NULL OR c.valid_to >= ?) ORDER BY u.position, u.id",
        (uid, day.isoformat(), day.isoformat()),
    )
    known = units.register(store).units
    return [commune for (commune,) in found if known[commune].on(day) is not None]
