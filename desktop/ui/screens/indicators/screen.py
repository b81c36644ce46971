"""Chỉ tiêu: every target of a plan against the record, and at the right where its number comes from."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.application import catalogue, plans
from desktop.application.boundary_days import boundary_days
from desktop.application.changes import Subject
from desktop.application.plans import TargetStatus
from desktop.application.records import Record
from desktop.domain.text import fold
from desktop.system.i18n import _, render
from desktop.ui import verdicts, words
from desktop.ui.jobs import Step
from desktop.ui.places import Place, Target
from desktop.ui.reading import OneReading
from desktop.ui.screens.indicators.source import SourcePanel
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.palette import Tone
from desktop.ui.widgets.boundaries import BoundaryList
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, PageBar, Panel, button, column, row
from desktop.ui.widgets.tables import Column, RowsModel, Table
from desktop.wording import say


class IndicatorsView(QWidget):
    """List and source."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Indicators"))
        self.plan, self.year = QComboBox(), QComboBox()
        self.plan.setAccessibleName(_("Plan"))
        self.plan.setMaximumWidth(420)
        self.year.setAccessibleName(_("Year of the targets"))
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filter = FilterBox(_("Filter the list"))
        self.denominators = button(_("Figures to divide by…"))
        self.boundaries = BoundaryList()
        self.bar.add(self.filter, self.boundaries, self.year, self.plan, self.denominators)
        self.panel = Panel(_("Targets"))
        self.model: RowsModel[TargetStatus] = RowsModel(_columns(""))
        self.table = Table(self.model, name=_("Targets"))
        self.panel.add(self.table, 1)
        self.empty = Empty(_("No target fits the filter"), _("Clear the filter to see all of them."))
        self.panel.add(self.empty, 1)
        self.empty.hide()
        self.source = SourcePanel()
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.source)
        whole: QVBoxLayout = column(self.bar, gap=4)
        whole.addLayout(body, 1)
        self.setLayout(whole)


class IndicatorScreen(Screen):
    """The targets of one plan."""

    place = Place.INDICATORS
    shows = frozenset({Subject.VALUES, Subject.PLANS, Subject.CATALOGUE, Subject.OFFICE})
    help = "chi-tieu"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = IndicatorsView()
        self._rows: list[TargetStatus] = []
        self._wanted: str | None = None
        self._reading = OneReading(self.jobs, self._view)
        view = self._view
        view.plan.activated.connect(self.read)
        view.year.activated.connect(self._show)
        view.boundaries.chosen.connect(self.read)
        view.filter.textChanged.connect(self._show)
        view.denominators.clicked.connect(lambda _on=False: session.go(Place.DENOMINATORS))
        view.table.row_chosen.connect(self._choose)
        QShortcut(QKeySequence("F4"), view, view.source.take_focus)
        view.source.cells_asked.connect(lambda element: session.go(Place.ENTRY, element=element))

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def load(self) -> None:
        """Show the plans of the record and judge the chosen one."""
        known = [plan for plan in plans.plans_of(self.session.record).values() if plan.targets]
        view, held = self._view, self._view.plan.currentData()
        view.plan.clear()
        for plan in reversed(known):
            view.plan.addItem(f"{plan.symbol} · {plan.title}", plan.code)
        view.plan.setCurrentIndex(max(view.plan.findData(held), 0))
        session = self.session
        view.boundaries.offer(boundary_days(session.record, period=session.period, today=session.today()))
        self.read()

    def go(self, target: Target) -> None:
        """Show a plan and an indicator in it."""
        at = self._view.plan.findData(target.get("plan") or "")
        if at >= 0:
            self._view.plan.setCurrentIndex(at)
        self._wanted = target.get("indicator")
        self._view.filter.clear()
        self.read()

    def set_compact(self, compact: bool) -> None:
        """The source makes room."""
        self._view.source.setFixedWidth(230 if compact else 340)
        self._view.plan.setMaximumWidth(160 if compact else 420)
        self._view.boundaries.setMaximumWidth(150 if compact else 260)
        for column_at in (1, 4):
            self._view.table.setColumnHidden(column_at, compact)

    def read(self) -> None:
        """Judge the plan on a worker."""
        code = self._view.plan.currentData()
        if code is None:
            self._view.panel.set_title(_("This record has no plan with targets"))
            return
        if self._reading.must_wait():
            return
        period, day = self.session.period, self._view.boundaries.day

        def work(record: Record, _step: Step) -> list[TargetStatus]:
            return plans.status(record, code=code, period=period, boundaries=day)

        self._reading.begin(say("Judge the targets"), work, shown=self._judged, again=self.read)

    def _judged(self, found: list[TargetStatus]) -> None:
        self._rows = found
        years = sorted({row.target.year for row in found if row.target.year is not None})
        view, held = self._view, self._view.year.currentData()
        view.year.clear()
        for year in years:
            view.year.addItem(_("Targets of {year}").format(year=year), year)
        view.year.addItem(_("All targets"), 0)
        near = next((year for year in years if year >= self.session.period.year), 0)
        at = view.year.findData(0 if self._wanted else held if held is not None else near)
        view.year.setCurrentIndex(max(at, 0))
        self._show()

    def _show(self) -> None:
        view = self._view
        year, wanted = view.year.currentData(), fold(view.filter.text())
        shown = [
            row
            for row in self._rows
            if (not year or row.target.year == year) and all(word in _key(row) for word in wanted.split())
        ]
        period = words.period_name(self.session.period)
        view.panel.set_title(
            _("{count} targets, {period}").format(count=len(shown), period=render(self.session.period.sentence()))
        )
        view.model.columns = tuple(_columns(period))
        view.model.show(shown)
        view.table.setVisible(bool(shown))
        view.empty.setVisible(not shown)
        at = next((n for n, row in enumerate(shown) if row.indicator.code == self._wanted), 0)
        self._wanted = None
        if shown:
            view.table.selectRow(at)
            view.table.scrollTo(view.model.index(at, 0))
            self._choose(shown[at])
        self.session.hint_changed.emit()

    def _choose(self, row: TargetStatus | None) -> None:
        if row is not None:
            known = catalogue.catalogue(self.session.record).elements
            names = {code: words.named(element.name_vi, element.name_en) for code, element in known.items()}
            self._view.source.show_target(row, names)


def _key(row: TargetStatus) -> str:
    return fold(f"{row.indicator.name_vi} {row.indicator.name_en} {row.target.text} {row.target.clause}")


def _columns(period: str) -> list[Column[TargetStatus]]:
    return [
        Column(
            _("Indicator"),
            lambda row: verdicts.name(row.indicator),
            stretch=True,
            tip=lambda row: row.indicator.name_vi,
        ),
        Column(_("Year"), lambda row: str(row.target.year or ""), number=True, width=52),
        Column(period or _("Figure"), lambda row: verdicts.figure(row) or "–", number=True, strong=lambda _row: True),
        Column(
            _("Target"),
            lambda row: verdicts.wanted(row.target) if row.target.value is not None else _("in words"),
            number=True,
        ),
        Column(_("Needed now"), verdicts.required, number=True, tone=lambda _row: Tone.MUTE),
        Column(
            _("State"),
            verdicts.said,
            sign=verdicts.sign,
            tone=verdicts.row_tone,
            tip=verdicts.over_whole,
        ),
    ]
