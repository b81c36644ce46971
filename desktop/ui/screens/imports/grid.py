"""A sheet as in Excel: its letters and row numbers, what each column and row was taken for, signs at the cells."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen, QPolygon, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.application.imports import Compared, Outcome
from desktop.application.shown_sheets import ShownSheet
from desktop.domain.findings import Severity
from desktop.domain.values import State
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.imports.heads import NUMBER, ColumnHead, RowHead
from desktop.ui.screens.imports.model import SheetView, figure_words
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import label

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROW: Final = 24
INSET: Final = 6
WIDEST: Final = 190
MERGES: Final = 2_000
OF: Final = {Severity.ERROR: Sign.ERROR, Severity.WARNING: Sign.WARNING}
OUTCOMES: Final = (
    Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.KEPT, Outcome.CLOSED, Outcome.LATER,
)  # fmt: skip


def outcome_words(outcome: Outcome) -> str:
    """What becomes of a figure, in words."""
    return {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("another figure"),
        Outcome.SAME: _("as it stands"),
        Outcome.KEPT: _("typed figure kept"),
        Outcome.CLOSED: _("form is closed"),
        Outcome.LATER: _("another file says it"),
    }[outcome]


class SheetModel(QAbstractTableModel):
    """All cells of one sheet; nothing is put into words before it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.view: SheetView | None = None
        self.columns: list[str] = []
        self.rows = 0

    def show(self, view: SheetView | None) -> None:
        """Another sheet."""
        self.beginResetModel()
        self.view = view
        self.columns = list(view.layout_of.columns) if view else []
        self.rows = view.shown.height if view and view.shown else 0
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """The rows of the sheet."""
        return 0 if parent.isValid() else self.rows

    def columnCount(self, parent: Index = ROOT) -> int:
        """The columns of the sheet."""
        return 0 if parent.isValid() else len(self.columns)

    def compared(self, row: int, column: int) -> Compared | None:
        """The figure read from a cell, counted from 0."""
        return self.view.cells.get((row + 1, self.columns[column])) if self.view else None

    def worst(self, row: int, column: int) -> Severity | None:
        """The worst finding of a cell."""
        return self.view.worst.get((row + 1, self.columns[column])) if self.view else None

    def text(self, row: int, column: int) -> str:
        """A figure as it was read, else what the cell shows."""
        cell = self.compared(row, column)
        if cell is not None:
            return figure_words(cell)
        return self.raw(row, column)

    def raw(self, row: int, column: int) -> str:
        """What the cell shows in the file."""
        return self.view.shown.text(row + 1, column + 1) if self.view and self.view.shown else ""

    def is_number(self, row: int, column: int) -> bool:
        """Whether it stands at the right."""
        if self.compared(row, column) is not None:
            return True
        return bool(self.view and self.view.shown and self.view.shown.is_number(row + 1, column + 1))

    def place_of(self, row: int | None, column: str | None) -> tuple[int, int]:
        """Where a cell of the file is in the table."""
        at = self.columns.index(column) if column in self.columns else 0
        return (row or 1) - 1, at

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, and as tooltip the cell with what stands in the record."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row, column) or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Excel letters and row numbers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def tip(self, row: int, column: int) -> str:
        """What the file says, what the record says, what becomes of it."""
        cell = self.compared(row, column)
        place = f"{self.columns[column]}{row + 1}"
        if cell is None:
            return self.raw(row, column)
        return _("Cell {cell}: “{raw}” · in the record: {held} · {outcome}").format(
            cell=place,
            raw=self.raw(row, column),
            held=figures.figure(cell.held) or _("nothing"),
            outcome=outcome_words(cell.outcome),
        )


