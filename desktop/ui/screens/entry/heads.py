"""The frozen edges of the matrix: two-level heads with column numbers, the communes with their state, the corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.application.entry import Column
from desktop.domain.findings import Severity
from desktop.system.i18n import _
from desktop.ui import statuses, words
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour, palette
from desktop.ui.widgets.viewports import give_viewport
from desktop.ui.widgets.wrapping import balanced

if TYPE_CHECKING:
    from desktop.ui.screens.entry.grid import MatrixView

LINE: Final = 16
INSET: Final = 6


class ColumnHead(QHeaderView):
    """Sections above, element names below them, the printed column number at the foot; a mark where rows are sorted."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        give_viewport(self)
        self._view = view
        self._lines: dict[int, list[str]] = {}
        self.sorted_by: tuple[int, bool] | None = None
        """The column the rows are sorted by, and whether the largest comes first."""
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)

    def forget(self) -> None:
        """Names are broken into lines anew, because columns or sizes moved."""
        self._lines.clear()
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """The section names, up to three lines of names, and the numbers."""
        size = self._view.measure
        # Qt would ask the model for the words of all its heads, which are not those painted here.
        return QSize(self.length(), size.group + size.line * (self._view.head_lines + 1) + 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The heads that must be painted."""
        painter = QPainter(self.viewport())
        height, size, region = self.height(), self._view.measure, event.rect()
        painter.fillRect(region, colour("head"))
        current = self._view.currentIndex().column()
        painter.setFont(fonts.font(size.small, 500))
        for column in self._view.visible_columns():
            place = QRect(
                self.sectionViewportPosition(column), size.group, self.sectionSize(column), height - size.group
            )
            if not place.intersects(region):
                continue
            if column == current:
                painter.fillRect(place, colour("accent_tint"))
            self._names(painter, place, column)
            last = ends_section(self._view.matrix_model.columns, column)
            painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line5" if last else "line"))
        if region.top() < size.group:
            self._groups(painter, region)
        painter.fillRect(region.left(), height - 1, region.width(), 1, colour("line5"))

    def _names(self, painter: QPainter, place: QRect, column: int) -> None:
        model, size = self._view.matrix_model, self._view.measure
        inner = place.adjusted(3, 0, -size.inset, -4)
        lines = self._lines.get(column)
        if lines is None:
            lines = self._lines[column] = balanced(model.short_name(column), inner.width(), painter.fontMetrics())[:3]
        top = inner.bottom() - size.line * (len(lines) + 1) + 1
        spare = (inner.height() - size.line * (len(lines) + 1)) // 2 if len(lines) < 2 else 0
        painter.setPen(colour("ink"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for at, line in enumerate(lines):
            painter.drawText(QRect(inner.left(), top - spare + at * size.line, inner.width(), size.line), right, line)
        painter.setPen(colour("ink3"))
        number = QRect(inner.left(), inner.bottom() - size.line + 1, inner.width(), size.line)
        painter.drawText(number, right, f"({model.columns[column].number})")
        if self.sorted_by is not None and self.sorted_by[0] == column:
            self._sort_mark(painter, number, is_down=self.sorted_by[1])

    def _sort_mark(self, painter: QPainter, place: QRect, *, is_down: bool) -> None:
        half = max(self._view.measure.inset // 2 + 1, 3)
        middle = QPoint(place.left() + half + 1, place.center().y() + 1)
        up = -1 if is_down else 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        corners = [QPoint(-half, half * up), QPoint(half, half * up), QPoint(0, -half * up)]
        painter.drawPolygon(QPolygon([middle + corner for corner in corners]))

    def _groups(self, painter: QPainter, region: QRect) -> None:
        columns, size = self._view.matrix_model.columns, self._view.measure
        painter.setFont(fonts.font(size.small, 600))
        for first, last in _spans(columns, self._view.visible_columns()):
            left = self.sectionViewportPosition(first)
            right = self.sectionViewportPosition(last) + self.sectionSize(last)
            place = QRect(left, 0, right - left, size.group)
            if not place.intersects(region):
                continue
            painter.fillRect(place, colour("group"))
            painter.fillRect(place.right(), 0, 1, size.group, colour("line5"))
            painter.fillRect(place.left(), size.group - 1, place.width(), 1, colour("line5"))
            # The name stays in sight while its columns scroll by.
            seen = max(left, 0)
            shown = QRect(seen, 0, min(right, self.width()) - seen, size.group).adjusted(size.inset, 0, -4, -1)
            section = columns[first].section
            name = f"{section.number}. {words.named(section.name_vi, section.name_en)}"
            painter.setPen(colour("ink"))
            elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, shown.width())
            painter.drawText(shown, Qt.AlignmentFlag.AlignVCenter, elided)


def ends_section(columns: Sequence[Column], column: int) -> bool:
    """Whether the column is the last of its section, as they are shown."""
    return column + 1 >= len(columns) or columns[column + 1].section is not columns[column].section


def _spans(columns: Sequence[Column], seen: Iterator[int]) -> list[tuple[int, int]]:
    """First and last column of each section of which something is seen."""
    spans: list[tuple[int, int]] = []
    for column in seen:
        if spans and column <= spans[-1][1]:
            continue
        first = last = column
        while first and columns[first - 1].section is columns[column].section:
            first -= 1
        while not ends_section(columns, last):
            last += 1
        spans.append((first, last))
    return spans


class RowHead(QHeaderView):
    """Number, commune, state of its form; a dot where something changed since it was last sent."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        give_viewport(self)
        self._view = view
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the frozen columns."""
        return QSize(self._view.frozen_width, self.length())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The communes that must be painted."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("sheet"))
        current = self._view.currentIndex().row()
        for row in self._view.visible_rows():
            place = QRect(0, self.sectionViewportPosition(row), self.width(), self.sectionSize(row))
            if place.intersects(event.rect()):
                self._commune(painter, place, row, is_current=row == current)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line5"))

    def _commune(self, painter: QPainter, place: QRect, row: int, *, is_current: bool) -> None:
        model, compact, size = self._view.matrix_model, self._view.is_compact, self._view.measure
        line = model.rows[row]
        if is_current:
            painter.fillRect(place, colour("accent_tint"))
        left = 0
        if not compact:
            painter.setFont(fonts.font(size.small))
            painter.setPen(colour("ink2"))
            number = QRect(0, place.top(), size.number, place.height())
            painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row + 1))
            left = size.number
            painter.fillRect(left, place.top(), 1, place.height(), colour("line"))
        name = QRect(left + size.inset, place.top(), self._view.name_width - size.inset - 2, place.height())
        painter.setFont(fonts.font(size.text, 600 if is_current else 400))
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
        model, size = self._view.matrix_model, self._view.measure
        errors, warnings = model.count(row, Severity.ERROR), model.count(row, Severity.WARNING)
        sign, word, tone = statuses.status(model.rows[row].state, errors, warnings)
        ratio = self.devicePixelRatioF()
        top = place.center().y() - size.state_sign // 2 + 1
        painter.drawPixmap(place.left(), top, signs.pixmap(sign, size.state_sign, ratio))
        if self._view.is_compact:
            return
        painter.setFont(fonts.font(size.small, 500))
        painter.setPen(palette().text(tone))
        painter.drawText(place.adjusted(size.state_sign + 4, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)


class Corner(QWidget):
    """The heads of the frozen columns."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        """TT, commune, state."""
        painter = QPainter(self)
        size = self._view.measure
        painter.fillRect(self.rect(), colour("head"))
        painter.setFont(fonts.font(size.small, 500))
        painter.setPen(colour("ink"))
        left, middle = 0, Qt.AlignmentFlag.AlignVCenter
        if not self._view.is_compact:
            painter.drawText(QRect(0, 0, size.number, self.height()), Qt.AlignmentFlag.AlignCenter, _("No."))
            left = size.number
            painter.fillRect(left, 0, 1, self.height(), colour("line"))
        painter.drawText(QRect(left + size.inset, 0, self._view.name_width, self.height()), middle, _("Commune, town"))
        left += self._view.name_width
        painter.fillRect(left, 0, 1, self.height(), colour("line"))
        if not self._view.is_compact:
            painter.drawText(QRect(left + 5, 0, size.state, self.height()), middle, _("State of form"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line5"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))
