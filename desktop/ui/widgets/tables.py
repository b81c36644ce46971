"""Reading lists: one model and one painter for every table whose rows are frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import Tone, colour, palette
from desktop.ui.style.signs import Sign

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
INSET = 6


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """How a column is read from a row. `second` is a smaller line below; `width` None is as wide as its content."""

    title: str
    text: Callable[[T], str]
    second: Callable[[T], str] | None = None
    sign: Callable[[T], Sign | None] | None = None
    tone: Callable[[T], Tone | None] | None = None
    strong: Callable[[T], bool] | None = None
    tip: Callable[[T], str] | None = None
    ground: Callable[[T], str] | None = None
    """A colour behind the cell, empty for none."""
    number: bool = False
    centre: bool = False
    width: int | None = None
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the painter needs of one cell."""

    text: str
    second: str = ""
    sign: Sign | None = None
    tone: Tone | None = None
    strong: bool = False
    group: bool = False
    ground: str = ""


DRAWN = Qt.ItemDataRole.UserRole + 1
ROW = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True)
class _Rows(Generic[T]):
    rows: Sequence[T] = field(default_factory=tuple)


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows as a Qt model: display text, tooltip, accessible text, and `DRAWN` for the painter."""

    def __init__(
        self, columns: Sequence[Column[T]], parent: QObject | None = None, *, group: Callable[[T], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[T] = ()
        self._group = group

    def show(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says in a role."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == DRAWN:
            return self._drawn(column, row)
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip else (column.text(row) or None)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {column.text(row)} {column.second(row) if column.second else ''}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    def _alignment(self, column: Column[T]) -> Qt.AlignmentFlag:
        across = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
        return (Qt.AlignmentFlag.AlignHCenter if column.centre else across) | Qt.AlignmentFlag.AlignVCenter

    def _drawn(self, column: Column[T], row: T) -> Drawn:
        return Drawn(
            column.text(row),
            column.second(row) if column.second else "",
            column.sign(row) if column.sign else None,
            column.tone(row) if column.tone else None,
            column.strong(row) if column.strong else False,
            self._group(row) if self._group else False,
            column.ground(row) if column.ground else "",
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            wraps = Qt.TextFlag.TextWordWrap.value if "\n" in self.columns[section].title else 0
            return int(self._alignment(self.columns[section]).value) | int(wraps)
        return None


def _lines(words: Sequence[str], width: int, metrics: QFontMetrics) -> int:
    """How many lines words take in a width."""
    lines, last = 0, ""
    for word in words:
        joined = f"{last} {word}".strip()
        if lines and metrics.horizontalAdvance(joined) <= width:
            last = joined
        else:
            lines, last = lines + 1, word
    return lines


class RowPainter(QStyledItemDelegate):
    """Sign at the left, words elided, numbers never; row lines, every fifth darker, group rows as bands."""

    def __init__(self, view: Table, *, lines: int) -> None:
        super().__init__(view)
        self._view = view
        self._lines = lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the content."""
        drawn: Drawn = index.data(DRAWN)
        words = QFontMetrics(fonts.font(fonts.TEXT, 600 if drawn.strong else 400)).horizontalAdvance(drawn.text)
        second = QFontMetrics(fonts.font(fonts.SMALL)).horizontalAdvance(drawn.second) if drawn.second else 0
        return QSize(max(words, second) + 2 * INSET + (18 if drawn.sign else 0) + 2, self._view.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        drawn: Drawn = index.data(DRAWN)
        place: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected) and self._view.marks_rows
        usual = colour("head" if drawn.group else "accent_tint" if chosen else "sheet")
        painter.fillRect(place, QColor(drawn.ground) if drawn.ground else usual)
        self._words(painter, place.adjusted(INSET, 0, -INSET, -1), drawn, index)
        fifth = (index.row() + 1) % 5 == 0 and self._lines == 1
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line5" if fifth else "line"))
        if chosen and self._view.hasFocus():
            self._frame(painter, place, index)

    def _words(self, painter: QPainter, place: QRect, drawn: Drawn, index: Index) -> None:
        align = Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        if drawn.sign:
            centred = bool(align & Qt.AlignmentFlag.AlignHCenter) and not drawn.text
            left = place.center().x() - 7 if centred else place.left()
            painter.drawPixmap(
                left, place.center().y() - 6, signs.pixmap(drawn.sign, 14, painter.device().devicePixelRatioF())
            )
            place = place.adjusted(18, 0, 0, 0)
        painter.setFont(fonts.font(fonts.TEXT, 600 if drawn.strong or drawn.group else 400))
        painter.setPen(palette().text(drawn.tone) if drawn.tone else colour("ink"))
        is_number = bool(align & Qt.AlignmentFlag.AlignRight)
        text = drawn.text
        if not is_number:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        if not drawn.second:
            painter.drawText(place, align | Qt.TextFlag.TextSingleLine, text)
            return
        upper = QRect(place.left(), place.top() + 3, place.width(), 17)
        painter.drawText(upper, align | Qt.TextFlag.TextSingleLine, text)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(colour("ink2"))
        lower = QRect(place.left(), place.top() + 19, place.width(), 16)
        painter.drawText(
            lower, align, painter.fontMetrics().elidedText(drawn.second, Qt.TextElideMode.ElideRight, place.width())
        )

    def _frame(self, painter: QPainter, place: QRect, index: Index) -> None:
        painter.setPen(QPen(colour("accent"), 2))
        whole = QRectF(place).adjusted(1, 1, -1, -1)
        painter.drawLine(whole.topLeft(), whole.topRight())
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        if index.column() == 0:
            painter.drawLine(whole.topLeft(), whole.bottomLeft())
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(whole.topRight(), whole.bottomRight())


class Table(QTableView):
    """A reading list: whole rows are chosen, Enter or a double click opens one."""

    row_opened = Signal(object)
    row_chosen = Signal(object)

    def __init__(
        self,
        model: RowsModel[Any],
        *,
        name: str,
        lines: int = 1,
        marks_rows: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row_height = 26 if lines == 1 else 38
        self.marks_rows = marks_rows
        self.rows_model = model
        self.setAccessibleName(name)
        self.setItemDelegate(RowPainter(self, lines=lines))
        self.setModel(model)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.verticalHeader().setMinimumSectionSize(self.row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        tall = any("\n" in known.title for known in model.columns)
        head.setFixedHeight(62 if tall else 28)
        for at, known in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if known.stretch else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(at, mode)
            if known.width is not None:
                self.setColumnWidth(at, known.width)
        head.setVisible(any(known.title for known in model.columns))
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.activated.connect(self._open)
        self.fit()

    def fit(self) -> None:
        """Make columns without a width as wide as what they hold."""
        for at, known in enumerate(self.rows_model.columns):
            if known.width is None and not known.stretch:
                self.setColumnWidth(at, max(self._head_width(known.title), self.sizeHintForColumn(at)))

    def _head_width(self, title: str) -> int:
        """Room for a title: on one line, or in two lines above its Excel letter."""
        metrics = QFontMetrics(fonts.font(fonts.SMALL, 500))
        name, _break, letter = title.partition("\n")
        if not letter:
            return metrics.horizontalAdvance(name) + 2 * INSET + 4
        parts = name.split()
        width = max((metrics.horizontalAdvance(part) for part in parts), default=0)
        while _lines(parts, width, metrics) > 2:
            width += 4
        return width + 2 * INSET + 4

    def chosen(self) -> Any:
        """The row chosen, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, also where the platform would not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.viewport().update()
        if current.isValid():
            self.row_chosen.emit(current.data(ROW))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(index.data(ROW))
