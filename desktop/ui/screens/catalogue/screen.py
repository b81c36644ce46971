"""Danh mục: units with their acts; figures, indicators, plans and their tasks as the record holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.application import catalogue, plans
from desktop.application.changes import Subject
from desktop.domain.elements import Element, Indicator
from desktop.domain.plans import Plan, Task
from desktop.domain.text import fold
from desktop.system.i18n import _
from desktop.ui import words
from desktop.ui.places import Place, Target
from desktop.ui.screens.catalogue.forms.page import FORMS, FormsPage
from desktop.ui.screens.catalogue.forms.part import FormsPart
from desktop.ui.screens.catalogue.units.page import UnitsPage
from desktop.ui.screens.catalogue.units.part import UnitsPart
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.widgets.filtering import FilterBox
from desktop.ui.widgets.parts import Empty, PageBar, Panel, button, column
from desktop.ui.widgets.tables import Column, RowsModel, Table

UNITS: Final = "units"


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task with its plan and whether it is this office's."""

    plan: Plan
    task: Task
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A list: its name, its columns, how its rows are read and what a filter looks at."""

    key: str
    name: str
    columns: Sequence[Column[Any]]
    read: Callable[[Session], Sequence[Any]]
    find: Callable[[Any], str]
    lines: int = 1


class CatalogueView(QWidget):
    """Tabs, a filter and one list."""

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self.setProperty("kind", "desk")
        self.bar = PageBar(_("Catalogue"))
        self.tabs: dict[str, QPushButton] = {UNITS: self.bar.add_tab(_("Unit"))}
        self.tabs[FORMS] = self.bar.add_tab(_("Form"))
        self.tabs |= {tab.key: self.bar.add_tab(tab.name) for tab in tabs}
        self.filter = FilterBox(_("Filter the list"))
        self.bar.add(self.filter)
        self.panel = Panel(" ")
        self.tables = {tab.key: Table(RowsModel(tab.columns), name=tab.name, lines=tab.lines) for tab in tabs}
        for table in self.tables.values():
            self.panel.add(table, 1)
            table.hide()
        self.unfilter = button(_("Clear the filter"), self.filter.clear)
        self.empty = Empty(_("Nothing fits the filter"), _("Marks and capitals do not matter."), self.unfilter)
        self.panel.add(self.empty, 1)
        whole: QVBoxLayout = column(self.bar, gap=4)
        self.units, self.forms = UnitsPage(), FormsPage()
        for part in (self.panel, self.units, self.forms):
            whole.addWidget(part, 1)
        self.setLayout(whole)


class CatalogueScreen(Screen):
    """What everything else is made of."""

    place = Place.CATALOGUE
    shows = frozenset({Subject.CATALOGUE, Subject.PLANS, Subject.OFFICE, Subject.UNITS})
    help = "danh-muc"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._tabs = {tab.key: tab for tab in _tabs()}
        self._view = CatalogueView(list(self._tabs.values()))
        self._rows: dict[str, Sequence[Any]] = {}
        self._pages: dict[str, UnitsPart | FormsPart] = {
            UNITS: UnitsPart(session, self._view.units, self._view),
            FORMS: FormsPart(session, self._view.forms, self._view),
        }
        self.tab = UNITS
        for key, made in self._view.tabs.items():
            made.clicked.connect(lambda _checked=False, key=key: self.choose(key))
        self._view.filter.textChanged.connect(self._show)

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.units.set_compact(compact=compact)

    def load(self) -> None:
        """Read the list shown."""
        self._rows.clear()
        self.choose(self.tab)

    def go(self, target: Target) -> None:
        """Show a list, filtered for what was found."""
        key = target.get("tab") or UNITS
        self._view.filter.setText(target.get("text") or target.get("plan") or "")
        self.choose(key if key in self._view.tabs else UNITS)

    def choose(self, key: str) -> None:
        """Show another list."""
        self.tab = key
        self._view.tabs[key].setChecked(True)
        self._view.units.setVisible(key == UNITS)
        self._view.forms.setVisible(key == FORMS)
        self._view.panel.setVisible(key not in self._pages)
        if key in self._pages and key not in self._rows:
            self._rows[key] = ()
            self._pages[key].load()
        if key not in self._rows:
            self._rows[key] = self._tabs[key].read(self.session)
        self._show()

    def _show(self) -> None:
        if self.tab in self._pages:
            self._pages[self.tab].narrow(self._view.filter.text())
            return
        tab, wanted = self._tabs[self.tab], fold(self._view.filter.text()).split()
        every = self._rows.get(self.tab, ())
        shown = [one for one in every if all(word in fold(tab.find(one)) for word in wanted)]
        self._view.panel.set_title(
            f"{tab.name}: {len(shown)}" if len(shown) == len(every) else f"{tab.name}: {len(shown)}/{len(every)}"
        )
        for key, table in self._view.tables.items():
            table.setVisible(key == self.tab and bool(shown))
        self._view.empty.setVisible(not shown)
        self._view.tables[self.tab].rows_model.show(shown)


def _elements(session: Session) -> list[Element]:
    return list(catalogue.catalogue(session.record).elements.values())


def _indicators(session: Session) -> list[Indicator]:
    return list(catalogue.catalogue(session.record).indicators.values())


def _plans(session: Session) -> list[Plan]:
    return list(reversed(plans.plans_of(session.record).values()))


def _tasks(session: Session) -> list[OwnTask]:
    found = []
    for plan in _plans(session):
        for task, mine in plans.tasks(session.record, code=plan.code, today=session.today()):
            found.append(OwnTask(plan, task, bool(mine)))
    return sorted(found, key=lambda one: not one.is_mine)


def _tabs() -> list[Tab]:
    return [
        Tab(
            "elements",
            _("Figures entered"),
            _element_columns(),
            _elements,
            lambda e: f"{e.name_vi} {e.name_en} {e.code}",
        ),
        Tab(
            "indicators",
            _("Indicators"),
            _indicator_columns(),
            _indicators,
            lambda i: f"{i.name_vi} {i.name_en} {i.code}",
        ),
        Tab(
            "plans",
            _("Plans"),
            _plan_columns(),
            _plans,
            lambda plan: f"{plan.title} {plan.symbol} {plan.code}",
            lines=2,
        ),
        Tab(
            "tasks",
            _("Tasks"),
            _task_columns(),
            _tasks,
            lambda one: f"{one.task.text} {one.plan.code}",
            lines=2,
        ),
    ]


def _element_columns() -> list[Column[Element]]:
    types = {"count": _("whole number"), "decimal": _("number"), "yes_no": _("yes or no"), "text": _("words")}
    ways = {
        "flow": _("parts add up"),
        "stock": _("the last counts"),
        "average": _("one figure a year"),
        "yearly": _("yearly"),
    }
    return [
        Column(_("Name"), lambda e: words.named(e.name_vi, e.name_en), stretch=True),
        Column(_("Unit of count"), lambda e: e.unit, width=90),
        Column(_("What is typed"), lambda e: types[e.type.value], width=110),
        Column(_("Over longer periods"), lambda e: ways[e.behaviour.value], width=160),
        Column(_("Supplied by"), lambda e: words.supplier(e.supplied_by or ""), width=130),
        Column(_("Source"), lambda e: e.source, width=230),
    ]


def _indicator_columns() -> list[Column[Indicator]]:
    levels = {"commune": _("commune"), "office": _("office"), "province": _("province")}
    return [
        Column(_("Name"), lambda i: words.named(i.name_vi, i.name_en), stretch=True),
        Column(_("Unit of count"), lambda i: i.unit, width=80),
        Column(
            _("Better"),
            lambda i: {"higher": _("higher"), "lower": _("lower"), "range": _("in a range")}[i.direction.value],
            width=110,
        ),
        Column(_("Judged at"), lambda i: ", ".join(levels.get(level, level) for level in i.judged_at), width=180),
        Column(_("Years pooled"), lambda i: str(i.pooled_years), number=True, width=90),
    ]


def _plan_columns() -> list[Column[Plan]]:
    return [
        Column(
            _("Plan"), lambda plan: plan.symbol, second=lambda plan: plan.title, stretch=True, strong=lambda _plan: True
        ),
        Column(_("Issued by"), lambda plan: plan.issuer, width=280),
        Column(_("Day"), lambda plan: words.day(plan.date) if plan.date else "", width=100),
        Column(_("Targets"), lambda plan: str(len(plan.targets)), number=True, width=80),
        Column(_("Tasks"), lambda plan: str(len(plan.tasks)), number=True, width=80),
    ]


def _task_columns() -> list[Column[OwnTask]]:
    return [
        Column(
            _("Task"),
            lambda one: one.task.text,
            second=lambda one: f"{one.plan.symbol} · {one.task.clauses}",
            stretch=True,
        ),
        Column(_("Lead"), lambda one: ", ".join(one.task.lead), width=230),
        Column(_("When"), lambda one: one.task.when_text or "", width=170),
        Column(_("Ours"), lambda one: _("yes") if one.is_mine else "", width=78),
    ]
