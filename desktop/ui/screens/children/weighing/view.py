"""The tab of a weighing session: counts above, the list, filters below, the child at the side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QStackedWidget, QWidget

from desktop.domain.growth.scores import Index
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.children.weighing.columns import Col
from desktop.ui.screens.children.weighing.counts import Counts, Share
from desktop.ui.screens.children.weighing.grid import WeighingGrid
from desktop.ui.screens.children.weighing.model import WeighingModel
from desktop.ui.screens.children.weighing.side import ChildSide
from desktop.ui.style.palette import colour, palette
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, Panel, SignLabel, button, column, label, row

_GAP, _EDGE = 10, 11
FILTERS: Final = ("all", "waiting", "severe", "absent")


class Coverage(QWidget):
    """How much of the list is measured, as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(96, 8)
        self._part = 0.0

    def show_part(self, part: float) -> None:
        """Between 0 and 1."""
        self._part = part
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The track and what is done."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("group"))
        painter.fillRect(0, 0, round(self.width() * self._part), self.height(), colour("accent"))
        if palette().high_contrast:
            painter.setPen(colour("ink"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class WeighingView(QWidget):
    """The list and the child in hand, or what to do where there is no list."""

    filter_chosen = Signal(str)

    def __init__(self, model: WeighingModel, settle: Callable[[int, int, str], bool]) -> None:
        super().__init__()
        self.grid = WeighingGrid(model, settle)
        self.side = ChildSide()
        self.sessions = QComboBox()
        self.sessions.setAccessibleName(_("Weighing session"))
        self.sessions.setMinimumWidth(170)
        self.sessions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.paste = button(_("Paste from Excel"), tip=_("Paste the copied block at the cursor  Ctrl+V"))
        self.open_new = button(_("Session"), kind="menu", tip=_("Open, change or strike a session"))
        self.menu = QMenu(self.open_new)
        self.known: list[QAction] = []
        """The sessions in the menu, where there is no room for their list."""
        self.menu_new = self.menu.addAction(_("New session…"))
        self.menu_day = self.menu.addAction(_("Day of the chosen lines…"))
        self.menu_change = self.menu.addAction(_("Change this session…"))
        self.menu_strike = self.menu.addAction(_("Opened by mistake…"))
        self.menu.addSeparator()
        self.menu_paste = self.menu.addAction(_("Paste from Excel  Ctrl+V"))
        self.menu_print = self.menu.addAction(_("Print the list…  Ctrl+P"))
        self.open_new.setMenu(self.menu)
        self.side_button = button(_("Child"), kind="toggle")
        self.side_button.setCheckable(True)
        self.side_button.hide()
        self.panel = Panel()
        self.panel.add(self._counts())
        self.panel.add(self.grid, 1)
        self.panel.add_foot(*self._foot())
        self.first = button(_("Open a session…"), kind="primary")
        self.empty = Empty("", "", self.first)
        self.unfilter = button(_("Remove filter"))
        self.nothing = Empty(_("No child fits the filter"), _("The others are still on the list."), self.unfilter)
        self.nothing.hide()
        self.panel.add(self.nothing, 1)
        self._is_compact = self._has_session = False
        self._held = ""
        self._shares: Mapping[Index, Share] = {}
        self._rates: tuple[str, ...] = ("",)
        """What may be said of the rates, the longest first."""
        self._row = row(gap=8)
        self._row.addWidget(self.panel, 1)
        self._row.addWidget(self.side)
        self.listed = QWidget()
        self.listed.setLayout(self._row)
        self.pages = QStackedWidget()
        blank = Panel()
        blank.add(self.empty, 1)
        self.pages.addWidget(self.listed)
        self.pages.addWidget(blank)
        self.setLayout(column(self.pages, gap=0))

    def _counts(self) -> QWidget:
        self.done = label("", "head")
        self.bar = Coverage()
        self.rest = label("", "second")
        self.days = QComboBox()
        self.days.setAccessibleName(_("Day of what is typed"))
        self.days.setToolTip(_("The day on which the children typed from now on were weighed"))
        self.days.hide()
        self.rates = label("", "second")
        line = row(self.done, self.bar, self.rest, self.days, None, self.rates, gap=_GAP, margins=(_EDGE, 0, _EDGE, 0))
        made = QWidget()
        made.setLayout(line)
        made.setFixedHeight(32)
        return made

    def _foot(self) -> tuple[QWidget | int | None, ...]:
        names = (_("All"), _("Not weighed"), _("Severe"), _("Absent"))
        self.filters: dict[str, QPushButton] = {}
        line = row(gap=0)
        for key, text in zip(FILTERS, names, strict=True):
            made = button(text, partial(self.filter_chosen.emit, key), kind="switch")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            self.filters[key] = made
            line.addWidget(made)
        self.filters["all"].setChecked(True)
        switch = QWidget()
        switch.setLayout(line)
        self.search: QLineEdit = FilterBox(_("Find a child on the list"))
        self.search.setPlaceholderText(_("Name, mother, village"))
        self.search.setMinimumWidth(120)
        self.errors = SignLabel(Sign.ERROR, "")
        self.warnings = SignLabel(Sign.WARNING, "")
        self.next = button(_("Next finding  F8"), kind="small")
        return switch, self.search, None, self.errors, self.warnings, self.next

    def set_compact(self, compact: bool) -> None:
        """Fewer words above the list; the child lies over it, at the right."""
        self._is_compact = compact
        self.rates.setVisible(not compact)
        self.next.setText("F8" if compact else _("Next finding  F8"))
        self.menu_paste.setVisible(compact)
        self.grid.setColumnHidden(Col.MONTHS, compact)
        self.grid.fit()
        self.side.set_compact(compact)
        if compact:
            self._row.removeWidget(self.side)
        else:
            self._row.addWidget(self.side)
        self._place_side()
        self.offer_tools(has_session=self._has_session)
        self._fit_counts()

    def show_sessions(self, names: Sequence[str], held: int | None, short: str) -> None:
        """Name the sessions in the menu; `held`: the place of the one shown, `short`: its name on the button."""
        self._held = short
        for act in self.known:
            self.menu.removeAction(act)
            act.deleteLater()
        first = self.menu.actions()[0]
        self.known = [QAction(name, self.menu) for name in names]
        for at, act in enumerate(self.known):
            act.setCheckable(True)
            act.setChecked(at == held)
            act.triggered.connect(partial(self._take_session, at))
        self.known.append(QAction(self.menu))
        self.known[-1].setSeparator(True)
        self.menu.insertActions(first, self.known)
        self.offer_tools(has_session=held is not None)

    def show_days(self, days: Sequence[date], chosen: date) -> None:
        """The days of the session, where there are several: what is typed is of one of them."""
        self.days.clear()
        for day in days:
            self.days.addItem(_("Weighed on {day}").format(day=f"{day:%d/%m}"), day)
        self.days.setCurrentIndex(list(days).index(chosen) if chosen in days else 0)
        self.days.setVisible(len(days) > 1)
        self._fit_counts()

    def _take_session(self, at: int, _on: bool = False) -> None:
        self.sessions.setCurrentIndex(at)
        self.sessions.activated.emit(at)

    def offer_tools(self, *, has_session: bool) -> None:
        """The list of sessions and pasting, where there is a session and room."""
        self._has_session = has_session
        in_menu = self._is_compact and has_session
        self.open_new.setText(self._held if in_menu else _("Session"))
        for act in self.known:
            act.setVisible(in_menu)
        for act in (self.menu_day, self.menu_change, self.menu_strike, self.menu_paste, self.menu_print):
            act.setEnabled(has_session)
        for part, away in ((self.sessions, in_menu or not has_session), (self.paste, in_menu or not has_session)):
            part.setProperty("away", away)
            part.setVisible(not away)

    def _place_side(self) -> None:
        if self._is_compact:
            size = self.pages.size()
            self.side.setGeometry(size.width() - self.side.width(), 0, self.side.width(), size.height())
            self.side.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The child stays at the right."""
        super().resizeEvent(event)
        self._place_side()
        self._fit_counts()

    # ---- what is shown ----

    def show_empty(self, title: str, text: str, act: str) -> None:
        """There is no list: what is missing and what to do; without an act no button."""
        self.empty.title.setText(title)
        self.empty.text.setText(text)
        self.first.setText(act)
        self.first.setVisible(bool(act))
        self.empty.setAccessibleName(f"{title} {text}")
        self.pages.setCurrentIndex(1)

    def show_list(self) -> None:
        """There is a list."""
        self.pages.setCurrentIndex(0)

    def show_counts(self, found: Counts) -> None:
        """The session in numbers."""
        part = found.measured / found.listed if found.listed else 0.0
        told = _("Measured {measured}/{listed} children").format(measured=found.measured, listed=found.listed)
        percent = f" ({_percent(found.measured, found.listed)}%)" if found.listed else ""
        self.done.setText(told + percent)
        self.bar.show_part(part)
        rest = [_("absent {count}").format(count=found.absent)] if found.absent else []
        if found.waiting:
            rest.append(_("not weighed {count}").format(count=found.waiting))
        if found.came:
            rest.append(_("{count} more came").format(count=found.came))
        self.rest.setText(" · ".join(rest))
        self._shares = found.shares
        self.show_limits({})
        counts = {"all": None, "waiting": found.waiting, "severe": found.severe, "absent": found.absent}
        names_of = dict(zip(FILTERS, (_("All"), _("Not weighed"), _("Severe"), _("Absent")), strict=True))
        for key, number in counts.items():
            self.filters[key].setText(names_of[key] if not number else f"{names_of[key]} ({number})")

    def show_limits(self, limits: Mapping[Index, tuple[float, float]]) -> None:
        """The rates with their intervals, as soon as those are computed."""
        names = {Index.HA: _("Stunted"), Index.WA: _("Underweight"), Index.WH: _("Wasted")}
        shown = {index: limits.get(index) for index in self._shares}
        told = [_rate(names[index], share, shown[index]) for index, share in self._shares.items()]
        rule = _("Of those measured with a figure that counts; 95% intervals. Implausible figures are left out.")
        self.rates.setToolTip("\n".join((*told, rule)))
        # The interval of the first stands beside it, the others' have no room.
        short = [_rate(names[index], share, None) for index, share in self._shares.items()]
        self._rates = ("  ·  ".join([*told[:1], *short[1:]]), "  ·  ".join(short), short[0] if short else "")
        self._fit_counts()

    def _fit_counts(self) -> None:
        """The counts stand whole; of the rates as much as there is room for."""
        beside = 0 if self._is_compact else self.side.width() + 8
        room = self.width() - beside - 2 * _EDGE - 4 * _GAP
        room -= self.done.sizeHint().width() + self.bar.width() + self.rest.sizeHint().width()
        room -= 0 if self.days.isHidden() else self.days.sizeHint().width() + _GAP
        metrics = self.rates.fontMetrics()
        fitting = (one for one in self._rates if metrics.horizontalAdvance(one) <= room)
        self.rates.setText(next(fitting, ""))

    def show_findings(self, errors: int, warnings: int) -> None:
        """How many there are."""
        for part, number, one, many in (
            (self.errors, errors, _("1 error"), _("{count} errors")),
            (self.warnings, warnings, _("1 warning"), _("{count} warnings")),
        ):
            part.setVisible(bool(number))
            part.words.setText(one if number == 1 else many.format(count=number))
        self.next.setVisible(bool(errors or warnings))

    def show_nothing(self, is_nothing: bool) -> None:
        """A filter without a result says so."""
        self.grid.setVisible(not is_nothing)
        self.nothing.setVisible(is_nothing)


def _percent(part: int, whole: int) -> str:
    return figures.rate(Fraction(100 * part, whole))


def _rate(name: str, share: Share, limits: tuple[float, float] | None) -> str:
    if not share.among:
        return f"{name} –"
    told = f"{name} {_percent(share.cases, share.among)}%"
    if limits is None:
        return told
    lower, upper = (figures.rate(Fraction(limit)) for limit in limits)
    return f"{told} ({lower}–{upper})"
