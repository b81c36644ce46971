"""What an import plan says, sheet by sheet: made on the worker, so that the window only paints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.application import catalogue
from desktop.application.imports import Compared, FileReading, ImportPlan, Outcome
from desktop.application.learned import Learned, learned
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.application.shown_sheets import ShownSheet, letter, shown_sheet
from desktop.domain.elements import Catalogue, Element
from desktop.domain.findings import Finding, Severity
from desktop.ui import words
from desktop.ui.screens.imports.taken import Heads, Taken, heads_of, taken_of

GRADE: Final = {grade: place for place, grade in enumerate(Severity)}
Place = tuple[int, str]
"""Row number and Excel letter."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet of one file, or a file that could not be read at all (`sheet` is then empty)."""

    file: str
    reading: FileReading | None
    sheet: str
    layout: str
    findings: tuple[Finding, ...]
    cells: Mapping[Place, Compared] = field(default_factory=dict)
    worst: Mapping[Place, Severity] = field(default_factory=dict)
    counts: Counter[Outcome] = field(default_factory=Counter)
    heads: Heads = field(default_factory=Heads)
    taken: tuple[Taken, ...] = ()
    shown: ShownSheet | None = None
    accepted: int = 0
    reasons: int = 0

    @property
    def severity(self) -> Severity | None:
        """The worst finding of the sheet."""
        return min((finding.severity for finding in self.findings), key=GRADE.__getitem__, default=None)

    @property
    def writes(self) -> int:
        """The cells that would be written."""
        return self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that lies on the desk: the files asked for, what they say, and how that is shown."""

    files: tuple[Path, ...]
    plan: ImportPlan
    sheets: tuple[SheetView, ...]
    elements: Mapping[str, Element]
    units: Mapping[str, str]
    """Communes by code, over all periods of the plan."""

    @property
    def counts(self) -> Counter[Outcome]:
        """What would become of the figures of all files."""
        return Counter(cell.outcome for cell in self.plan.cells)


def desk_of(record: Record, files: Sequence[Path], plan: ImportPlan) -> Desk:
    """How a plan is shown; reads the record for names only."""
    known = catalogue.catalogue(record)
    units = _names(record, plan)
    by_sheet: dict[tuple[str, str], list[Compared]] = {}
    for cell in plan.cells:
        by_sheet.setdefault((cell.file, cell.sheet), []).append(cell)
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in plan.findings:
        findings.setdefault((finding.file or "", finding.sheet or ""), []).append(finding)
    sheets: list[SheetView] = []
    for file in plan.files:
        settled = learned(record, sender=file.sender)
        whole = findings.pop((file.file, ""), [])
        for place, sheet in enumerate(file.sheets):
            told = findings.pop((file.file, sheet.sheet), [])
            cells = by_sheet.get((file.file, sheet.sheet), [])
            sheets.append(
                _sheet(file, sheet.sheet, [*(whole if not place else ()), *told], cells, settled, known, units)
            )
        if not file.sheets:
            sheets.append(SheetView(file.file, file, "", file.layout, tuple(whole)))
    sheets += [SheetView(name, None, sheet, "other", tuple(told)) for (name, sheet), told in findings.items()]
    return Desk(tuple(files), plan, tuple(sheets), known.elements, units)


def _names(record: Record, plan: ImportPlan) -> dict[str, str]:
    days = {period.last for period in plan.periods}
    return {one.code: words.unit_name(one.name) for day in sorted(days) for one in communes_of(record, on=day)}


def _sheet(
    file: FileReading,
    name: str,
    findings: Sequence[Finding],
    cells: Sequence[Compared],
    settled: Learned,
    known: Catalogue,
    units: Mapping[str, str],
) -> SheetView:
    read = next(sheet for sheet in file.sheets if sheet.sheet == name)
    shown = shown_sheet(file, name)
    heads = heads_of(read, known, units)
    taken = taken_of(read, findings, shown, settled, known, units)
    return SheetView(
        file.file,
        file,
        name,
        str(read.layout),
        tuple(findings),
        {(cell.row, cell.column): cell for cell in cells},
        worst_of(findings),
        Counter(cell.outcome for cell in cells),
        heads,
        tuple(taken),
        shown,
        read.accepted,
        len(read.reasons),
    )


def worst_of(findings: Iterable[Finding]) -> dict[Place, Severity]:
    """The worst finding of each cell that has one."""
    worst: dict[Place, Severity] = {}
    for finding in findings:
        if finding.row is None or finding.column is None:
            continue
        at = (finding.row, finding.column)
        if at not in worst or GRADE[finding.severity] < GRADE[worst[at]]:
            worst[at] = finding.severity
    return worst


def letters(shown: ShownSheet | None, cells: Iterable[Place]) -> list[str]:
    """The columns of a sheet; where the file kept no cells, those that were read."""
    if shown is not None:
        return [letter(column) for column in range(1, shown.width + 1)]
    return sorted({column for _row, column in cells}, key=lambda name: (len(name), name))
