"""The year's denominators: a chosen figure of population with its source, what yearly rates divide by."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from db.store import Store
from db.tables import units


@dataclass(frozen=True, slots=True)
class Denominator:
    """A figure for a unit (uid) and year; `population` names the kind, `amount` is in ten-thousandths."""

    unit: str
    year: int
    population: str
    amount: int
    source: str
    official: bool

    @property
    def printed_source(self) -> str:
        """The source as it stands under a table."""
        return self.source if self.official else f"{self.source} (tạm tính)"


def put(store: Store, rows: Iterable[Denominator]) -> int:
    """Write denominators; how many differed."""
    before, numbers = store.head(), units.ids(store)
    store.connection.executemany(
        "INSERT INTO denominator (unit, year, population, amount, source, official) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET amount = excluded.amount, source = excluded.source, official = excluded.official "
        "WHERE (amount, source, official) IS NOT (excluded.amount, excluded.source, excluded.official)",
        [(numbers[row.unit], row.year, row.population, row.amount, row.source, int(row.official)) for row in rows],
    )
    return store.head() - before


def of(store: Store, years: Iterable[int]) -> list[Denominator]:
    """The denominators of some years, in register order."""
    found = store.connection.execute(
        "SELECT u.uid, d.year, d.population, d.amount, d.source, d.official FROM denominator d "
        "JOIN unit u ON u.id = d.unit WHERE d.year IN (SELECT value FROM json_each(?)) "
        "ORDER BY d.year, u.position, u.id, d.population",
        (json.dumps(list(years)),),
    )
    return [
        Denominator(unit, year, population, amount, source, bool(official))
        for unit, year, population, amount, source, official in found
    ]


def take_away(store: Store, *, year: int, population: str, units_asked: Collection[str] | None = None) -> int:
    """Take back what was chosen for a year and kind, of some units (uids) or all, inside a change; how many."""
    numbers, before = units.ids(store), store.head()
    asked = None if units_asked is None else json.dumps([numbers[uid] for uid in units_asked])
    store.connection.execute(
        "DELETE FROM denominator WHERE year = ?1 AND population = ?2 "
        "AND (?3 IS NULL OR unit IN (SELECT value FROM json_each(?3)))",
        (year, population, asked),
    )
    return store.head() - before
