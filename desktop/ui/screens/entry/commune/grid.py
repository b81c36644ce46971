"""The form people type into, line by line: painted cell by cell, only what is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView

from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.entry.cells import paint_figure
from desktop.ui.screens.entry.commune.lines import FIGURES, Col
from desktop.ui.screens.entry.commune.model import FormModel
from desktop.ui.screens.entry.measure import PLAIN, measure
from desktop.ui.style import fonts
from desktop.ui.style.palette import colour
from desktop.ui.widgets.typing_grid import TypingGrid
from desktop.ui.widgets.wrapping import least_width, wrap

LEAST_NAME: Final = 150
MOST_NAME: Final = 300
LEAST_NOTE: Final = 84
ROOMY_NOTE: Final = 240
INDENT: Final = 12
LEAST_EDITOR: Final = 260
NEVER: Final = 100_000
_SINGLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class FormHead(QHeaderView):
    """The names of the columns, in at most two lines; the column that is typed into is tinted."""

    def __init__(self, view: FormGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(24)
        # Else a change of focus, which paints the frame of the grid, paints every head with it.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """All heads."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), colour("head"))
        sizes = self._view.measure
        painter.setFont(fonts.font(sizes.small, 500))
        for column in Col:
            if self.isSectionHidden(column):
                continue
            place = QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())
            if not place.intersects(event.rect()):
                continue
            if column is Col.NOW:
                painter.fillRect(place, colour("accent_tint"))
            inner = place.adjusted(sizes.inset, 0, -sizes.inset, 0)
            lines = wrap(self._view.form_model.head(column), inner.width() + 2, painter.fontMetrics())[:2]
            top = (self.height() - sizes.line * len(lines)) // 2
            across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
            painter.setPen(colour("ink"))
            for at, line in enumerate(lines):
                room = QRect(inner.left(), top + at * sizes.line, inner.width(), sizes.line)
                painter.drawText(room, across | _SINGLE, line)
            painter.fillRect(place.right(), 0, 1, place.height(), colour("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line5"))


