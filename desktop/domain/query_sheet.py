"""Phiếu hỏi lại số liệu: what an office asks a commune about its figures, before it is paper, message or workbook.

The commune reads it in Vietnamese, so texts stand here as texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.elements import Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.periods import Period
from desktop.domain.values import Value


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A figure that is asked about: its printed column number, what was reported, and the rules that ask."""

    number: int
    element: Element
    value: Value
    rules: tuple[str, ...]
    findings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.element.name_vi


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to look at: the figures of one broken rule, what is wrong, what may be the cause."""

    number: int
    severity: Severity
    cells: tuple[AskedCell, ...]
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class QuerySheet:
    """Everything asked of one commune for one period; `missing` are figures nobody has given yet."""

    unit: str
    uid: str
    unit_name: str
    period: Period
    form: str
    form_name: str
    questions: tuple[Question, ...]
    missing: tuple[AskedCell, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not self.questions and not self.missing


def grouped(findings: Sequence[Finding], unit: str) -> list[list[Finding]]:
    """The open errors and warnings of a unit, those of one broken rule together, errors first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        asks = finding.severity in (Severity.ERROR, Severity.WARNING) and finding.kept is None
        if asks and finding.unit == unit and finding.element is not None:
            groups.setdefault(finding.group or finding.id, []).append(finding)
    order = list(Severity)
    return sorted(groups.values(), key=lambda found: min(order.index(one.severity) for one in found))
