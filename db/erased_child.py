"""Which rows speak of a child, wherever they lie: what an erasure must reach."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from db import rows
from db.store import Store
from db.tables.listing import number_of

TABLE: Final = "child"
# Keys begin with the record's integer of the child.
_BY_NUMBER: Final = ("measurement", "child_status", "child_supplement", "child_treatment")
_BY_UID: Final = ("unnamed_visit", "child_alias")  # keys begin with its uid
_NAMED_IN: Final = ("uid", "child", "stands_for")
TABLES: Final = frozenset({TABLE, *_BY_NUMBER, *_BY_UID})


def rows_of(store: Store, uid: str, key: str | None) -> Iterator[tuple[str, str]]:
    """Table and journal key of every row that stands or ever stood for a child, the child itself last."""
    if key is not None:
        number = rows.key_parts(key)[0]
        for table in _BY_NUMBER:
            yield from ((table, found) for found in _beginning(store, table, f"[{number}"))
    for table in _BY_UID:
        yield from ((table, found) for found in _beginning(store, table, rows.key_text(uid)[:-1]))
    yield from (
        ("child_alias", rows.key_text(other))
        for (other,) in store.connection.execute("SELECT uid FROM child_alias WHERE stands_for = ?", (uid,)).fetchall()
    )
    if key is not None:
        yield TABLE, key


def _beginning(store: Store, table: str, begun: str) -> list[str]:
    """Journal keys whose first part is complete in `begun`."""
    found: list[str] = []
    for end, after in ((",", "-"), ("]", "^")):
        told = store.connection.execute(
            "SELECT DISTINCT key FROM journal_by_key WHERE tbl = ? AND key >= ? AND key < ?",
            (number_of(table), begun + end, begun + after),
        )
        found += [key for (key,) in told]
    return found


def waiting(store: Store, uid: str) -> list[int]:
    """The rows of packages, placed or not, that speak of a child; it may not be known here."""
    found = store.connection.execute(
        "SELECT id, row FROM waiting WHERE tbl IN (SELECT value FROM json_each(?)) AND row <> '{}'",
        (json.dumps([number_of(table) for table in sorted(TABLES)]),),
    ).fetchall()
    return [number for number, row in found if speaks_of(json.loads(row).get("fields", {})) & {uid}]


def is_among(erased: Collection[tuple[str, str]], table: str, fields: Mapping[str, Any]) -> bool:
    """Whether a row of a package speaks of what was erased (table, uid): of a child in any table."""
    if table in TABLES:
        return any((TABLE, uid) in erased for uid in speaks_of(fields))
    return (table, str(fields.get("uid"))) in erased


def speaks_of(fields: Mapping[str, Any]) -> frozenset[str]:
    """The uids of children that a row of a package names."""
    return frozenset(str(fields[name]) for name in _NAMED_IN if name in fields)
