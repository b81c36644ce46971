"""Total rows: left out of the data, and compared with the sum of the rows above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from desktop.domain.elements import Element, ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.text import fold
from desktop.domain.values import SCALE, State, Value
from desktop.exchange.grid import column_letter
from desktop.exchange.sheets_table import Table
from desktop.wording import say

_TOTAL: Final = re.compile(
    r"^(?:\W*(?:[ivx]+|[0-9]+)[.)]?\s*)?(?:"
    r"tong cong|tong so|tong|cong|toan (?:huyen|tinh|vung|khu vuc|tp|thanh pho|thi xa)|ca (?:huyen|tinh)|"
    r"(?:huyen|tinh|thanh pho|thi xa|quan|khu vuc) |trung binh|binh quan|luy ke|chung|total)\b"
)
_NOT_SUMMED: Final = re.compile(r"trung binh|binh quan|ty le|luy ke")


def is_total_label(label: str) -> bool:
    """Whether the words at the left of a row say that it sums or averages others."""
    return bool(_TOTAL.match(fold(label) + " "))


@dataclass(frozen=True, slots=True)
class _TotalRow:
    row: int
    parts: dict[int, int]
    values: dict[int, Value]
    below: dict[int, int]


@dataclass(slots=True)
class Totals:
    """Running sums of a table's columns, in ten-thousandths: of all rows, and since the last total row.

    Rows of districts may stand above or below their communes.
    """

    overall: dict[int, int] = field(default_factory=dict)
    since: dict[int, int] = field(default_factory=dict)
    rows: list[_TotalRow] = field(default_factory=list)

    def add(self, column: int, value: Value) -> None:
        """Count a cell; yes counts one."""
        amount = value.amount if value.amount is not None else SCALE * (value.state is State.YES)
        self.overall[column] = self.overall.get(column, 0) + amount
        self.since[column] = self.since.get(column, 0) + amount

    def close(self, row: int, label: str, values: dict[int, Value]) -> None:
        """Take in a total row; averages are not compared."""
        if _NOT_SUMMED.search(fold(label)):
            return
        above, self.since = self.since, {}
        self.rows.append(_TotalRow(row, above, values, self.since))

    def check(self, table: Table) -> list[Finding]:
        """Warnings for typed totals that are the sum neither of all rows nor of those to the last or next total."""
        return [
            _wrong_total(total.row, column, table.columns[column], value.amount, self.overall[column])
            for total in self.rows
            for column, value in total.values.items()
            if value.amount is not None
            and column in self.overall
            and table.columns[column].type is not ValueType.DECIMAL
            and value.amount not in (self.overall[column], total.parts.get(column), total.below.get(column))
        ]


def _wrong_total(row: int, column: int, element: Element, typed: int, summed: int) -> Finding:
    return Finding(
        "import.total_differs",
        Severity.WARNING,
        say(
            "The total row says {typed} for {element}, but the rows read add up to {summed}.",
            typed=_exact(typed),
            element=element.name_vi,
            summed=_exact(summed),
        ),
        say("A row may be missing, unreadable or wrong; compare with the paper."),
        row=row,
        column=column_letter(column),
        element=element.code,
    )


def _exact(amount: int) -> int | Decimal:
    return amount // SCALE if amount % SCALE == 0 else (Decimal(amount) / SCALE).normalize()
