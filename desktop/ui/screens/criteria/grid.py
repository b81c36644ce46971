"""The score sheet one types into: Enter goes down the column, as in data entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _
from desktop.ui.screens.criteria.lines import LineKind, SheetLine
from desktop.ui.screens.criteria.model import FIGURES, NARROW, TYPED, Col, ScoreModel
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import colour, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.cell_text import paint_text
from desktop.ui.widgets.typing_grid import TypingGrid
from desktop.ui.widgets.wrapping import wrap

ROW: Final = 24
NARROW_ROW: Final = 22
INSET: Final = 6
LEAST_NAME: Final = 70
LINE: Final = 15
WIDTHS: Final = {
    Col.CODE: 44,
    Col.NAME: 150,
    Col.MAXIMUM: 56,
    Col.SELF: 58,
    Col.OFFICE: 58,
    Col.PROVINCE: 58,
    Col.LEFT: 52,
    Col.PROPOSAL: 62,
    Col.REASON: 120,
    Col.EVIDENCE: 44,
}
NARROW_WIDTHS: Final = {Col.CODE: 34, Col.SELF: 46, Col.OFFICE: 62, Col.PROVINCE: 46, Col.LEFT: 44}


class ScoreHead(QHeaderView):
    """Names of the columns in at most two lines; the column in hand is tinted."""

    def __init__(self, view: ScoreGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._grid = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().sizeHint().width(), 2 * LINE + 7)

    def paintSection(self, painter: QPainter, place: QRect, column: int) -> None:
        """One name."""
        is_current = column == self._grid.currentIndex().column()
        painter.fillRect(place, colour("accent_tint" if is_current else "head"))
        painter.setFont(fonts.font(fonts.SMALL, 500))
        painter.setPen(colour("ink"))
        inner = place.adjusted(INSET - 2, 0, -INSET + 2, 0)
        across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        lines = wrap(
            str(self.model().headerData(column, Qt.Orientation.Horizontal)), inner.width(), painter.fontMetrics()
        )
        if len(lines) > 2:
            rest = painter.fontMetrics().elidedText(" ".join(lines[1:]), Qt.TextElideMode.ElideRight, inner.width())
            lines = [lines[0], rest]
        top = place.top() + (place.height() - LINE * len(lines[:2])) // 2
        for at, line in enumerate(lines[:2]):
            room = QRect(inner.left(), top + at * LINE, inner.width(), LINE)
            painter.drawText(room, across | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
        painter.fillRect(place.right(), place.top(), 1, place.height(), colour("line"))
        painter.fillRect(place.left(), place.bottom(), place.width(), 1, colour("line5"))


class ScoreGrid(TypingGrid):
    """Points by whoever scored; on the wide page reasons too. Ctrl+Enter takes what the record proposes."""

    proposal_taken = Signal()
    """Ctrl+Enter on a row."""
    line_chosen = Signal(int)
    back_asked = Signal()
    """Esc where nothing is half typed."""
    reason_asked = Signal()
    """Shift+F2, with which Excel writes a note."""

    def __init__(self, model: ScoreModel, settle: Callable[[int, int, str], bool], *, narrow: bool = False) -> None:
        self.scores = model
        self.is_narrow = narrow
        self.own: tuple[By, ...] = tuple(By)
        """The columns Enter goes on to at the foot of another: those this office gives itself."""
        self.high = NARROW_ROW if narrow else ROW
        super().__init__(model, settle)
        self.setAccessibleName(_("Score sheet"))
        self.setHorizontalHeader(ScoreHead(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.high)
        self.verticalHeader().setMinimumSectionSize(self.high)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for column in Col:
            self.setColumnHidden(column, narrow and column not in NARROW)
            self.setColumnWidth(column, self._width(column))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.line_chosen.emit(now.row()))

    def _width(self, column: Col) -> int:
        usual = NARROW_WIDTHS.get(column, WIDTHS[column]) if self.is_narrow else WIDTHS[column]
        if column not in TYPED:
            return usual
        # An office names the columns itself: the longest word of a name is never cut.
        metrics = QFontMetrics(fonts.font(fonts.SMALL, 500))
        longest = max((metrics.horizontalAdvance(word) for word in self.scores.head(column).split()), default=0)
        return max(usual, longest + 2 * INSET)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The cell as it is typed."""
        return self.scores.typed_at(row, column)

    def is_words(self, row: int, column: int) -> bool:
        """Reasons are words."""
        return column == Col.REASON

    def spoken_at(self, row: int, column: int) -> str:
        """The cell for a screen reader."""
        return self.scores.spoken(row, column)

    def may_type(self, row: int, column: int) -> bool:
        """Points and reasons."""
        return self.scores.may_type(row, column)

    def first_cell(self) -> tuple[int, int] | None:
        """The first row in the column that is worked on."""
        column = next(col for col, by in TYPED.items() if by is self.scores.by)
        return next(((at, column) for at in range(len(self.scores.lines)) if self.may_type(at, column)), None)

    def step_by(self, down: int, right: int) -> None:
        """Down over criteria and totals to the next row that gets points; right over what is not typed."""
        current = self.currentIndex()
        row, column = current.row() + down, current.column() + right
        while 0 <= row < self.scores.rowCount() and 0 <= column < len(Col):
            if self._stops(row, column, sideways=bool(right)):
                self.go(row, column)
                return
            row, column = row + down, column + right

    def _stops(self, row: int, column: int, *, sideways: bool) -> bool:
        """Whether the cursor halts here: sideways at columns that are typed, up and down at rows that get points."""
        if self.isColumnHidden(column):
            return False
        return column in (*TYPED, Col.REASON) if sideways else self.may_type(row, column)

    def enter(self, *, back: bool) -> None:
        """Down; at the foot to the head of the next column of points."""
        current = self.currentIndex()
        before = (current.row(), current.column())
        super().enter(back=back)
        now = self.currentIndex()
        if before == (now.row(), now.column()) and not self.enter_goes_right:
            columns = [col for col, by in TYPED.items() if by in self.own and not self.isColumnHidden(col)]
            step = -1 if back else 1
            at = columns.index(Col(before[1])) + step if before[1] in columns else -1
            rows = [row for row in range(self.scores.rowCount()) if self.may_type(row, Col.SELF)]
            if rows and 0 <= at < len(columns):
                self.go(rows[-1] if back else rows[0], columns[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes the proposal, Shift+F2 asks for the reason, Esc goes back to the list."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and not self.is_editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.proposal_taken.emit()
            return
        if event.key() == Qt.Key.Key_F2 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.reason_asked.emit()
            return
        if event.key() == Qt.Key.Key_Escape and not self.is_editing:
            self.back_asked.emit()
            return
        super().keyPressEvent(event)

    # ---- room ----

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is left goes to the names, on the wide page to the reasons too."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share out the width."""
        known = [column for column in Col if not self.isColumnHidden(column)]
        for column in TYPED:
            self.setColumnWidth(column, self._width(column))
        rest = self.viewport().width() - sum(self._width(col) for col in known if col not in (Col.NAME, Col.REASON))
        if Col.REASON in known:
            name = max(WIDTHS[Col.NAME], rest * 6 // 10)
            self.setColumnWidth(Col.REASON, max(WIDTHS[Col.REASON], rest - name))
            rest = min(name, rest)
        self.setColumnWidth(Col.NAME, max(LEAST_NAME, rest))
        self.viewport().update()

    def full_height(self) -> int:
        """What all lines and the head take."""
        return self.scores.rowCount() * self.high + self.horizontalHeader().sizeHint().height()

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells that are seen, then the frames."""
        self.paint_parts(event, self._part)

    def _part(self, painter: QPainter, part: QRect, chosen: QRect | None) -> None:
        offset, across = self.verticalHeader().offset(), self.horizontalHeader()
        first, last = max((part.top() + offset) // self.high, 0), (part.bottom() + offset) // self.high
        current = self.currentIndex()
        for row in range(first, min(last + 1, self.scores.rowCount())):
            line = self.scores.lines[row]
            top = row * self.high - offset
            for column in Col:
                if self.isColumnHidden(column):
                    continue
                place = QRect(across.sectionViewportPosition(column), top, across.sectionSize(column), self.high)
                here = (row, column) == (current.row(), current.column())
                marked = chosen is not None and chosen.contains(column, row) and not here
                in_row = row == current.row() and column <= Col.NAME
                self._cell(painter, place, row, column, "accent_tint" if marked or in_row else "")
            fifth = (row + 1) % 5 == 0 or line.kind is LineKind.TOTAL
            painter.fillRect(part.left(), top + self.high - 1, part.width(), 1, colour("line5" if fifth else "line"))

    def _cell(self, painter: QPainter, place: QRect, row: int, column: Col, tint: str) -> None:
        line = self.scores.lines[row]
        is_sum = line.kind is not LineKind.ROW
        by = TYPED.get(column)
        is_under = by is not None and by in line.under
        ground = "head" if line.kind is LineKind.GROUP else "band" if is_sum or not line.applies else "sheet"
        painter.fillRect(place, colour("bad_tint" if is_under else tint or ground))
        is_short = self.is_narrow and column is Col.NAME
        text = self.scores.short_name(row) if is_short else self.scores.text(row, column)
        left = place.left() + INSET
        if is_under:
            painter.drawPixmap(
                QPoint(place.left() + 3, place.top() + (self.high - 12) // 2),
                signs.pixmap(Sign.ERROR, 12, self.devicePixelRatioF()),
            )
        if by is not None and line.applies and not text and line.kind is LineKind.ROW:
            self._hatch(painter, place)
        elif text or not line.applies:
            shown = text if line.applies or column <= Col.NAME else "–"
            weight = 600 if is_sum or is_under or by is self.scores.by else 400
            painter.setPen(colour("bad" if is_under else self._ink(line, column, by)))
            room = QRect(left, place.top(), place.right() - INSET + 1 - left, self.high - 1)
            paint_text(painter, room, shown, weight=weight, is_text=column not in FIGURES, italic=by in line.partial)
        cell = line.row.cells.get(by) if by is not None and line.row is not None else None
        if cell is not None and (cell.reason or cell.evidence) and not palette().high_contrast:
            self._corner(painter, place)
        painter.fillRect(place.right(), place.top(), 1, self.high, colour("line"))

    def _ink(self, line: SheetLine, column: Col, by: By | None) -> str:
        if not line.applies or column in (Col.CODE, Col.MAXIMUM, Col.LEFT, Col.PROPOSAL) or by in line.partial:
            return "ink2"
        return "ink"

    def _hatch(self, painter: QPainter, place: QRect) -> None:
        painter.save()
        painter.setClipRect(place.adjusted(0, 0, -1, -1), Qt.ClipOperation.IntersectClip)
        painter.setPen(QPen(colour("hatch"), 1))
        for at in range(place.left() - self.high, place.right(), 6):
            painter.drawLine(at, place.bottom(), at + self.high, place.top())
        painter.restore()

    def _corner(self, painter: QPainter, place: QRect) -> None:
        """A reason or a file stands behind the cell."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent"))
        right, top = place.right(), place.top()
        painter.drawPolygon([QPoint(right - 6, top), QPoint(right, top), QPoint(right, top + 6)])
