"""The journal: one row per changed row, written by triggers that are generated from the tables' columns.

A row's before and after are JSON of the columns that changed only (an insert leaves out empty columns); its key is
a JSON list of the primary key. Outside a change `current_change()` is NULL and every write is refused; a program
without these functions (a foreign tool) is refused too, because the functions are missing.
The journal is append-only; redaction alone may empty `before`, `after` and the salt (`contract/record.md` 3).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.driver import Connection
from db.tables.listing import JOURNALLED, Table

if TYPE_CHECKING:
    from hashlib import _Hash

SALT: Final = 16
_SALTS: Final = 256 * SALT


@dataclass(frozen=True, slots=True)
class Column:
    """A column as SQLite tells it; `key` is its place in the primary key, 0 outside."""

    name: str
    type: str
    key: int


class Context:
    """What the triggers of one connection ask for: the open change, and whether an erasure is under way."""

    __slots__ = ("change", "erasing", "seals")

    def __init__(self) -> None:
        self.change: int | None = None
        self.erasing: int | None = None
        self.seals: list[bytes] = []

    def open(self, change: int) -> None:
        """A change begins: rows may be written, and their seals are gathered."""
        self.change = change
        self.seals.clear()

    def close(self) -> None:
        """No change is open."""
        self.change = None
        self.seals.clear()


def payload_hash(salt: bytes, table: int, key: str, before: str | None, after: str | None) -> bytes:
    """SHA-256(16 random bytes || table || key || before || after), the parts divided by the sign U+001F.

    Key and content are JSON, in which that sign is always escaped and nothing is ever the empty text, so that no two
    rows give the same bytes.
    """
    import hashlib

    told = f"{table}\x1f{key}\x1f{before or ''}\x1f{after or ''}"
    return hashlib.sha256(salt + told.encode()).digest()


def sealer(context: Context) -> Callable[[str], bytes]:
    """The SQL function `seal` of a payload: salt and hash. Random bytes are drawn by the page: a call each is slow."""
    gather = context.seals.append
    drawn = b""
    at = 0
    sha256: Callable[[bytes], _Hash] | None = None

    def seal(payload: str) -> bytes:
        nonlocal drawn, at, sha256
        if sha256 is None:
            import hashlib  # who only reads needs none

            sha256 = hashlib.sha256
        if at == len(drawn):
            drawn, at = os.urandom(_SALTS), 0
        salt = drawn[at : at + SALT]
        at += SALT
        made = salt + sha256(salt + payload.encode()).digest()
        gather(made)
        return made

    return seal


def register_functions(connection: Connection, context: Context) -> None:
    """Give a connection the functions that the triggers call."""
    connection.create_function("current_change", 0, lambda: context.change)
    connection.create_function("erasing", 0, lambda: context.erasing)
    connection.create_function("seal", 1, sealer(context))


def columns(connection: Connection) -> dict[str, list[Column]]:
    """The columns of every table, in order."""
    found: dict[str, list[Column]] = {}
    for table, name, kind, key in connection.execute(
        "SELECT m.name, p.name, p.type, p.pk FROM sqlite_master m, pragma_table_info(m.name) p "
        "WHERE m.type = 'table' ORDER BY m.name, p.cid"
    ):
        found.setdefault(table, []).append(Column(name, kind, key))
    return found


def key_expression(columns: list[Column], row: str) -> str:
    """SQL for a row's key: a JSON list of its primary key; `row` is NEW, OLD or a table's name."""
    keys = sorted((column for column in columns if column.key), key=lambda column: column.key)
    parts = (f"{row}.{c.name}" if c.type == "INTEGER" else f"json_quote({row}.{c.name})" for c in keys)
    return "concat('['," + ",',',".join(parts) + ",']')"


def _written(columns: list[Column], row: str) -> str:
    """SQL for the columns beside the key that hold something."""
    pieces = []
    for c in columns:
        if not c.key:
            shown = f"{row}.{c.name}" if c.type == "INTEGER" else f"json_quote({row}.{c.name})"
            given = shown if c.type == "INTEGER" else f"CASE WHEN {row}.{c.name} IS NOT NULL THEN {shown} END"
            pieces.append(f"',\"{c.name}\":'||{given}")
    return _object(pieces)


def noted(columns: list[Column], row: str) -> str:
    """SQL for the text that an insert of a row, as it stands now, is noted with."""
    return _written(columns, row)


def _changed(columns: list[Column], row: str) -> str:
    """SQL for the columns that differ between OLD and NEW, as they are in `row`."""
    return _object(
        [
            f"CASE WHEN OLD.{c.name} IS NOT NEW.{c.name} THEN ',\"{c.name}\":'||json_quote({row}.{c.name}) END"
            for c in columns
            if not c.key
        ]
    )


def _object(pieces: list[str]) -> str:
    if not pieces:
        return "'{}'"
    return "concat('{',substr(concat(" + ",".join(pieces) + "),2),'}')"


def _triggers(table: Table, columns: list[Column], deed: str) -> dict[str, str]:
    guard = f"{table.name}_{deed.lower()}_guard"
    note = f"{table.name}_{deed.lower()}_journal"
    row = "OLD" if deed == "DELETE" else "NEW"
    before = {"INSERT": "NULL", "UPDATE": _changed(columns, "OLD"), "DELETE": _written(columns, "OLD")}[deed]
    after = {"INSERT": _written(columns, "NEW"), "UPDATE": _changed(columns, "NEW"), "DELETE": "NULL"}[deed]
    differs = " OR ".join(f"OLD.{c.name} IS NOT NEW.{c.name}" for c in columns if not c.key) or "0"
    when = f" WHEN {differs}" if deed == "UPDATE" else ""
    refusal = f"CREATE TRIGGER {guard} BEFORE {deed} ON {table.name} WHEN current_change() IS NULL "
    parts = {"INSERT": "'',a", "UPDATE": "b,a", "DELETE": "b,''"}[deed]
    payload = f"concat_ws(char(31),{table.number},k,{parts})"
    # LIMIT keeps SQLite from working out the JSON twice, once for the column and once for the seal.
    noting = (
        f"CREATE TRIGGER {note} AFTER {deed} ON {table.name}{when} BEGIN "
        "INSERT INTO journal (change, tbl, key, before, after, seal) "
        f"SELECT current_change(), {table.number}, k, b, a, seal({payload}) FROM "
        f"(SELECT {key_expression(columns, row)} AS k, {before} AS b, {after} AS a LIMIT 1); END"
    )
    found = {guard: refusal + "BEGIN SELECT RAISE(ABORT, 'a write outside a change'); END", note: noting}
    if deed == "UPDATE":
        keys = " OR ".join(f"OLD.{c.name} IS NOT NEW.{c.name}" for c in columns if c.key)
        name = f"{table.name}_key_guard"
        refusal = f"CREATE TRIGGER {name} BEFORE UPDATE ON {table.name} WHEN {keys} "
        found[name] = refusal + "BEGIN SELECT RAISE(ABORT, 'a key never changes: delete and insert'); END"
    return found


_OWN: Final = {
    "journal_delete_guard": "BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "journal_update_guard": (
        "BEFORE UPDATE ON journal WHEN erasing() IS NULL OR NEW.before IS NOT NULL OR NEW.after IS NOT NULL "
        "OR NEW.erased_by IS NOT erasing() OR NEW.seal IS NOT substr(OLD.seal, -32) OR NEW.sequence <> OLD.sequence "
        "OR NEW.change <> OLD.change OR NEW.tbl <> OLD.tbl OR NEW.key <> OLD.key "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    ),
    "change_delete_guard": "BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END",
    "change_update_guard": "BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END",
}


def triggers(connection: Connection) -> dict[str, str]:
    """The text of every trigger the file must have, by name."""
    told = columns(connection)
    found = {name: f"CREATE TRIGGER {name} {text}" for name, text in _OWN.items()}
    for table in (table for table in JOURNALLED if table.name in told):  # an older file has fewer tables
        for deed in ("INSERT", "UPDATE", "DELETE"):
            found.update(_triggers(table, told[table.name], deed))
    return found


def differing(connection: Connection) -> list[str]:
    """Names of triggers that are missing, foreign or written for other columns."""
    wanted = triggers(connection)
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def span(connection: Connection, change: int) -> tuple[int, int]:
    """The sequences of a change's rows, first and last inclusive; (n, n - 1) where it has none.

    Changes follow each other in the journal and sequences have no gaps, so halving finds them without an index.
    """
    end = int(connection.execute("SELECT ifnull(max(sequence), 0) FROM journal").fetchone()[0])

    def first_of(wanted: int) -> int:
        low, high = 1, end + 1
        while low < high:
            middle = (low + high) // 2
            (found,) = connection.execute("SELECT change FROM journal WHERE sequence = ?", (middle,)).fetchone()
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return low

    return first_of(change), first_of(change + 1) - 1


def install(connection: Connection) -> None:
    """Write the triggers anew, those that differ; inside the caller's transaction."""
    wanted = triggers(connection)
    for name in differing(connection):
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        if name in wanted:
            connection.execute(wanted[name])
