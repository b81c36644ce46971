"""Heads over the columns of a list one types into, painted at one go; the column in hand is tinted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.ui.style import fonts
from desktop.ui.style.palette import colour

LEAST = 20


class PaintedHead(QHeaderView):
    """Columns of a fixed width under a head of a fixed height (px); a list says how a name is painted."""

    def __init__(self, view: QTableView, columns: Sequence[int], height: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._columns, self._height = columns, height
        self._table = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST)
        # Else a change of focus, which paints the frame of the list, paints every head with it.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """As high as was said."""
        return QSize(super().sizeHint().width(), self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, then what stands above them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("head"))
        current = self._table.currentIndex().column()
        painter.setFont(fonts.font(fonts.SMALL, 500))
        for column in self._columns:
            if self.isSectionHidden(column):
                continue
            top = self.top_of(column)
            place = QRect(self.sectionViewportPosition(column), top, self.sectionSize(column), self.height() - top)
            if column == current:
                painter.fillRect(place, colour("accent_tint"))
            painter.setPen(colour("ink"))
            self.paint_name(painter, place, column)
            edge = "line5" if self.ends_group(column) else "line"
            painter.fillRect(place.right(), top, 1, place.height(), colour(edge))
        self.paint_groups(painter)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))

    def paint_name(self, painter: QPainter, place: QRect, column: int) -> None:
        """Paint a column's name into its place; the pen is set."""
        raise NotImplementedError

    def top_of(self, column: int) -> int:
        """Where the name begins below the upper edge."""
        return 0

    def ends_group(self, column: int) -> bool:
        """Whether a strong line follows."""
        return True

    def paint_groups(self, painter: QPainter) -> None:
        """Paint what stands above the names."""
