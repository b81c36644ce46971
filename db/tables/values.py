"""Figures: (unit, period, element, category, kind) -> state and amount or text.

Two ways in and out: `Row` holds the record's integers and costs nothing more than SQLite; `Cell` speaks in uids,
period ids and element codes. A row is never deleted: clearing a cell stores *not reported*, so that it travels.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.codes import DEFAULT_CATEGORY, DEFAULT_CATEGORY_CODE, KIND_CODE, KINDS, STATE_CODE, Origin, value_of
from desktop.domain.periods import Period
from desktop.domain.values import Kind, Value


class Row(NamedTuple):
    """A stored figure in the record's integers; `amount` in ten-thousandths."""

    unit: int
    period: int
    element: int
    category: int
    kind: int
    state: int
    amount: int | None
    text: str | None
    origin: int
    note: str | None

    @property
    def value(self) -> Value:
        """State and content as the domain knows them."""
        return value_of(self.state, self.amount, self.text)


class Cell(NamedTuple):
    """A figure in names: unit uid, period id, element code, category code."""

    unit: str
    period: str
    element: str
    value: Value
    kind: Kind = Kind.ACTUAL
    origin: Origin = Origin.TYPED
    note: str | None = None
    category: str = DEFAULT_CATEGORY_CODE


_COLUMNS: Final = "unit, period, element, category, kind, state, amount, text, origin, note"
# The note of a cell stays when a new figure comes without one; an empty note takes it away.
_PUT: Final = (
    f"INSERT INTO value ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "state = excluded.state, amount = excluded.amount, text = excluded.text, origin = excluded.origin, "
    "note = nullif(ifnull(excluded.note, note), '') WHERE state <> excluded.state "
    "OR amount IS NOT excluded.amount OR text IS NOT excluded.text OR origin <> excluded.origin "
    "OR (excluded.note IS NOT NULL AND ifnull(note, '') <> excluded.note)"
)


def put(store: Store, rows: Iterable[Row]) -> int:
    """Write figures, new or over old ones, inside the caller's change; how many differed from what stood there."""
    before = store.connection.total_changes
    store.connection.executemany(_PUT, rows)
    return (store.connection.total_changes - before) // 2  # each with its journal row


def put_cells(store: Store, cells: Iterable[Cell]) -> int:
    """Write figures told in names; periods are put in where they are new. KeyError for an unknown unit or element."""
    return put(store, rows(store, cells))


def rows(store: Store, cells: Iterable[Cell]) -> list[Row]:
    """Cells in the record's integers; inside a change, because a new period is put in."""
    unit_ids, element_ids, categories = units.ids(store), catalogue.element_ids(store), catalogue.category_ids(store)
    numbers = dict(periods.ids(store))
    found = []
    for cell in cells:
        period = numbers.get(cell.period)
        if period is None:
            period = numbers[cell.period] = periods.key(store, Period.parse(cell.period))
        value = cell.value
        found.append(
            Row(
                unit_ids[cell.unit],
                period,
                element_ids[cell.element],
                categories[cell.category],
                KIND_CODE[cell.kind],
                STATE_CODE[value.state],
                value.amount,
                value.text,
                cell.origin,
                cell.note,
            )
        )
    return found


def read(
    store: Store,
    *,
    periods: Collection[int],
    units: Collection[int] | None = None,
    elements: Collection[int] | None = None,
    kind: Kind | None = Kind.ACTUAL,
) -> list[Row]:
    """Stored figures of periods, in the order of their key; None asks for all units, elements or kinds."""
    asked = {"period": periods, "unit": units, "element": elements}
    chosen = {name: numbers for name, numbers in asked.items() if numbers is not None}
    # As a parameter: statements with the numbers in their text would push all others out of the cache.
    wheres = [f"{name} IN (SELECT value FROM json_each(?))" for name in chosen]
    if kind is not None:
        wheres.append(f"kind = {KIND_CODE[kind]}")
    found = store.connection.execute(
        f"SELECT {_COLUMNS} FROM value WHERE {' AND '.join(wheres)} ORDER BY period, unit, element, category, kind",
        [json.dumps(list(numbers)) for numbers in chosen.values()],
    )
    return [Row(*row) for row in found]


