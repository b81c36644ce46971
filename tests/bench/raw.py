"""The yardstick of the record: the same rows, written by plain statements into a twin of the record without triggers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db import driver
from db.store import Store

VALUE = "INSERT INTO value VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, NULL)"
CHANGE = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
BY_KEY = (
    "INSERT OR IGNORE INTO journal_key SELECT tbl, key, sequence FROM journal WHERE sequence >= ? "
    "ORDER BY tbl, key, sequence"
)
Rows = Sequence[tuple[Any, ...]]


def open_plain(path: Path, like: Store) -> driver.Connection:
    """A record's twin without triggers: the same tables, rows, pragmas and foreign keys, none of our code."""
    like.connection.execute("VACUUM INTO ?", (str(path),))
    connection = driver.connect(str(path))
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def written(store: Store, since: int) -> tuple[Rows, Rows, Rows]:
    """What the record wrote after a journal sequence: values, journal rows, changes, ready to be written again."""
    read = store.connection.execute
    journal = read(
        "SELECT sequence, change, tbl, key, before, after, seal FROM journal WHERE sequence > ? ORDER BY sequence",
        (since,),
    ).fetchall()
    changes = read("SELECT * FROM change WHERE id >= ? ORDER BY id", (journal[0][1],)).fetchall()
    keys = [tuple(map(int, row[3][1:-1].split(","))) for row in journal if row[2] == 27]
    values = [
        read("SELECT * FROM value WHERE (period, unit, element, category, kind) = (?, ?, ?, ?, ?)", key).fetchone()
        for key in keys
    ]
    return values, journal, changes


def insert(connection: driver.Connection, values: Rows, journal: Rows) -> None:
    """What the limits call *the raw insert*: values and journal rows by `executemany`, one transaction.

    The journal's index by key is written too, in one statement: it is part of the same rows at rest.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(VALUE, values)
    connection.executemany(JOURNAL, journal)
    connection.execute(BY_KEY, (journal[0][0],))
    connection.execute("COMMIT")
