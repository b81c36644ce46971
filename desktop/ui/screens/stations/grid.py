"""The profile one types into down the answers: painted line by line, heads of groups across."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, cast

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.application.station_profiles import Line
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.screens.stations import cells
from desktop.ui.screens.stations.cells import TYPED, Col
from desktop.ui.screens.stations.model import Head, ProfileModel
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour, palette
from desktop.ui.style.signs import paint_hatch
from desktop.ui.widgets.cell_text import paint_text
from desktop.ui.widgets.painted_head import PaintedHead
from desktop.ui.widgets.typing_grid import TypingGrid

ROW: Final = 24
SIGN: Final = 12
INSET: Final = 6
HEAD: Final = 28
WIDTHS: Final = {Col.UNIT: 70, Col.ANSWER: 142, Col.SINCE: 100, Col.BEFORE: 84, Col.NOTE: 120}
LEAST_NAME: Final = 150
LEAST_ANSWER: Final = 124
MOST_NAME: Final = 430
ROOMY: Final = 860
"""From so wide on the note has a column of its own; else it stands beside, with the item in hand."""
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class ProfileHead(PaintedHead):
    """One line of names."""

    def __init__(self, view: ProfileGrid) -> None:
        super().__init__(view, tuple(Col), HEAD)

    def paint_name(self, painter: QPainter, place: QRect, column: int) -> None:
        """One line, cut where it is too long."""
        inner = place.adjusted(INSET, 0, -INSET, -1)
        text = painter.fontMetrics().elidedText(cells.head(Col(column)), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | _SINGLE, text)


class ProfileGrid(TypingGrid):
    """Enter goes down the answers, Tab to since, note and on; heads are passed over."""

    def __init__(self, model: ProfileModel, settle: Callable[[int, int, str], bool]) -> None:
        self.profile = model
        self.compares = False
        """Whether the earlier answers go before the days where there is little room."""
        super().__init__(model, settle)
        self.setAccessibleName(_("Profile of the station"))
        self.setHorizontalHeader(ProfileHead(self))
        self.horizontalHeader().setFixedHeight(HEAD)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The cell as a person would type it."""
        return self.profile.typed_at(row, Col(column))

    def is_words(self, row: int, column: int) -> bool:
        """Words, choices and notes."""
        return self.profile.is_words(row, Col(column))

    def spoken_at(self, row: int, column: int) -> str:
        """The cell for a screen reader."""
        return self.profile.spoken(row, Col(column))

    def may_type(self, row: int, column: int) -> bool:
        """Answers, and day and note of what is told."""
        return row >= 0 and column >= 0 and self.profile.may_type(row, Col(column))

    def first_cell(self) -> tuple[int, int] | None:
        """The first item's answer."""
        first = self._next_line(-1, 1)
        return None if first is None else (first, Col.ANSWER)

    def _next_line(self, row: int, step: int) -> int | None:
        places = range(row + 1, self.profile.rowCount()) if step > 0 else range(row - 1, -1, -1)
        return next((at for at in places if self.profile.line(at) is not None), None)

    def step_by(self, down: int, right: int) -> None:
        """Down over heads; right to the next column one types into, from the last to the next item."""
        current = self.currentIndex()
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        if right:
            shown = [one for one in TYPED if not self.isColumnHidden(one)]
            places = [one for one in shown if (one > column if right > 0 else one < column)]
            if places:
                self.go(row, places[0] if right > 0 else places[-1])
                return
            column = shown[0] if right > 0 else shown[-1]
        target = self._next_line(row, down or right)
        if target is not None:
            self.go(target, column)

    def tab(self, step: int) -> None:
        """To the next answer: day and note are reached with the arrows."""
        current = self.currentIndex()
        target = self._next_line(current.row(), step)
        if target is not None:
            self.go(target, Col.ANSWER)

    def end_of(self, key: Qt.Key) -> tuple[int, int] | None:
        """Ctrl with arrows goes from group to group; Home and End to the first and last item."""
        current = self.currentIndex()
        firsts = [at + 1 for at, _head in self.profile.heads()]
        last = self._next_line(self.profile.rowCount(), -1)
        if not firsts or last is None or not current.isValid():
            return None
        column = max(current.column(), Col.ANSWER)
        return {
            Qt.Key.Key_Home: (firsts[0], Col.ANSWER),
            Qt.Key.Key_End: (last, Col.ANSWER),
            Qt.Key.Key_Down: (next((at for at in firsts if at > current.row()), last), column),
            Qt.Key.Key_Up: (next((at for at in reversed(firsts) if at < current.row()), firsts[0]), column),
        }.get(key)

    # ---- room ----

    def fit(self) -> None:
        """The names take what they need, the note what is left; where there is little, notes, the past and units go."""
        width = self.viewport().width()
        self.setColumnHidden(Col.NOTE, width < ROOMY)
        self.setColumnHidden(Col.BEFORE, width < 560 and not self.compares)
        self.setColumnHidden(Col.SINCE, width < 560 and self.compares)
        self.setColumnHidden(Col.UNIT, width < 470)
        widths = WIDTHS | ({Col.ANSWER: LEAST_ANSWER} if width < 470 else {})
        fixed = sum(size for column, size in widths.items() if not self.isColumnHidden(column))
        metrics = QFontMetrics(fonts.font(fonts.TEXT))
        names = [metrics.horizontalAdvance(cells.name(line.item)) for line in self._lines()]
        wanted = min(max(names, default=LEAST_NAME) + 2 * INSET + 4, MOST_NAME)
        for column, size in widths.items():
            self.setColumnWidth(column, size)
        room = width - fixed
        self.setColumnWidth(Col.NAME, max(LEAST_NAME, min(wanted, room)))
        rest = width - fixed - self.columnWidth(Col.NAME)
        if rest > 0:
            last = Col.NOTE if not self.isColumnHidden(Col.NOTE) else Col.NAME
            self.setColumnWidth(last, self.columnWidth(last) + rest)
        self.viewport().update()

    def _lines(self) -> list[Line]:
        return [line for at in range(self.profile.rowCount()) if (line := self.profile.line(at)) is not None]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names and notes take what is left."""
        super().resizeEvent(event)
        self.fit()

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines of each part that must be painted, then the frames of block and current cell."""
        painter = QPainter(self.viewport())
        chosen = self._block()
        for part in cast("Iterable[QRect]", event.region()):
            painter.setClipRect(part)
            painter.fillRect(part, colour("sheet"))
            offset, count = self.verticalHeader().offset(), self.profile.rowCount()
            for row in range(max((part.top() + offset) // ROW, 0), min((part.bottom() + offset) // ROW + 1, count)):
                found = self.profile.rows[row]
                if isinstance(found, Head):
                    self._head(painter, row * ROW - offset, found)
                else:
                    self._line(painter, row * ROW - offset, row, chosen, part)
        painter.setClipping(False)
        self.paint_frames(painter, chosen)

    def _head(self, painter: QPainter, top: int, head: Head) -> None:
        place = QRect(0, top, self.viewport().width(), ROW)
        painter.fillRect(place, colour("head"))
        painter.setFont(fonts.font(fonts.TEXT, 600))
        painter.setPen(colour("ink"))
        name = words.named(head.group.name_vi, head.group.name_en)
        painter.drawText(place.adjusted(INSET, 0, -INSET, -1), _SINGLE, name)
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(colour("good" if head.told == head.asked else "ink2"))
        count = _("{told} of {asked}").format(told=head.told, asked=head.asked)
        painter.drawText(place.adjusted(INSET, 0, -INSET, -1), Qt.AlignmentFlag.AlignRight | _SINGLE, count)
        painter.fillRect(0, top + ROW - 1, place.width(), 1, colour("line5"))

    def _line(self, painter: QPainter, top: int, row: int, chosen: QRect | None, part: QRect) -> None:
        across, current = self.horizontalHeader(), self.currentIndex()
        following = row + 1 < self.profile.rowCount() and not isinstance(self.profile.rows[row + 1], Head)
        for column in Col:
            if self.isColumnHidden(column):
                continue
            place = QRect(across.sectionViewportPosition(column), top, across.sectionSize(column), ROW)
            if not place.intersects(part):
                continue
            here = (current.row(), current.column()) == (row, column)
            marked = chosen is not None and chosen.contains(column, row) and not here
            tinted = current.row() == row and column is Col.NAME
            self._cell(painter, place, row, column, ground="accent_tint" if marked or tinted else "")
        painter.fillRect(0, top + ROW - 1, self.viewport().width(), 1, colour("line" if following else "line5"))

    def _cell(self, painter: QPainter, place: QRect, row: int, column: Col, *, ground: str) -> None:
        drawn = self.profile.drawn(row, column)
        if drawn.ground or ground:
            painter.fillRect(place, colour(drawn.ground or ground))
        if drawn.hatch:
            painter.save()
            painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
            paint_hatch(painter, QRectF(place.adjusted(0, 0, -1, -1)), colour("hatch"))
            painter.restore()
        left = place.left() + INSET
        if drawn.sign is not None:
            picture = signs.pixmap(drawn.sign, SIGN, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(left - 2, place.top() + (ROW - SIGN) // 2), picture)
            left += SIGN + 2
        if drawn.text:
            painter.setPen(colour(_ink(drawn.ink)))
            room = QRect(left, place.top(), place.right() - INSET + 1 - left, ROW - 1)
            paint_text(painter, room, drawn.text, weight=drawn.weight, italic=drawn.italic, is_text=not drawn.number)
        painter.fillRect(place.right(), place.top(), 1, ROW, colour("line"))


def _ink(name: str) -> str:
    return name if hasattr(palette(), name) else "ink"
