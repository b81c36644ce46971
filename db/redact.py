"""Lawful erasure: a row and every trace of its content go, the chain still verifies (`contract/record.md` 3).

Journal rows keep their payload hash alone and name the change that erased them. The erasure itself is kept and
travels: which row (uid or key), when, on what basis; never a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from db import rows
from db.store import Store
from db.tables.listing import BY_NAME, JOURNALLED, name_of, number_of
from desktop.wording import Sentence, say


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is told about an erased row; `uid` is its uid where the table has one, else its journal key."""

    table: str
    uid: str
    at: str
    basis: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: rows emptied, journal rows redacted, and the partners (ids) that ever got the rows."""

    rows: int
    journal_rows: int
    partners: tuple[int, ...]


WHAT: Final[Sentence] = say("Erase personal data")


def erase(store: Store, targets: Iterable[tuple[str, str]], *, basis: str, source: str = "system") -> Erased:
    """Erase rows (table, uid or journal key): those with a uid are deleted, of others the personal columns emptied.

    One change; afterwards free pages and the write-ahead log are emptied too.
    """
    chosen = [(table, uid, _key(store, table, uid)) for table, uid in targets]
    redacted = emptied = 0
    with store.change(WHAT, source=source) as change:
        for table, uid, key in chosen:
            if key is not None:
                emptied += _empty(store, table, key)
                redacted += _redact(store, change.id, table, key)
                redacted += _redact_copies(store, change.id, table, key)
            store.connection.execute(
                "INSERT INTO erasure (tbl, uid, at, basis) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (number_of(table), uid, change.at, basis),
            )
        partners = _partners(store, [(table, uid) for table, uid, _ in chosen])
    sweep_blobs(store)
    scrub(store)
    return Erased(emptied, redacted, partners)


def _key(store: Store, table: str, uid: str) -> str | None:
    """The journal key of a row that stands or once stood."""
    shape = rows.shapes(store)[table]
    if uid.startswith("["):
        return uid
    if "uid" not in shape.rest:
        return rows.key_text(uid)
    found = store.connection.execute(f"SELECT {shape.key[0]} FROM {table} WHERE uid = ?", (uid,)).fetchone()
    if found is None:
        found = store.connection.execute(
            "SELECT json_extract(key, '$[0]') FROM journal WHERE tbl = ? AND after ->> 'uid' = ?",
            (number_of(table), uid),
        ).fetchone()
    return rows.key_text(found[0]) if found else None


def _empty(store: Store, table: str, key: str) -> int:
    held = rows.read(store, table, key)
    if held is None:
        return 0
    if "uid" in held:
        rows.write(store, table, key, None)
        return 1
    needed = {
        name
        for name, filled in store.connection.execute('SELECT name, "notnull" FROM pragma_table_info(?)', (table,))
        if filled
    }
    personal = BY_NAME[table].personal
    rows.write(store, table, key, {name: "" if name in needed else None for name in held if name in personal})
    return 1


def _redact(store: Store, change: int, table: str, key: str) -> int:
    store.context.erasing = change
    try:
        done = store.connection.execute(
            "UPDATE journal SET before = NULL, after = NULL, seal = substr(seal, -32), erased_by = ? "
            "WHERE tbl = ? AND key = ? AND erased_by IS NULL",
            (change, number_of(table), key),
        )
        return int(done.rowcount)
    finally:
        store.context.erasing = None


def _redact_copies(store: Store, change: int, table: str, key: str) -> int:
    """The released copy and the rows of the conflict desk that repeat the erased one."""
    number = number_of(table)
    store.connection.execute("DELETE FROM released WHERE (tbl, key) = (?, ?)", (number, key))
    found = store.connection.execute("SELECT id FROM conflict WHERE (tbl, key) = (?, ?)", (number, key)).fetchall()
    redacted = 0
    for (conflict,) in found:
        store.connection.execute("UPDATE conflict SET other = '{}' WHERE id = ?", (conflict,))
        redacted += _redact(store, change, "conflict", rows.key_text(conflict))
    return redacted


def _partners(store: Store, erased: list[tuple[str, str]]) -> tuple[int, ...]:
    found: set[int] = set()
    for table, uid in erased:
        found.update(
            partner
            for (partner,) in store.connection.execute(
                "SELECT p.partner FROM disclosure d JOIN package p ON p.id = d.package WHERE (d.tbl, d.uid) = (?, ?)",
                (number_of(table), uid),
            )
        )
    return tuple(sorted(found))


def erasures(store: Store) -> list[Erasure]:
    """Everything ever erased here, oldest first."""
    found = store.connection.execute("SELECT tbl, uid, at, basis FROM erasure ORDER BY at, tbl, uid")
    return [Erasure(name_of(table), uid, at, basis) for table, uid, at, basis in found]


def apply(store: Store, told: Iterable[Erasure]) -> int:
    """Erase what a list names and is not yet erased here: after a restore, or from a partner; how many rows."""
    known = {(erasure.table, erasure.uid) for erasure in erasures(store)}
    journalled = {table.name for table in JOURNALLED}
    named = {(erasure.table, erasure.uid): erasure for erasure in told if erasure.table in journalled}
    missing = [erasure for place, erasure in named.items() if place not in known]
    return sum(erase(store, [(erasure.table, erasure.uid)], basis=erasure.basis).rows for erasure in missing)


_BLOBS: Final = (("task_progress", "evidence"),)


def sweep_blobs(store: Store) -> int:
    """Delete blobs that no row names any more; how many."""
    named = " UNION ".join(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL" for table, column in _BLOBS)
    with store.writing():
        done = store.connection.execute(f"DELETE FROM blob WHERE sha256 NOT IN ({named})")
    return int(done.rowcount)


def scrub(store: Store) -> None:
    """Give free pages back and empty the write-ahead log, so that nothing erased stays readable in the file."""
    store.connection.execute("PRAGMA incremental_vacuum").fetchall()
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