class FormGrid(TypingGrid):
    """Sections, elements and rates of one commune; figures and notes are typed in place."""

    zoom_asked = Signal(int)

    def __init__(self, model: FormModel, settle: Callable[[int, int, str], bool]) -> None:
        self.form_model = model
        self.measure = PLAIN
        super().__init__(model, settle)
        self.setAccessibleName(_("The commune's form"))
        self.setHorizontalHeader(FormHead(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(PLAIN.row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.modelReset.connect(self.fit)

    @property
    def text_size(self) -> int:
        """Letters of the editor, px."""
        return self.measure.text

    def set_zoom(self, percent: int) -> None:
        """Everything larger or smaller."""
        if percent != self.measure.percent:
            self.measure = measure(percent)
            self.verticalHeader().setDefaultSectionSize(self.measure.row)
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    # ---- what the shared grid asks ----

    def typed_at(self, row: int, column: int) -> str:
        """The figure without grouping, or the note."""
        model = self.form_model
        return model.note(row) if column == Col.NOTE else figures.typed(model.value(row))

    def is_words(self, row: int, column: int) -> bool:
        """Notes, and elements of words."""
        return column == Col.NOTE or (0 <= row < len(self.form_model.lines) and self.form_model.lines[row].takes_words)

    def spoken_at(self, row: int, column: int) -> str:
        """The cell for a screen reader."""
        return self.form_model.spoken(row, Col(column))

    def may_type(self, row: int, column: int) -> bool:
        """Figures of this period and notes."""
        return self.form_model.may_type(row, column)

    def first_cell(self) -> tuple[int, int] | None:
        """The first element's figure."""
        first = self.next_line(-1, 1)
        return None if first is None else (first, Col.NOW)

    def next_line(self, row: int, step: int) -> int | None:
        """The next or previous line one types into."""
        places = range(row + 1, len(self.form_model.lines)) if step > 0 else range(row - 1, -1, -1)
        return next((at for at in places if self.form_model.lines[at].line), None)

    def step_by(self, down: int, right: int) -> None:
        """Down to the next element; right to the note, and from there to the next element's figure."""
        current = self.currentIndex()
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        if right > 0 and column < Col.NOTE and self.form_model.lines[row].line:
            self.go(row, Col.NOW if column < Col.NOW else Col.NOTE)
            return
        if right < 0 and column > Col.NOW and self.form_model.lines[row].line:
            self.go(row, Col.NOW)
            return
        target = self.next_line(row, down or right)
        if target is not None:
            self.go(target, (Col.NOW if right > 0 else Col.NOTE) if right else max(column, Col.NOW))

    def end_of(self, key: Qt.Key) -> tuple[int, int] | None:
        """Ctrl+Home and End; Ctrl with arrows goes from section to section and from side to side."""
        current = self.currentIndex()
        lines = self.form_model.lines
        if not lines or not current.isValid():
            return None
        firsts = [at + 1 for at, line in enumerate(lines) if line.is_head]
        last = self.next_line(len(lines), -1)
        column = max(current.column(), Col.NOW)
        up = next((at for at in reversed(firsts) if at < current.row()), firsts[0])
        return {
            Qt.Key.Key_Home: (firsts[0], Col.NOW),
            Qt.Key.Key_End: (last or firsts[0], Col.NOW),
            Qt.Key.Key_Down: (next((at for at in firsts if at > current.row()), last or firsts[0]), column),
            Qt.Key.Key_Up: (up, column),
            Qt.Key.Key_Left: (current.row(), Col.NOW),
            Qt.Key.Key_Right: (current.row(), Col.NOTE),
        }.get(key)

    def _follow_editor(self) -> None:
        """A note has room to be typed even where its column is narrow."""
        super()._follow_editor()
        index = self._editing
        if index is not None and index.column() == Col.NOTE:
            place = self.editor.geometry()
            place.setLeft(max(0, min(place.left(), place.right() - LEAST_EDITOR)))
            self.editor.setGeometry(place)

    # ---- room ----

    def fit(self) -> None:
        """Give figures the width they need; name and note share the rest."""
        model = self.form_model
        if model.form is None:
            return
        self.setColumnHidden(Col.PREVIOUS, not model.form.has_previous)
        has_plan = any(model.text(row, Col.PLAN) for row in range(len(model.lines)) if not model.lines[row].is_head)
        self.setColumnHidden(Col.PLAN, not has_plan)
        sizes = self.measure
        small, text = QFontMetrics(fonts.font(sizes.small, 500)), QFontMetrics(fonts.font(sizes.text, 600))
        rows = [at for at, line in enumerate(model.lines) if not line.is_head]
        for column in (Col.NUMBER, Col.UNIT, *FIGURES):
            widest = max((text.horizontalAdvance(model.text(row, column)) for row in rows), default=0)
            sign = sizes.sign + 6 if column is Col.NOW else 0
            least = sizes.wide - 4 if column is Col.NOW else 20
            head = least_width(model.head(column), 2, small)
            self.setColumnWidth(column, max(widest + sign, head, least) + 2 * sizes.inset)
        tall = any(
            len(wrap(model.head(column), self.columnWidth(column) - 2 * sizes.inset + 2, small)) > 1
            for column in Col
            if column is not Col.NAME and column is not Col.NOTE and not self.isColumnHidden(column)
        )
        self.horizontalHeader().setFixedHeight(2 * sizes.line + 8 if tall else sizes.line + 14)
        self._share_rest()
        self.viewport().update()

    def _share_rest(self) -> None:
        fixed = sum(self.columnWidth(column) for column in Col if column not in (Col.NAME, Col.NOTE))
        rest = self.viewport().width() - fixed
        metrics = QFontMetrics(fonts.font(self.measure.text))
        model = self.form_model
        names = [metrics.horizontalAdvance(model.name(at)) for at, line in enumerate(model.lines) if line.line]
        most = MOST_NAME * self.measure.percent // 100
        wanted = min(max(names, default=LEAST_NAME) + 2 * self.measure.inset + 2, most)
        name = max(LEAST_NAME, min(wanted, rest - LEAST_NOTE))
        rates = [metrics.horizontalAdvance(model.name(at)) + INDENT for at, line in enumerate(model.lines) if line.rate]
        longest = max(rates, default=0) + 2 * self.measure.inset + 2
        # Where the note has room enough, the long names of rates are shown whole.
        name += max(0, min(longest - name, rest - name - ROOMY_NOTE))
        self.setColumnWidth(Col.NAME, name)
        self.setColumnWidth(Col.NOTE, max(LEAST_NOTE, rest - name))
        self._follow_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and note take what is left."""
        super().resizeEvent(event)
        self._share_rest()

    # ---- painting ----

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines of the region, then the frames of block and current cell."""
        painter = QPainter(self.viewport())
        region, dirty = event.rect(), event.region()
        painter.fillRect(region, colour("sheet"))
        head = self.verticalHeader()
        first, last = max(head.visualIndexAt(0), 0), head.visualIndexAt(self.viewport().height())
        chosen = self._block()
        for row in range(first, (last if last >= 0 else len(self.form_model.lines) - 1) + 1):
            top, height = head.sectionViewportPosition(row), head.sectionSize(row)
            if top > region.bottom() or top + height < region.top():
                continue
            place = QRect(0, top, self.viewport().width(), height)
            if self.form_model.lines[row].is_head:
                self._section(painter, place, row)
            else:
                self._line(painter, place, row, chosen, dirty)
        self.paint_frames(painter, chosen)

    def _section(self, painter: QPainter, place: QRect, row: int) -> None:
        painter.fillRect(place, colour("head"))
        painter.setFont(fonts.font(self.measure.text, 600))
        painter.setPen(colour("ink"))
        painter.drawText(
            place.adjusted(self.measure.inset, 0, -self.measure.inset, -1),
            _SINGLE,
            self.form_model.text(row, Col.NUMBER),
        )
        painter.fillRect(0, place.bottom(), place.width(), 1, colour("line5"))

    def _line(self, painter: QPainter, place: QRect, row: int, chosen: QRect | None, dirty: QRegion) -> None:
        is_rate = self.form_model.lines[row].rate is not None
        across = self.horizontalHeader()
        current = self.currentIndex()
        for column in Col:
            if self.isColumnHidden(column):
                continue
            cell = QRect(
                across.sectionViewportPosition(column), place.top(), across.sectionSize(column), place.height()
            )
            if not dirty.intersects(cell):
                continue
            is_current = (current.row(), current.column()) == (row, column)
            marked = chosen is not None and chosen.contains(column, row) and not is_current
            self._cell(painter, cell, row, column, marked=marked, is_rate=is_rate)
            painter.fillRect(cell.right(), cell.top(), 1, cell.height(), colour("line"))
        following = self.form_model.lines[row + 1] if row + 1 < len(self.form_model.lines) else None
        ends = following is None or following.is_head
        painter.fillRect(0, place.bottom(), place.width(), 1, colour("line5" if ends else "line"))

    def _cell(self, painter: QPainter, cell: QRect, row: int, column: Col, *, marked: bool, is_rate: bool) -> None:
        model = self.form_model
        text = model.text(row, column)
        if column is Col.NOW:
            look, words = model.look(row), model.lines[row].takes_words
            # A rate that cannot be computed is hatched without words: nobody has to report it.
            sizes = self.measure._replace(wide=NEVER) if is_rate else self.measure
            paint_figure(
                painter, cell, look, text, is_text=words, marked=marked, ratio=self.devicePixelRatioF(), measure=sizes
            )
            return
        if marked:
            painter.fillRect(cell, colour("accent_tint"))
        is_formula = is_rate and column is Col.NOTE
        italic = is_formula
        painter.setFont(fonts.font(self.measure.small if is_formula else self.measure.text, italic=italic))
        soft = is_rate or column in (Col.NUMBER, Col.UNIT, Col.PAST, Col.PREVIOUS, Col.CHANGE, Col.PLAN)
        painter.setPen(colour("ink2" if soft else "ink"))
        inset = self.measure.inset
        inner = cell.adjusted(inset + (INDENT if is_rate and column is Col.NAME else 0), 0, -inset, -1)
        across = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        if column is Col.NUMBER:
            across = Qt.AlignmentFlag.AlignHCenter
        if column in (Col.NAME, Col.NOTE):
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, across | _SINGLE, text)
