"""What an import plan says, sheet by sheet: made on the worker, so that the window only paints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from desktop.application import catalogue, import_queries
from desktop.application.children_import import LAYOUT, ListPlan, ListSheet
from desktop.application.file_names import names_apart
from desktop.application.import_queries import Asked
from desktop.application.imports import Compared, FileReading, ImportPlan, Outcome
from desktop.application.learned import Learned, learned
from desktop.application.offices import communes_of
from desktop.application.records import Record
from desktop.application.shown_sheets import ShownSheet, letter, number, shown_sheet
from desktop.domain.elements import Catalogue, Element
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import State
from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.entry.findings.model import Group
from desktop.ui.screens.imports.grouping import GRADE, grouped_by_sheet
from desktop.ui.screens.imports.list_words import list_heads, list_taken
from desktop.ui.screens.imports.taken import Heads, Taken, heads_of, taken_of

MERGES: Final = 2_000
SAMPLED: Final = 60
FIRST: Final = (Outcome.CHANGED, Outcome.KEPT, Outcome.CLOSED, Outcome.NEW, Outcome.SAME, Outcome.LATER)
"""What is listed first beside the record."""
_ORDER: Final = {outcome: place for place, outcome in enumerate(FIRST)}
Place = tuple[int, str]
"""Row number and Excel letter."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out, measured in letters: `widest` the longest text of each column; `lone` texts that run
    over the empty cells at their right, by row; what the file hides and no figure stands in.
    """

    columns: tuple[str, ...] = ()
    widest: tuple[str, ...] = ()
    signed: frozenset[int] = frozenset()
    lone: tuple[Place, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()


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
    layout_of: Layout = field(default_factory=Layout)
    compared: tuple[Compared, ...] = ()
    """The cells in the order they are listed in beside the record: what would change first."""
    first: int = 1
    """The first row with a figure."""
    listed: ListSheet | None = None
    """A weighing list, where the sheet is one."""

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
    asked: Mapping[Asked, int] = field(default_factory=dict)
    """The communes there is something to ask, with how much."""
    groups: tuple[Group, ...] = ()
    """The findings as they are listed."""
    lists: ListPlan = field(default_factory=ListPlan)
    """What the weighing lists among them would do."""
    head: int = 0
    """How far the record had come when the files were compared with it."""

    @property
    def names(self) -> dict[Path, str]:
        """What each file is called here."""
        return names_apart(self.files)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.plan.writes or self.plan.reasons or self.lists.cells)

    @property
    def counts(self) -> Counter[Outcome]:
        """What would become of the figures of all files."""
        return sum((view.counts for view in self.sheets), Counter())


def desk_of(record: Record, files: Sequence[Path], plan: ImportPlan, head: int, lists: ListPlan | None = None) -> Desk:
    """How plans are shown; `head` is how far the record had come before the files were read."""
    asked, lists = import_queries.to_ask(plan), lists or ListPlan()
    plan = replace(plan, findings=(*plan.findings, *lists.findings))
    by_list = {(one.list.file, one.list.reading.sheet): one for one in lists.sheets}
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
            listed = by_list.get((file.file, sheet.sheet))
            if listed is not None:
                sheets.append(_list(file, listed, [*(whole if not place else ()), *told]))
                continue
            sheets.append(
                _sheet(file, sheet.sheet, [*(whole if not place else ()), *told], cells, settled, known, units)
            )
        if not file.sheets:
            sheets.append(SheetView(file.file, file, "", file.layout, tuple(whole)))
    sheets += [SheetView(name, None, sheet, "other", tuple(told)) for (name, sheet), told in findings.items()]
    groups = tuple(grouped_by_sheet(plan.findings))
    return Desk(tuple(files), plan, tuple(sheets), known.elements, units, asked, groups, lists, head)


def _list(file: FileReading, listed: ListSheet, findings: Sequence[Finding]) -> SheetView:
    shown, worst = shown_sheet(file, listed.list.reading.sheet), worst_of(findings)
    return SheetView(
        file.file,
        file,
        listed.list.reading.sheet,
        LAYOUT,
        tuple(findings),
        worst=worst,
        heads=list_heads(listed),
        taken=list_taken(listed),
        shown=shown,
        accepted=listed.accepted,
        layout_of=_layout(shown, {}, worst),
        first=min((one.placed.row.row for one in listed.rows), default=1),
        listed=listed,
    )


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
    by_place = {(cell.row, cell.column): cell for cell in cells}
    return SheetView(
        file.file,
        file,
        name,
        str(read.layout),
        tuple(findings),
        by_place,
        worst_of(findings),
        Counter(cell.outcome for cell in cells),
        heads,
        tuple(taken),
        shown,
        read.accepted,
        len(read.reasons),
        _layout(shown, by_place, worst_of(findings)),
        tuple(sorted(by_place.values(), key=lambda one: _ORDER[one.outcome])),
        min((row for row, _column in by_place), default=1),
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


def _layout(shown: ShownSheet | None, cells: Mapping[Place, Compared], worst: Mapping[Place, Severity]) -> Layout:
    columns = tuple(letters(shown, cells))
    if shown is None:
        return Layout(columns)
    read = {row for row, _column in cells}
    lone = tuple(_lone(shown, read))
    alone = {row for row, _column in lone}
    rows = sorted(read | {row for row, _column in worst})[:SAMPLED] or [
        row for row in range(1, min(SAMPLED, shown.height) + 1) if row not in alone
    ]
    widest = tuple(
        max((_said(shown, cells, row, at, name) for row in rows), key=len, default="")
        for at, name in enumerate(columns, 1)
    )
    named = {column for _row, column in cells}
    return Layout(
        columns,
        widest,
        frozenset(number(column) - 1 for _row, column in worst),
        lone,
        tuple(row for row in sorted(shown.hidden_rows - read) if row <= shown.height)[:MERGES],
        tuple(at for at in sorted(shown.hidden_columns) if at <= shown.width and columns[at - 1] not in named),
    )


def _said(shown: ShownSheet, cells: Mapping[Place, Compared], row: int, column: int, name: str) -> str:
    cell = cells.get((row, name))
    return figure_words(cell) if cell is not None else shown.text(row, column)


def figure_words(cell: Compared) -> str:
    """A figure of a file as it was read."""
    states = {State.NOT_REPORTED: _("not reported"), State.NOT_APPLICABLE: "–"}
    return states.get(cell.told.state) or figures.figure(cell.told)


def _lone(shown: ShownSheet, read: set[int]) -> Iterable[Place]:
    """Titles and notes: the only text of their row, outside merged blocks."""
    merged = {row for block in shown.merged() for row in range(block[0], block[2] + 1)}
    seen = [column for column in range(1, shown.width + 1) if column not in shown.hidden_columns]
    for row in range(1, min(shown.height, SAMPLED) + 1):
        if row in merged or row in read:
            continue
        filled = [column for column in seen if shown.sheet.at(row, column) != ""]
        if len(filled) == 1 and filled[0] < shown.width:
            yield row, letter(filled[0])


def letters(shown: ShownSheet | None, cells: Iterable[Place]) -> list[str]:
    """The columns of a sheet; where the file kept no cells, those that were read."""
    if shown is not None:
        return [letter(column) for column in range(1, shown.width + 1)]
    return sorted({column for _row, column in cells}, key=lambda name: (len(name), name))
