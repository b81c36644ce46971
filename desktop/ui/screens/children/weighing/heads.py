"""The head of the weighing list: groups above, names below; the column in hand is tinted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from desktop.ui.screens.children.weighing.columns import FIGURES, GROUPS, Col, group_name, head
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.grid import WeighingGrid

GROUP: Final = 20
LINE: Final = 15
HEIGHT: Final = GROUP + 2 * LINE + 7
INSET: Final = 3
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class WeighingHead(QHeaderView):
    """Two levels."""

    def __init__(self, view: WeighingGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """Group and two lines of names."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, then the groups above them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("head"))
        grouped = {Col(at): first for first, last in GROUPS for at in range(first, last + 1)}
        current = self._view.currentIndex().column()
        painter.setFont(fonts.font(fonts.SMALL, 500))
        for column in Col:
            if self.isSectionHidden(column):
                continue
            top = GROUP if column in grouped else 0
            place = QRect(self.sectionViewportPosition(column), top, self.sectionSize(column), self.height() - top)
            if column == current:
                painter.fillRect(place, colour("accent_tint"))
            self._name(painter, place, column)
            ends = column not in grouped or any(last is column for _first, last in GROUPS)
            painter.fillRect(place.right(), top, 1, place.height(), colour("line5" if ends else "line"))
        painter.setFont(fonts.font(fonts.SMALL, 600))
        for first, last in GROUPS:
            self._group(painter, first, last)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))

    def _name(self, painter: QPainter, place: QRect, column: Col) -> None:
        inner = place.adjusted(INSET, 0, -INSET, 0)
        lines = wrap(head(column), inner.width() + 3, painter.fontMetrics())[:3]
        across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        if column in (Col.NUMBER, Col.OEDEMA):
            across = Qt.AlignmentFlag.AlignHCenter
        top = place.top() + (place.height() - LINE * len(lines)) // 2
        painter.setPen(colour("ink"))
        for at, line in enumerate(lines):
            painter.drawText(QRect(inner.left(), top + at * LINE, inner.width(), LINE), across | _SINGLE, line)

    def _group(self, painter: QPainter, first: Col, last: Col) -> None:
        left = self.sectionViewportPosition(first)
        width = self.sectionViewportPosition(last) + self.sectionSize(last) - left
        place = QRect(left, 0, width, GROUP)
        painter.fillRect(place, colour("group"))
        painter.fillRect(place.right(), 0, 1, GROUP, colour("line5"))
        painter.fillRect(left, GROUP - 1, width, 1, colour("line5"))
        painter.setPen(colour("ink"))
        painter.drawText(place.adjusted(INSET, 0, -4, -1), _SINGLE, group_name(first))
