"""What a person should look at: severity, place, what is wrong, what to do. Never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.values import Value
from desktop.wording import Sentence


class Severity(StrEnum):
    """Errors are impossible by definition; warnings are unlikely; notes are worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Kept:
    """Why a person keeps a finding as it is."""

    reason: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Mend:
    """A figure a cell was probably meant to hold: unit and element by their codes."""

    unit: str
    element: str
    value: Value


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one cell or one place of a file; findings of one broken rule share `group`.

    `row` counts from 1 (the line, in text files), `column` is the Excel letter, `unit` the official code
    (or `uid:...`), `period` a period id, `element` an element code. `mend` is what probably mends the whole breach,
    empty where nothing is clear.
    """

    rule: str
    severity: Severity
    message: Sentence
    advice: Sentence | None = None
    group: str | None = None
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    unit: str | None = None
    period: str | None = None
    element: str | None = None
    kept: Kept | None = None
    mend: tuple[Mend, ...] = ()

    @property
    def id(self) -> str:
        """The same finding has the same id tomorrow: a hash of rule and place, 12 hex digits.

        What speaks of no figure can stand several times in one place; there the words tell them apart.
        """
        place = [self.rule, self.file, self.sheet, self.row, self.column, self.unit, self.period, self.element]
        if self.period is None:
            place.append(str(self.message))
        import hashlib  # a start has no finding to name yet

        return hashlib.sha256("\x1f".join("" if part is None else str(part) for part in place).encode()).hexdigest()[
            :12
        ]


def has_errors(findings: list[Finding]) -> bool:
    """Whether one of them is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
