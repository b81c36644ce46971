"""Findings of files grouped by sheet, worst first; made on the worker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desktop.domain.findings import Finding, Severity
from desktop.ui.screens.entry.findings.model import Breach, Group

GRADE: Final = {grade: place for place, grade in enumerate(Severity)}
TOGETHER: Final = frozenset({"import.dash", "import.form_closed"})


def grouped_by_sheet(findings: Iterable[Finding]) -> list[Group]:
    """Worst first within each sheet, then as they stand in it; alike ones share a card."""
    by_sheet: dict[str, dict[object, list[Finding]]] = {}
    for finding in findings:
        by_sheet.setdefault(file_of(finding), {}).setdefault(_alike(finding), []).append(finding)
    groups = []
    for name, held in by_sheet.items():
        breaches = [Breach(tuple(found)) for found in held.values()]
        breaches.sort(key=lambda one: (GRADE[one.first.severity], one.first.row or 0))
        groups.append(Group(name, name, breaches))
    return groups


def file_of(finding: Finding) -> str:
    """The name of a group: the file, and its sheet."""
    return " · ".join(part for part in (finding.file, finding.sheet) if part)


def _alike(finding: Finding) -> object:
    """What makes findings one card: one broken rule, one closed form, one dash settled for the whole file."""
    if finding.rule in TOGETHER:
        return (finding.rule, finding.unit if finding.rule == "import.form_closed" else None)
    return finding.group or (finding.rule, finding.row, finding.column, finding.unit, finding.message)
