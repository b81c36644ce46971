"""The frozen edges of the matrix: two-level heads with column numbers, the communes with their state, the corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.domain.findings import Severity
from desktop.system.i18n import _
from desktop.ui import statuses, words
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour, palette

if TYPE_CHECKING:
    from desktop.ui.screens.entry.grid import MatrixView

GROUP: Final = 20
LINE: Final = 16
INSET: Final = 6
NUMBER: Final = 30
NAME: Final = 132
STATE: Final = 105
SIGN_ONLY: Final = 34
MARGIN: Final = 2


def wrap(text: str, width: int, metrics: QFontMetrics) -> list[str]:
    """Break a name between words so that it fits a width."""
    lines: list[str] = []
    for word in text.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def least_width(text: str, most_lines: int, metrics: QFontMetrics) -> int:
    """The narrowest width in which a name takes at most so many lines."""
    parts = text.split()
    width = max((metrics.horizontalAdvance(part) for part in parts), default=0)
    while len(wrap(text, width, metrics)) > most_lines:
        width += 4
    return width


class ColumnHead(QHeaderView):
    """Sections above, element names below them, the printed column number at the foot."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        """The section names, up to three lines of names, and the numbers."""
        return QSize(super().sizeHint().width(), GROUP + LINE * (self._view.head_lines + 1) + 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All visible heads."""
        painter = QPainter(self.viewport())
        model = self._view.matrix_model
        height = self.height()
        painter.fillRect(event.rect(), colour("head"))
        current = self._view.currentIndex().column()
        painter.setFont(fonts.font(fonts.SMALL, 500))
        for column in self._view.visible_columns():
            place = QRect(self.sectionViewportPosition(column), GROUP, self.sectionSize(column), height - GROUP)
            if not place.intersects(event.rect()):
                continue
            if column == current:
                painter.fillRect(place, colour("accent_tint"))
            self._names(painter, place, column)
            last = (
                column + 1 >= len(model.columns)
                or model.columns[column + 1].section is not model.columns[column].section
            )
            painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line5" if last else "line"))
        self._groups(painter)
        painter.fillRect(0, height - 1, self.width(), 1, colour("line5"))

    def _names(self, painter: QPainter, place: QRect, column: int) -> None:
        model = self._view.matrix_model
        inner = place.adjusted(3, 0, -INSET, -4)
        lines = wrap(model.short_name(column), inner.width(), painter.fontMetrics())[:3]
        top = inner.bottom() - LINE * (len(lines) + 1) + 1
        spare = (inner.height() - LINE * (len(lines) + 1)) // 2 if len(lines) < 2 else 0
        painter.setPen(colour("ink"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, line in enumerate(lines):
            painter.drawText(QRect(inner.left(), top - spare + at * LINE, inner.width(), LINE), right, line)
        painter.setPen(colour("ink3"))
        number = QRect(inner.left(), inner.bottom() - LINE + 1, inner.width(), LINE)
        painter.drawText(number, right, f"({model.columns[column].number})")

    def _groups(self, painter: QPainter) -> None:
        model = self._view.matrix_model
        painter.setFont(fonts.font(fonts.SMALL, 600))
        seen: set[str] = set()
        for column in self._view.visible_columns():
            section = model.columns[column].section
            if section.number in seen:
                continue
            seen.add(section.number)
            whole = [at for at, known in enumerate(model.columns) if known.section is section]
            left = self.sectionViewportPosition(whole[0])
            right = self.sectionViewportPosition(whole[-1]) + self.sectionSize(whole[-1])
            place = QRect(left, 0, right - left, GROUP)
            painter.fillRect(place, colour("group"))
            painter.fillRect(place.right(), 0, 1, GROUP, colour("line5"))
            painter.fillRect(place.left(), GROUP - 1, place.width(), 1, colour("line5"))
            # The name stays in sight while its columns scroll by.
            shown = QRect(max(left, 0), 0, right - max(left, 0), GROUP).adjusted(INSET, 0, -4, -1)
            name = f"{section.number}. {words.named(section.name_vi, section.name_en)}"
            painter.setPen(colour("ink"))
            elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, shown.width())
            painter.drawText(shown, Qt.AlignmentFlag.AlignVCenter, elided)


class RowHead(QHeaderView):
    """Number, commune, state of its form; a dot where something changed since it was last sent."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the frozen columns."""
        return QSize(self._view.frozen_width, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """All visible communes."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("sheet"))
        current = self._view.currentIndex().row()
        for row in self._view.visible_rows():
            place = QRect(0, self.sectionViewportPosition(row), self.width(), self.sectionSize(row))
            if place.intersects(event.rect()):
                self._commune(painter, place, row, is_current=row == current)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line5"))

    def _commune(self, painter: QPainter, place: QRect, row: int, *, is_current: bool) -> None:
        model, compact = self._view.matrix_model, self._view.is_compact
        line = model.rows[row]
        if is_current:
            painter.fillRect(place, colour("accent_tint"))
        left = 0
        if not compact:
            painter.setFont(fonts.font(fonts.SMALL))
            painter.setPen(colour("ink2"))
            painter.drawText(QRect(0, place.top(), NUMBER, place.height()), Qt.AlignmentFlag.AlignCenter, str(row + 1))
            left = NUMBER
            painter.fillRect(left, place.top(), 1, place.height(), colour("line"))
        name = QRect(left + INSET, place.top(), self._view.name_width - INSET - 2, place.height())
        painter.setFont(fonts.font(fonts.TEXT, 600 if is_current else 400))
        painter.setPen(colour("ink"))
        elided = painter.fontMetrics().elidedText(
            words.unit_name(line.commune.name), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, elided)
        if line.changed_since_sent:
            painter.setBrush(colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(name.right() - 5, place.center().y() - 2, 5, 5)
        left += self._view.name_width
        painter.fillRect(left, place.top(), 1, place.height(), colour("line"))
        self._status(painter, QRect(left + 5, place.top(), self.width() - left - 7, place.height()), row)
        fifth = (row + 1) % 5 == 0
        painter.fillRect(0, place.bottom(), self.width(), 1, colour("line5" if fifth else "line"))

    def _status(self, painter: QPainter, place: QRect, row: int) -> None:
        model = self._view.matrix_model
        errors, warnings = model.count(row, Severity.ERROR), model.count(row, Severity.WARNING)
        sign, word, tone = statuses.status(model.rows[row].state, errors, warnings)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(place.left(), place.center().y() - 6, signs.pixmap(sign, 14, ratio))
        if self._view.is_compact:
            return
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(palette().text(tone))
        painter.drawText(place.adjusted(18, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)


class Corner(QWidget):
    """The heads of the frozen columns."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """TT, commune, state."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("head"))
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(colour("ink"))
        left, middle = 0, Qt.AlignmentFlag.AlignVCenter
        if not self._view.is_compact:
            painter.drawText(QRect(0, 0, NUMBER, self.height()), Qt.AlignmentFlag.AlignCenter, _("No."))
            left = NUMBER
            painter.fillRect(left, 0, 1, self.height(), colour("line"))
        painter.drawText(QRect(left + INSET, 0, self._view.name_width, self.height()), middle, _("Commune, town"))
        left += self._view.name_width
        painter.fillRect(left, 0, 1, self.height(), colour("line"))
        if not self._view.is_compact:
            painter.drawText(QRect(left + 5, 0, STATE, self.height()), middle, _("State of form"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line5"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))
