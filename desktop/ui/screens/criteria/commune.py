"""Phiếu xã: one commune's score sheet over the whole page, and beside it the row in hand or the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.criteria.ranking import surplus
from desktop.domain.criteria.scoring import By
from desktop.system.i18n import _, render
from desktop.ui import words as window_words
from desktop.ui.screens.criteria import words
from desktop.ui.screens.criteria.grid import ScoreGrid
from desktop.ui.screens.criteria.model import Col
from desktop.ui.screens.criteria.outcome import Outcome
from desktop.ui.screens.criteria.part import Part
from desktop.ui.screens.criteria.row_panel import RowPanel
from desktop.ui.style import fonts
from desktop.ui.widgets.parts import Empty, Panel, Tag, button, column, label, row

if TYPE_CHECKING:
    from desktop.ui.screens.criteria.screen import CriteriaScreen

SIDE = 372
ROW, VERDICT = "row", "verdict"


class CommuneView(QWidget):
    """The sheet at the left, at the right what explains it."""

    def __init__(self, grid: ScoreGrid, row_panel: RowPanel) -> None:
        super().__init__()
        self.panel = Panel(" ")
        self.tag = Tag()
        self.before = button("", kind="icon", icon="chevron_left_16_regular", tip=_("Previous commune  Ctrl+PgUp"))
        self.after = button("", kind="icon", icon="chevron_right_16_regular", tip=_("Next commune  Ctrl+PgDn"))
        self.about = label("", "hint")
        self.other_set = button("", kind="link")
        for part in (self.about, self.other_set, self.tag, self.before, self.after):
            self.panel.add_to_head(part)
        self.panel.head_row.setFixedHeight(38)
        self.grid = grid
        self.panel.add(grid, 1)
        self.empty = Empty(_("No commune to score"), _("The office serves no commune in this year."))
        self.empty.hide()
        self.panel.add(self.empty, 1)
        self.take_all = button(_("Take all proposals"))
        self.fill = button(_("Fill the blanks from"), kind="menu")
        self.zone = button(_("Zone…"))
        self.panel.add_foot(self.take_all, self.fill, None, self.zone)
        self.side = Panel()
        self.side.setAccessibleName(_("Explanation"))
        self.side.setFixedWidth(SIDE)
        self.tabs = {
            ROW: button(_("Row in hand"), kind="switch"),
            VERDICT: button(_("Verdict and ways"), kind="switch"),
        }
        for tab in self.tabs.values():
            # The chosen one is bold: it must not need more room then.
            tab.setMinimumWidth(QFontMetrics(fonts.font(fonts.TEXT, 600)).horizontalAdvance(tab.text()) + 26)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
        switches = row(*self.tabs.values(), None, gap=0)
        self.side.add_inset(switches, (8, 6, 8, 6))
        self.row_panel, self.outcome = row_panel, Outcome()
        self.pages = QStackedWidget()
        self.pages.addWidget(row_panel)
        self.pages.addWidget(self.outcome)
        self.side.add(self.pages, 1)
        body = row(gap=8)
        body.addWidget(self.panel, 1)
        body.addWidget(self.side)
        whole: QVBoxLayout = column(gap=0)
        whole.addLayout(body, 1)
        self.setLayout(whole)

    def show_side(self, name: str) -> None:
        """The row, or the verdict."""
        self.tabs[name].setChecked(True)
        self.pages.setCurrentWidget(self.row_panel if name == ROW else self.outcome)


class CommunePart(Part):
    """A commune's sheet."""

    def __init__(self, screen: CriteriaScreen) -> None:
        super().__init__(screen)
        self.grid = ScoreGrid(screen.model, screen.writing.take_text)
        self.row_panel = RowPanel(screen, self.grid)
        self._view = view = CommuneView(self.grid, self.row_panel)
        self.communes = QComboBox()
        self.communes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.communes.setAccessibleName(_("Commune, town"))
        self.communes.activated.connect(lambda _at: self._choose(self.communes.currentData()))
        self.papers = button(_("Documents"), kind="menu")
        self.papers.setMenu(screen.papers.menu(self.papers))
        self._fill_menu = QMenu(view.fill)
        view.fill.setMenu(self._fill_menu)
        self._fill_menu.aboutToShow.connect(self._offer_columns)
        view.before.clicked.connect(lambda _on=False: screen.step_commune(-1))
        view.after.clicked.connect(lambda _on=False: screen.step_commune(1))
        view.take_all.clicked.connect(lambda _on=False: screen.writing.take_proposals(None, screen.model.by))
        view.other_set.clicked.connect(lambda _on=False: self.turn_set())
        view.zone.clicked.connect(lambda _on=False: self.set_zone())
        for name, tab in view.tabs.items():
            tab.clicked.connect(partial(self._show_side, name))
        view.outcome.row_asked.connect(self._go_to)
        view.outcome.left.connect(self.grid.setFocus)
        self.grid.back_asked.connect(screen.back_to_list)
        self.grid.line_chosen.connect(self._show_row)
        view.show_side(ROW)
        QShortcut(QKeySequence("F4"), view, self.explain)
        screen.connect_grid(self.grid)

    @property
    def view(self) -> CommuneView:
        """The tab's page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which commune, and its documents."""
        return (self.communes, self.papers)

    def explain(self) -> None:
        """F4: the keyboard goes to what explains the row, or the verdict; again, to the other of the two."""
        view = self._view
        panel = view.pages.currentWidget()
        if panel is not None and panel.isAncestorOf(QApplication.focusWidget() or view):
            view.show_side(VERDICT if panel is view.row_panel else ROW)
        (view.row_panel if view.pages.currentWidget() is view.row_panel else view.outcome).take_focus()

    def show_verdict(self) -> None:
        """What decides, with the keyboard in it."""
        self._view.show_side(VERDICT)
        self._view.outcome.take_focus()

    def _choose(self, code: str) -> None:
        if not self.screen.choose_commune(code):
            self._show_communes()

    def _show_side(self, name: str, _on: bool = True) -> None:
        self._view.show_side(name)

    def _go_to(self, code: str) -> None:
        at = self.screen.model.row_of(code)
        if at >= 0:
            self.grid.go(at, self.screen.column_at())
            self.grid.setFocus()
            self._view.show_side(ROW)

    def _offer_columns(self) -> None:
        """Into the column one stands in, from each other."""
        self._fill_menu.clear()
        to, names = self.screen.model.by, self.screen.model.names
        for by in By:
            if by is not to:
                text = _("“{column}” into “{to}”").format(column=words.by_name(by, names), to=words.by_name(to, names))
                self._fill_menu.addAction(text, partial(self.screen.writing.copy_column, by, to))

    def set_zone(self) -> None:
        """The zone of the commune, by decision or by the rule."""
        from desktop.ui.screens.criteria.zone_dialog import ZoneDialog

        if self.screen.sheet is not None:
            ZoneDialog(self._view, self.session, self.screen.sheet.standing.commune, self.screen.year).open()

    # ---- showing ----

    def show_read(self) -> None:
        """The sheet, its verdict, the list of communes."""
        self._show_communes()
        view, sheet = self._view, self.screen.sheet
        for part in (view.grid, view.side, view.take_all, view.fill, view.zone):
            part.setVisible(sheet is not None)
        view.empty.setVisible(sheet is None)
        if sheet is None:
            return
        standing = sheet.standing
        view.panel.set_title(f"{standing.commune.name}, {words.zone(standing.zone.number)}")
        view.panel.title.setToolTip(render(standing.zone.basis))
        view.about.setText(standing.criteria.name)
        self._offer_set()
        text = words.verdict_with_margin(standing.judged, surplus(standing.judged, standing.margin))
        view.tag.show_status(words.SIGNS[standing.judged.verdict], text, words.TONES[standing.judged.verdict])
        view.outcome.names = self.screen.model.names
        view.outcome.show_sheet(sheet, self.screen.zones, brief=False)
        self.grid.setColumnHidden(Col.PROPOSAL, not any(one.proposal is not None for one in sheet.rows))
        self.grid.fit()
        first = self.grid.first_cell()
        if not self.grid.currentIndex().isValid() and first is not None:
            self.grid.go(*first)
        self._show_row(self.grid.currentIndex().row())

    def _offer_set(self) -> None:
        """Where the year has another set than the one the commune stands by: begin to score by it, or go back."""
        sheet, found, screen = self.screen.sheet, self.screen.overview, self.screen
        used = found.criteria if found is not None else None
        is_other = sheet is not None and used is not None and sheet.standing.criteria.code != used.code
        back = screen.set_code is not None
        self._view.other_set.setVisible(is_other or back)
        self._view.other_set.setText(_("Back to the set it was scored with") if back else _("Score by the year's set"))
        if used is not None:
            self._view.other_set.setToolTip(used.name)

    def turn_set(self) -> None:
        """Score by the year's set from now on, or look at the one the commune was scored with."""
        used = self.screen.overview.criteria if self.screen.overview is not None else None
        if self.screen.set_code is not None or used is None:
            self.screen.score_by(None)
            return
        self.screen.writing.offer_points(used)
        self.screen.score_by(used.code)

    def _show_communes(self) -> None:
        box, found = self.communes, self.screen.overview
        box.clear()
        for line in found.lines if found is not None else ():
            box.addItem(window_words.unit_name(line.commune.name), line.commune.code)
        box.setCurrentIndex(max(box.findData(self.screen.unit), 0))

    def _show_row(self, at: int) -> None:
        self.row_panel.show_line(self.screen.model.line(at), self.screen.sheet)

    def settle(self) -> bool:
        """Keep what is half typed."""
        return self.grid.settle()

    def set_compact(self, compact: bool) -> None:
        """What explains makes room for the sheet."""
        self._view.side.setFixedWidth(292 if compact else SIDE)
        self._view.about.setVisible(not compact)
        for column_at in (Col.LEFT, Col.REASON, Col.EVIDENCE):
            self.grid.setColumnHidden(column_at, compact)
        self.grid.fit()
        self.communes.setMaximumWidth(150 if compact else 240)

    def hint(self) -> str:
        """The keys of the sheet."""
        if self.screen.is_compact:
            return _("Ctrl+Enter takes the proposal · Shift+F2 reason · F4 explains · Esc back")
        return _("Ctrl+Enter takes the proposal · Shift+F2 reason · F4 explains · Ctrl+PgDn next · Esc back")