_TOTALS: Final = (
    "SELECT unit, element, state, amount, text FROM value WHERE period = ? "
    f"AND unit IN (SELECT value FROM json_each(?)) AND category = {DEFAULT_CATEGORY} AND kind = ? "
    "ORDER BY period, unit, element"
)


def totals(
    store: Store, *, period: int, units: Collection[int], elements: Mapping[int, str], kind: Kind
) -> dict[int, dict[str, Value]]:
    """The figures of units in a period by unit, then by what `elements` calls an element: the quickest reading."""
    found: dict[int, dict[str, Value]] = {}
    for unit, element, state, amount, text in store.connection.execute(
        _TOTALS, (period, json.dumps(list(units)), KIND_CODE[kind])
    ):
        name = elements.get(element)
        if name is None:
            continue
        figures = found.get(unit)
        if figures is None:
            figures = found[unit] = {}
        figures[name] = value_of(state, amount, text)
    return found


def any_of(store: Store, element: str) -> bool:
    """Whether any figure was ever entered under an element."""
    asked = "SELECT EXISTS (SELECT 1 FROM value WHERE element = (SELECT id FROM element WHERE code = ?))"
    return bool(store.connection.execute(asked, (element,)).fetchone()[0])


def has_figures(store: Store, unit: str) -> bool:
    """Whether anything was ever said of a unit (uid), in whatever period."""
    found = store.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM period p WHERE EXISTS "
        "(SELECT 1 FROM value v WHERE (v.period, v.unit) = (p.id, ?)))",
        (units.ids(store).get(unit),),
    ).fetchone()
    return bool(found[0])


def cells(
    store: Store,
    *,
    periods: Collection[str],
    units: Collection[str] | None = None,
    elements: Collection[str] | None = None,
    kind: Kind | None = Kind.ACTUAL,
) -> list[Cell]:
    """Stored figures in names; names the record does not know have no figures."""
    return named(
        store,
        read(
            store,
            periods=_known(_period_ids(store), periods),
            units=None if units is None else _known(_unit_ids(store), units),
            elements=None if elements is None else _known(catalogue.element_ids(store), elements),
            kind=kind,
        ),
    )


def _known(numbers: dict[str, int], names: Collection[str]) -> list[int]:
    return [numbers[name] for name in names if name in numbers]


def _period_ids(store: Store) -> dict[str, int]:
    return periods.ids(store)


def _unit_ids(store: Store) -> dict[str, int]:
    return units.ids(store)


def named(store: Store, rows: Iterable[Row]) -> list[Cell]:
    """Rows in names."""
    uids, codes = units.uids(store), periods.codes(store)
    elements, categories = catalogue.element_codes(store), catalogue.category_codes(store)
    return [
        Cell(
            uids[row.unit],
            codes[row.period],
            elements[row.element],
            row.value,
            KINDS[row.kind],
            Origin(row.origin),
            row.note,
            categories[row.category],
        )
        for row in rows
    ]


def one(
    store: Store,
    *,
    unit: str,
    period: str,
    element: str,
    kind: Kind = Kind.ACTUAL,
    category: str = DEFAULT_CATEGORY_CODE,
) -> Cell | None:
    """One stored figure, or None: nothing was ever said about it."""
    key = (
        units.ids(store).get(unit),
        periods.ids(store).get(period),
        catalogue.element_ids(store).get(element),
        catalogue.category_ids(store).get(category),
        KIND_CODE[kind],
    )
    found = store.connection.execute(
        f"SELECT {_COLUMNS} FROM value WHERE (unit, period, element, category, kind) = (?, ?, ?, ?, ?)", key
    ).fetchone()
    return named(store, [Row(*found)])[0] if found else None
