"""The band below the matrix: the whole office, how many communes reported, the same period last year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.findings import Severity
from desktop.domain.values import Total
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry.grid import MatrixView
from desktop.ui.screens.entry.model import MatrixModel
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.cell_text import paint_text

TOLD_AFTER: Final = 700


class TotalsBand(QWidget):
    """Sums below the grid, column under column; they count every commune, whether its row is shown or not."""

    def __init__(self, model: MatrixModel, view: MatrixView) -> None:
        super().__init__()
        self._model, self._view = model, view
        self.is_compact = False
        self._before: dict[str, Total] = {}
        self._titles = ("", "", "")
        self._texts: tuple[list[str], list[str], list[str]] = ([], [], [])
        self._most = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Totals"))
        # Words for screen readers follow when the hand rests: a hundred columns are a long sentence.
        self._telling = QTimer(self, singleShot=True, interval=TOLD_AFTER)
        self._telling.timeout.connect(self._tell)
        view.scrolled.connect(self._follow)
        model.totals_changed.connect(self._retell)

    def show_before(self, titles: tuple[str, str, str], totals: Sequence[Total]) -> None:
        """The names of the three lines and last year's totals of all columns of the form."""
        codes = [column.element.code for column in self._model.all_columns]
        self._titles, self._before = titles, dict(zip(codes, totals, strict=True))
        self._retell()

    def set_compact(self, compact: bool) -> None:
        """One line remains."""
        self.is_compact = compact
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Three lines, or one."""
        return QSize(100, self._view.measure.total * (1 if self.is_compact else 3) + 2)

    def lines(self) -> list[tuple[str, list[str]]]:
        """What the band says: a title and one text a shown column."""
        return list(zip(self._titles, self._texts, strict=True))

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def _retell(self, column: int = -1) -> None:
        model = self._model
        totals = model.totals
        most = max((total.reported for total in totals), default=0)
        if 0 <= column < len(self._texts[0]) == len(totals):
            total = totals[column]
            self._texts[0][column] = figures.figure(total.value)
            self._texts[1][column] = f"{total.reported}/{total.expected}"
        else:
            before = (self._before.get(column.element.code) for column in model.columns)
            self._texts = (
                [figures.figure(total.value) for total in totals],
                [f"{total.reported}/{total.expected}" for total in totals],
                [figures.figure(total.value) if total else "" for total in before],
            )
            column = -1
        self._telling.start()
        if column < 0 or most != self._most:
            self._most = most
            self.update()
        else:
            self.update(self._place(column, 0).united(self._place(column, 2)))

    def _tell(self) -> None:
        told = [
            f"{title}: {', '.join(f'({at}) {text}' for at, text in enumerate(texts, 1))}"
            for title, texts in self.lines()
        ]
        self.setAccessibleDescription(". ".join(told))

    def _place(self, column: int, line: int) -> QRect:
        head, size = self._view.horizontalHeader(), self._view.measure
        left = self._view.frozen_width + head.sectionViewportPosition(column)
        return QRect(left, 1 + line * size.total, head.sectionSize(column), size.total)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines under the columns above."""
        painter = QPainter(self)
        region, size = event.rect(), self._view.measure
        painter.fillRect(region, colour("band"))
        painter.fillRect(0, 0, self.width(), 1, colour("line5"))
        edge = self._view.frozen_width
        for at, (title, texts) in enumerate(self.lines()[: 1 if self.is_compact else 3]):
            top = 1 + at * size.total
            if region.left() < edge:
                painter.setFont(fonts.font(size.text, 600 if at == 0 else 400))
                painter.setPen(colour("ink" if at == 0 else "ink2"))
                place = QRect(size.inset, top, edge - size.inset, size.total)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, title)
            painter.setClipRect(QRect(edge, top, self.width() - edge, size.total).intersected(region))
            for column in self._view.columns_between(region.left() - edge, region.right() - edge):
                if column < len(texts):
                    self._figure(painter, column, self._place(column, at), texts[column], at)
            painter.setClipping(False)
            painter.fillRect(region.left(), top + size.total - 1, region.width(), 1, colour("line"))
        painter.fillRect(edge - 1, 0, 1, self.height(), colour("line5"))

    def _figure(self, painter: QPainter, column: int, place: QRect, text: str, line: int) -> None:
        size = self._view.measure
        worst = self._model.worst_of_column(column) if line == 0 else None
        if worst is not None:
            sign = Sign.ERROR if worst is Severity.ERROR else Sign.WARNING
            top = place.top() + (place.height() - size.sign) // 2
            painter.drawPixmap(place.left() + 4, top, signs.pixmap(sign, size.sign, self.devicePixelRatioF()))
        lower = line == 1 and self._model.total(column).reported < self._most
        painter.setPen(colour("warn" if lower else "ink" if line == 0 else "ink2"))
        weight = 600 if line == 0 or lower else 400
        paint_text(painter, place.adjusted(2, 0, -size.inset, 0), text, pixels=size.text, weight=weight)
        painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line"))
