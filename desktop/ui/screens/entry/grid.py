"""The matrix people type into: painted cell by cell, only what is seen, with a keyboard like Excel's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QHeaderView, QTableView

from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.entry.cells import SIGN, paint_cell
from desktop.ui.screens.entry.editor import CellEditor
from desktop.ui.screens.entry.heads import (
    INSET,
    NAME,
    NUMBER,
    SIGN_ONLY,
    STATE,
    ColumnHead,
    Corner,
    RowHead,
    least_width,
)
from desktop.ui.screens.entry.model import Index, MatrixModel
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour

ROW: Final = 24
LEAST: Final = 54
FRAME: Final = 2


class MatrixView(QTableView):
    """Cells, frozen heads and the editor. It decides nothing: `settle` says whether typed text was taken."""

    cleared = Signal()
    copied = Signal()
    cut = Signal()
    pasted = Signal()
    filled = Signal(int, int)
    """Fill the block from its first row (1, 0) or its first column (0, 1)."""
    section_asked = Signal(int)
    scrolled = Signal()
    edited = Signal(str)
    """The text in the editor, as it is typed; the cell bar shows it too."""

    def __init__(self, model: MatrixModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self.matrix_model = model
        self.is_compact = False
        self.head_lines = 2
        self.name_width = NAME
        self._settle = settle
        self._editing: QModelIndex | None = None
        self.setAccessibleName(_("Figures of the communes"))
        self.setHorizontalHeader(ColumnHead(self))
        self.setVerticalHeader(RowHead(self))
        self._corner = Corner(self)
        self.setModel(model)
        for painted in (self, self.horizontalHeader(), self.verticalHeader()):
            # Each fills its ground itself: what lies behind may be painted again without it.
            painted.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.editor = CellEditor(self.viewport())
        self.editor.moved.connect(self._settle_and_move)
        self.editor.left.connect(self.settle)
        self.editor.given_up.connect(self.give_up)
        self.editor.textEdited.connect(self.edited)
        model.modelReset.connect(self.fit)
        model.modelAboutToBeReset.connect(self.give_up)
        self.selectionModel().currentChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self.scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._follow_editor)
        self.verticalScrollBar().valueChanged.connect(self._follow_editor)

    @property
    def frozen_width(self) -> int:
        """Width of the frozen columns at the left."""
        return self.name_width + (SIGN_ONLY if self.is_compact else NUMBER + STATE)

    def set_compact(self, compact: bool) -> None:
        """Names and signs only at the left."""
        self.is_compact = compact
        self.fit()

    def fit(self) -> None:
        """Give every column the width its figures, totals and names need; nothing is ever cut from a number."""
        model = self.matrix_model
        small, text, bold = (
            QFontMetrics(fonts.font(size, weight)) for size, weight in ((12, 500), (13, 400), (13, 600))
        )
        names = [bold.horizontalAdvance(words.unit_name(row.commune.name)) for row in model.rows]
        self.name_width = max(100, min(max(names, default=NAME) + 2 * INSET + 8, 220))
        reported = text.horizontalAdvance(f"{len(model.rows)}/{len(model.rows)}")
        signed_columns = model.signed
        for column in range(len(model.columns)):
            head = least_width(model.short_name(column), 2, small)
            widest = max((text.horizontalAdvance(said) for said in model.longest(column)), default=0)
            whole = bold.horizontalAdvance(figures.figure(model.totals[column].value))
            signed = SIGN + 6 if column in signed_columns else 0
            need = max(widest + signed, whole + signed, reported, head) + 2 * INSET
            self.setColumnWidth(column, max(LEAST, need))
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Keep the corner over the meeting of the heads."""
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The editor stays on its cell."""
        super().resizeEvent(event)
        self._follow_editor()

    def visible_rows(self) -> Iterator[int]:
        """Rows that can be seen."""
        head = self.verticalHeader()
        first = max(head.visualIndexAt(0), 0)
        last = head.visualIndexAt(self.viewport().height())
        return iter(range(first, (last if last >= 0 else len(self.matrix_model.rows) - 1) + 1))

    def visible_columns(self) -> Iterator[int]:
        """Columns that can be seen."""
        head = self.horizontalHeader()
        first = max(head.visualIndexAt(0), 0)
        last = head.visualIndexAt(self.viewport().width())
        return iter(range(first, (last if last >= 0 else len(self.matrix_model.columns) - 1) + 1))

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells of the region, then the frames of block and current cell."""
        painter = QPainter(self.viewport())
        region, dirty = event.rect(), event.region()
        painter.fillRect(region, colour("sheet"))
        across, down = self.horizontalHeader(), self.verticalHeader()
        chosen, ratio = self._block(), self.devicePixelRatioF()
        current = self.currentIndex()
        columns = [
            (column, across.sectionViewportPosition(column), across.sectionSize(column), self._ends_group(column))
            for column in self.visible_columns()
        ]
        columns = [part for part in columns if part[1] <= region.right() and part[1] + part[2] >= region.left()]
        for row in self.visible_rows():
            top, height = down.sectionViewportPosition(row), down.sectionSize(row)
            if top > region.bottom() or top + height < region.top():
                continue
            for column, left, width, is_last in columns:
                place = QRect(left, top, width, height)
                if not dirty.intersects(place):
                    continue
                inside = chosen is not None and chosen.contains(column, row)
                marked = inside and not (current.row() == row and current.column() == column)
                paint_cell(
                    painter,
                    self.matrix_model,
                    place,
                    (row, column),
                    marked=marked,
                    ratio=ratio,
                )
                painter.fillRect(left + width - 1, top, 1, height, colour("line5" if is_last else "line"))
            fifth = (row + 1) % 5 == 0 or row + 1 == len(self.matrix_model.rows)
            if columns:
                right = columns[-1][1] + columns[-1][2]
                painter.fillRect(
                    columns[0][1], top + height - 1, right - columns[0][1], 1, colour("line5" if fifth else "line")
                )
        self._frames(painter, chosen)

    def _ends_group(self, column: int) -> bool:
        known = self.matrix_model.columns
        return column + 1 >= len(known) or known[column + 1].section is not known[column].section

    def _frames(self, painter: QPainter, chosen: QRect | None) -> None:
        current = self.currentIndex()
        if not current.isValid():
            return
        ink = colour("accent" if self.hasFocus() or self.editor.hasFocus() else "frame")
        painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen is not None and (chosen.width() > 1 or chosen.height() > 1):
            model = self.matrix_model
            whole = self.visualRect(model.index(chosen.top(), chosen.left())).united(
                self.visualRect(model.index(chosen.bottom(), chosen.right()))
            )
            painter.drawRect(whole.adjusted(0, 0, -1, -1))
        painter.drawRect(self.visualRect(current).adjusted(0, 0, -1, -1))

    def _block(self) -> QRect | None:
        """The chosen block as a rectangle of (column, row), or None."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            return None
        found = QRect()
        for part in ranges.toList():
            found = found.united(QRect(QPoint(part.left(), part.top()), QPoint(part.right(), part.bottom())))
        return found

    def block(self) -> QRect:
        """The chosen block, at least the current cell: (left column, top row, columns, rows)."""
        current = self.currentIndex()
        return self._block() or QRect(current.column(), current.row(), 1, 1)

    # ---- moving ----

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into sight."""
        index = self.matrix_model.index(row, column)
        self.setCurrentIndex(index)
        self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def step_by(self, down: int, right: int) -> None:
        """The neighbouring cell; Tab at the end of a line goes to the next one."""
        model, current = self.matrix_model, self.currentIndex()
        if not current.isValid() or not model.rows:
            return
        row, column = current.row() + down, current.column() + right
        if right and not 0 <= column < len(model.columns):
            row += 1 if right > 0 else -1
            column = 0 if right > 0 else len(model.columns) - 1
        if 0 <= row < len(model.rows):
            self.go(row, min(max(column, 0), len(model.columns) - 1))

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._editing is not None and current != self._editing:
            self.settle()
        if current.isValid():
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.matrix_model.is_text(current.column()))
        # Only what moved is painted again: a whole screen of cells costs more than a key may take.
        if current.column() != previous.column():
            self.horizontalHeader().viewport().update()
        if current.row() != previous.row():
            for row in (previous.row(), current.row()):
                top, height = self.verticalHeader().sectionViewportPosition(row), ROW
                self.verticalHeader().viewport().update(0, top, self.verticalHeader().width(), height)
        for index in (previous, current):
            self._repaint(self.visualRect(index))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The frames reach a little over the cells of the block."""
        super().selectionChanged(selected, deselected)
        for part in (*selected.toList(), *deselected.toList()):
            self._repaint(self.visualRect(part.topLeft()).united(self.visualRect(part.bottomRight())))

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Only the cells that changed are painted again; for more than one Qt would paint them all."""
        if topLeft == bottomRight:
            super().dataChanged(topLeft, bottomRight)
        else:
            self._repaint(self.visualRect(topLeft).united(self.visualRect(bottomRight)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frames take the colour of the focus; the item view would paint every cell."""
        QAbstractScrollArea.focusInEvent(self, event)
        if not self.currentIndex().isValid() and self.matrix_model.rows and self.matrix_model.columns:
            self.go(0, 0)
        self._repaint(self._framed())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frames lose the colour of the focus."""
        QAbstractScrollArea.focusOutEvent(self, event)
        self._repaint(self._framed())

    def _framed(self) -> QRect:
        model, block = self.matrix_model, self.block()
        first, last = model.index(block.top(), block.left()), model.index(block.bottom(), block.right())
        return self.visualRect(first).united(self.visualRect(last))

    def _repaint(self, place: QRect) -> None:
        self.viewport().update(place.adjusted(-FRAME, -FRAME, FRAME, FRAME))

    # ---- typing ----

    @property
    def is_editing(self) -> bool:
        """Whether a cell is half typed."""
        return self._editing is not None

    def begin(self, text: str | None = None) -> None:
        """Open the editor on the current cell: with its figure (F2), or with what was just typed."""
        index = self.currentIndex()
        if not index.isValid():
            return
        self._editing = QModelIndex(index)
        self.scrollTo(index)
        column = index.column()
        is_text = self.matrix_model.is_text(column)
        self.editor.by_typing = text is not None
        self.editor.setFont(fonts.font(fonts.TEXT))
        self.editor.setAlignment(Qt.AlignmentFlag.AlignLeft if is_text else Qt.AlignmentFlag.AlignRight)
        self.editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_text)
        shown = figures.typed(self.matrix_model.value(index.row(), column)) if text is None else text
        self.editor.setText(shown)
        self.editor.setAccessibleName(self.matrix_model.spoken(index.row(), column))
        self._follow_editor()
        self.editor.show()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.end(False)
        self.edited.emit(shown)

    def settle(self) -> bool:
        """Keep what was typed, if it is taken; False where it was refused, then the cell is as it was."""
        taken = self._take()
        if not taken:
            self.give_up()
        return taken

    def _take(self) -> bool:
        index = self._editing
        if index is None:
            return True
        text = self.editor.text()
        if not self._settle(index.row(), index.column(), text):
            return False
        self._close_editor()
        return True

    def _settle_and_move(self, down: int, right: int) -> None:
        # Refused: the text stays in the editor, so that nobody types it twice.
        if self._take():
            self.step_by(down, right)

    def give_up(self) -> None:
        """Leave the cell as it was."""
        if self._editing is not None:
            self._close_editor()

    def _close_editor(self) -> None:
        had_focus = self.editor.hasFocus()
        place = QRect() if self._editing is None else self.visualRect(self._editing)
        self._editing = None
        self.editor.hide()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._repaint(place)

    def _follow_editor(self) -> None:
        if self._editing is not None:
            self.editor.setGeometry(self.visualRect(self._editing).adjusted(-1, -1, 0, 0))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Composition begun on a chosen cell opens its editor and goes on there."""
        if not self.is_editing and (event.preeditString() or event.commitString()) and self.currentIndex().isValid():
            self.begin("")
            self.editor.inputMethodEvent(event)
            return
        super().inputMethodEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits what stands there."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.begin()

    def event(self, event: QEvent) -> bool:
        """Tab moves within the matrix; F6 leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and not event.modifiers():
                self.step_by(0, 1)
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.step_by(0, -1)
                return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Blocks, erasing, moving and typing; anything else is Qt's."""
        if self.is_editing:
            self.editor.keyPressEvent(event)
            return
        if not self.currentIndex().isValid():
            super().keyPressEvent(event)
            return
        for keys, signal in (
            (QKeySequence.StandardKey.Copy, self.copied),
            (QKeySequence.StandardKey.Cut, self.cut),
            (QKeySequence.StandardKey.Paste, self.pasted),
        ):
            if event.matches(keys):
                signal.emit()
                return
        if self._did_with_control(event):
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_by(-1 if shift else 1, 0)
        elif event.key() == Qt.Key.Key_F2 and not shift:
            self.begin()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif event.text() and event.text().isprintable() and not event.modifiers() & ~_PLAIN:
            self.begin(event.text())
        else:
            super().keyPressEvent(event)

    def _did_with_control(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        model, current = self.matrix_model, self.currentIndex()
        key = Qt.Key(event.key())
        rows, columns = len(model.rows) - 1, len(model.columns) - 1
        ends = {
            Qt.Key.Key_Home: (0, 0),
            Qt.Key.Key_End: (rows, columns),
            Qt.Key.Key_Up: (0, current.column()),
            Qt.Key.Key_Down: (rows, current.column()),
            Qt.Key.Key_Left: (current.row(), 0),
            Qt.Key.Key_Right: (current.row(), columns),
        }
        if key in ends:
            self.go(*ends[key])
        elif key in (Qt.Key.Key_D, Qt.Key.Key_R):
            self.filled.emit(*((1, 0) if key == Qt.Key.Key_D else (0, 1)))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.section_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            return False
        return True


def _is_own(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


_PLAIN: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
