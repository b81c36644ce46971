"""The header: mark, office and boundary date, the period as its only filled block, search, help."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from desktop.domain.periods import Period
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.style import fonts, icons
from desktop.ui.style.palette import Tone, palette
from desktop.ui.style.sheet import mark
from desktop.ui.widgets.parts import Tag, button, column, label, row

HEIGHT = 45
ONE_MENU = 12


def mark_picture(size: int, ratio: float) -> QPixmap:
    """The program's mark: a bound ledger with ruled lines."""
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 20, size / 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette().accent))
    painter.drawRoundedRect(QRectF(2, 1, 16, 18), 1.5, 1.5)
    inner = QColor(palette().on_accent)
    painter.fillRect(QRectF(5.2, 1, 1, 18), inner)
    for top in (5, 8.5, 12):
        painter.fillRect(QRectF(8.5, top, 7, 1.2), inner)
    painter.end()
    return made


class OfficeBlock(QWidget):
    """Whose record this is, on which boundaries."""

    def __init__(self) -> None:
        super().__init__()
        self.name = label("", "head")
        self.basis = label("", "hint")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        body = column(None, self.name, self.basis, None, gap=0)
        self.setLayout(body)
        self.setMinimumWidth(150)
        self.setMaximumWidth(320)

    def sizeHint(self) -> QSize:
        """As wide as the longer line."""
        bold, small = self.name.fontMetrics(), self.basis.fontMetrics()
        widest = max(bold.horizontalAdvance(self.name.text()), small.horizontalAdvance(self.basis.text()))
        return QSize(widest + 12, HEIGHT)

    def show_office(self, name: str, basis: str, *, ended: bool = False) -> None:
        """Another office, or the same on other boundaries; loud where it sits at a unit that `ended`."""
        self.name.setText(name)
        self.basis.setText(basis)
        way_out = "\n" + _("Carry the office on: Administration, Our office.") if ended else ""
        mark(self.basis, tone=Tone.BAD.value if ended else "")
        self.setToolTip(f"{name}\n{basis}{way_out}")
        self.setAccessibleName(f"{name}. {basis}{way_out}")
        self.updateGeometry()


class PeriodBlock(QWidget):
    """The period: one step back, the menu, one step on. Changed nowhere else."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.before = button("", self._step_back, kind="icon", icon="chevron_left_16_regular", tip=_("Previous period"))
        self.after = button("", self._step_on, kind="icon", icon="chevron_right_16_regular", tip=_("Next period"))
        self.button = QPushButton()
        self.button.setProperty("kind", "period")
        self.button.setAccessibleDescription(_("Period of all pages"))
        self.button.setMinimumWidth(116)
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        self.button.clicked.connect(self.open_menu)
        self.setLayout(row(self.before, self.button, self.after, gap=4))
        self._period: Period | None = None
        self._offered: Sequence[Period] = ()
        self._present: Period | None = None

    def show_period(self, period: Period, present: Period, offered: Sequence[Period]) -> None:
        """The period in use, the present one, and those the menu offers."""
        self._period, self._present, self._offered = period, present, offered
        name = words.period_name(period)
        is_old = period.last < present.first
        self.button.setText(_("{period}, past period").format(period=name) if is_old else name)
        mark(self.button, tone="warn" if is_old else "")
        ink = palette().warn if is_old else palette().on_accent
        self.button.setIcon(icons.icon("chevron_down_16_regular", colour=ink))
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def open_menu(self) -> None:
        """The periods that can be chosen."""
        self.menu.clear()
        for period in self._offered:
            action = self.menu.addAction(words.period_name(period))
            action.setCheckable(True)
            action.setChecked(period == self._period)
            action.triggered.connect(lambda _checked=False, period=period: self.chosen.emit(period))
        self.menu.addSeparator()
        self.menu.addAction(_("Another period…")).triggered.connect(self.ask_other)
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def ask_other(self) -> None:
        """Any other period: cumulative months, the calendar to day 14, several years, any days."""
        from desktop.ui.shell.other_period import OtherPeriodDialog

        if self._period is None:
            return
        dialog = OtherPeriodDialog(self.window(), self._period)
        if dialog.exec() and dialog.period is not None:
            self.chosen.emit(dialog.period)

    def _step_back(self) -> None:
        if self._period is not None:
            self.chosen.emit(self._period.previous())

    def _step_on(self) -> None:
        if self._period is not None:
            self.chosen.emit(self._period.next())


class Header(QWidget):
    """Always seen; in the compact layout it loses the mark and the search box turns narrow."""

    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.mark = QWidget()
        picture = label()
        picture.setPixmap(mark_picture(22, self.devicePixelRatioF()))
        name = label("Sổ Trạm", tone=Tone.BUSY)
        name.setFont(fonts.font(17, 700))
        mark(name, tone="busy")
        name.setStyleSheet("font-size: 17px; font-weight: 700;")
        self.mark.setLayout(row(picture, name, None, gap=8))
        self.mark.setFixedWidth(132)
        self.office = OfficeBlock()
        self.period = PeriodBlock()
        self.sample = Tag(None, _("SAMPLE DATA"), Tone.WARN, framed=True)
        self.sample.hide()
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find commune, indicator, page   Ctrl+K"))
        self.search.setAccessibleName(_("Find"))
        self.search.addAction(icons.icon("search_16_regular"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(False)
        self.search.setFixedWidth(270)
        self.help = button(
            "", self.help_asked.emit, kind="icon", icon="question_circle_20_regular", tip=_("Help at this place  F1")
        )
        mark(self.help, kind="bare")
        self.setLayout(
            row(
                self.mark,
                self.office,
                12,
                self.period,
                4,
                self.sample,
                None,
                self.search,
                self.help,
                gap=8,
                margins=(12, 0, 10, 1),
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, with a darker line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette().sheet))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(palette().line5))

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self.mark.setVisible(not compact)
        self.search.setFixedWidth(150 if compact else 270)
        self.search.setPlaceholderText(_("Find  Ctrl+K") if compact else _("Find commune, indicator, page   Ctrl+K"))
        self.sample.show_status(None, _("SAMPLE") if compact else _("SAMPLE DATA"), Tone.WARN)
