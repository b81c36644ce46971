"""Who looked at which list of children: rows of their own beside the journal, which tells only what was written."""

from __future__ import annotations

from dataclasses import dataclass

from db.store import Store


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, who, at what (`list session child found sent erased`), of which unit (uid), how many children."""

    at: str
    who: str
    what: str
    unit: str | None
    about: str
    rows: int
    reason: str | None = None


def put(store: Store, look: Look) -> None:
    """Note a look, inside a change."""
    store.connection.execute(
        "INSERT INTO access_log (at, who, what, unit, about, rows, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (look.at, look.who, look.what, look.unit, look.about or None, look.rows, look.reason),
    )


def newest(store: Store, *, limit: int | None = None) -> list[Look]:
    """Every look, newest first; at most `limit`."""
    found = store.connection.execute(
        "SELECT at, who, what, unit, ifnull(about, ''), rows, reason FROM access_log ORDER BY id DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [Look(*row) for row in found]
