"""The page of the board: its sentence, the grid with its legend, and the panel of the forms chosen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.system.i18n import _
from desktop.ui import statuses
from desktop.ui.screens.board.grid import BoardGrid
from desktop.ui.screens.board.model import FILTERS, BoardModel
from desktop.ui.screens.board.side import ChosenPanel
from desktop.ui.style import fonts, signs
from desktop.ui.style.palette import Tone, colour, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Elided, Empty, button, column, row


class BoardLegend(QWidget):
    """Every sign of the board with its words, in as many lines as are needed."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._parts: list[tuple[Sign, str, Tone | None]] = [
            *((sign, statuses.word(state), None) for state, sign in statuses.SIGNS.items()),
            (Sign.ERROR, _("errors"), None),
            (Sign.WARNING, _("warnings"), None),
            (Sign.KEPT, _("kept with a reason"), None),
            (Sign.LATE, _("late, so many days"), None),
            (Sign.SOON, _("came so many days late"), None),
            (Sign.CHECKED, _("the receiver checked it"), Tone.GOOD),
            (Sign.RETURNED, _("the receiver returned it"), Tone.BAD),
        ]
        self.setAccessibleName("; ".join(text for _sign, text, _tone in self._parts))

    def _places(self, width: int) -> list[tuple[int, int]]:
        metrics = QFontMetrics(fonts.font(fonts.SMALL))
        found, left, line = [], 8, 0
        for _sign, text, _tone in self._parts:
            need = 18 + metrics.horizontalAdvance(text) + 14
            if left + need > width and left > 8:
                left, line = 8, line + 1
            found.append((left, line))
            left += need
        return found

    def sizeHint(self) -> QSize:
        """As many lines as the width asks for."""
        return QSize(100, 8 + 18 * (self._places(max(self.width(), 400))[-1][1] + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Signs and words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("band"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        painter.setFont(fonts.font(fonts.SMALL))
        for (sign, text, tone), (left, line) in zip(self._parts, self._places(self.width()), strict=True):
            top = 5 + line * 18
            if tone is not None:
                painter.fillRect(left - 3, top, 18, 16, palette().tint(tone))
            signs.paint(painter, sign, QRectF(QPointF(left, top + 2), QSize(12, 12)))
            painter.setPen(colour("ink2"))
            painter.drawText(QRect(left + 17, top, self.width(), 16), Qt.AlignmentFlag.AlignVCenter, text)
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())


class BoardView(QWidget):
    """Everything of the page, and the tools that stand in the page bar."""

    filter_chosen = Signal(str)
    forms_chosen = Signal(str)
    paper_asked = Signal(str)

    def __init__(self, model: BoardModel) -> None:
        super().__init__()
        self.grid = BoardGrid(model)
        self.side = ChosenPanel()
        self.sentence = Elided()
        self.sentence.setFont(fonts.font(fonts.TEXT, 600))
        self.counting = Elided()
        self.counting.setProperty("kind", "hint")
        self.counting.setFixedWidth(190)
        self.counting.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        sheet = QFrame()
        sheet.setProperty("kind", "panel")
        inside = column(gap=0, margins=(1, 1, 1, 1))
        inside.addWidget(self.grid, 1)
        self.legend = BoardLegend()
        inside.addWidget(self.legend)
        sheet.setLayout(inside)
        self._sheet = sheet
        self.unfilter = button(_("Clear the filter"), lambda: self.choose_filter("all"))
        self.empty = Empty(
            _("No commune fits the filter"), _("Every form of the year is as it should be."), self.unfilter
        )
        self.empty.hide()
        head = row(gap=8, margins=(2, 0, 2, 0))
        head.addWidget(self.sentence, 1)
        head.addWidget(self.counting)
        left: QVBoxLayout = column(gap=4)
        self.nutrition = Elided()
        self.nutrition.setProperty("kind", "hint")
        self.nutrition.hide()
        left.addLayout(head)
        left.addWidget(self.nutrition)
        left.addWidget(sheet, 1)
        left.addWidget(self.empty, 1)
        body = row(gap=8)
        body.addLayout(left, 1)
        body.addWidget(self.side)
        self.setLayout(body)
        self._tools()

    def _tools(self) -> None:
        self.forms = QComboBox()
        self.forms.setAccessibleName(_("Forms shown"))
        self.forms.setMaximumWidth(220)
        self.forms.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.has_choice = True
        self.forms.activated.connect(lambda: self.forms_chosen.emit(self.forms.currentData()))
        self.filters = QComboBox()
        self.filters.setAccessibleName(_("Only communes with"))
        names = (_("All communes"), _("Late or returned"), _("With findings"), _("Not started"), _("To be checked"))
        for name, text in zip(FILTERS, names, strict=True):
            self.filters.addItem(text, name)
        self.filters.activated.connect(lambda: self.filter_chosen.emit(self.filters.currentData()))
        self.remind = button(_("Remind the late…"), lambda: self.paper_asked.emit("late"))
        self.more = button(_("Deadlines, papers"))
        self.more.setProperty("kind", "menu")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        for name, text in (
            ("punctuality", _("Summary of punctuality…")),
            ("", ""),
            ("deadlines", _("When forms are due…")),
            ("holidays", _("Holidays of the year…")),
            ("", ""),
            ("templates", _("Excel templates for all communes…")),
            ("blank", _("Print blank forms…")),
        ):
            if not name:
                self.menu.addSeparator()
                continue
            self.menu.addAction(text).triggered.connect(lambda _on=False, name=name: self.paper_asked.emit(name))

    def choose_filter(self, name: str) -> None:
        """Another filter, as if chosen in the list."""
        self.filters.setCurrentIndex(self.filters.findData(name))
        self.filter_chosen.emit(name)

    def show_forms(self, forms: list[tuple[str, str]], current: str) -> None:
        """The forms of the year; a single one needs no list."""
        self.forms.clear()
        self.forms.addItem(_("All forms"), "")
        for code, name in forms:
            self.forms.addItem(name, code)
        self.forms.setCurrentIndex(max(self.forms.findData(current), 0))
        self.has_choice = len(forms) > 1
        self.forms.setVisible(self.has_choice and self.isVisible())

    def show_sheet(self, rows: int) -> None:
        """The board, or that nothing fits."""
        self._sheet.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)

    def set_compact(self, compact: bool) -> None:
        """A narrower panel, no legend: its words stand in the tooltips."""
        self.side.set_compact(compact)
        self.legend.setVisible(not compact)
        self.counting.setVisible(not compact)
        self.forms.setMaximumWidth(120 if compact else 220)
        self.filters.setMaximumWidth(110 if compact else 200)
