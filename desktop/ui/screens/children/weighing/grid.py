"""The list one types into down the columns: painted cell by cell, only what is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.system.i18n import _
from desktop.ui.screens.children.care.words import LETTERS
from desktop.ui.screens.children.weighing.cells import hue
from desktop.ui.screens.children.weighing.columns import FIGURES, FOUND, WIDTHS, Col
from desktop.ui.screens.children.weighing.heads import HEIGHT, WeighingHead
from desktop.ui.screens.children.weighing.model import WeighingModel
from desktop.ui.style import signs
from desktop.ui.style.palette import colour
from desktop.ui.widgets.cell_text import paint_text
from desktop.ui.widgets.typing_grid import TypingGrid

ROW: Final = 24
SIGN: Final = 12
CLASS_SIGN: Final = 14
INSET: Final = 6
BESIDE: Final = 2
BEHIND: Final = 4
"""px beside a sign, and behind a figure: 14,65 with its sign must stand whole."""
LEAST_NOTE: Final = 60
WIDE: Final = 240
WORDS: Final = (Col.NAME, Col.NOTE)
KEYS: Final = {Qt.Key.Key_V: "v", Qt.Key.Key_P: "p", Qt.Key.Key_N: "n", Qt.Key.Key_D: "d"}


class WeighingGrid(TypingGrid):
    """Enter goes down, at the foot of a column to the next one; V, P, N and Đ are keys in the columns of figures."""

    marked = Signal(str)
    """`v` absent, `p` oedema, `n` lying, `d` standing, for the chosen lines."""
    given = Signal(str)
    """`a` vitamin A, `s` iron, `k` zinc, `+` other, empty takes all away: for the chosen lines of their column."""
    opened = Signal()
    """Ctrl+Enter on a line: the child's page."""

    def __init__(self, model: WeighingModel, settle: Callable[[int, int, str], bool]) -> None:
        self.weighing = model
        super().__init__(model, settle)
        self.setAccessibleName(_("Weighing list"))
        self.setHorizontalHeader(WeighingHead(self))
        self.horizontalHeader().setFixedHeight(HEIGHT)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The cell without signs."""
        return self.weighing.typed_at(row, Col(column))

    def is_words(self, row: int, column: int) -> bool:
        """Names and notes; in all others input methods are off, so that letters are keys."""
        return column in WORDS

    def spoken_at(self, row: int, column: int) -> str:
        """The cell for a screen reader."""
        return self.weighing.spoken(row, Col(column))

    def may_type(self, row: int, column: int) -> bool:
        """What a visit finds, and particulars that are not known."""
        return row >= 0 and column >= 0 and self.weighing.may_type(row, Col(column))

    def first_cell(self) -> tuple[int, int] | None:
        """The first weight, or the name of the first child."""
        if not self.weighing.rowCount():
            return None
        return (0, Col.WEIGHT) if self.weighing.shown else (0, Col.NAME)

    # ---- moving ----

    def step_by(self, down: int, right: int) -> None:
        """Down within the column; right to the next cell one types into, at the end of a line to the next line."""
        current = self.currentIndex()
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        if down:
            if 0 <= row + down < self.weighing.rowCount():
                self.go(row + down, column)
            return
        target = self._next_typed(row, column, right)
        if target is not None:
            self.go(*target)

    def _next_typed(self, row: int, column: int, step: int) -> tuple[int, int] | None:
        count = self.weighing.rowCount()
        at = row * len(Col) + column + step
        while 0 <= at < count * len(Col):
            found = divmod(at, len(Col))
            if not self.isColumnHidden(found[1]) and self.may_type(*found):
                return found
            at += step
        return None

    def enter(self, *, back: bool) -> None:
        """Down, over children marked absent; at the foot to the next column's head.

        On a new child to the right, and after its height to the line of the next one.
        """
        current = self.currentIndex()
        row = self.weighing.row(current.row())
        if row is not None and row.is_new and not back and current.column() <= Col.LENHEI:
            if current.column() < Col.LENHEI:
                self.tab(1)
                return
            if self.weighing.is_new_line(current.row() + 1):
                self.go(current.row() + 1, Col.NAME)
                return
        self._down(current.row(), current.column(), -1 if back else 1)

    def _down(self, row: int, column: int, step: int) -> None:
        last = len(self.weighing.shown) - 1
        places = range(row + 1, last + 1) if step > 0 else range(row - 1, -1, -1)
        for at in places:
            held = self.weighing.row(at)
            if held is not None and not held.is_absent:
                self.go(at, column)
                return
        columns = [one for one in FOUND if not self.isColumnHidden(one)]
        if column in columns and 0 <= columns.index(Col(column)) + step < len(columns):
            following = columns[columns.index(Col(column)) + step]
            self.go(0 if step > 0 else max(last, 0), following)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that are keys in the columns of figures; Ctrl+Enter opens the child's page."""
        current = self.currentIndex()
        if not self.is_editing and current.isValid():
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit()
                return
            if current.column() == Col.CARE and not control and self._gives(event):
                return
            letter = KEYS.get(Qt.Key(event.key())) or ("d" if event.text() in ("đ", "Đ") else None)
            if letter and not control and current.column() not in (*WORDS, Col.SEX, Col.BIRTH):
                self.marked.emit(letter)
                return
        super().keyPressEvent(event)

    def _gives(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the supplements' column."""
        letter = event.text().lower()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            letter = ""
        elif event.key() == Qt.Key.Key_Space:
            letter = "a"
        elif letter not in LETTERS:
            return False
        self.given.emit(letter)
        return True

    # ---- room ----

    def fit(self) -> None:
        """What is left goes to names and notes; where there is too little for notes they are hidden."""
        base = sum(WIDTHS[column] for column in Col if column is not Col.NOTE and not self.isColumnHidden(column))
        rest = self.viewport().width() - base
        has_note = rest >= LEAST_NOTE
        self.setColumnHidden(Col.NOTE, not has_note)
        name = max(0, rest - LEAST_NOTE) // 2 if has_note else max(0, rest)
        name = min(name, 70)
        self.setColumnWidth(Col.NAME, WIDTHS[Col.NAME] + name)
        if has_note:
            self.setColumnWidth(Col.NOTE, rest - name)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names and notes take what is left."""
        super().resizeEvent(event)
        self.fit()

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells of each part that must be painted, then the frames of block and current cell."""
        self.paint_parts(event, self._part)

    def _part(self, painter: QPainter, part: QRect, chosen: QRect | None) -> None:
        offset, count = self.verticalHeader().offset(), self.weighing.rowCount()
        rows = range(max((part.top() + offset) // ROW, 0), min((part.bottom() + offset) // ROW + 1, count))
        across = self.horizontalHeader()
        places = [
            (column, across.sectionViewportPosition(column), across.sectionSize(column))
            for column in Col
            if not self.isColumnHidden(column)
        ]
        seen = [one for one in places if one[1] <= part.right() and one[1] + one[2] >= part.left()]
        current = self.currentIndex()
        end = places[-1][1] + places[-1][2] if places else 0
        here = (current.row(), current.column())
        for row in rows:
            top = row * ROW - offset
            is_new = self.weighing.is_new_line(row)
            if is_new:
                self._new_line(painter, top)
            for column, left, width in () if is_new else seen:
                marked = chosen is not None and chosen.contains(column, row) and (row, column) != here
                ground = "accent_tint" if marked or (row == here[0] and column <= Col.MONTHS) else ""
                self._cell(painter, QRect(left, top, width, ROW), row, column, ground)
            fifth = (row + 1) % 5 == 0 or row + 1 == count
            painter.fillRect(part.left(), top + ROW - 1, end - part.left(), 1, colour("line5" if fifth else "line"))

    def _new_line(self, painter: QPainter, top: int) -> None:
        """Its words run on over the empty cells beside the name."""
        across = self.horizontalHeader()
        row = len(self.weighing.shown)
        for column, width in ((Col.NUMBER, self.columnWidth(Col.NUMBER)), (Col.NAME, WIDE)):
            drawn = self.weighing.drawn(row, column)
            room = QRect(across.sectionViewportPosition(column) + INSET, top, width - INSET, ROW - 1)
            painter.setPen(hue(drawn.ink))
            inner = room.adjusted(0, 0, 0 if column is Col.NAME else -INSET + 1, 0)
            paint_text(painter, inner, drawn.text, italic=drawn.italic, is_text=column is Col.NAME)

    def _cell(self, painter: QPainter, place: QRect, row: int, column: Col, ground: str) -> None:
        drawn = self.weighing.drawn(row, column)
        fill = drawn.ground or ground
        if fill:
            painter.fillRect(place, hue(fill))
        left = place.left() + (1 if column is Col.NUMBER else INSET)
        if drawn.sign is not None:
            size, inset = (CLASS_SIGN, INSET) if column is Col.CLASS else (SIGN, BESIDE)
            picture = signs.pixmap(drawn.sign, size, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(place.left() + inset, place.top() + (ROW - size) // 2), picture)
            left = place.left() + inset + size + (4 if column is Col.CLASS else BESIDE)
        if drawn.text:
            is_text = column not in FIGURES and column is not Col.NUMBER
            if drawn.italic and column is Col.WEIGHT:
                is_text = True
            painter.setPen(hue(drawn.ink))
            room = QRect(left, place.top(), place.right() - (1 if is_text else BEHIND) - left, ROW - 1)
            paint_text(
                painter, room, drawn.text, weight=drawn.weight, italic=drawn.italic, is_text=is_text,
                is_name=column is Col.NAME,
            )  # fmt: skip
        painter.fillRect(place.right(), place.top(), 1, ROW, colour("line"))
