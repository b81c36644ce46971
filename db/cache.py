"""What was read once is kept until one of its tables is written, by whomever: the journal tells which were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from db.driver import Connection
from db.tables.listing import number_of

T = TypeVar("T")

# What was written last, table by table; few rows need no sorting.
_FEW: Final = 50
_FEW_WRITTEN: Final = "SELECT tbl, sequence FROM journal WHERE sequence > ? ORDER BY sequence"
_MANY_WRITTEN: Final = "SELECT tbl, max(sequence) FROM journal WHERE sequence > ? GROUP BY +tbl"


class Cache:
    """The kept readings of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: dict[str, tuple[int, object]] = {}
        self._fixed: dict[str, object] = {}
        self._written: dict[int, int] = {}
        self._seen: int | None = None
        self._steady_at: int | None = None
        self._is_steady = False

    def cached(self, name: str, tables: tuple[str, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made again only after one of the tables was written."""
        head = self.look()
        held = self._held.get(name)
        if held is not None:
            if held[0] == head:
                return held[1]  # type: ignore[return-value]
            if all(self._written.get(number_of(table), 0) <= held[0] for table in tables):
                self._held[name] = (head, held[1])
                return held[1]  # type: ignore[return-value]
        made = make()
        self._held[name] = (head, made)
        return made

    def fixed(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once: for what follows from the schema alone."""
        held = self._fixed.get(name)
        if held is None:
            held = self._fixed[name] = make()
        return held  # type: ignore[return-value]

    def steady(self, *, steady: bool) -> None:
        """Say that a transaction begins or ends: inside one nobody else can be heard."""
        self._is_steady, self._steady_at = steady, None

    def look(self, head: int | None = None) -> int:
        """The newest journal sequence, told or read; learns which tables were written since the last look.

        In a steady time only our own writing makes it look again.
        """
        own = self._connection.total_changes
        if self._is_steady and self._steady_at == own and self._seen is not None:
            return self._seen
        if head is None:
            head = int(self._connection.execute("SELECT ifnull(max(sequence), 0) FROM journal").fetchone()[0])
        if self._seen is None or head < self._seen:
            self.forget()
        elif head > self._seen:
            since = _FEW_WRITTEN if head - self._seen < _FEW else _MANY_WRITTEN
            self._written.update(self._connection.execute(since, (self._seen,)).fetchall())
        self._seen, self._steady_at = head, own
        return head

    def forget(self) -> None:
        """After a rollback nothing that was learnt is sure: sequences are given again."""
        self._held.clear()
        self._written.clear()
        self._seen = None
