"""Lawful erasure: a row and every trace of its content go, the chain still verifies (`contract/record.md` 3).

Journal rows keep their payload hash alone and name the change that erased them. The erasure itself is kept and
travels: which row (uid or key), when, on what basis; never a name. Of a child everything goes: its measurements, what
became of it, what leaves without its name (`erased_child`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from db import by_key, driver, erased_child, history, release, rows, travel
from db.store import Change, Store
from db.tables import erased_traces
from db.tables.listing import BY_NAME, EXCHANGED, JOURNALLED, name_of, number_of
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
    """What an erasure did: rows emptied, journal rows redacted, and the partners (ids) that ever got the rows.

    `scrubbed` is false while another program still reads the record: its log is emptied when that one ends.
    """

    rows: int
    journal_rows: int
    partners: tuple[int, ...]
    scrubbed: bool = True


_PENDING: Final = by_key.TO_SCRUB
_NOTHING, _LOG, _ALL = 0, 1, 2  # what is left: nothing, the log, the whole file
WHAT: Final[Sentence] = say("Erase personal data")


def erase(store: Store, targets: Iterable[tuple[str, str]], *, basis: str, source: str = "system") -> Erased:
    """Erase rows (table, uid or journal key): those with a uid are deleted, of others the personal columns emptied.

    One change; afterwards free pages and the write-ahead log are emptied too.
    """
    with store.change(WHAT, source=source) as change:
        done = erase_in(store, change, [Erasure(table, uid, change.at, basis) for table, uid in targets])
    return replace(done, scrubbed=finish(store))


def erase_in(store: Store, change: Change, told: Iterable[Erasure]) -> Erased:
    """The same inside a change of the caller, who calls `finish` after it."""
    chosen = [(one, _key(store, one.table, one.uid)) for one in told]
    drafts = {(draft.table, draft.key) for draft in release.drafts(store)} if chosen else set()
    if chosen:  # in the same transaction: what is cut off after it is done at the next opening
        store.connection.execute(
            "INSERT INTO mark (name, sequence) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sequence = ?2",
            (_PENDING, _ALL),
        )
    redacted = emptied = 0
    for one, key in chosen:
        if one.table == erased_child.TABLE:
            _leave_trace(store, one, key)
            redacted += _redact_waiting(store, change.id, erased_child.waiting(store, one.uid))
            for table, part in erased_child.rows_of(store, one.uid, key):
                emptied += _empty(store, table, part, whole=True)
                redacted += _redact_all(store, change.id, table, part)
        elif key is not None:
            done = _empty(store, one.table, key)
            redacted += _redact(store, change.id, one.table, key)
            _forget_released(store, one.table, key, keep=not done and (one.table, key) not in drafts)
            redacted += _redact_copies(store, change.id, one.table, key)
            emptied += done
        store.connection.execute(
            "INSERT INTO erasure (tbl, uid, at, basis) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (number_of(one.table), one.uid, one.at, one.basis),
        )
    return Erased(emptied, redacted, _partners(store, [(one.table, one.uid) for one, _ in chosen]))


def _leave_trace(store: Store, one: Erasure, key: str | None) -> None:
    """So that a list that brings the child again is known; where there is no birth date, nothing is kept."""
    held = rows.read(store, one.table, key) if key is not None else None
    if held is not None and held["birth_date"]:
        erased_traces.put(store, one.uid, held["folded"], held["birth_date"], one.at)


def finish(store: Store) -> bool:
    """After the change that erased: files nobody names any more, and every page and log that may still tell it.

    False: somebody else reads the record and keeps its log from being emptied; `finish_pending` does it later.
    """
    sweep_blobs(store)
    return finish_pending(store)


def finish_pending(store: Store) -> bool:
    """Do what `finish` could not, or had no time for; whether nothing is left to be done. One look where nothing is."""
    left = _left(store)
    if left == _ALL and _rewritten(store):
        left = _set_left(store, _LOG)
    if left == _LOG and _log_emptied(store):
        left = _set_left(store, _NOTHING)
    return left == _NOTHING


def _left(store: Store) -> int:
    found = store.connection.execute("SELECT sequence FROM mark WHERE name = ?", (_PENDING,)).fetchone()
    return int(found[0]) if found else _NOTHING


def _set_left(store: Store, left: int) -> int:
    with store.writing():
        store.connection.execute("UPDATE mark SET sequence = ? WHERE name = ?", (left, _PENDING))
    return left


def _key(store: Store, table: str, uid: str) -> str | None:
    """The journal key of a row that stands or once stood."""
    shape = rows.shapes(store)[table]
    if uid.startswith("["):
        return uid
    if uid.startswith("{"):  # a row of another record that was not known here
        return None
    if "uid" not in shape.rest:
        return rows.key_text(uid)
    found = store.connection.execute(f"SELECT {shape.key[0]} FROM {table} WHERE uid = ?", (uid,)).fetchone()
    if found is None:
        found = store.connection.execute(
            "SELECT json_extract(j.key, '$[0]') FROM journal_by_key k JOIN journal j ON j.sequence = k.sequence "
            "WHERE k.tbl = ? AND j.after ->> 'uid' = ?",
            (number_of(table), uid),
        ).fetchone()
    return rows.key_text(found[0]) if found else None


def _empty(store: Store, table: str, key: str, *, whole: bool = False) -> int:
    held = rows.read(store, table, key)
    if held is None:
        return 0
    if whole or "uid" in held:
        rows.write(store, table, key, None)
        return 1
    needed = {
        name
        for name, filled in store.connection.execute('SELECT name, "notnull" FROM pragma_table_info(?)', (table,))
        if filled
    }
    personal = BY_NAME[table].personal
    bare = {name: "" if name in needed else None for name in held if name in personal}
    if all(held[name] == value for name, value in bare.items()):
        return 0
    rows.write(store, table, key, bare)
    return 1


def _redact(store: Store, change: int, table: str, key: str) -> int:
    store.context.erasing = change
    try:
        done = store.connection.execute(
            "UPDATE journal SET before = NULL, after = NULL, seal = substr(seal, -32), erased_by = ? "
            "WHERE sequence IN (SELECT sequence FROM journal_by_key WHERE tbl = ? AND key = ?) AND erased_by IS NULL",
            (change, number_of(table), key),
        )
        return int(done.rowcount)
    finally:
        store.context.erasing = None


def _redact_all(store: Store, change: int, table: str, key: str) -> int:
    """Everything told of a row that is gone: its journal, what was released of it, what lies beside it."""
    done = _redact(store, change, table, key)
    store.connection.execute("DELETE FROM released WHERE (tbl, key) = (?, ?)", (number_of(table), key))
    return done + _redact_conflicts(store, change, table, key)


def _redact_copies(store: Store, change: int, table: str, key: str) -> int:
    """The rows of the conflict desk, and those that wait, that repeat the erased one."""
    done = _redact_conflicts(store, change, table, key)
    return done + _redact_waiting(store, change, _waiting(store, table, key))


def _redact_conflicts(store: Store, change: int, table: str, key: str) -> int:
    number = number_of(table)
    found = store.connection.execute("SELECT id FROM conflict WHERE (tbl, key) = (?, ?)", (number, key)).fetchall()
    redacted = 0
    for (conflict,) in found:
        store.connection.execute(
            "UPDATE conflict SET other = '{}', resolution = ifnull(resolution, 'erased') WHERE id = ?", (conflict,)
        )
        redacted += _redact(store, change, "conflict", rows.key_text(conflict))
    return redacted


def _redact_waiting(store: Store, change: int, waiting: Iterable[int]) -> int:
    redacted = 0
    for number in waiting:
        store.connection.execute("UPDATE waiting SET row = '{}', placed = 1 WHERE id = ?", (number,))
        redacted += _redact(store, change, "waiting", rows.key_text(number))
    return redacted


def _forget_released(store: Store, table: str, key: str, *, keep: bool) -> None:
    """What was released goes with the row; one that came already emptied keeps the version it came with."""
    place = (number_of(table), key)
    if keep:
        store.connection.execute(
            "UPDATE released SET sequence = ?, row = NULL WHERE (tbl, key) = (?, ?)", (store.head(), *place)
        )
    else:
        store.connection.execute("DELETE FROM released WHERE (tbl, key) = (?, ?)", place)


def _waiting(store: Store, table: str, key: str) -> list[int]:
    """The rows of packages, placed or not, that repeat a row."""
    found = store.connection.execute("SELECT id, row FROM waiting WHERE tbl = ?", (number_of(table),)).fetchall()
    names = _names(store, table, key) if found else {}
    return [number for number, row in found if _is_of(json.loads(row).get("fields", {}), names)]


def _is_of(fields: Mapping[str, Any], names: Mapping[str, Any]) -> bool:
    told = ((fields.get(name), part) for name, part in names.items())
    return all((one.get("uid") if isinstance(one, dict) else one) == part for one, part in told)


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
    """Erase what a list names and is not yet erased here, after a restore; how many rows."""
    missing = unknown(store, told)
    if not missing:
        return 0
    with store.change(WHAT, source="system") as change:
        done = erase_in(store, change, missing)
    finish(store)
    return done.rows


def unknown(store: Store, told: Iterable[Erasure]) -> list[Erasure]:
    """Those of a list that are not yet erased here."""
    known = {(erasure.table, erasure.uid) for erasure in erasures(store)}
    journalled = {table.name for table in JOURNALLED}
    named = {(erasure.table, erasure.uid): erasure for erasure in told if erasure.table in journalled}
    return [erasure for place, erasure in named.items() if place not in known]


def _names(store: Store, table: str, key: str) -> dict[str, Any]:
    """The parts of a row's key as other records know them."""
    named = history.place(store, table, key)
    for column, of in (("act", "unit_act"), ("task", "task")):
        if column in named:
            found = store.connection.execute(f"SELECT uid FROM {of} WHERE id = ?", (named[column],)).fetchone()
            named[column] = found[0] if found else None
    return named


