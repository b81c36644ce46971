"""Single rows by table and journal key, whatever the table: how undo, packages and erasure write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import journal
from db.store import Store

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns: those of its key in the key's order, and the others."""

    key: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def where(self) -> str:
        """The condition that finds one row."""
        return " AND ".join(f"{name} = ?" for name in self.key)


def shapes(store: Store) -> dict[str, Shape]:
    """The shape of every table."""
    return store.fixed("shapes", lambda: _shapes(store))


def _shapes(store: Store) -> dict[str, Shape]:
    return {
        table: Shape(
            tuple(c.name for c in sorted((c for c in columns if c.key), key=lambda c: c.key)),
            tuple(c.name for c in columns if not c.key),
        )
        for table, columns in journal.columns(store.connection).items()
    }


def key_text(*parts: int | str) -> str:
    """A key as the journal writes it."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def key_parts(key: str) -> list[Any]:
    """The parts of a journal key."""
    parts: list[Any] = json.loads(key)
    return parts


def read(store: Store, table: str, key: str) -> Columns | None:
    """The columns beside the key of one row, or None where there is no row."""
    shape = shapes(store)[table]
    found = store.connection.execute(
        f"SELECT {', '.join(shape.rest) or '1'} FROM {table} WHERE {shape.where}", key_parts(key)
    ).fetchone()
    return dict(zip(shape.rest, found, strict=False)) if found else None


def write(store: Store, table: str, key: str, columns: Mapping[str, Any] | None) -> None:
    """Set the given columns of one row, make it where it is missing (others empty), or delete it (None)."""
    shape, parts = shapes(store)[table], key_parts(key)
    if columns is None:
        store.connection.execute(f"DELETE FROM {table} WHERE {shape.where}", parts)
        return
    held = read(store, table, key)
    if held is None:
        names = (*shape.key, *columns)
        marks = ", ".join("?" * len(names))
        store.connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [*parts, *columns.values()]
        )
    elif any(held[name] != value for name, value in columns.items()):
        sets = ", ".join(f"{name} = ?" for name in columns)
        store.connection.execute(f"UPDATE {table} SET {sets} WHERE {shape.where}", [*columns.values(), *parts])


def unwind(now: Columns | None, before: str | None, after: str | None) -> Columns | None:
    """A row as it was before one journal row: `now` is it afterwards, `before` and `after` the journal's JSON."""
    if before is None:
        return None
    told: Columns = json.loads(before)
    return told if after is None else {**(now or {}), **told}
