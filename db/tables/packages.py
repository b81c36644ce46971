"""Packages and receipts, sent and taken; what was seen; what waits; conflicts; who got personal rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import uuid4

from db.store import Store
from db.tables.listing import name_of, number_of


@dataclass(frozen=True, slots=True)
class Package:
    """One package or receipt; `direction` is sent or taken, `node` that of its stream, `base` and `seen` by node."""

    direction: str
    kind: str
    partner: int
    node: str
    scope: str
    sequence: int
    manifest_sha256: str
    made: str
    base: Mapping[str, int]
    seen: Mapping[str, int]
    rows: int
    forms: int
    file: str
    result: str | None = None
    answers: str | None = None
    code: str | None = None
    head: Mapping[str, Any] | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that could not be placed, as it came (JSON text), and why."""

    package: int
    table: str
    row: str
    why: str
    placed: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows written without having seen each other: `stands` is a version, `other` the row that waits, as JSON."""

    table: str
    key: str
    package: int
    stands: str
    other: str
    with_draft: bool = False
    resolution: str | None = None
    reason: str | None = None
    uid: str = ""
    id: int | None = None


_PACKAGE: Final = tuple(field.name for field in fields(Package) if field.name != "id")
_JSON: Final = frozenset({"base", "seen", "head"})


def put(store: Store, package: Package) -> int:
    """Note a package that was sent or taken; its number."""
    row = [_told(name, getattr(package, name)) for name in _PACKAGE]
    made = store.connection.execute(
        f"INSERT INTO package ({', '.join(_PACKAGE)}) VALUES ({', '.join('?' * len(row))}) RETURNING id", row
    )
    return int(made.fetchone()[0])


def _told(name: str, value: Any) -> Any:
    return json.dumps(dict(value), sort_keys=True) if name in _JSON and value is not None else value


def of(
    store: Store, *, partner: int | None = None, direction: str | None = None, kind: str | None = None
) -> list[Package]:
    """Packages and receipts, oldest first; None asks for all."""
    found = store.connection.execute(
        f"SELECT {', '.join(_PACKAGE)}, id FROM package WHERE (?1 IS NULL OR partner = ?1) "
        "AND (?2 IS NULL OR direction = ?2) AND (?3 IS NULL OR kind = ?3) ORDER BY id",
        (partner, direction, kind),
    )
    names = (*_PACKAGE, "id")
    return [
        Package(
            **{
                name: json.loads(value) if name in _JSON and value is not None else value
                for name, value in zip(names, row, strict=True)
            }
        )
        for row in found
    ]


def seen(store: Store, scope: str) -> dict[str, int]:
    """For each node the highest release taken in; our own nodes' releases included in every scope."""
    found: dict[str, int] = dict(
        store.connection.execute("SELECT node, release FROM seen WHERE scope = ?", (scope,)).fetchall()
    )
    for node, release in store.connection.execute("SELECT uid, release FROM node WHERE release > 0"):
        found[node] = max(found.get(node, 0), release)
    return found


def put_seen(store: Store, scope: str, releases: Mapping[str, int]) -> None:
    """Set what was taken in of some nodes, never lower than it was."""
    store.connection.executemany(
        "INSERT INTO seen (scope, node, release) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
        "SET release = excluded.release WHERE release < excluded.release",
        [(scope, node, release) for node, release in releases.items()],
    )


def put_waiting(store: Store, rows: Iterable[Waiting]) -> None:
    """Keep rows that could not be placed."""
    store.connection.executemany(
        "INSERT INTO waiting (package, tbl, row, why, placed) VALUES (?, ?, ?, ?, ?)",
        [(row.package, number_of(row.table), row.row, row.why, int(row.placed)) for row in rows],
    )


def waiting(store: Store) -> list[Waiting]:
    """Rows that still wait, oldest first."""
    found = store.connection.execute("SELECT package, tbl, row, why, id FROM waiting WHERE placed = 0 ORDER BY id")
    return [Waiting(package, name_of(table), row, why, id=number) for package, table, row, why, number in found]


def mark_placed(store: Store, waiting: int) -> None:
    """Say that a waiting row found its place."""
    store.connection.execute("UPDATE waiting SET placed = 1 WHERE id = ?", (waiting,))


def put_conflict(store: Store, conflict: Conflict) -> int:
    """Show a conflict at the desk; its number."""
    made = store.connection.execute(
        "INSERT INTO conflict (uid, tbl, key, package, stands, other, with_draft) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        (
            conflict.uid or str(uuid4()),
            number_of(conflict.table),
            conflict.key,
            conflict.package,
            conflict.stands,
            conflict.other,
            int(conflict.with_draft),
        ),
    )
    return int(made.fetchone()[0])


SAME: Final = "same"
"""How a version is marked that lives beside the one that stands and says the same: nobody has anything to decide."""


def conflicts(store: Store, *, resolved: bool = False) -> list[Conflict]:
    """Open conflicts (or the resolved ones), oldest first."""
    return _conflicts(store, f"resolution IS {'NOT ' if resolved else ''}NULL")


def beside(store: Store) -> list[Conflict]:
    """Everything that lives beside a row that stands: open conflicts, and versions that say the same."""
    return _conflicts(store, f"resolution IS NULL OR resolution = '{SAME}'")


def _conflicts(store: Store, condition: str) -> list[Conflict]:
    found = store.connection.execute(
        "SELECT tbl, key, package, stands, other, with_draft, resolution, reason, uid, id FROM conflict "
        f"WHERE {condition} ORDER BY id"
    )
    return [
        Conflict(name_of(table), key, package, stands, other, bool(draft), resolution, reason, uid, number)
        for table, key, package, stands, other, draft, resolution, reason, uid, number in found
    ]


def resolve(store: Store, conflict: int, *, resolution: str, reason: str) -> None:
    """Settle a conflict; the new version itself is written by the caller in the same change."""
    store.connection.execute(
        "UPDATE conflict SET resolution = ?, reason = ? WHERE id = ?", (resolution, reason, conflict)
    )


def put_disclosures(store: Store, package: int, rows: Iterable[tuple[str, str]]) -> None:
    """Note which personal rows (table, uid) left with a package, so that an erasure can reach who got them."""
    store.connection.executemany(
        "INSERT INTO disclosure (package, tbl, uid) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(package, number_of(table), uid) for table, uid in rows],
    )
