"""Chấm điểm: the ranked heat table, and beside it the commune that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _
from desktop.ui import words as window_words
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.grid import ScoreGrid
from desktop.ui.screens.criteria.heat import HeatRow, HeatTable, Legend, Order
from desktop.ui.screens.criteria.outcome import Outcome, brief_words
from desktop.ui.screens.criteria.part import Part
from desktop.ui.style.signs import Sign
from desktop.ui.widgets.parts import Empty, Panel, SignLabel, Tag, button, column, label, row, rule

if TYPE_CHECKING:
    from desktop.application.criteria_overview import Goal, Overview
    from desktop.ui.screens.criteria.screen import CriteriaScreen

ORDERS: Final = {
    Order.SURPLUS: lambda: _("Ranked by points to spare"),
    Order.RISK: lambda: _("Ranked by nearness to losing it"),
}
SIDE = 375
MOST_GRID = 300
NAMES: Final = "names"
"""The entry of the list of columns that names them."""


class ScoringView(QWidget):
    """Heat table, legend and goal at the left; the commune at the right."""

    def __init__(self, grid: ScoreGrid) -> None:
        super().__init__()
        self.panel = Panel(" ")
        self.subtitle = label("", "hint")
        self.order = button(ORDERS[Order.SURPLUS](), kind="link", tip=_("Rank the communes that pass in another way"))
        self.panel.add_to_head(self.order)
        self.table = HeatTable()
        self.panel.add(self.table, 1)
        self.empty = Empty(_("No commune to score"), _("The office serves no commune in this year."))
        self.empty.hide()
        self.panel.add(self.empty, 1)
        self.legend = Legend()
        self.panel.add(self.legend)
        self.panel.add(rule())
        self.goal = label("", "head", wrap=True)
        self.note = SignLabel(Sign.INFO, "", small=True)
        self.brief = label("", wrap=True)
        self.brief.hide()
        self.explain = button(_("Verdict and ways"), kind="link", tip=_("Verdict and ways") + "  F4")
        self.explain.hide()
        self.load_table = button(_("Load from Excel…"), kind="link")
        foot = column(self.goal, gap=2)
        brief = row(gap=8)
        brief.addWidget(self.brief, 1)
        brief.addWidget(self.explain)
        foot.addLayout(brief)
        foot.addLayout(row(self.note, None, self.load_table))
        self.panel.add_inset(foot, (11, 5, 11, 5))
        self.side = self._side(grid)
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.side)
        whole: QVBoxLayout = column(gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)

    def _side(self, grid: ScoreGrid) -> Panel:
        side = Panel()
        side.setFixedWidth(SIDE)
        side.setAccessibleName(_("The commune chosen"))
        self.name, self.zone = label("", "subject"), label("", "second")
        self.tag = Tag()
        side.add_inset(row(self.name, self.zone, None, self.tag), (11, 8, 11, 6))
        side.add(rule())
        self.grid = grid
        side.add(grid)
        side.add(rule())
        self.outcome = Outcome()
        side.add(self.outcome, 1)
        self.paper = button(_("Self-score sheet…"), icon="print_16_regular")
        self.open = button(_("Open the sheet"), kind="")
        side.add_foot(None, self.open, self.paper)
        return side


class ScoringPart(Part):
    """Ranks the communes; typing into the panel at the right changes the rank at once."""

    def __init__(self, screen: CriteriaScreen) -> None:
        super().__init__(screen)
        self.grid = ScoreGrid(screen.model, screen.writing.take_text, narrow=True)
        self._view = ScoringView(self.grid)
        self.order = Order.SURPLUS
        self.columns = QComboBox()
        self.columns.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.columns.setAccessibleName(_("Points shown in the table"))
        self.columns.activated.connect(lambda _at: self._choose_column(self.columns.currentData()))
        self.papers = button(_("Documents"), kind="menu")
        self.papers.setMenu(screen.papers.menu(self.papers))
        view = self._view
        view.order.clicked.connect(lambda _on=False: self.turn_order())
        view.table.row_chosen.connect(self._choose)
        view.table.row_opened.connect(lambda shown: screen.open_sheet() if shown.line else None)
        view.outcome.row_asked.connect(self._go_to)
        view.open.clicked.connect(lambda _on=False: screen.open_sheet())
        view.paper.clicked.connect(lambda _on=False: screen.papers.make("criteria-self"))
        view.load_table.clicked.connect(lambda _on=False: screen.show_part("sets"))
        view.outcome.left.connect(view.table.setFocus)
        view.explain.clicked.connect(lambda _on=False: screen.open_verdict())
        self.grid.back_asked.connect(view.table.setFocus)
        QShortcut(QKeySequence("F4"), view, self.explain)
        screen.connect_grid(self.grid)

    @property
    def view(self) -> ScoringView:
        """The tab's page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """The column shown, and what can be printed."""
        return (self.columns, self.papers)

    def turn_order(self) -> None:
        """Rank in the other way."""
        self.order = Order.RISK if self.order is Order.SURPLUS else Order.SURPLUS
        self._view.order.setText(ORDERS[self.order]())
        if self.screen.overview is not None:
            self._view.table.show_overview(self.screen.overview, self.screen.unit, self.order)

    def _choose(self, shown: HeatRow) -> None:
        if shown.line is not None:
            self.screen.choose_commune(shown.line.commune.code)

    def _choose_column(self, told: str | None) -> None:
        if told != NAMES:
            self.screen.choose_column(told)
            return
        from desktop.ui.screens.criteria.names_dialog import NamesDialog

        self._show_columns()
        NamesDialog(self._view, self.session, self.screen.model.names).open()

    def explain(self) -> None:
        """F4: the keyboard goes to what decides; where there is no room for it, its own page opens."""
        if self._view.side.isVisible():
            self._view.outcome.take_focus()
        else:
            self.screen.open_verdict()

    def _go_to(self, code: str) -> None:
        at = self.screen.model.row_of(code)
        first = self.grid.first_cell()
        if at >= 0 and first is not None:
            self.grid.go(at, first[1])
            self.grid.setFocus()

    # ---- showing ----

    def show_read(self) -> None:
        """Rank, legend, goal; and the commune at the right."""
        found = self.screen.overview
        if found is not None:
            self._show_overview(found)
        self._show_sheet()

    def _show_overview(self, found: Overview) -> None:
        view = self._view
        title = _("{communes} communes by {criteria} criteria, {year}").format(
            communes=found.communes, criteria=len(found.criteria.criteria), year=found.year
        )
        view.panel.set_title(title)
        view.table.setVisible(bool(found.lines))
        view.empty.setVisible(not found.lines)
        view.table.show_overview(found, self.screen.unit, self.order)
        view.goal.setText(goal_words(found.goal) or _("No plan of the office says how many are to meet it."))
        note = set_note(found)
        view.note.show_state(Sign.INFO, note)
        view.note.words.setToolTip(note)
        self._show_columns()

    def _show_columns(self) -> None:
        box, held = self.columns, self.screen.by
        box.clear()
        box.addItem(_("Deciding points"), None)
        for by in By:
            box.addItem(_("Points: {column}").format(column=words.by_name(by, self.screen.model.names)), by.value)
        box.insertSeparator(box.count())
        box.addItem(_("Names of the columns…"), NAMES)
        box.setCurrentIndex(max(box.findData(held.value if held else None), 0))

    def _show_sheet(self) -> None:
        view, sheet = self._view, self.screen.sheet
        view.grid.setVisible(sheet is not None and bool(self.screen.model.lines))
        for part in (view.tag, view.open, view.paper):
            part.setVisible(sheet is not None)
        if sheet is None:
            view.name.setText("")
            view.zone.setText("")
            view.brief.setText("")
            view.outcome.show_nothing(_("Choose a commune in the table."))
            return
        standing = sheet.standing
        view.name.setText(window_words.unit_name(standing.commune.name))
        view.zone.setText(words.zone(standing.zone.number))
        judged = standing.judged
        view.tag.show_status(words.SIGNS[judged.verdict], words.verdict(judged), words.TONES[judged.verdict])
        view.grid.setFixedHeight(min(self.grid.full_height(), MOST_GRID))
        self.grid.fit()
        view.outcome.names = self.screen.model.names
        view.outcome.show_sheet(sheet, self.screen.zones, brief=True)
        view.brief.setText(brief_words(sheet))

    def settle(self) -> bool:
        """Keep what is half typed."""
        return self.grid.settle()

    def set_compact(self, compact: bool) -> None:
        """The table alone."""
        # Where there is little room the commune's own page says the same.
        self._view.side.setVisible(not compact)
        self._view.legend.setVisible(not compact)
        self._view.note.setVisible(not compact)
        # The foot says of the commune what the panel would.
        self._view.brief.setVisible(compact)
        self._view.explain.setVisible(compact)
        self._view.load_table.setVisible(not compact)
        self.columns.setMaximumWidth(155 if compact else 220)

    def hint(self) -> str:
        """The keys of the table."""
        if not self._view.side.isVisible():
            return _("Enter opens the sheet · F4 explains")
        return _("Enter opens the sheet · F6 goes to the points · F4 explains")


def goal_words(goal: Goal | None) -> str:
    """How the share of recognised communes stands against the plan."""
    if goal is None:
        return ""
    told = _("Against {plan}: {value}% of communes by {year}").format(
        plan=goal.document or goal.title, value=words.decimal(goal.value), year=goal.year
    )
    if goal.share is None:
        return f"{told}. {_('No decision of recognition is noted yet.')}"
    told += ", " + _("now {share} are recognised").format(share=words.percent(goal.share))
    if goal.missing:
        told += ", " + _("{count} more are needed").format(count=goal.missing)
    return told + "."


def set_note(found: Overview) -> str:
    """Which set, and how far it is known."""
    one = found.criteria
    if not one.is_whole:
        return _("{set}: maxima not known, nothing is judged.").format(set=one.name)
    if not one.is_detailed:
        return _("{set}, scored by criterion. The official table of sub-criteria is not loaded.").format(set=one.name)
    return _("{set}, {count} rows.").format(set=one.name, count=len(one.rows))
