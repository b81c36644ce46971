"""The cells of the second entry: typed like any others, painted line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.domain.elements import ValueType
from desktop.domain.values import State
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry.cells import paint_figure
from desktop.ui.screens.entry.looks import Look
from desktop.ui.screens.entry.second.model import NAME, NUMBER, SECOND, UNIT, SecondModel
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.typing_grid import TypingGrid

ROW: Final = 25
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_LOOKS: Final = {State.NOT_REPORTED: Look.NOT_REPORTED, State.NOT_APPLICABLE: Look.NOT_APPLICABLE}


class SecondGrid(TypingGrid):
    """One column is typed into."""

    def __init__(self, model: SecondModel, settle: Callable[[int, int, str], bool]) -> None:
        self.second_model = model
        super().__init__(model, settle)
        self.setAccessibleName(_("Second entry"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(30)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.modelReset.connect(self.fit)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The figure without grouping."""
        return figures.typed(self.second_model.value(row))

    def is_words(self, row: int, column: int) -> bool:
        """Elements of words."""
        lines = self.second_model.lines
        return 0 <= row < len(lines) and lines[row].element.type is ValueType.TEXT

    def spoken_at(self, row: int, column: int) -> str:
        """The line."""
        return self.second_model.spoken(row)

    def may_type(self, row: int, column: int) -> bool:
        """The last column."""
        return row >= 0 and column == SECOND

    def first_cell(self) -> tuple[int, int] | None:
        """The first figure."""
        return (0, SECOND) if self.second_model.lines else None

    def step_by(self, down: int, right: int) -> None:
        """The next line, whichever way."""
        row = self.currentIndex().row() + (down or right)
        if 0 <= row < len(self.second_model.lines):
            self.go(row, SECOND)

    # ---- room and painting ----

    def fit(self) -> None:
        """The name takes what is left."""
        metrics = QFontMetrics(fonts.font(fonts.TEXT))
        units = [line.element.unit for line in self.second_model.lines]
        for column, width in (
            (NUMBER, 40),
            (UNIT, max((metrics.horizontalAdvance(unit) for unit in units), default=40) + 16),
            (SECOND, 130),
        ):
            self.setColumnWidth(column, width)
        rest = sum(self.columnWidth(column) for column in (NUMBER, UNIT, SECOND))
        self.setColumnWidth(NAME, max(self.viewport().width() - rest, 120))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name follows."""
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of the region, then the frame of the current cell."""
        painter = QPainter(self.viewport())
        region = event.rect()
        painter.fillRect(region, colour("sheet"))
        head, across = self.verticalHeader(), self.horizontalHeader()
        for row in range(max(head.visualIndexAt(region.top()), 0), len(self.second_model.lines)):
            top = head.sectionViewportPosition(row)
            if top > region.bottom():
                break
            for column in range(SECOND + 1):
                place = QRect(across.sectionViewportPosition(column), top, across.sectionSize(column), ROW)
                self._cell(painter, place, row, column)
                painter.fillRect(place.right(), top, 1, ROW, colour("line"))
            is_last = row + 1 == len(self.second_model.lines)
            ends = is_last or self.second_model.lines[row + 1].section is not self.second_model.lines[row].section
            painter.fillRect(0, top + ROW - 1, self.width(), 1, colour("line5" if ends else "line"))
        self.paint_frames(painter, None)

    def _cell(self, painter: QPainter, place: QRect, row: int, column: int) -> None:
        text = self.second_model.text(row, column)
        if column == SECOND:
            value = self.second_model.value(row)
            look = _LOOKS.get(value.state, Look.PLAIN) if value is not None else Look.BLANK
            words = self.is_words(row, column)
            paint_figure(painter, place, look, text, is_text=words, marked=False, ratio=self.devicePixelRatioF())
            return
        painter.setFont(fonts.font(fonts.TEXT))
        painter.setPen(colour("ink" if column == NAME else "ink2"))
        inner = place.adjusted(6, 0, -6, -1)
        painter.drawText(
            inner, _LEFT, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        )
