"""Columns of children's rows as they travel: units and sessions by uid, nothing that is computed from others."""

from __future__ import annotations

from typing import Any, Final

from db.rows import Columns
from db.store import Store
from db.tables import units
from db.tables.codes import Origin
from db.tables.listing import CHILDREN
from desktop.domain.text import fold

_OWN: Final = frozenset({"folded", "mother_folded", "origin"})  # made here from the others
_FOLDED: Final = {"name": "folded", "mother": "mother_folded"}


def told(store: Store, table: str, content: Columns | None) -> Columns | None:
    """The content of a row of ours in names; rows of other tables as they are."""
    if content is None or table not in CHILDREN:
        return content
    found = {name: value for name, value in content.items() if name not in _OWN}
    if found.get("unit") is not None:
        found["unit"] = units.uids(store)[found["unit"]]
    if found.get("session") is not None:
        found["session"] = _one(store, "SELECT uid FROM weighing_session WHERE id = ?", found["session"])
    return found


def kept(store: Store, table: str, content: Columns) -> Columns:
    """The columns of our row for a content that came in; units and sessions are known (`missing`)."""
    if table not in CHILDREN:
        return content
    found = dict(content)
    if found.get("unit") is not None:
        found["unit"] = units.ids(store)[found["unit"]]
    if found.get("session") is not None:
        found["session"] = _one(store, "SELECT id FROM weighing_session WHERE uid = ?", found["session"])
    if table == "child":
        for name, column in _FOLDED.items():
            found[column] = fold(found[name]) if found.get(name) else None
    if table == "measurement":
        found["origin"] = int(Origin.RECEIVED)
    return found


def missing(store: Store, content: Columns | None) -> str | None:
    """The column of an incoming content that names what is not known here."""
    session = content.get("session") if content else None
    if session is None or _one(store, "SELECT id FROM weighing_session WHERE uid = ?", session) is not None:
        return None
    return "session"


def differs(held: Columns | None, content: Columns) -> bool:
    """Whether a content says something else than our row; who wrote it first does not count."""
    return held is None or any(held[name] != value for name, value in content.items() if name != "origin")


def _one(store: Store, asked: str, name: Any) -> Any:
    found = store.connection.execute(asked, (name,)).fetchone()
    return found[0] if found else None
