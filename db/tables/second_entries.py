"""What was typed when a form was entered a second time: apart from its values, to be compared with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from db.store import Store
from db.tables import catalogue, periods, units
from db.tables.codes import DEFAULT_CATEGORY, STATE_CODE, STATES
from desktop.domain.periods import Period
from desktop.domain.values import Value


@dataclass(frozen=True, slots=True)
class Second:
    """One cell of the second entry: unit (uid), period id, element code, what was typed."""

    unit: str
    period: str
    element: str
    value: Value


_PUT: Final = (
    "INSERT INTO second_entry (period, unit, element, category, state, amount, text) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET state = excluded.state, amount = excluded.amount, text = excluded.text "
    "WHERE (state, amount, text) IS NOT (excluded.state, excluded.amount, excluded.text)"
)


def put(store: Store, cells: Iterable[Second]) -> int:
    """Write cells of a second entry, inside a change; how many differed."""
    before = store.head()
    numbers, elements = units.ids(store), catalogue.element_ids(store)
    store.connection.executemany(
        _PUT,
        [
            (
                periods.key(store, Period.parse(cell.period)),
                numbers[cell.unit],
                elements[cell.element],
                DEFAULT_CATEGORY,
                STATE_CODE[cell.value.state],
                cell.value.amount,
                cell.value.text,
            )
            for cell in cells
        ],
    )
    return store.head() - before


def of(store: Store, *, period: str, units_asked: Collection[str] | None = None) -> list[Second]:
    """The second entries of a period, in register order."""
    number = periods.ids(store).get(period)
    codes = catalogue.element_codes(store)
    found = store.connection.execute(
        "SELECT u.uid, s.element, s.state, s.amount, s.text FROM second_entry s JOIN unit u ON u.id = s.unit "
        "WHERE s.period = ? ORDER BY u.position, u.id, s.element",
        (number,),
    )
    return [
        Second(unit, period, codes[element], Value(STATES[state], amount, text))
        for unit, element, state, amount, text in found
        if units_asked is None or unit in units_asked
    ]