def outgoing(store: Store) -> list[Erasure]:
    """Everything ever erased here of tables that travel, for packages: a row by its uid, or by the names of its key.

    The names are the text of a JSON object; what they name is a place (unit, period, element...), never a person.
    """
    travels = {table.name for table in EXCHANGED if table.personal}
    return [
        replace(one, uid=json.dumps(_names(store, one.table, one.uid), ensure_ascii=False, sort_keys=True))
        if one.uid.startswith("[")
        else one
        for one in erasures(store)
        if one.table in travels
    ]


def incoming(store: Store, told: Iterable[Erasure]) -> list[Erasure]:
    """The erasures of a package with the keys that their rows have here; only of tables that hold personal columns.

    Inside a change. A row that is not known here keeps its names: it may come later, and the list travels on.
    """
    travels = {table.name for table in EXCHANGED if table.personal}
    known = travel.Names(store)
    found = []
    for one in told:
        if one.table not in travels:
            continue
        names = _object(one.uid)
        if names is not None:
            found.append(replace(one, uid=known.key(one.table, names)[0] or one.uid))
        elif "uid" in rows.shapes(store)[one.table].rest and one.uid[0] not in "[{":
            found.append(one)  # a key of another record's journal means nothing here
    return unknown(store, found)


def _object(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text) if text.startswith("{") else None
    except ValueError:
        return None
    plain = isinstance(told, dict) and all(isinstance(part, str | int) for part in told.values())
    return told if plain else None


