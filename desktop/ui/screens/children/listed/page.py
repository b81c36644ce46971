"""A child's page: particulars, what became of it, charts, every measurement."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QStackedWidget, QWidget

from desktop.application import growth
from desktop.application.child_care import CarePage
from desktop.application.children import ChildPage
from desktop.application.growth_charts import measured
from desktop.domain.children import Status
from desktop.system.i18n import _
from desktop.ui.screens.children import words
from desktop.ui.screens.children.care.lines import CareLines
from desktop.ui.screens.children.charts import Charts
from desktop.ui.screens.children.visits import Col, Visited, VisitTable
from desktop.ui.widgets.parts import Elided, Empty, Panel, button, column, label, row, rule

_ANY = 16_777_215  # Qt's "no limit"


class PagePanel(Panel):
    """One child in full."""

    correct_asked = Signal()
    status_asked = Signal()
    strike_asked = Signal()
    erase_asked = Signal()
    take_back_asked = Signal(object)
    card_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.page: ChildPage | None = None
        self._is_compact = self._has_care = False
        self.name = Elided()
        self.name.setProperty("kind", "title")
        self.about = label("", "second", wrap=True)
        self.statuses = column(gap=2)
        self.correct = button(_("Correct…"), self.correct_asked.emit, kind="small")
        self.status = button(_("What became of it…"), self.status_asked.emit, kind="small")
        self.card = button(
            "", self.card_asked.emit, kind="icon", icon="print_16_regular", tip=_("Card of the child…  Ctrl+P")
        )
        self.care = CareLines()
        self.more = button(_("More"), kind="menu", tip=_("Rare acts"))
        self.menu = QMenu(self.more)
        self.acts_of_care = [
            self._act(_("Supplement…"), self.care.given_asked),
            self._act(_("Treatment…"), self.care.treatment_asked),
            self.menu.addSeparator(),
        ]
        self.strike = self._act(_("Entered by mistake…"), self.strike_asked)
        self.erase = self._act(_("Erase on lawful request…"), self.erase_asked)
        self.more.setMenu(self.menu)
        self.whole = QCheckBox(_("Charts from birth to five years"))
        self.all_charts, self.one_chart = Charts(all_at_once=True), Charts()
        self.charts = QStackedWidget()
        self.charts.addWidget(self.all_charts)
        self.charts.addWidget(self.one_chart)
        self.visits = VisitTable(short=False)
        self.empty = Empty(_("No child chosen"), _("Choose a child at the left, or find one by a few letters."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self._body())
        self.pages.addWidget(self.empty)
        self.add(self.pages, 1)
        self.show_page(None, "")

    def _act(self, text: str, asked: SignalInstance) -> QAction:
        made = self.menu.addAction(text)
        made.triggered.connect(lambda _on=False: asked.emit())
        return made

    def _body(self) -> QWidget:
        head: QHBoxLayout = row(gap=6)
        head.addWidget(self.name, 1)
        for part in (self.status, self.correct, self.card, self.more):
            head.addWidget(part)
        top = column(gap=2, margins=(14, 8, 10, 4))
        top.addLayout(head)
        top.addWidget(self.about)
        top.addLayout(self.statuses)
        top.addWidget(self.care)
        middle = column(gap=0, margins=(10, 2, 10, 4))
        middle.addWidget(self.charts, 1)
        middle.addLayout(row(self.whole, None))
        self._whole = whole = column(gap=0)
        whole.addLayout(top)
        whole.addWidget(rule())
        whole.addLayout(middle, 4)
        self._rule = rule()
        whole.addWidget(self._rule)
        whole.addWidget(self.visits, 2)
        held = QWidget()
        held.setProperty("kind", "sheet")
        held.setLayout(whole)
        return held

    def show_page(
        self,
        page: ChildPage | None,
        commune: str,
        care: CarePage | None = None,
        names: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Another child where it lives, with what was given to it and its treatments; `names` of communes by uid."""
        self.page = page
        self.pages.setCurrentIndex(1 if page is None else 0)
        if page is None:
            return
        child = page.child
        self.name.setText(child.name)
        told = [
            words.sex(child.sex) or _("sex unknown"),
            _("born {day}").format(day=words.born(child)) if child.birth_date else _("birth date unknown"),
            commune,
            child.village,
            child.ethnic_group,
            _("mother: {name}").format(name=child.mother) if child.mother else "",
            child.note,
        ]
        self.about.setText(" · ".join(part for part in told if part))
        self._show_statuses(page, names)
        self._show_care(care or CarePage((), ()))
        history = list(page.measurements)
        for charts in (self.all_charts, self.one_chart):
            charts.show_child(child, history)
        scored = growth.scores([measured(child, one) for one in history])
        pairs = reversed(list(zip(history, scored, strict=True)))
        self._limit_visits()
        self.visits.show_visits([Visited(child, one, scores) for one, scores in pairs])

    def _show_care(self, care: CarePage) -> None:
        """Where there is little room a child without any has no line that says so."""
        self.care.show_care(care)
        self._has_care = bool(care.given or care.treatments)
        self.care.setVisible(self._has_care or not self._is_compact)

    def _show_statuses(self, page: ChildPage, names: Mapping[str, str]) -> None:
        while (item := self.statuses.takeAt(0)) is not None:
            self._drop(item.layout())
        for status in page.statuses:
            text = _("{what} from {day}").format(
                what=words.presence(status.what), day=status.valid_from.strftime("%d/%m/%Y")
            )
            told = ", ".join(part for part in (names.get(status.unit or "", ""), status.note) if part)
            text += f" ({told})" if told else ""
            back = button(_("Take back"), partial(self._take_back, status), kind="link")
            self.statuses.addLayout(row(label(text), back, None, gap=6))
        if len(page.entries) > 1:
            merged = _("Merged from {count} entries").format(count=len(page.entries))
            self.statuses.addLayout(row(label(merged, "hint"), None))

    def _drop(self, layout: object) -> None:
        if isinstance(layout, QHBoxLayout):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()

    def _take_back(self, status: Status) -> None:
        self.take_back_asked.emit(status)

    def show_whole(self, on: bool) -> None:
        """All of the standard, or the part around the visits."""
        for charts in (self.all_charts, self.one_chart):
            charts.show_whole(whole=on)

    def set_compact(self, compact: bool) -> None:
        """One thing at a time: a chart, or the measurements under a tab of their own."""
        self._is_compact = compact
        self.charts.setCurrentIndex(1 if compact else 0)
        for part in (self.whole, self._rule):
            part.setVisible(not compact)
        for act in self.acts_of_care:
            act.setVisible(compact)
        self.care.setVisible(self._has_care or not compact)
        for known in (Col.POSITION, Col.OEDEMA):
            self.visits.setColumnHidden(known, compact)
        self.visits.setMinimumHeight(84)
        self.visits.set_compact(compact)
        if compact and self.one_chart.held is None:
            self.one_chart.hold(self.visits, _("Measurements"))
        elif not compact and self.one_chart.held is not None:
            self.one_chart.let_go()
            self._whole.addWidget(self.visits, 2)
            self.visits.show()
        self._limit_visits()

    def show_visits(self) -> None:
        """The measurements have the keys."""
        self.one_chart.show_held()
        self.visits.setFocus()

    def _limit_visits(self) -> None:
        """Below the charts no higher than what there is."""
        count = len(self.page.measurements) if self.page is not None else 0
        most = 30 + self.visits.row_height * max(3, count)
        self.visits.setMaximumHeight(_ANY if self._is_compact else most)
