"""What reading a sheet gives: candidates for the record, rows left out with a reason, and findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.findings import Finding, Severity
from desktop.domain.legacy_text import Encoding
from desktop.domain.periods import Period
from desktop.domain.values import Kind, Value
from desktop.wording import Sentence


class Layout(StrEnum):
    """What kind of sheet it is: many communes, the form of one, our own, a list of children, or nothing we know."""

    SUMMARY = "summary"
    FORM = "form"
    TEMPLATE = "template"
    QUERY = "query"
    WEIGHING = "weighing_list"
    OTHER = "other"


class Candidate(NamedTuple):
    """A figure read from one cell: `unit` is the code of the known unit, `raw` what the cell showed.

    Its findings carry file, sheet, row, column, unit, period and element; an error among them is stored with it.
    `note` stands beside the figure in our own sheets. `asked` is the figure a query sheet asked about: an answer
    replaces that one and no other.
    """

    unit: str
    element: str
    value: Value
    row: int
    column: str
    raw: str
    findings: tuple[Finding, ...] = ()
    note: str | None = None
    asked: Value | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer of a query sheet that keeps findings as they are: rules of one figure, and why it is right."""

    unit: str
    element: str
    rules: tuple[str, ...]
    asked: Value
    reason: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class ColumnTaken:
    """What a column (in sheets with the figures down the side: a row) was taken for; None: not read.

    `place` is the Excel letter or the row's number; `sure` is false where a person should look.
    """

    place: str
    heading: str
    element: str | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out, and why."""

    row: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class SheetReading:
    """Everything one sheet says. `period` is None where the sheet was stopped; then there are no candidates.

    `findings` are those of the sheet and its rows; those of candidates stand with them (`all_findings` has both).
    """

    sheet: str
    layout: Layout
    period: Period | None
    kind: Kind
    encoding: Encoding
    candidates: tuple[Candidate, ...] = ()
    accepted: int = 0
    skipped: tuple[Skipped, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[ColumnTaken, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def all_findings(self) -> Iterator[Finding]:
        """Findings of the sheet, of its rows and of its candidates."""
        yield from self.findings
        for candidate in self.candidates:
            yield from candidate.findings

    @property
    def stopped(self) -> bool:
        """Whether an error stopped the whole sheet: nothing of it may be written."""
        return self.period is None and any(finding.severity is Severity.ERROR for finding in self.findings)
