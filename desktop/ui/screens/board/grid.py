"""The board painted: communes at the left, forms and periods above, one sign a form; only what is seen is painted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.system.i18n import _
from desktop.ui import statuses, words
from desktop.ui.screens.board.cells import INSET, needs, paint_cell
from desktop.ui.screens.board.model import BoardModel, Spot, short_period
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.parts import label

ROW: Final = 25
HEAD: Final = 82
NAME: Final = 158
LEAST: Final = 62
MOST: Final = 270
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


class PeriodHead(QHeaderView):
    """Form above its periods; below each when it is due and how many are done."""

    def __init__(self, view: BoardGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All heads that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("head"))
        model = self._view.board_model
        for column in range(model.columnCount()):
            place = QRect(self.sectionViewportPosition(column), 22, self.sectionSize(column), HEAD - 22)
            if place.right() < 0 or place.left() > self.width():
                continue
            self._period(painter, place, column)
        for first, last in groups(model):
            left = self.sectionViewportPosition(first)
            right = self.sectionViewportPosition(last) + self.sectionSize(last)
            self._form(painter, QRect(left, 0, right - left, 22), first)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))

    def _form(self, painter: QPainter, place: QRect, column: int) -> None:
        form = self._view.board_model.column(column).form
        painter.fillRect(place, colour("group"))
        painter.fillRect(place.right(), 0, 1, HEAD, colour("line5"))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line5"))
        # The name stays in sight while its periods are.
        inner = place.adjusted(INSET, 0, -INSET, 0)
        inner.setLeft(max(inner.left(), INSET))
        painter.setFont(fonts.font(fonts.SMALL, 600))
        painter.setPen(colour("ink"))
        name = words.named(form.name_vi, form.name_en)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _MIDDLE, shown)

    def _period(self, painter: QPainter, place: QRect, column: int) -> None:
        model = self._view.board_model
        head = model.column(column)
        if column == self._view.currentIndex().column():
            painter.fillRect(place, colour("accent_tint"))
        painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line"))
        inner = place.adjusted(INSET, 2, -3, 0)
        done, every = model.done(column)
        due = head.due
        for at, (text, weight, italic, ink) in enumerate(
            (
                (short_period(head.period), 600, False, "ink"),
                (due_words(head.due), 400, due is not None and due.provisional, "ink2"),
                (f"{done}/{every}", 600, False, "ink" if done == every else "accent"),
            )
        ):
            painter.setFont(fonts.font(fonts.SMALL, weight, italic=italic))
            painter.setPen(colour(ink))
            painter.drawText(QRect(inner.left(), inner.top() + at * 18, inner.width(), 18), _MIDDLE, text)


def due_words(due: object) -> str:
    """When a column is due, in a few letters."""
    day = getattr(due, "day", None)
    return _("due {day}").format(day=f"{day.day:02d}/{day.month:02d}") if day is not None else _("no deadline")


def groups(model: BoardModel) -> list[tuple[int, int]]:
    """First and last column of each form."""
    found: list[tuple[int, int]] = []
    for column in range(model.columnCount()):
        if found and model.column(found[-1][0]).form.code == model.column(column).form.code:
            found[-1] = (found[-1][0], column)
        else:
            found.append((column, column))
    return found


class CommuneHead(QHeaderView):
    """The names of the communes."""

    def __init__(self, view: BoardGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setMinimumSectionSize(ROW)
        self.setSectionsClickable(True)
        self.setFixedWidth(NAME)

    def sizeHint(self) -> QSize:
        """The frozen column."""
        return QSize(NAME, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names that are seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("sheet"))
        model, current = self._view.board_model, self._view.currentIndex().row()
        first = max(self.visualIndexAt(0), 0)
        for row in range(first, model.rowCount()):
            top = self.sectionViewportPosition(row)
            if top > event.rect().bottom():
                break
            place = QRect(0, top, self.width(), ROW)
            if row == current:
                painter.fillRect(place, colour("accent_tint"))
            painter.setFont(fonts.font(fonts.TEXT, 600 if row == current else 400))
            painter.setPen(colour("ink"))
            room = place.adjusted(INSET + 2, 0, -4, -1)
            name = words.unit_name(model.commune(row).name)
            painter.drawText(
                room, _MIDDLE, painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
            )
            painter.fillRect(0, place.bottom(), place.width(), 1, colour("line5" if (row + 1) % 5 == 0 else "line"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("line5"))


class BoardGrid(QTableView):
    """Any forms can be chosen, with Ctrl and Shift too; Enter or a double click opens one."""

    opened = Signal(object)
    chosen = Signal()

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self.board_model = model
        self.shows_words = False
        self._word_width = 0
        self.setAccessibleName(_("State of the forms"))
        self.setModel(model)
        self.setHorizontalHeader(PeriodHead(self))
        self.setVerticalHeader(CommuneHead(self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.modelReset.connect(self.fit)
        self._corner = label(_("Commune, town"), "second")
        self._corner.setParent(self)
        self._corner.setFont(fonts.font(fonts.SMALL, 500))
        self._corner.setStyleSheet("background: transparent;")
        self._corner.setGeometry(INSET + 3, HEAD - 22, NAME - 12, 18)

    def spots(self) -> list[Spot]:
        """The forms chosen, communes in their order."""
        places = sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())
        return [spot for row, column in places if (spot := self.board_model.spot(row, column)) is not None]

    def go(self, row: int, column: int) -> None:
        """Choose one form and bring it into sight."""
        index = self.board_model.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    # ---- room ----

    def fit(self) -> None:
        """Give each column what its cells need; words where all of them fit."""
        model = self.board_model
        metrics = QFontMetrics(fonts.font(fonts.SMALL, 600))
        self._word_width = max(metrics.horizontalAdvance(statuses.word(state)) for state in statuses.SIGNS)
        widths = [self._need(column, metrics, words=True) for column in range(model.columnCount())]
        self.shows_words = sum(widths) <= self.viewport().width() or len(widths) == 1
        if not self.shows_words:
            widths = [self._need(column, metrics, words=False) for column in range(model.columnCount())]
        spare = max(self.viewport().width() - sum(widths), 0) // max(len(widths), 1)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, min(width + spare, max(MOST, width)))
        self.viewport().update()

    def _need(self, column: int, metrics: QFontMetrics, *, words: bool) -> int:
        model = self.board_model
        head = model.column(column)
        texts = (short_period(head.period), due_words(head.due))
        width = max(metrics.horizontalAdvance(text) for text in texts) + INSET + 8
        seen: set[object] = set()
        for row in range(model.rowCount()):
            cell = model.cell(row, column)
            if cell is None:
                continue
            known = (cell.state, cell.counts and (cell.counts.errors, cell.counts.warnings, cell.counts.kept))
            key = (known, cell.days_late, cell.arrival, cell.judgement is None, cell.received_on is None)
            if key not in seen:
                seen.add(key)
                width = max(width, needs(cell, word_width=self._word_width if words else 0))
        return max(width, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words appear where there is room."""
        super().resizeEvent(event)
        self.fit()

    # ---- choosing ----

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """The panel beside follows."""
        super().selectionChanged(selected, deselected)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        self.viewport().update()
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the commune's form."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens too."""
        if self.indexAt(event.position().toPoint()).isValid():
            self._open()

    def _open(self) -> None:
        current = self.currentIndex()
        spot = self.board_model.spot(current.row(), current.column()) if current.isValid() else None
        if spot is not None:
            self.opened.emit(spot)

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells of the region, then the frame of the current one."""
        painter = QPainter(self.viewport())
        region, model = event.rect(), self.board_model
        painter.fillRect(region, colour("sheet"))
        across, down = self.horizontalHeader(), self.verticalHeader()
        picked = self.selectionModel().selection()
        is_any = not picked.isEmpty()
        ends = {last for _first, last in groups(model)}
        columns = range(max(across.visualIndexAt(region.left()), 0), model.columnCount())
        for row in range(max(down.visualIndexAt(region.top()), 0), model.rowCount()):
            top = down.sectionViewportPosition(row)
            if top > region.bottom():
                break
            for column in columns:
                left = across.sectionViewportPosition(column)
                if left > region.right():
                    break
                place = QRect(left, top, across.sectionSize(column), ROW)
                is_picked = is_any and picked.contains(model.index(row, column))
                self._cell(painter, place, row, column, is_picked=is_picked)
                painter.fillRect(place.right(), top, 1, ROW, colour("line5" if column in ends else "line"))
            painter.fillRect(region.left(), top + ROW - 1, region.width(), 1, colour(_line(row)))
        current = self.currentIndex()
        if current.isValid():
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "frame"), 2))
            painter.drawRect(self.visualRect(current).adjusted(0, 0, -1, -1))

    def _cell(self, painter: QPainter, place: QRect, row: int, column: int, *, is_picked: bool) -> None:
        cell = self.board_model.cell(row, column)
        if cell is None:
            painter.fillRect(place, colour("head"))
            return
        if is_picked:
            painter.fillRect(place, colour("accent_tint"))
        paint_cell(
            painter,
            place,
            cell,
            words=self.shows_words,
            word_width=self._word_width,
            dim=not self.board_model.fits(cell),
            ratio=self.devicePixelRatioF(),
        )


def _line(row: int) -> str:
    return "line5" if (row + 1) % 5 == 0 else "line"
