"""The three pages of the first start, and what they ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QStackedLayout,
    QWidget,
)

from desktop.application import offices, units
from desktop.application.letterheads import default_name
from desktop.application.offices import Commune
from desktop.domain.text import fold
from desktop.domain.units import UnitKind
from desktop.system.i18n import _
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Notice, Panel, button, column, label, row
from desktop.wording import say

LEVELS = (
    ("district", say("District health centre")),
    ("area", say("Area health centre (from 01/07/2025)")),
    ("province", say("Provincial department of health")),
    ("commune", say("Commune health station")),
)
ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person answered."""

    level: str
    unit: str
    name: str
    communes: tuple[str, ...]
    plans: tuple[str, ...]
    is_sample: bool


class GuideView(QWidget):
    """Office, plans, sample year."""

    finished = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self._today = today
        self._seat: Commune | None = None
        self._named = False
        panel = Panel(_("Welcome to Sổ Trạm"))
        panel.setFixedWidth(720)
        self.step_word = label("", "hint")
        panel.add_to_head(self.step_word)
        held = QWidget()
        self.stack = QStackedLayout()
        for page in (self._office(), self._plans(), self._start()):
            self.stack.addWidget(page)
        held.setLayout(self.stack)
        panel.add(held, 1)
        self.refusal = column(gap=0)
        panel.add_inset(self.refusal, (16, 0, 16, 8))
        self.back = button(_("Back"), lambda: self.show_step(self.stack.currentIndex() - 1))
        self.next = button(_("Next"), self._go_on, kind="primary")
        panel.add_foot(None, self.back, self.next)
        whole = column(None, gap=0)
        middle = row(None, panel, None)
        whole.addLayout(middle, 8)
        whole.addStretch(1)
        self.setLayout(whole)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(150)
        self._timer.timeout.connect(self._search)
        self.show_step(0)

    def sizeHint(self) -> QSize:
        """The whole window."""
        return QSize(900, 560)

    # ---- the pages ----

    def _office(self) -> QWidget:
        page = QWidget()
        body = column(label(_("Whose record is this?"), "subject"), gap=8, margins=(16, 14, 16, 10))
        self.levels = QButtonGroup(self)
        grid = column(gap=0)
        for at, (key, text) in enumerate(LEVELS):
            choice = QRadioButton(_(text.msgid))
            choice.setProperty("level", key)
            self.levels.addButton(choice, at)
            grid.addWidget(choice)
        self.levels.button(0).setChecked(True)
        self.levels.idToggled.connect(lambda _at, on: self._timer.start() if on else None)
        body.addLayout(grid)
        self.seat_caption = label(_("Type its district, province or commune; marks do not matter"), "second")
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Unit of the office"))
        self.search.textChanged.connect(self._soon)
        self.seats = QListWidget()
        self.seats.setAccessibleName(_("Units found"))
        self.seats.setMinimumHeight(84)
        self.seats.currentItemChanged.connect(self._choose_seat)
        self.name_caption = label(_("Name of the office, as on its papers"), "second")
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the office"))
        self.name.textEdited.connect(self._name_typed)
        for part in (self.seat_caption, self.search, self.seats):
            body.addWidget(part)
        self.communes_box = QWidget()
        self.communes_filter = FilterBox(_("Filter the communes"))
        self.communes_filter.textChanged.connect(self._filter_communes)
        self.communes = QListWidget()
        self.communes.setAccessibleName(_("Communes served"))
        self.communes.setMinimumHeight(110)
        self.communes.itemChanged.connect(self._allow)
        inner = column(row_of(label(_("Communes it serves"), "second"), self.communes_filter), self.communes, gap=4)
        self.communes_box.setLayout(inner)
        self.communes_box.hide()
        body.addWidget(self.communes_box)
        body.addWidget(self.name_caption)
        body.addWidget(self.name)
        page.setLayout(body)
        return page

    def _plans(self) -> QWidget:
        page = QWidget()
        self.plans = QListWidget()
        self.plans.setAccessibleName(_("Plans"))
        self.plans.setWordWrap(True)
        body = column(
            label(_("Which plans apply to it?"), "subject"),
            label(
                _("Targets and tasks come from them. The plans of the province are ticked; others can be added later."),
                "second",
                wrap=True,
            ),
            gap=8,
            margins=(16, 14, 16, 10),
        )
        body.addWidget(self.plans, 1)
        page.setLayout(body)
        return page

    def _start(self) -> QWidget:
        page = QWidget()
        self.empty = QRadioButton(_("An empty record of this office"))
        self.sample = QRadioButton(_("Look at the sample year first"))
        self.empty.setChecked(True)
        self.summary = label("", "head", wrap=True)
        body = column(
            label(_("How should it begin?"), "subject"),
            self.summary,
            self.empty,
            label(_("Figures are typed, or taken from the Excel files you have."), "hint", wrap=True),
            self.sample,
            label(
                _(
                    "A made-up year of huyện Mù Cang Chải in place of your office, marked as sample "
                    "data on every page. To begin your own record later, remove the sample under "
                    "Administration."
                ),
                "hint",
                wrap=True,
            ),
            None,
            label(
                _("Keys are exchanged with the superior office before the first package; the overview reminds you."),
                "second",
                wrap=True,
            ),
            gap=8,
            margins=(16, 14, 16, 10),
        )
        page.setLayout(body)
        return page

    # ---- moving ----

    def begin(self) -> None:
        """The register is there: searching answers at once."""
        self.search.setFocus()
        self._search()

    def show_step(self, step: int) -> None:
        """Show one of the three pages."""
        at = min(max(step, 0), 2)
        self.stack.setCurrentIndex(at)
        self.step_word.setText(_("Step {step} of 3").format(step=at + 1))
        self.back.setVisible(at > 0)
        self.next.setText(_("Next") if at < 2 else _("Begin"))
        if at == 1 and not self.plans.count():
            self._list_plans()
        if at == 2:
            self.summary.setText(self.name.text())
        self._allow()

    def _go_on(self) -> None:
        if self.stack.currentIndex() < 2:
            self.show_step(self.stack.currentIndex() + 1)
        else:
            self.finished.emit()

    def _allow(self) -> None:
        ready = self._seat is not None and bool(self.name.text().strip())
        if self.level == "area":
            ready = ready and bool(self._ticked(self.communes))
        self.next.setEnabled(ready)

    # ---- answers ----

    @property
    def level(self) -> str:
        """The level chosen."""
        return str(self.levels.checkedButton().property("level"))

    def choice(self) -> Choice:
        """All answers."""
        return Choice(
            self.level,
            self._seat.code if self._seat else "",
            self.name.text().strip(),
            tuple(self._ticked(self.communes)) if self.level == "area" else (),
            tuple(self._ticked(self.plans)),
            self.sample.isChecked(),
        )

    def _ticked(self, items: QListWidget) -> list[str]:
        every = (items.item(at) for at in range(items.count()))
        return [str(item.data(ROLE)) for item in every if item.checkState() is Qt.CheckState.Checked]

    def _soon(self, _text: str) -> None:
        self._timer.start()

    def _search(self) -> None:
        text = self.search.text().strip()
        self.seats.clear()
        self._seat = None
        found: Sequence[Commune] = ()
        if len(text) >= 2 or self.level in ("province", "area"):
            found = offices.candidate_seats(text, level=self.level, day=self._today, limit=40)
        for seat in found:
            item = QListWidgetItem(f"{seat.name} ({seat.code})")
            item.setData(ROLE, seat)
            self.seats.addItem(item)
        if text and found:
            self.seats.setCurrentRow(0)
        self._allow()

    def _choose_seat(self, item: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        self._seat = item.data(ROLE) if item is not None else None
        is_area = self.level == "area"
        self.communes_box.setVisible(is_area and self._seat is not None)
        if self._seat is not None:
            if not self._named:
                name = self._seat.name.split(",")[0]
                self.name.setText("" if is_area else default_name(self.level, name))
            if is_area:
                self._list_communes(self._seat.code)
            self.plans.clear()
        self._allow()

    def _name_typed(self) -> None:
        self._named = bool(self.name.text())
        self._allow()

    def _list_communes(self, province: str) -> None:
        self.communes.clear()
        for unit in units.units_on(None, day=self._today, under=province):
            if unit.kind is UnitKind.COMMUNE and unit.code:
                _tickable(self.communes, f"{unit.name} ({unit.code})", unit.code, ticked=False)

    def _filter_communes(self) -> None:
        wanted = fold(self.communes_filter.text())
        for at in range(self.communes.count()):
            item = self.communes.item(at)
            item.setHidden(wanted not in fold(item.text()))

    def _list_plans(self) -> None:
        from desktop.application import plans

        place = fold(self._seat.name) if self._seat else ""
        for plan in reversed(plans.plans_of(None).values()):
            text = f"{plan.symbol} · {plan.title}"
            _tickable(self.plans, text, plan.code, ticked=fold(plan.province) in place)

    def show_refusal(self, title: str, advice: str) -> None:
        """Say why the record could not be made."""
        while self.refusal.count():
            item = self.refusal.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.refusal.addWidget(Notice(Tone.BAD, title, advice))


def _tickable(items: QListWidget, text: str, key: str, *, ticked: bool) -> None:
    item = QListWidgetItem(text)
    item.setData(ROLE, key)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    items.addItem(item)


def row_of(*parts: QWidget) -> QWidget:
    """Parts beside each other as one part."""
    held = QWidget()
    held.setLayout(row(parts[0], None, *parts[1:]))
    return held
