"""The list of findings: communes as bands, breaches as cards of one height, painted only where they are seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygon, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.findings import Severity
from desktop.system.i18n import _, render
from desktop.ui.screens.entry.findings.model import Breach, FindingsModel, Group, Index
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.findings import look

BAND: Final = 26
CARD: Final = 62
LINE: Final = 18
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class FindingRows(QListView):
    """Several can be chosen to be kept with one reason; Enter or a click goes to the cell."""

    went = Signal(object)
    """A `Breach` to go to."""
    chosen_changed = Signal()

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        self.findings = model
        self.setAccessibleName(_("Findings"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self.chosen_changed.emit())
        model.modelReset.connect(self.chosen_changed)

    def chosen(self) -> list[Breach]:
        """The breaches chosen; a chosen commune means all of its open ones."""
        found: dict[int, Breach] = {}
        for row in sorted(index.row() for index in self.selectionModel().selectedIndexes()):
            chosen = self.findings.rows[row]
            parts = [chosen] if isinstance(chosen, Breach) else [part for part in chosen.breaches if part.is_open]
            found.update((id(part), part) for part in parts)
        return list(found.values())

    def current(self) -> Breach | None:
        """The breach the cursor stands on."""
        index = self.currentIndex()
        row = self.findings.rows[index.row()] if index.isValid() and index.row() < len(self.findings.rows) else None
        return row if isinstance(row, Breach) else None

    def show_row(self, row: int) -> None:
        """Put the cursor on a row without going anywhere."""
        index = self.findings.index(row)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes to the cell, or folds a commune; with Ctrl or Shift it only chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            self._act(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there; Left and Right fold and unfold."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act(index)
        elif index.isValid() and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(index, is_folded=event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def _act(self, index: QModelIndex) -> None:
        row = self.findings.rows[index.row()]
        if isinstance(row, Group):
            self._fold(index, is_folded=row.is_unfolded)
        else:
            self.went.emit(row)

    def _fold(self, index: QModelIndex, *, is_folded: bool) -> None:
        at = index.row()
        while at >= 0 and not isinstance(self.findings.rows[at], Group):
            at -= 1
        row = self.findings.rows[at] if at >= 0 else None
        if isinstance(row, Group) and row.is_unfolded == is_folded:
            top = self.verticalScrollBar().value()
            self.findings.fold(row.unit, is_folded=is_folded)
            self.setCurrentIndex(self.findings.index(at))
            self.verticalScrollBar().setValue(top)


class _Painter(QStyledItemDelegate):
    """A commune as a band with counts; a breach with sign, word, place and two lines of what is wrong."""

    def __init__(self, view: FindingRows) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for communes, one for breaches: nothing is measured before it is seen."""
        return QSize(10, BAND if isinstance(self._view.findings.rows[index.row()], Group) else CARD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        place: QRect = option.rect  # type: ignore[attr-defined]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        row = self._view.findings.rows[index.row()]
        if isinstance(row, Group):
            self._band(painter, place, row)
        else:
            self._card(painter, place, row, chosen=chosen)
        if chosen and index == self._view.currentIndex() and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -2))

    def _band(self, painter: QPainter, place: QRect, group: Group) -> None:
        painter.fillRect(place, colour("head"))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line"))
        _arrow(painter, QPoint(place.left() + 12, place.center().y()), is_open=group.is_unfolded)
        right = place.right() - 8
        painter.setFont(fonts.font(fonts.SMALL, 500))
        counts = ((Sign.KEPT, group.kept), (Sign.WARNING, group.warnings), (Sign.ERROR, group.errors))
        for sign, count in counts:
            if count:
                width = painter.fontMetrics().horizontalAdvance(str(count))
                painter.setPen(colour("ink2"))
                painter.drawText(QRect(right - width, place.top(), width, place.height()), _SINGLE, str(count))
                ratio = painter.device().devicePixelRatioF()
                painter.drawPixmap(right - width - 16, place.center().y() - 5, signs.pixmap(sign, 12, ratio))
                right -= width + 24
        painter.setFont(fonts.font(fonts.TEXT, 600))
        painter.setPen(colour("ink"))
        name = QRect(place.left() + 22, place.top(), right - place.left() - 22, place.height() - 1)
        text = painter.fontMetrics().elidedText(group.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, _SINGLE, text)

    def _card(self, painter: QPainter, place: QRect, breach: Breach, *, chosen: bool) -> None:
        finding = breach.first
        sign, tone, word = look(finding)
        painter.fillRect(place, colour("accent_light" if chosen else "sheet"))
        soft = finding.severity is Severity.NOTE or not breach.is_open
        painter.fillRect(
            place.left(), place.top(), 3, place.height(), colour("line5") if soft else palette().text(tone)
        )
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line"))
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(place.left() + 11, place.top() + 7, signs.pixmap(sign, 14, ratio))
        head = QRect(place.left() + 30, place.top() + 4, place.width() - 38, LINE)
        painter.setFont(fonts.font(fonts.TEXT, 600))
        painter.setPen(palette().text(tone))
        painter.drawText(head, _SINGLE, word)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(colour("ink2"))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | _SINGLE, self._view.findings.place(breach))
        painter.setPen(colour("ink"))
        text = QRect(place.left() + 11, place.top() + 4 + LINE, place.width() - 19, 2 * LINE)
        _two_lines(painter, text, render(finding.message), fonts.font(fonts.TEXT))


def _arrow(painter: QPainter, at: QPoint, *, is_open: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("ink2"))
    points = ((-4, -2), (4, -2), (0, 3)) if is_open else ((-2, -4), (3, 0), (-2, 4))
    painter.drawPolygon(QPolygon([at + QPoint(*point) for point in points]))


def _two_lines(painter: QPainter, place: QRect, text: str, font: QFont) -> None:
    """A sentence in two lines at most; the whole stands below the list when it is chosen."""
    painter.setFont(font)
    layout = QTextLayout(text, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(place.width())
    cut = first.textStart() + first.textLength()
    layout.endLayout()
    painter.drawText(QRect(place.left(), place.top(), place.width(), LINE), _SINGLE, text[:cut].rstrip())
    rest = painter.fontMetrics().elidedText(text[cut:], Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(QRect(place.left(), place.top() + LINE, place.width(), LINE), _SINGLE, rest)