class SheetGrid(QTableView):
    """Painted cell by cell; the current cell has the frame, its row and column are tinted in the heads."""

    def __init__(self) -> None:
        super().__init__()
        self.corner = label("", "hint")
        self.corner.setParent(self)
        self.corner.setText(f"{_('Row')}  {_('Taken for')}")
        self.corner.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.corner.setIndent(NUMBER - 29)
        self.sheet = SheetModel()
        self._hidden: tuple[list[int], list[int]] = ([], [])
        self.setModel(self.sheet)
        self.setAccessibleName(_("The sheet as in Excel"))
        self.setItemDelegate(_Painter(self))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalHeader(ColumnHead(self))
        self.setVerticalHeader(RowHead(self, ROW))
        self.setCornerButtonEnabled(False)
        self.selectionModel().currentChanged.connect(self._moved)

    def show_sheet(self, view: SheetView | None) -> None:
        """Another sheet, its first figures in sight."""
        is_same = bool(
            view and self.sheet.view and (view.file, view.sheet) == (self.sheet.view.file, self.sheet.view.sheet)
        )
        held = (self.currentIndex().row(), self.currentIndex().column())
        self._show_hidden()
        self.clearSpans()
        self.sheet.show(view)
        if view is None or view.shown is None:
            return
        self._span(view, view.shown)
        self._hide(view)
        self._fit(view)
        self.horizontalHeader().updateGeometry()
        if is_same and held[0] >= 0 and view.cells:
            self.go(*held)
        else:
            self._show_first()

    def showEvent(self, event: QShowEvent) -> None:
        """What was shown before there was room for it begins with its first figures, too."""
        super().showEvent(event)
        if not self.currentIndex().isValid():
            self._show_first()

    def _show_first(self) -> None:
        view = self.sheet.view
        first = view.first if view else 1
        self.scrollTo(self.sheet.index(max(first - 1, 0), 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.horizontalScrollBar().setValue(0)

    def _span(self, view: SheetView, shown: ShownSheet) -> None:
        """Merged blocks as in the file; a lone text such as a title runs over the empty cells at its right."""
        merged = [block for block in shown.merged() if block[2] > block[0] or block[3] > block[1]][:MERGES]
        for top, left, bottom, right in merged:
            self.setSpan(top - 1, left - 1, bottom - top + 1, right - left + 1)
        for row, name in view.layout_of.lone:
            left = self.sheet.columns.index(name)
            self.setSpan(row - 1, left, 1, shown.width - left)

    def _show_hidden(self) -> None:
        for row in self._hidden[0]:
            self.setRowHidden(row, False)
        for column in self._hidden[1]:
            self.setColumnHidden(column, False)
        self._hidden = ([], [])

    def _hide(self, view: SheetView) -> None:
        """What the file hides is hidden here too, unless figures were read there."""
        rows = [row - 1 for row in view.layout_of.hidden_rows]
        columns = [column - 1 for column in view.layout_of.hidden_columns]
        for row in rows:
            self.setRowHidden(row, True)
        for column in columns:
            self.setColumnHidden(column, True)
        self._hidden = (rows, columns)

    def updateGeometries(self) -> None:
        """The words over the row numbers fill the corner."""
        super().updateGeometries()
        self.corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, counted from 0."""
        index = self.sheet.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _fit(self, view: SheetView) -> None:
        """As wide as the first figures and the head's words, never wider than a name."""
        metrics = self.fontMetrics()
        head, layout = self.horizontalHeader(), view.layout_of
        for column, text in enumerate(layout.widest):
            least = head.least(column) if isinstance(head, ColumnHead) else 40
            sign = 18 if column in layout.signed else 0
            self.setColumnWidth(column, min(max(least, metrics.horizontalAdvance(text) + 2 * INSET + sign + 3), WIDEST))

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():
            self.verticalHeader().viewport().update()
        if now.column() != before.column():
            self.horizontalHeader().viewport().update()


class _Painter(QStyledItemDelegate):
    """Read figures on white, everything else of the file on the band; what stays as it is in grey."""

    def __init__(self, view: SheetGrid) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        model = self._view.sheet
        row, column = index.row(), index.column()
        cell, worst = model.compared(row, column), model.worst(row, column)
        painter.fillRect(place, colour(_ground(cell, worst)))
        inner = place.adjusted(INSET, 0, -INSET, -1)
        sign = _sign(cell, worst)
        if sign is not None:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(inner.left() - 2, place.center().y() - 6, signs.pixmap(sign, 12, ratio))
            inner.adjust(13, 0, 0, 0)
        self._write(painter, inner, row, column, cell)
        if cell is not None and cell.outcome is Outcome.CHANGED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawPolygon(_corner(place.right() + 1, place.top()))
        line = "line5" if (row + 1) % 5 == 0 else "line"
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour(line))
        painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line"))
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def _write(self, painter: QPainter, inner: QRect, row: int, column: int, cell: Compared | None) -> None:
        model = self._view.sheet
        text = model.text(row, column)
        if not text:
            return
        is_closed = cell is not None and cell.outcome is Outcome.CLOSED
        is_error = model.worst(row, column) is Severity.ERROR and not is_closed
        is_bold = is_error or (cell is not None and cell.outcome is Outcome.CHANGED)
        is_empty = cell is not None and cell.told.state is State.NOT_REPORTED
        painter.setFont(fonts.font(fonts.TEXT, 600 if is_bold else 400, italic=is_empty))
        painter.setPen(colour("bad" if is_error else _ink(cell)))
        across = Qt.AlignmentFlag.AlignRight if model.is_number(row, column) else Qt.AlignmentFlag.AlignLeft
        if model.is_number(row, column) and painter.fontMetrics().horizontalAdvance(text) > inner.width():
            text = text if is_empty else "###"
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _corner(x: int, y: int) -> QPolygon:
    return QPolygon([QPoint(x - 6, y), QPoint(x, y), QPoint(x, y + 6)])


def _ground(cell: Compared | None, worst: Severity | None) -> str:
    if worst is Severity.ERROR and (cell is None or cell.outcome is not Outcome.CLOSED):
        return "bad_tint"
    if worst is Severity.WARNING:
        return "warn_tint"
    return "sheet" if cell is not None and cell.outcome is not Outcome.CLOSED else "band"


def _ink(cell: Compared | None) -> str:
    if cell is None:
        return "ink2"
    return "ink" if cell.outcome in (Outcome.NEW, Outcome.CHANGED) else "ink3"


def _sign(cell: Compared | None, worst: Severity | None) -> Sign | None:
    if cell is not None and cell.outcome is Outcome.CLOSED:
        return Sign.LOCKED
    return OF.get(worst) if worst is not None else None
