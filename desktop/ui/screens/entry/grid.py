"""The matrix people type into: painted cell by cell, only what is seen, with a keyboard like Excel's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView

from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.entry.cells import paint_cell
from desktop.ui.screens.entry.heads import ColumnHead, Corner, RowHead, ends_section
from desktop.ui.screens.entry.measure import PLAIN, Measure, measure
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.cell_editor import STEPS
from desktop.ui.widgets.typing_grid import TypingGrid
from desktop.ui.widgets.wrapping import least_width


class MatrixView(TypingGrid):
    """Communes down, elements across, heads that stay in sight."""

    scrolled = Signal()
    zoom_asked = Signal(int)
    """So many steps larger, with Ctrl and the wheel."""

    def __init__(self, model: MatrixModel, settle: Callable[[int, int, str], bool]) -> None:
        self.matrix_model = model
        self.is_compact = False
        self.head_lines = 2
        self.measure: Measure = PLAIN
        self.name_width = PLAIN.name
        self._run: tuple[int, tuple[int, int]] | None = None
        """The column where a run of tabs began, and where it has come to."""
        self._needs: list[int] = []
        """Width that each column needs for its figures and its name."""
        self._corner: Corner | None = None
        super().__init__(model, settle)
        self.setAccessibleName(_("Figures of the communes"))
        self.setHorizontalHeader(ColumnHead(self))
        self.setVerticalHeader(RowHead(self))
        self._corner = Corner(self)
        for painted in (self, self.horizontalHeader(), self.verticalHeader()):
            # Each fills its ground itself: what lies behind may be painted again without it.
            painted.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(self.measure.row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        self.horizontalScrollBar().valueChanged.connect(self.scrolled)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The figure without grouping."""
        return figures.typed(self.matrix_model.value(row, column))

    def is_words(self, row: int, column: int) -> bool:
        """Elements of words."""
        return self.matrix_model.is_text(column)

    def spoken_at(self, row: int, column: int) -> str:
        """Commune, element, figure, findings."""
        return self.matrix_model.spoken(row, column)

    @property
    def text_size(self) -> int:
        """Letters of the editor, px."""
        return self.measure.text

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

    def tab(self, step: int) -> None:
        """One cell on or back; where the run of tabs began is where Enter begins the next row, as in Excel."""
        start = self._run[0] if self._run is not None and self._run[1] == self._here() else self._here()[1]
        super().tab(step)
        self._run = (start, self._here())

    def enter(self, *, back: bool) -> None:
        """Down or right; after a run of tabs to the start of the next row."""
        run, self._run = self._run, None
        row, column = self._here()
        is_run = run is not None and run[1] == (row, column) and not self.enter_goes_right and not back
        if run is not None and is_run and row + 1 < len(self.matrix_model.rows):
            self.go(row + 1, run[0])
        else:
            super().enter(back=back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift with arrows, Home and End grows the block from the cell in hand, as in Excel."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and not self.is_editing and self.currentIndex().isValid():
            target = self._far_end(
                Qt.Key(event.key()), far=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            )
            if target is not None:
                self._extend(*target)
                return
        super().keyPressEvent(event)

    def _far_end(self, key: Qt.Key, *, far: bool) -> tuple[int, int] | None:
        rows, columns = len(self.matrix_model.rows) - 1, len(self.matrix_model.columns) - 1
        (row, column), block = self._here(), self.block()
        # The corner of the block that lies across from the cell in hand.
        end_row = block.top() if row == block.bottom() else block.bottom()
        end_column = block.left() if column == block.right() else block.right()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            left = 0 if key == Qt.Key.Key_Home else columns
            return ((0 if key == Qt.Key.Key_Home else rows) if far else end_row, left)
        down, right = STEPS.get(key, (0, 0))
        if not down and not right:
            return None
        reach = max(rows, columns) if far else 1
        return min(max(end_row + down * reach, 0), rows), min(max(end_column + right * reach, 0), columns)

    def _extend(self, row: int, column: int) -> None:
        end = self.matrix_model.index(row, column)
        top = self.matrix_model.index(min(row, self._here()[0]), min(column, self._here()[1]))
        bottom = self.matrix_model.index(max(row, self._here()[0]), max(column, self._here()[1]))
        block = QItemSelection(top, bottom)
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(end)

    def _here(self) -> tuple[int, int]:
        current = self.currentIndex()
        return current.row(), current.column()

    # ---- room ----

    @property
    def frozen_width(self) -> int:
        """Width of the frozen columns at the left."""
        size = self.measure
        return self.name_width + (size.sign_only if self.is_compact else size.number + size.state)

    def set_compact(self, compact: bool) -> None:
        """Names and signs only at the left."""
        self.is_compact = compact
        self.fit()

    def set_zoom(self, percent: int) -> None:
        """Everything larger or smaller; the cell in hand stays in sight."""
        self.measure = measure(percent)
        self.verticalHeader().setDefaultSectionSize(self.measure.row)
        self.fit()
        self.scrollTo(self.currentIndex())
        self.scrolled.emit()

    def show_sorted(self, by: tuple[int, bool] | None) -> None:
        """Mark the column the rows are sorted by, and whether the largest comes first."""
        head = self.horizontalHeader()
        if isinstance(head, ColumnHead):
            head.sorted_by = by
            head.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def fit(self) -> None:
        """Give every column the width its figures, totals and names need; nothing is ever cut from a number."""
        model, size = self.matrix_model, self.measure
        small, text, bold = (
            QFontMetrics(fonts.font(pixels, weight))
            for pixels, weight in ((size.small, 500), (size.text, 400), (size.text, 600))
        )
        names = [bold.horizontalAdvance(words.unit_name(row.commune.name)) for row in model.all_rows]
        widest_name = max(names, default=size.name) + 2 * size.inset + 8
        self.name_width = max(size.name - 32, min(widest_name, size.longest_name))
        reported = text.horizontalAdvance(f"{len(model.all_rows)}/{len(model.all_rows)}")
        self._needs = []
        for column in range(len(model.columns)):
            head = least_width(model.short_name(column), 2, small)
            widest = max((text.horizontalAdvance(said) for said in model.longest(column)), default=0)
            whole = bold.horizontalAdvance(figures.figure(model.total(column).value))
            self._needs.append(max(widest, whole, reported, head))
        self._set_widths(range(len(model.columns)))
        self.updateGeometries()
        self.viewport().update()

    def _set_widths(self, columns: Iterable[int]) -> None:
        size, signed = self.measure, self.matrix_model.signed
        for column in columns:
            room = self._needs[column] + 2 * size.inset + (size.sign + 6 if column in signed else 0)
            self.setColumnWidth(column, max(size.least, room))
        head = self.horizontalHeader()
        if isinstance(head, ColumnHead):
            head.forget()

    def fit_signs(self, columns: Collection[int]) -> None:
        """Some columns bear signs now: room for them."""
        if columns:
            self._set_widths(columns)

    def fit_figure(self, row: int, column: int) -> None:
        """A figure was typed: it and the total are seen whole."""
        metrics = QFontMetrics(fonts.font(self.measure.text, 600))
        model = self.matrix_model
        texts = (model.text(row, column)[:40], figures.figure(model.total(column).value))
        need = max(metrics.horizontalAdvance(text) for text in texts)
        if need > self._needs[column]:
            self._needs[column] = need
            self._set_widths((column,))

    def updateGeometries(self) -> None:
        """Keep the corner over the meeting of the heads."""
        super().updateGeometries()
        if self._corner is not None:
            self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self.scrolled.emit()

    def visible_rows(self) -> Iterator[int]:
        """Rows that can be seen."""
        return iter(self._rows_between(0, self.viewport().height()))

    def visible_columns(self) -> Iterator[int]:
        """Columns that can be seen."""
        return iter(self.columns_between(0, self.viewport().width()))

    def _rows_between(self, top: int, bottom: int) -> range:
        head, count = self.verticalHeader(), len(self.matrix_model.rows)
        height = max(self.measure.row, 1)
        first = (top + head.offset()) // height
        return range(max(first, 0), min((bottom + head.offset()) // height + 1, count))

    def columns_between(self, left: int, right: int) -> range:
        """Columns of which something lies between two places, px from the left of the cells."""
        head, count = self.horizontalHeader(), len(self.matrix_model.columns)
        places = range(count)
        first = bisect_right(places, left, key=head.sectionViewportPosition) - 1
        last = bisect_right(places, right, key=head.sectionViewportPosition)
        return range(max(first, 0), last)

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells of each part that must be painted, their lines, then the frames of block and current cell."""
        self.paint_parts(event, self._paint_part)

    def _paint_part(self, painter: QPainter, part: QRect, chosen: QRect | None) -> None:
        rows, columns = self._rows_between(part.top(), part.bottom()), self.columns_between(part.left(), part.right())
        if not rows or not columns:
            return
        model, size, ratio = self.matrix_model, self.measure, self.devicePixelRatioF()
        across, current = self.horizontalHeader(), self.currentIndex()
        here = (current.row(), current.column())
        tops = {row: self.verticalHeader().sectionViewportPosition(row) for row in rows}
        bottom = tops[rows[-1]] + size.row
        for column in columns:
            left, width = across.sectionViewportPosition(column), across.sectionSize(column)
            is_text = model.is_text(column)
            in_block = chosen is not None and chosen.left() <= column <= chosen.right()
            for row in rows:
                marked = (
                    in_block and chosen is not None and chosen.top() <= row <= chosen.bottom() and (row, column) != here
                )
                paint_cell(
                    painter, model.drawn(row, column), QRect(left, tops[row], width, size.row),
                    is_text=is_text, marked=marked, ratio=ratio, measure=size,
                )  # fmt: skip
            line = "line5" if ends_section(model.columns, column) else "line"
            painter.fillRect(left + width - 1, part.top(), 1, bottom - part.top(), colour(line))
        right = across.sectionViewportPosition(columns[-1]) + across.sectionSize(columns[-1])
        for row in rows:
            fifth = (row + 1) % 5 == 0 or row + 1 == len(model.rows)
            line = "line5" if fifth else "line"
            painter.fillRect(part.left(), tops[row] + size.row - 1, right - part.left(), 1, colour(line))
