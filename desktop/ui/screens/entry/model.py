"""The matrix as a Qt model: cells that can be replaced one by one, totals kept beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.application.entry import Cell, Column, Matrix, Row
from desktop.application.figures import Figure
from desktop.domain.elements import ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import State, Total, Value, amount_value, total
from desktop.system.i18n import _, render
from desktop.ui import figures, words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CLOSED = ("checked", "locked")
OPEN = ("not_started", "in_entry", "returned")


class Look(Enum):
    """How a cell is drawn; the first that holds counts."""

    ERROR = auto()
    WARNING = auto()
    KEPT = auto()
    LOCKED = auto()
    GHOST = auto()
    NOT_REPORTED = auto()
    NOT_APPLICABLE = auto()
    BLANK = auto()
    PLAIN = auto()


class MatrixModel(QAbstractTableModel):
    """Communes down, elements across. The screen writes; this only shows what was written."""

    totals_changed = Signal(int)
    """The column whose totals moved, -1 for all."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.cells: list[list[Cell]] = []
        self.totals: list[Total] = []
        self.findings: list[Finding] = []
        self._texts: list[list[str | None]] = []
        self._counts: list[dict[Severity, int] | None] = []
        self._worsts: list[Severity | None] = []
        self._lasts: list[int | None] = []
        self._judged: set[tuple[int, int]] = set()
        """The cells with findings."""
        self._row_of: dict[str, int] = {}
        self._column_of: dict[str, int] = {}

    def show(self, matrix: Matrix) -> None:
        """Show a matrix as read from the record."""
        self.beginResetModel()
        self.matrix = matrix
        self.columns = matrix.columns
        self.rows = list(matrix.rows)
        self.cells = [list(row.cells) for row in matrix.rows]
        self.totals = list(matrix.totals)
        self.findings = list(matrix.findings)
        self._texts = [[None] * len(self.columns) for _row in self.rows]
        self._lasts = [None] * len(self.rows)
        self._judged = {
            (row, column) for row, line in enumerate(self.cells) for column, cell in enumerate(line) if cell.findings
        }
        self._forget_signs()
        self._row_of = {row.commune.code: at for at, row in enumerate(self.rows)}
        self._column_of = {column.element.code: at for at, column in enumerate(self.columns)}
        self.endResetModel()
        self.totals_changed.emit(-1)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Communes."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Elements."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be chosen; the view types into them itself."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, tooltip and what a screen reader says."""
        if not index.isValid() or index.row() >= len(self.rows) or index.column() >= len(self.columns):
            return None
        at = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(*at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignLeft if self.is_text(at[1]) else Qt.AlignmentFlag.AlignRight
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.told(*at) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(*at)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Short names of elements with their number; names of communes."""
        across = orientation is Qt.Orientation.Horizontal
        if not 0 <= section < (len(self.columns) if across else len(self.rows)):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if not across:
                return self.rows[section].commune.name
            return f"{self.short_name(section)} ({self.columns[section].number})"
        if role == Qt.ItemDataRole.ToolTipRole and across:
            return self.full_name(section)
        return None

    def row_of(self, unit: str | None) -> int | None:
        """The row of a commune's code."""
        return self._row_of.get(unit or "")

    def row_of_uid(self, uid: str) -> int | None:
        """The row of a commune's uid."""
        return next((at for at, row in enumerate(self.rows) if row.commune.uid == uid), None)

    def column_of(self, element: str | None) -> int | None:
        """The column of an element."""
        return self._column_of.get(element or "")

    def short_name(self, column: int) -> str:
        """What the head says."""
        element = self.columns[column].element
        return words.named(element.short_vi or element.name_vi, element.name_en)

    def full_name(self, column: int) -> str:
        """The whole name and the unit of count."""
        element = self.columns[column].element
        return f"{words.named(element.name_vi, element.name_en)} ({element.unit})"

    def is_text(self, column: int) -> bool:
        """Whether words are typed here, so that input methods must work."""
        return self.columns[column].element.type is ValueType.TEXT

    def value(self, row: int, column: int) -> Value | None:
        """The figure, or None where nobody wrote one."""
        figure = self.cells[row][column].figure
        return figure.value if figure.touched else None

    def text(self, row: int, column: int) -> str:
        """What the cell shows: its figure, or last year's as a ghost."""
        made = self._texts[row][column]
        if made is None:
            made = self._texts[row][column] = self._text(row, column)
        return made

    def _text(self, row: int, column: int) -> str:
        look = self.look(row, column)
        if look is Look.GHOST:
            return figures.figure(self.cells[row][column].last_year)
        return "–" if look is Look.NOT_APPLICABLE else figures.figure(self.value(row, column))

    def longest(self, column: int) -> list[str]:
        """The texts a column must have room for: its largest figures, this year's and last year's, or its words."""
        amounts, texts = [0], {""}
        for line in self.cells:
            for value in (line[column].figure.value, line[column].last_year):
                if value is None:
                    continue
                if value.amount is not None:
                    amounts.append(value.amount)
                else:
                    texts.add(figures.figure(value)[:40])
        return [*texts, *(figures.figure(amount_value(amount)) for amount in (max(amounts), min(amounts)))]

    def look(self, row: int, column: int) -> Look:
        """How the cell is drawn."""
        cell = self.cells[row][column]
        worst = cell.worst
        if worst is Severity.ERROR:
            return Look.ERROR
        if worst is Severity.WARNING:
            return Look.WARNING
        state = cell.figure.value.state
        if cell.figure.touched and cell.kept:
            return Look.KEPT
        if not cell.figure.touched:
            past = cell.last_year
            # A cell that was gone past is a gap; one still ahead shows what stood there last year.
            if self.rows[row].state not in OPEN or column < self._last_touched(row):
                return Look.NOT_REPORTED
            return Look.GHOST if past is not None and past.is_reported else Look.BLANK
        if state is State.NOT_REPORTED:
            return Look.NOT_REPORTED
        if state is State.NOT_APPLICABLE:
            return Look.NOT_APPLICABLE
        return Look.LOCKED if self.rows[row].state in CLOSED else Look.PLAIN

    def _last_touched(self, row: int) -> int:
        known = self._lasts[row]
        if known is None:
            line = self.cells[row]
            known = next((at for at in reversed(range(len(line))) if line[at].figure.touched), -1)
            self._lasts[row] = known
        return known

    def told(self, row: int, column: int) -> str:
        """Why the cell bears a sign, and its note."""
        cell = self.cells[row][column]
        lines = [render(finding.message) for finding in cell.findings]
        lines += [_("Kept: {reason}").format(reason=f.kept.reason) for f in cell.findings if f.kept]
        if cell.figure.note:
            lines.append(_("Note: {note}").format(note=cell.figure.note))
        return "\n".join(lines)

    def spoken(self, row: int, column: int) -> str:
        """The cell in words: commune, element, figure or state, findings."""
        look = self.look(row, column)
        state = {
            Look.NOT_REPORTED: _("not reported"),
            Look.BLANK: _("not entered"),
            Look.NOT_APPLICABLE: _("not applicable"),
            Look.GHOST: _("not entered; last year {figure}").format(figure=self.text(row, column)),
        }.get(look, self.text(row, column))
        place = f"{self.rows[row].commune.name}, {self.full_name(column)}"
        sign = {Look.ERROR: _("Error"), Look.WARNING: _("Warning"), Look.KEPT: _("Kept")}.get(look, "")
        return ". ".join(part for part in (f"{place}: {state}", sign, self.told(row, column)) if part)

    def put(self, changes: Iterable[tuple[int, int, Value]]) -> None:
        """Show figures that were just written; totals follow, findings come when they were checked again."""
        touched: set[int] = set()
        for row, column, value in changes:
            cell = self.cells[row][column]
            self.cells[row][column] = replace(cell, figure=Figure(value, cell.figure.note), findings=())
            self._texts[row] = [None] * len(self.columns)
            self._lasts[row] = None
            touched.add(column)
            if self.rows[row].state != "in_entry":
                self.set_state(row, "in_entry")
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))
        for column in touched:
            self.totals[column] = total(line[column].figure.value for line in self.cells)
            self.totals_changed.emit(column)

    def set_state(self, row: int, state: str) -> None:
        """The form of a commune moved."""
        self.rows[row] = replace(self.rows[row], state=state)
        self._texts[row] = [None] * len(self.columns)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        if self.columns:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def judge(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found; only cells whose findings moved are painted again."""
        by_cell: dict[tuple[int, int], list[Finding]] = {}
        for finding in findings:
            row, column = self.row_of(finding.unit), self.column_of(finding.element)
            if row is not None and column is not None:
                by_cell.setdefault((row, column), []).append(finding)
        moved_rows, moved_columns = set(), set()
        for row, column in self._judged | by_cell.keys():
            found = tuple(by_cell.get((row, column), ()))
            if found != self.cells[row][column].findings:
                self.cells[row][column] = replace(self.cells[row][column], findings=found)
                self._texts[row][column] = None
                moved_rows.add(row)
                moved_columns.add(column)
                index = self.index(row, column)
                self.dataChanged.emit(index, index)
        self._judged = set(by_cell)
        self.findings = list(findings)
        if moved_rows:
            self._forget_signs()
        for row in moved_rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        for column in moved_columns:
            self.totals_changed.emit(column)

    def _forget_signs(self) -> None:
        self._counts = [None] * len(self.rows)
        found: dict[int, set[Severity]] = {}
        for row, column in self._judged:
            worst = self.cells[row][column].worst
            if worst is not None:
                found.setdefault(column, set()).add(worst)
        grades = (Severity.ERROR, Severity.WARNING)
        self._worsts = [
            next((grade for grade in grades if grade in found.get(column, ())), None)
            for column in range(len(self.columns))
        ]

    def count(self, row: int, severity: Severity) -> int:
        """Open findings of a commune."""
        known = self._counts[row]
        if known is None:
            known = self._counts[row] = dict.fromkeys(Severity, 0)
            for cell in self.cells[row]:
                for finding in cell.findings:
                    if finding.kept is None:
                        known[finding.severity] += 1
        return known[severity]

    @property
    def signed(self) -> set[int]:
        """Columns in which a cell bears a sign."""
        return {column for _row, column in self._judged}

    def worst_of_column(self, column: int) -> Severity | None:
        """The gravest open finding of a column, which its total carries."""
        return self._worsts[column]
