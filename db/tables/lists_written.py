"""Whether anything was written that decides what the lists of children say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from db.store import Store
from db.tables.listing import CHILDREN, number_of

_TERRITORY: Final = ("unit", "unit_version", "unit_alias", "unit_act", "unit_part", "office_commune")
_NUMBERS: Final = json.dumps(sorted(map(number_of, (*CHILDREN, *_TERRITORY))))
MOST: Final = 200_000
"""Rows of the journal that are looked at: where more was written since, everything is counted anew."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest row of the journal with its seal, which nobody can give a second time.

    `unchanged`: nothing that matters was written since the mark it was asked to be held against.
    """

    sequence: int
    seal: bytes
    unchanged: bool = False


def mark(store: Store, *, since: Mark | None = None) -> Mark:
    """Where the journal stands, and whether the lists say the same as at an earlier mark."""
    head = store.head()
    seal = _seal(store, head)
    if since is None or head - since.sequence > MOST or _seal(store, since.sequence) != since.seal:
        return Mark(head, seal)
    found = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM journal WHERE sequence > ? AND tbl IN (SELECT value FROM json_each(?)))",
        (since.sequence, _NUMBERS),
    ).fetchone()
    return Mark(head, seal, not found[0])


def _seal(store: Store, sequence: int) -> bytes:
    found = store.connection.execute("SELECT seal FROM journal WHERE sequence = ?", (sequence,)).fetchone()
    return bytes(found[0]) if found else b""


def has_lists(store: Store) -> bool:
    """Whether any child is here, with its name or without."""
    found = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM child) OR EXISTS (SELECT 1 FROM unnamed_visit)"
    ).fetchone()
    return bool(found[0])
