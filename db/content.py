"""Every table holds exactly what its journal tells: nothing was written around the triggers.

Walked along the index by key, each journal row beside the table's own row, so that twenty million figures need no more
memory than twenty. Most rows were written once, and SQL alone sees that they stand as they were written; only the
others are added up here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from db import by_key, journal
from db.driver import Connection
from db.journal import Column
from db.tables.listing import JOURNALLED, Table

_ERASED: Final[dict[str, Any]] = {"": "erased"}


def differing(connection: Connection) -> Iterator[tuple[str, str]]:
    """Table and key of each row that is not what its journal tells."""
    columns = journal.columns(connection)
    for table in JOURNALLED:
        if table.name in columns:
            for key in _Comparison(connection, table, columns[table.name]).differing():
                yield table.name, key


class _Comparison:
    """One table beside its journal."""

    def __init__(self, connection: Connection, table: Table, columns: list[Column]) -> None:
        self._connection = connection
        self._table = table
        self._rest = [column.name for column in columns if not column.key]
        self._key = journal.key_expression(columns, "t")
        keys = sorted((column for column in columns if column.key), key=lambda column: column.key)
        joined = " AND ".join(f"t.{column.name} = json_extract(k.key, '$[{at}]')" for at, column in enumerate(keys))
        own = ", ".join([f"t.{keys[0].name} IS NOT NULL", *(f"t.{name}" for name in self._rest)])
        self._selected = f"SELECT k.key, j.after, j.erased_by, {own} FROM "
        self._joined = (
            f" k JOIN journal j ON j.sequence = k.sequence LEFT JOIN {table.name} t ON {joined} WHERE k.tbl = ? "
        )
        # An insert that reads as the row stands. What came later for the same key is looked at all the same.
        self._stands = (
            f"ifnull(j.before IS NULL AND j.erased_by IS NULL AND j.after = {journal.noted(columns, 't')}, 0)"
        )

    def differing(self) -> Iterator[str]:
        """Keys whose row and journal differ."""
        number, waiting = self._table.number, self._waiting()
        walk = f"{self._selected} journal_key {self._joined} AND NOT {self._stands} ORDER BY k.key, k.sequence"
        for key, told in groupby(self._connection.execute(walk, (number,)), itemgetter(0)):
            # The walk left out inserts: where it seems to differ, all that the journal tells of the key decides.
            if self._differs(told) and key not in waiting and self._differs(self._told(key)):
                yield key
        for key in sorted(waiting):
            if self._differs(self._told(key)):
                yield key
        untold = (
            f"SELECT {self._key} FROM {self._table.name} t WHERE NOT EXISTS "
            f"(SELECT 1 FROM journal_by_key k WHERE k.tbl = ? AND k.key = {self._key})"
        )
        for (key,) in self._connection.execute(untold, (number,)):
            yield key

    def _told(self, key: str) -> Iterable[tuple[Any, ...]]:
        """Everything that the journal tells of a key, also what its index does not know yet."""
        asked = f"{self._selected} journal_by_key {self._joined} AND k.key = ? ORDER BY k.sequence"
        return self._connection.execute(asked, (self._table.number, key))

    def _waiting(self) -> set[str]:
        """Keys of journal rows that the index does not know yet: few, unless it was never written."""
        found = self._connection.execute(
            "SELECT DISTINCT key FROM journal WHERE sequence > ? AND tbl = ?",
            (by_key.mark(self._connection), self._table.number),
        )
        return {key for (key,) in found}

    def _differs(self, told: Iterable[tuple[Any, ...]]) -> bool:
        """Whether journal rows of a key add up to something else than the table's row, which stands beside each."""
        content: dict[str, Any] | None = None
        stands, present = False, ()
        for _key, after, erased, *row in told:
            stands, *present = row  # type: ignore[assignment]
            if erased is not None or content is _ERASED:
                content = _ERASED
            else:
                content = None if after is None else {**(content or {}), **json.loads(after)}
        if content is _ERASED:
            return False
        if content is None:
            return bool(stands)
        return not stands or [content.get(name) for name in self._rest] != list(present)