def newer(store: Store, sequence: int) -> bool:
    """Whether something of a table that travels was erased after a journal sequence."""
    travels = [table.number for table in EXCHANGED if table.personal]
    found = store.connection.execute(
        "SELECT 1 FROM journal WHERE sequence > ? AND +tbl = ? AND key ->> '$[0]' IN (SELECT value FROM json_each(?)) "
        "LIMIT 1",
        (sequence, number_of("erasure"), json.dumps(travels)),
    ).fetchone()
    return found is not None


# Receipts are kept in full, to be written again where they were lost; they name places, no persons.
_BLOBS: Final = (("task_progress", "evidence"), ("criteria_evidence", "file"), ("package", "manifest_sha256"))


def sweep_blobs(store: Store) -> int:
    """Delete blobs that no row names any more; how many."""
    named = " UNION ".join(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL" for table, column in _BLOBS)
    with store.writing():
        done = store.connection.execute(f"DELETE FROM blob WHERE sha256 NOT IN ({named})")
    return int(done.rowcount)


def _rewritten(store: Store) -> bool:
    """Write the whole file anew; whether that was possible.

    `secure_delete` overwrites what is deleted, not what SQLite moved when it shared out full pages: only a file written
    anew holds no stale copies (`tests/db/test_redact.py` finds them without it).
    """
    try:
        if not store.shares:  # else the rollback journal keeps its bytes while the record is held
            store.connection.execute("PRAGMA journal_size_limit = 0").fetchall()
        store.connection.execute("VACUUM").fetchall()
    except driver.OperationalError:
        return False  # no room on the drive, or somebody reads
    return True


def _log_emptied(store: Store) -> bool:
    """Bring the log into the file and cut it to nothing; not while somebody reads from it."""
    try:
        return not store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except driver.OperationalError:
        return False
