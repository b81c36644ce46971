"""What a table is read with: findings at their cells, places of codes, what to do about each kind of fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from desktop.domain.criteria.sets import CriteriaSet
from desktop.domain.findings import Finding, Severity
from desktop.exchange.criteria_table import cells
from desktop.exchange.criteria_table.cells import BadCell
from desktop.exchange.criteria_table.columns import COLUMNS, FIELDS
from desktop.exchange.grid import Raw, Workbook, column_letter
from desktop.wording import Sentence, say

T = TypeVar("T")
HEADINGS: Final = {column.name: column.heading for column in COLUMNS}
LABELS: Final = {one.name: one.heading for one in FIELDS}
HEADING_WITHIN: Final = 40


@dataclass(slots=True)
class Place:
    """Where something stands: row from 1, columns by their name."""

    row: int
    columns: Mapping[str, int]


@dataclass(slots=True)
class Reader:
    """What is known while a workbook is read: its findings, the sheet at hand, where each code stands."""

    book: Workbook
    frames: Mapping[str, CriteriaSet]
    figures: Collection[str]
    findings: list[Finding] = field(default_factory=list)
    sheet: str | None = None
    places: dict[str, Place] = field(default_factory=dict)

    def add(
        self,
        rule: str,
        message: Sentence,
        advice: Sentence | None,
        *,
        row: int | None = None,
        column: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a finding at a cell of the sheet that is being read."""
        letter = column_letter(column) if column else None
        self.findings.append(
            Finding(f"criteria_table.{rule}", severity, message, advice, file=self.book.file, sheet=self.sheet, row=row,
                    column=letter)
        )  # fmt: skip

    def cell(self, read: Callable[[Raw], T], raw: Raw, otherwise: T, *, name: str, row: int, column: int) -> T:
        """What a cell says; a finding where it says something else than its column asks."""
        heading = HEADINGS.get(name) or LABELS.get(name) or name
        if cells.is_broken(raw):
            message = say("The cell under “{heading}” shows an error or a formula without its result.", heading=heading)
            self.add("broken", message, ADVICE["broken"], row=row, column=column)
            return otherwise
        try:
            return read(raw)
        except BadCell as bad:
            kind = name.split("_", maxsplit=1)[0]
            message = say("“{shown}” cannot be read under “{heading}”.", shown=str(bad)[:60], heading=heading)
            self.add(f"bad_{kind}", message, ADVICE.get(kind), row=row, column=column)
            return otherwise


ADVICE: Final = {
    "broken": say("Type the value itself in the cell."),
    "code": say("Write 1 for a criterion and 1.1 for a row below it, in a cell formatted as text."),
    "maximum": say("Write a number such as 4 or 4,5."),
    "steps": say("Write the points with semicolons between them: 0; 0,5; 1."),
    "zones": say("Write the zones the row is asked in, 1; 2, or leave the cell empty."),
    "least": say("Write the fewest points that are no knock-out, or leave the cell empty."),
    "halves": say("Write “không” where only whole points are given, or leave the cell empty."),
    "first": say("Write the first year that is scored by this table, for example 2025."),
    "last": say("Write a year, or leave the cell empty."),
    "valid": say("Write the day as 09/03/2023, the years as a whole number."),
    "total": say("Write a number of percent, for example 80."),
    "floor": say("Write a number of percent, for example 50."),
    "rule": say("Write it as: insurance_coverage: >=95 = 2; >=90 = 1; khác = 0."),
}
