"""Periods: each once, under its canonical id."""

from __future__ import annotations

from db.store import Store
from desktop.domain.periods import Period

_TABLES = ("period",)


def ids(store: Store) -> dict[str, int]:
    """The integer of every period in the record, by canonical id."""
    return store.cached(
        "period ids", _TABLES, lambda: dict(store.connection.execute("SELECT code, id FROM period").fetchall())
    )


def codes(store: Store) -> dict[int, str]:
    """The canonical id of every period's integer."""
    return store.cached("period codes", _TABLES, lambda: {number: code for code, number in ids(store).items()})


def key(store: Store, period: Period) -> int:
    """The integer of a period; put in (inside the caller's change) where it is new."""
    code = period.id
    known = ids(store).get(code)
    if known is not None:
        return known
    row = store.connection.execute(
        "INSERT INTO period (code, first, last, calendar) VALUES (?, ?, ?, ?) RETURNING id",
        (code, period.first.isoformat(), period.last.isoformat(), period.calendar.value),
    ).fetchone()
    return int(row[0])


def known(store: Store) -> list[Period]:
    """All periods of the record in order of time."""
    return sorted(Period.parse(code) for code in ids(store))
