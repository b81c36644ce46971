"""Plausible rows for any table, from its columns alone: how the journal is tested column by column."""

from __future__ import annotations

import re
from typing import Any

from db.store import Store

_IN = re.compile(r"\b(\w+) (?:TEXT|INTEGER)[^,]*CHECK \(\w+ IN \(([^)]*)\)\)")


class Rows:
    """Makes rows of any table, with the rows they refer to; `turn` 0 and 1 differ in every column outside the key."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.schema = dict(
            store.connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        )

    def columns(self, table: str) -> list[tuple[str, str, bool, int]]:
        return [
            (name, kind, bool(needed), key)
            for _, name, kind, needed, _, key in self.store.connection.execute(f"PRAGMA table_info({table})")
        ]

    def keys(self, table: str) -> list[str]:
        found = sorted((key, name) for name, _, _, key in self.columns(table) if key)
        return [name for _, name in found]

    def _references(self, table: str) -> dict[str, str]:
        found = self.store.connection.execute(f"PRAGMA foreign_key_list({table})")
        return {row[3]: row[2] for row in found}

    def value(self, table: str, column: str, kind: str, turn: int) -> Any:
        if table == "station_fact" and column in {"state", "amount", "text"}:
            return {"state": ("number", "number"), "amount": (12_5000, 13_0000), "text": (None, None)}[column][turn]
        allowed = dict(_IN.findall(self.schema[table])).get(column)
        if allowed:
            told = [part.strip().strip("'") for part in allowed.split(",")]
            chosen = told[turn % len(told)]
            return int(chosen) if kind == "INTEGER" else chosen
        if table in {"value", "second_entry"} and column in {"state", "amount", "text"}:
            return {"state": (0, 0), "amount": (12_5000, 13_0000), "text": (None, None)}[column][turn]
        if kind == "INTEGER":
            return 1 + turn
        return f'Số "{column}" \\ {turn} — đường\n' if kind == "TEXT" else bytes([turn])

    def row(self, table: str, turn: int) -> dict[str, Any]:
        """A row whose references stand (they are put in); inside a change."""
        references = self._references(table)
        made: dict[str, Any] = {}
        for column, kind, _, key in self.columns(table):
            if references.get(column) == table:  # a row may name an older one of its own table
                made[column] = 1 if turn == 1 else None
            elif column in references:
                made[column] = self._referred(references[column], 0 if key else turn)
            elif not key:
                made[column] = self.value(table, column, kind, turn)
            elif not (kind == "INTEGER" and len(self.keys(table)) == 1):
                made[column] = self.value(table, column, kind, 0)
        return made

    def _referred(self, table: str, turn: int) -> int:
        held = self.store.connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid").fetchall()
        while len(held) <= turn:
            self.insert(table, self.row(table, len(held)))
            held = self.store.connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid").fetchall()
        return int(held[turn][0])

    def insert(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(row))
        self.store.connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    def where(self, table: str, row: dict[str, Any]) -> tuple[str, list[Any]]:
        """The condition for a row that was put in last."""
        keys = self.keys(table)
        if all(name in row for name in keys):
            return " AND ".join(f"{name} = ?" for name in keys), [row[name] for name in keys]
        return f"{keys[0]} = (SELECT max({keys[0]}) FROM {table})", []
