"""The edges of a sheet: over each column what it was taken for and its letter, before each row its number and unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip

from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import Sign

if TYPE_CHECKING:
    from desktop.ui.screens.imports.grid import SheetGrid

LINE: Final = 16
LINES: Final = 3
NUMBER: Final = 38
NAME: Final = 128
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def _wrapped(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class ColumnHead(QHeaderView):
    """The name a column was taken for in up to three lines, the Excel letter at the foot."""

    def __init__(self, view: SheetGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setMinimumSectionSize(24)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def sizeHint(self) -> QSize:
        """Three lines of a name and the letter."""
        return QSize(0, LINE * (LINES + 1) + 8)

    def least(self, column: int) -> int:
        """The narrowest width in which the name takes three lines."""
        text = self._text(column)[0]
        metrics = QFontMetrics(fonts.font(fonts.SMALL, 500))
        width = max((metrics.horizontalAdvance(word) for word in text.split()), default=20)
        while len(_wrapped(text, width, metrics)) > LINES:
            width += 6
        return width + 14

    def _text(self, column: int) -> tuple[str, bool, bool]:
        model = self._view.sheet
        head = model.view.heads.columns.get(model.columns[column]) if model.view else None
        return (head.text, head.is_read, head.is_sure) if head else ("", False, True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heads that are seen."""
        painter = QPainter(self.viewport())
        region = event.rect()
        painter.fillRect(region, colour("head"))
        first, last = self.visualIndexAt(region.left()), self.visualIndexAt(region.right())
        count = self._view.sheet.columnCount()
        if count:
            for column in range(max(first, 0), (last if last >= 0 else count - 1) + 1):
                self._one(painter, column)
        painter.fillRect(region.left(), self.height() - 1, region.width(), 1, colour("line5"))

    def _one(self, painter: QPainter, column: int) -> None:
        place = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height() - 1)
        if column == self._view.currentIndex().column():
            painter.fillRect(place, colour("accent_tint"))
        text, is_read, is_sure = self._text(column)
        inner = place.adjusted(5, 3, -6, -4)
        painter.setFont(fonts.font(fonts.SMALL, 500 if is_read else 400, italic=not is_read))
        painter.setPen(colour("ink" if is_read else "ink3"))
        lines = _wrapped(text, inner.width(), painter.fontMetrics())
        if len(lines) > LINES:
            rest = " ".join(lines[LINES - 1 :])
            cut = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, inner.width())
            lines = [*lines[: LINES - 1], cut]
        top = inner.top() + (LINES - len(lines)) * LINE // 2
        for at, line in enumerate(lines):
            box = QRect(inner.left(), top + at * LINE, inner.width(), LINE)
            painter.drawText(box, _SINGLE | Qt.AlignmentFlag.AlignRight, line)
        foot = QRect(inner.left(), inner.bottom() - LINE + 1, inner.width(), LINE)
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(colour("ink2"))
        painter.drawText(foot, _SINGLE | Qt.AlignmentFlag.AlignRight, self._view.sheet.columns[column])
        if not is_sure:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(inner.left(), foot.top() + 2, signs.pixmap(Sign.WARNING, 12, ratio))
        painter.fillRect(place.right(), 0, 1, place.height(), colour("line"))

    def viewportEvent(self, event: QEvent) -> bool:
        """The heading as it stands in the file, in the tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            column = self.logicalIndexAt(event.pos())
            model = self._view.sheet
            head = model.view.heads.columns.get(model.columns[column]) if model.view and column >= 0 else None
            QToolTip.showText(event.globalPos(), (head.tip or head.text) if head else "", self)
            return True
        return super().viewportEvent(event)


class RowHead(QHeaderView):
    """The row's number as in Excel, and the unit it was taken for, or why it was left out."""

    def __init__(self, view: SheetGrid, height: int) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.name_width = NAME
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(height)
        self.setMinimumSectionSize(height)

    def sizeHint(self) -> QSize:
        """The number and a name."""
        return QSize(NUMBER + self.name_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows that are seen."""
        painter = QPainter(self.viewport())
        region = event.rect()
        painter.fillRect(region, colour("head"))
        model = self._view.sheet
        first, last = self.visualIndexAt(region.top()), self.visualIndexAt(region.bottom())
        if model.rows:
            for row in range(max(first, 0), (last if last >= 0 else model.rows - 1) + 1):
                self._one(painter, row)
        painter.fillRect(self.width() - 1, region.top(), 1, region.height(), colour("line5"))

    def _one(self, painter: QPainter, row: int) -> None:
        model = self._view.sheet
        place = QRect(0, self.sectionViewportPosition(row), self.width() - 1, self.sectionSize(row))
        head = model.view.heads.rows.get(row + 1) if model.view else None
        is_read = head is not None and head.is_read
        ground = "accent_tint" if row == self._view.currentIndex().row() else "sheet" if is_read else "head"
        painter.fillRect(place, colour(ground))
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(colour("ink2"))
        number = QRect(0, place.top(), NUMBER - 8, place.height() - 1)
        painter.drawText(number, _SINGLE | Qt.AlignmentFlag.AlignRight, str(row + 1))
        if head is not None:
            painter.setFont(fonts.font(fonts.TEXT if is_read else fonts.SMALL, italic=not is_read))
            painter.setPen(colour("ink" if is_read else "ink3"))
            name = QRect(NUMBER, place.top(), place.width() - NUMBER - 4, place.height() - 1)
            text = painter.fontMetrics().elidedText(head.text, Qt.TextElideMode.ElideRight, name.width())
            painter.drawText(name, _SINGLE, text)
        line = "line5" if (row + 1) % 5 == 0 else "line"
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour(line))

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole reason, in the tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.logicalIndexAt(event.pos())
            model = self._view.sheet
            head = model.view.heads.rows.get(row + 1) if model.view and row >= 0 else None
            QToolTip.showText(event.globalPos(), head.text if head else "", self)
            return True
        return super().viewportEvent(event)
