"""What was read once is kept until one of its tables is written, by whomever: the journal tells which were."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from db.driver import Connection
from db.tables.listing import number_of

T = TypeVar("T")

# Which tables were written last; of few rows no list of single ones is worth its making.
_FEW: Final = 50
_FEW_WRITTEN: Final = "SELECT tbl FROM journal WHERE sequence > ?"
_MANY_WRITTEN: Final = "SELECT DISTINCT tbl FROM journal WHERE sequence > ?"
_NOTHING: Final = object()


class Cache:
    """The kept readings of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: dict[str, object] = {}
        self._needing: dict[int, set[str]] = {}
        self._fixed: dict[str, object] = {}
        self._seen: int | None = None
        self._steady_at: int | None = None
        self._is_steady = False

    def cached(self, name: str, tables: tuple[str, ...], make: Callable[[], T]) -> T:
        """What `make` gives, made again only after one of the tables was written."""
        if not self._is_steady or self._steady_at != self._connection.total_changes:
            self.look()
        held = self._held.get(name, _NOTHING)
        if held is not _NOTHING:
            return held  # type: ignore[return-value]
        seen = self._seen
        made = make()
        if self._seen == seen:  # else something was written meanwhile, perhaps what was read
            self._held[name] = made
            for table in tables:
                self._needing.setdefault(number_of(table), set()).add(name)
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
            self.wrote(head, {table for (table,) in self._connection.execute(since, (self._seen,)).fetchall()})
        self._seen, self._steady_at = head, own
        return head

    def wrote(self, head: int, tables: Iterable[int]) -> None:
        """Journal rows of these tables (numbers) were written, up to a sequence: what needs them is read anew."""
        for table in tables:
            for name in self._needing.pop(table, ()):
                self._held.pop(name, None)
        self._seen = head

    def forget(self) -> None:
        """After a rollback nothing that was learnt is sure: sequences are given again."""
        self._held.clear()
        self._needing.clear()
        self._seen = None
