"""The matrix as a Qt model: cells that can be replaced one by one, totals kept beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.application.entry import Cell, Column, Matrix, Row
from desktop.domain.elements import ValueType
from desktop.domain.findings import Finding, Severity
from desktop.domain.values import Total, Value, amount_value, total
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.screens.entry.looks import OPEN, Drawn, Look, derived_text, derived_words, draw, look_of_derived

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MANY: Final = 64
"""Cells from which on everything is painted again instead of each."""
Arranged = Callable[["MatrixModel"], tuple[Sequence[int], Sequence[int]]]
"""Which of all rows and columns are shown, and in which order."""


class MatrixModel(QAbstractTableModel):
    """Communes down, elements across. The screen writes; this only shows what was written."""

    totals_changed = Signal(int)
    """The column whose totals moved, -1 for all."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix: Matrix | None = None
        self.all_columns: tuple[Column, ...] = ()
        self.all_rows: list[Row] = []
        self.columns: list[Column] = []
        """The columns shown, in their order."""
        self.rows: list[Row] = []
        """The communes shown, in their order."""
        self.findings: list[Finding] = []
        self._row_at: list[int] = []
        self._column_at: list[int] = []
        self._cells: list[list[Cell]] = []
        self._totals: list[Total] = []
        self._drawn: list[list[Drawn | None]] = []
        self._counts: list[dict[Severity, int] | None] = []
        self._worsts: list[Severity | None] = []
        self._lasts: list[int | None] = []
        self._judged: set[tuple[int, int]] = set()
        """The cells with findings."""
        self._longest: list[list[str] | None] = []
        self._base_of: dict[str, int] = {}
        """Places in `all_rows` by the commune's code."""
        self._base_row: dict[str, int] = {}
        self._base_column: dict[str, int] = {}
        self._row_of: dict[str, int] = {}
        self._column_of: dict[str, int] = {}
        self._shown_row: dict[int, int] = {}
        self._shown_column: dict[int, int] = {}

    def findings_of(self, matrix: Matrix) -> list[Finding]:
        """What was last found in the same form, period and kind: it stands until the checks speak again."""
        shown = self.matrix
        if shown is None:
            return []
        same = (shown.form.code, shown.period, shown.kind) == (matrix.form.code, matrix.period, matrix.kind)
        return self.findings if same else []

    def show(self, matrix: Matrix, arranged: Arranged | None = None) -> None:
        """Show a matrix as read from the record; `arranged` says which of its rows and columns, and in which order."""
        self.beginResetModel()
        self.matrix = matrix
        self.all_columns = matrix.columns
        self.all_rows = list(matrix.rows)
        self._cells = [list(row.cells) for row in matrix.rows]
        self._totals = list(matrix.totals)
        self.findings = list(matrix.findings)
        self._drawn = [[None] * len(self.all_columns) for _row in self.all_rows]
        self._lasts = [None] * len(self.all_rows)
        self._judged = {
            (row, column) for row, line in enumerate(self._cells) for column, cell in enumerate(line) if cell.findings
        }
        self._forget_signs()
        self._longest = [None] * len(self.all_columns)
        self._base_of = {row.commune.code: at for at, row in enumerate(self.all_rows)}
        self._base_row = {row.commune.uid: at for at, row in enumerate(self.all_rows)}
        self._base_column = {column.element.code: at for at, column in enumerate(self.all_columns)}
        self._arrange(*(arranged(self) if arranged else (range(len(self.all_rows)), range(len(self.all_columns)))))
        self.endResetModel()
        self.totals_changed.emit(-1)

    def arrange(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Show these of all rows and columns, in this order."""
        self.beginResetModel()
        self._arrange(rows, columns)
        self.endResetModel()
        self.totals_changed.emit(-1)

    def _arrange(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        self._row_at, self._column_at = list(rows), list(columns)
        self._shown_row = {base: at for at, base in enumerate(self._row_at)}
        self._shown_column = {base: at for at, base in enumerate(self._column_at)}
        self.rows = [self.all_rows[base] for base in self._row_at]
        self.columns = [self.all_columns[base] for base in self._column_at]
        self._row_of = {row.commune.code: at for at, row in enumerate(self.rows)}
        self._column_of = {column.element.code: at for at, column in enumerate(self.columns)}

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a shown cell."""
        return self._cells[self._row_at[row]][self._column_at[column]]

    def cell_at(self, uid: str, element: str) -> Cell | None:
        """What stands in a cell, shown or not."""
        row, column = self._base_row.get(uid), self._base_column.get(element)
        return None if row is None or column is None else self._cells[row][column]

    def line(self, base: int) -> Sequence[Cell]:
        """All cells of one of `all_rows`."""
        return self._cells[base]

    @property
    def totals(self) -> list[Total]:
        """The totals of the columns shown, over all communes whether shown or not."""
        return [self._totals[base] for base in self._column_at]

    def total(self, column: int) -> Total:
        """The total of a shown column."""
        return self._totals[self._column_at[column]]

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
        """The row of a commune's uid, where it is shown."""
        return self._shown_row.get(self._base_row.get(uid, -1))

    def column_of(self, element: str | None) -> int | None:
        """The column of an element."""
        return self._column_of.get(element or "")

    def short_name(self, column: int) -> str:
        """What the head says."""
        return words.short(self.columns[column].element)

    def full_name(self, column: int) -> str:
        """The whole name and the unit of count."""
        element = self.columns[column].element
        return f"{words.named(element.name_vi, element.name_en)} ({element.unit})"

    def is_text(self, column: int) -> bool:
        """Whether words are typed here, so that input methods must work."""
        return self.columns[column].element.type is ValueType.TEXT

    def value(self, row: int, column: int) -> Value | None:
        """The figure, or None where nobody wrote one."""
        figure = self.cell(row, column).figure
        return figure.value if figure.touched else None

    def text(self, row: int, column: int) -> str:
        """What the cell shows: its figure, or last year's as a ghost."""
        return self.drawn(row, column).text

    def look(self, row: int, column: int) -> Look:
        """How the cell is drawn."""
        return self.drawn(row, column).look

    def drawn(self, row: int, column: int) -> Drawn:
        """What is painted; kept until the cell changes."""
        base, at = self._row_at[row], self._column_at[column]
        made = self._drawn[base][at]
        if made is None:
            gone_past = at < self._last_touched(base)
            made = draw(self._cells[base][at], self.all_rows[base].state, gone_past=gone_past)
            self._drawn[base][at] = made
        return made

    def longest(self, column: int) -> list[str]:
        """The texts a column must have room for: its largest figures, this year's and last year's, or its words."""
        at = self._column_at[column]
        known = self._longest[at]
        if known is None:
            known = self._longest[at] = self._find_longest(at)
        return known

    def _find_longest(self, at: int) -> list[str]:
        amounts, texts, longest = [0], {""}, 0
        for line in self._cells:
            cell = line[at]
            if cell.derived is not None and abs(cell.counted.amount or 0) > longest:
                longest = abs(cell.counted.amount or 0)  # its sign needs room too
                texts.add(derived_text(cell.counted))
            for value in (cell.counted, cell.last_year):
                if value is None:
                    continue
                if value.amount is not None:
                    amounts.append(value.amount)
                elif value.text is not None:
                    texts.add(value.text[:40])
        texts |= {_("yes"), _("no")} if self.all_columns[at].element.type is ValueType.YES_NO else set()
        return [*texts, *(figures.figure(amount_value(amount)) for amount in (max(amounts), min(amounts)))]

    def _last_touched(self, base: int) -> int:
        known = self._lasts[base]
        if known is None:
            line = self._cells[base]
            known = next((at for at in reversed(range(len(line))) if line[at].figure.touched), -1)
            self._lasts[base] = known
        return known

    def told(self, row: int, column: int) -> str:
        """Why the cell bears a sign, and its note."""
        cell = self.cell(row, column)
        lines = [render(finding.message) for finding in cell.findings]
        lines += [_("Kept: {reason}").format(reason=f.kept.reason) for f in cell.findings if f.kept]
        if cell.figure.note:
            lines.append(_("Note: {note}").format(note=cell.figure.note))
        if look_of_derived(cell.figure.value, cell.derived) is not None:
            lines.append(derived_words(cell.derived))
        return "\n".join(lines)

    def spoken(self, row: int, column: int) -> str:
        """The cell in words: commune, element, figure or state, findings."""
        look = self.look(row, column)
        state = {
            Look.NOT_REPORTED: _("not reported"),
            Look.BLANK: _("not entered"),
            Look.NOT_APPLICABLE: _("not applicable"),
            Look.NOT_DUE: _("not due yet"),
            Look.GHOST: _("not entered; last year {figure}").format(figure=self.text(row, column)),
        }.get(look, self.text(row, column))
        place = f"{self.rows[row].commune.name}, {self.full_name(column)}"
        sign = {Look.ERROR: _("Error"), Look.WARNING: _("Warning"), Look.KEPT: _("Kept")}.get(look, "")
        return ". ".join(part for part in (f"{place}: {state}", sign, self.told(row, column)) if part)

    def put_cells(self, cells: Iterable[tuple[str, str, Cell]]) -> None:
        """Show whole cells; totals follow at once, findings come when they were checked again."""
        columns = set()
        for uid, element, cell in cells:
            base, at = self._base_row[uid], self._base_column[element]
            last = self._last_touched(base)
            self._cells[base][at] = cell
            self._lasts[base] = self._longest[at] = None
            columns.add(at)
            # Cells that were gone past are gaps now, and no ghosts any more; or the other way round.
            ends = (at, last, self._last_touched(base)) if self._last_touched(base) != last else (at,)
            self._forget(base, max(min(ends), 0), max(ends))
        for at in columns:
            parts = (line[at].counted for line, row in zip(self._cells, self.all_rows, strict=True) if row.counts)
            self._totals[at] = total(parts)
            if at in self._shown_column:
                self.totals_changed.emit(self._shown_column[at])

    def _forget(self, base: int, first: int, last: int) -> None:
        self._drawn[base][first : last + 1] = [None] * (last + 1 - first)
        row = self._shown_row.get(base)
        shown = [self._shown_column[at] for at in range(first, last + 1) if at in self._shown_column]
        if row is not None and shown:
            self.dataChanged.emit(self.index(row, min(shown)), self.index(row, max(shown)))

    def set_state(self, uid: str, state: str) -> str:
        """The form of a commune (uid) moved; gives the state it had."""
        base = self._base_row[uid]
        before = self.all_rows[base].state
        if state == before:
            return before
        self.all_rows[base] = replace(self.all_rows[base], state=state)
        row = self._shown_row.get(base)
        if row is not None:
            self.rows[row] = self.all_rows[base]
            self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        if (before in OPEN) != (state in OPEN):
            self._forget(base, 0, len(self.all_columns) - 1)
        return before

    def judge(self, findings: Sequence[Finding]) -> None:
        """Show what the checks found; only cells whose findings moved are painted again."""
        by_cell: dict[tuple[int, int], list[Finding]] = {}
        for finding in findings:
            base, at = self._base_of.get(finding.unit or ""), self._base_column.get(finding.element or "")
            if base is not None and at is not None:
                by_cell.setdefault((base, at), []).append(finding)
        moved: list[tuple[int, int]] = []
        for base, at in self._judged | by_cell.keys():
            cell, found = self._cells[base][at], tuple(by_cell.get((base, at), ()))
            if found != cell.findings:
                self._cells[base][at] = replace(cell, findings=found)
                self._drawn[base][at] = None
                moved.append((base, at))
        self._judged = set(by_cell)
        self.findings = list(findings)
        if moved:
            self._forget_signs()
            self._tell_judged(moved)

    def _tell_judged(self, moved: Sequence[tuple[int, int]]) -> None:
        if len(moved) > MANY and self.rows and self.columns:
            rows = len(self.rows) - 1
            self.dataChanged.emit(self.index(0, 0), self.index(rows, len(self.columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, rows)
            self.totals_changed.emit(-1)
            return
        for base, at in moved:
            self._forget(base, at, at)
        for row in {self._shown_row.get(base) for base, _at in moved} - {None}:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        for column in {self._shown_column.get(at) for _base, at in moved} - {None}:
            self.totals_changed.emit(column)

    def _forget_signs(self) -> None:
        self._counts = [None] * len(self.all_rows)
        found: dict[int, set[Severity]] = {}
        for base, at in self._judged:
            worst = self._cells[base][at].worst
            if worst is not None:
                found.setdefault(at, set()).add(worst)
        grades = (Severity.ERROR, Severity.WARNING)
        self._worsts = [
            next((grade for grade in grades if grade in found.get(at, ())), None) for at in range(len(self.all_columns))
        ]

    def count(self, row: int, severity: Severity) -> int:
        """Open findings of a shown commune."""
        base = self._row_at[row]
        known = self._counts[base]
        if known is None:
            known = self._counts[base] = dict.fromkeys(Severity, 0)
            seen = set()
            for cell in self._cells[base]:
                for finding in cell.findings:
                    # One rule broken over several cells is one thing to mend.
                    breach = finding.group or finding.id
                    if finding.kept is None and breach not in seen:
                        seen.add(breach)
                        known[finding.severity] += 1
        return known[severity]

    @property
    def signed(self) -> set[int]:
        """Shown columns in which a cell bears a sign."""
        return {self._shown_column[at] for _base, at in self._judged if at in self._shown_column}

    def worst_of_column(self, column: int) -> Severity | None:
        """The gravest open finding of a shown column, which its total carries."""
        return self._worsts[self._column_at[column]]
