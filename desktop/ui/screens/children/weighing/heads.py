"""The head of the weighing list: groups above, names below; the column in hand is tinted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from desktop.ui.screens.children.weighing.columns import FIGURES, GROUPS, Col, group_name, head
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.painted_head import PaintedHead
from desktop.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from desktop.ui.screens.children.weighing.grid import WeighingGrid

GROUP: Final = 20
LINE: Final = 15
HEIGHT: Final = GROUP + 2 * LINE + 7
INSET: Final = 3
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class WeighingHead(PaintedHead):
    """Two levels."""

    def __init__(self, view: WeighingGrid) -> None:
        super().__init__(view, tuple(Col), HEIGHT)
        self._grouped = {Col(at) for first, last in GROUPS for at in range(first, last + 1)}

    def top_of(self, column: int) -> int:
        """Below its group."""
        return GROUP if column in self._grouped else 0

    def ends_group(self, column: int) -> bool:
        """The last of its group, or one without a group."""
        return column not in self._grouped or any(last == column for _first, last in GROUPS)

    def paint_name(self, painter: QPainter, place: QRect, column: int) -> None:
        """Up to three lines."""
        inner = place.adjusted(INSET, 0, -INSET, 0)
        lines = wrap(head(Col(column)), inner.width() + 3, painter.fontMetrics())[:3]
        across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        if column in (Col.NUMBER, Col.OEDEMA):
            across = Qt.AlignmentFlag.AlignHCenter
        top = place.top() + (place.height() - LINE * len(lines)) // 2
        for at, line in enumerate(lines):
            painter.drawText(QRect(inner.left(), top + at * LINE, inner.width(), LINE), across | _SINGLE, line)

    def paint_groups(self, painter: QPainter) -> None:
        """The groups."""
        painter.setFont(fonts.font(fonts.SMALL, 600))
        for first, last in GROUPS:
            self._group(painter, first, last)

    def _group(self, painter: QPainter, first: Col, last: Col) -> None:
        left = self.sectionViewportPosition(first)
        width = self.sectionViewportPosition(last) + self.sectionSize(last) - left
        place = QRect(left, 0, width, GROUP)
        painter.fillRect(place, colour("group"))
        painter.fillRect(place.right(), 0, 1, GROUP, colour("line5"))
        painter.fillRect(left, GROUP - 1, width, 1, colour("line5"))
        painter.setPen(colour("ink"))
        painter.drawText(place.adjusted(INSET, 0, -4, -1), _SINGLE, group_name(first))
