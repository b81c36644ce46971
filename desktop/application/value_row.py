"""One row of the answer to "which figures": stored, summed, carried onto other boundaries or derived."""

from __future__ import annotations

from dataclasses import dataclass

from db.tables.values import Cell
from desktop.application.offices import Commune
from desktop.domain.periods import Period
from desktop.domain.values import Kind, Value, total
from desktop.wording import Sentence


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A figure of a commune, or of several with how many of those expected reported.

    With a `reason` nothing can be computed (`value` is then not reported) and `missing` are the units that stand in
    the way, as they were called at the end of the period. `estimated` figures rest on shares; `derived` ones follow
    from other periods; `remark` says so in words.
    """

    unit: str
    period: str
    element: str
    category: str
    kind: Kind
    value: Value
    reported: int
    expected: int
    note: str | None
    reason: str | None = None
    missing: tuple[Commune, ...] = ()
    estimated: bool = False
    derived: bool = False
    remark: Sentence | None = None


def stored_row(unit: str, period: Period, cell: Cell) -> ValueRow:
    """A stored figure as a row; `unit` is how the answer calls the unit."""
    alone = total([cell.value])
    return ValueRow(
        unit, period.id, cell.element, cell.category, cell.kind, cell.value, alone.reported, alone.expected, cell.note
    )
