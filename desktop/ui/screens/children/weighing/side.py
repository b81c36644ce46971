"""Beside the weighing list: the child in hand with its chart and history, or what was found on the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.application import growth
from desktop.application.children import ChildPage
from desktop.application.growth_charts import measured
from desktop.domain.children import Child, Measurement
from desktop.domain.findings import Finding
from desktop.domain.growth.scores import Scores
from desktop.system.i18n import _
from desktop.ui import figures
from desktop.ui.screens.children import words
from desktop.ui.screens.children.charts import Charts
from desktop.ui.screens.children.visits import Visited, VisitTable
from desktop.ui.screens.children.weighing.rows import Row
from desktop.ui.widgets.findings import FindingList
from desktop.ui.widgets.parts import Panel, Tag, button, column, label, row

WIDTH: Final = 304
CARDS: Final = 30


class ChildSide(Panel):
    """Two pages: the child, the findings."""

    page_asked = Signal()
    """The child's own page."""
    page_shown = Signal()
    finding_chosen = Signal(object)
    mend_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.name = label("", "subject", wrap=True)
        self.tag = Tag()
        self.about = label("", "second", wrap=True)
        self.charts = Charts()
        self.visits = VisitTable(short=True)
        self.open: QPushButton = button(_("Child's page  Ctrl+Enter"), self.page_asked.emit, kind="small")
        self.tabs: dict[str, QPushButton] = {}
        line = row(gap=0, margins=(6, 0, 6, 0))
        for name, text in (("child", _("Child in hand")), ("findings", _("Findings"))):
            made = button(text, kind="tab")
            made.setCheckable(True)
            made.setAutoExclusive(True)
            made.clicked.connect(lambda _on=False, name=name: self.show_page(name))
            self.tabs[name] = made
            line.addWidget(made)
        line.addStretch(1)
        head = QWidget()
        head.setLayout(line)
        head.setFixedHeight(34)
        self.add(head)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._child_page())
        self.list = FindingList(_("Findings of the list"))
        self.list.chosen.connect(self.finding_chosen)
        self.list.mend_asked.connect(self.mend_asked)
        self.pages.addWidget(self.list)
        self.add(self.pages, 1)
        self.show_page("child")
        self.tabs["child"].setChecked(True)

    def _child_page(self) -> QWidget:
        head = row(gap=6)
        head.addWidget(self.name, 1)
        head.addWidget(self.tag)
        body = column(gap=3, margins=(11, 6, 11, 0))
        body.addLayout(head)
        body.addWidget(self.about)
        whole = column(gap=2)
        whole.addLayout(body)
        whole.addWidget(self.charts, 1)
        whole.addWidget(self.visits)
        foot = row(self.open, None, margins=(11, 6, 11, 8))
        whole.addLayout(foot)
        held = QWidget()
        held.setProperty("kind", "sheet")
        held.setLayout(whole)
        return held

    def set_compact(self, compact: bool) -> None:
        """The chart has the room of the history."""
        self.visits.setVisible(not compact)

    @property
    def page(self) -> str:
        """Which page is shown."""
        return "child" if self.pages.currentIndex() == 0 else "findings"

    def show_page(self, name: str) -> None:
        """The child, or the findings."""
        self.pages.setCurrentIndex(0 if name == "child" else 1)
        self.tabs[name].setChecked(True)
        self.page_shown.emit()

    def show_child(self, row: Row | None, page: ChildPage | None, day_measurement: Measurement | None) -> None:
        """Another child with its history, in which what was just typed stands already."""
        self.open.setEnabled(row is not None)
        if row is None or page is None:
            self.name.setText("")
            self.about.setText("")
            self.tag.hide()
            self.charts.show_child(None, ())
            self.charts.why.setText(_("Choose a child in the list."))
            self.charts.why.show()
            self.visits.show_visits(())
            return
        self.name.setText(row.child.name)
        found = row.standing
        self.tag.show_status(found.sign, found.word, found.tone)
        self.tag.show()
        self.about.setText(particulars(row))
        history = [one for one in page.measurements if day_measurement is None or one.day != day_measurement.day]
        if day_measurement is not None and not day_measurement.is_empty:
            history = sorted([*history, day_measurement], key=lambda one: one.day)
        self.charts.show_child(row.child, history)
        scored = growth.scores([measured(row.child, one) for one in history])
        self.visits.show_visits(visited(row.child, history, scored))

    def count_findings(self, count: int) -> None:
        """How many there are, on the tab."""
        self.tabs["findings"].setText(_("Findings ({count})").format(count=count) if count else _("Findings"))

    def show_findings(self, found: Sequence[tuple[Row, Finding]]) -> None:
        """What is odd on the list; a click goes to the cell."""
        named = {finding.id: row.child.name for row, finding in found}
        nothing = _("Nothing on this list is implausible.")
        self.list.show_findings(
            [finding for _row, finding in found], nothing, lambda one: named.get(one.id, ""), mend_words, most=CARDS
        )


def mend_words(finding: Finding) -> str:
    """What the likeliest mend writes."""
    units = {"weight": "kg", "lenhei": "cm"}
    told = [f"{figures.figure(mend.value)} {units.get(mend.element, '')}".strip() for mend in finding.mend]
    return _("Correct to {figures}").format(figures=", ".join(told)) if told else ""


def visited(child: Child, history: Sequence[Measurement], scored: Sequence[Scores]) -> tuple[Visited, ...]:
    """The history with its figures, newest first."""
    return tuple(Visited(child, one, scores) for one, scores in reversed(list(zip(history, scored, strict=True))))


def particulars(row: Row) -> str:
    """Sex, birth date, months, village, mother in short."""
    child = row.child
    told = [words.sex(child.sex)]
    if child.birth_date is not None:
        told.append(_("born {day}").format(day=words.born(child)))
    if child.village:
        told.append(child.village)
    return " · ".join(part for part in told if part)
