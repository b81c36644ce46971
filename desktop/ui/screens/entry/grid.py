"""The matrix people type into: painted cell by cell, only what is seen, with a keyboard like Excel's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from desktop.system.i18n import _
from desktop.ui import figures, words
from desktop.ui.screens.entry.cells import SIGN, paint_cell
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
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.screens.entry.typing import TypingGrid
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour

ROW: Final = 24
LEAST: Final = 54


class MatrixView(TypingGrid):
    """Communes down, elements across, heads that stay in sight."""

    scrolled = Signal()

    def __init__(self, model: MatrixModel, settle: Callable[[int, int, str], bool]) -> None:
        self.matrix_model = model
        self.is_compact = False
        self.head_lines = 2
        self.name_width = NAME
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
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        self.horizontalScrollBar().valueChanged.connect(self.scrolled)

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
        if self._corner is not None:
            self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())
        self.scrolled.emit()

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
        self.paint_frames(painter, chosen)

    def _ends_group(self, column: int) -> bool:
        known = self.matrix_model.columns
        return column + 1 >= len(known) or known[column + 1].section is not known[column].section

    # ---- moving ----

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
