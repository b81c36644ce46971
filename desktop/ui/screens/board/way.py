"""Tình hình biểu: joins the board, the record and the counting of findings; acts on the forms chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.application import board
from desktop.application.board import Board
from desktop.application.records import Record
from desktop.domain.findings import Finding
from desktop.domain.values import Kind
from desktop.system.i18n import _, render
from desktop.ui import words
from desktop.ui.dialogs import faults
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place, Target
from desktop.ui.screens.board.acting import Told, read_acts
from desktop.ui.screens.board.deeds import Deeds
from desktop.ui.screens.board.model import BoardModel, Spot
from desktop.ui.screens.board.papers import Papers
from desktop.ui.screens.board.view import BoardView
from desktop.ui.screens.entry.ways import Shown, Way
from desktop.ui.style.palette import Tone
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.entry.screen import EntryScreen

REST = 120


class BoardWay(Way):
    """The board of the year the period shown lies in."""

    help = "tinh-hinh-bieu"

    def __init__(self, screen: EntryScreen) -> None:
        super().__init__(screen)
        self.model = BoardModel()
        self._view = BoardView(self.model)
        self.deeds = Deeds(self)
        self.papers = Papers(self)
        self._reading: RunningJob | None = None
        self._asking: RunningJob | None = None
        self._counting: RunningJob | None = None
        self._wanted: Target | None = None
        self._again = False
        self._counted_at: tuple[int, int] | None = None
        # Children of the view: nothing is asked of a page that is gone.
        self._resting = QTimer(self._view, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._ask_acts)
        self._soon = QTimer(self._view, singleShot=True, interval=0)
        self._soon.timeout.connect(self.load)
        view = self._view
        view.grid.opened.connect(self.open)
        view.grid.chosen.connect(self._choose)
        view.side.open_asked.connect(lambda: self.open(self.spots()[0]) if self.spots() else None)
        view.side.act_asked.connect(self.deeds.act)
        view.side.refused.connect(lambda why: self.session.say(why, Tone.BAD))
        view.filter_chosen.connect(self.choose_filter)
        view.forms_chosen.connect(self.choose_forms)
        view.paper_asked.connect(self.papers.make)
        view.installEventFilter(self)

    @property
    def view(self) -> BoardView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Which forms and communes are shown, whom to remind, papers and deadlines."""
        return (self._view.forms, self._view.filters, self._view.remind, self._view.more)

    @property
    def year(self) -> int:
        """The year of the board."""
        return self.session.period.last.year

    def spots(self) -> list[Spot]:
        """The forms chosen."""
        return self._view.grid.spots() if self.model.board is not None else []

    # ---- reading ----

    def load(self) -> None:
        """Read the board on a worker; a second asking waits for the first."""
        if self._reading is not None:
            self._again = True
            return
        year, today = self.year, self.session.today()

        def work(record: Record, _step: Step) -> tuple[Board, str]:
            return board.board(record, year=year, today=today), nutrition_line(record, year)

        job = self._reading = RunningJob(say("Read the board"), work)
        job.succeeded.connect(self._show)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        job.ended.connect(self._read)
        self.session.jobs.start(job, writes=False)

    def _read(self) -> None:
        self._reading = None
        if self._again:
            self._again = False
            self.load()
        elif self._view.isVisible():
            self._count()

    def _show(self, read: tuple[Board, str]) -> None:
        found, nutrition = read
        self._view.nutrition.setText(nutrition.partition("\n")[0])
        self._view.nutrition.setToolTip(nutrition)
        self._view.nutrition.setVisible(bool(nutrition))
        places = [(spot.commune.code, spot.column.form.code, spot.column.period.id) for spot in self.spots()]
        forms = {one.form.code: words.named(one.form.name_vi, one.form.name_en) for one in found.columns}
        form = self.model.form if self.model.form in forms else ""
        grid, is_first = self._view.grid, self.model.board is None
        across, down = grid.horizontalScrollBar().value(), grid.verticalScrollBar().value()
        self.model.show(found, form=form)
        self._view.show_forms(list(forms.items()), form)
        self._view.show_sheet(self.model.rowCount())
        self._pick(places)
        if not is_first:
            grid.horizontalScrollBar().setValue(across)
            grid.verticalScrollBar().setValue(down)
        wanted, self._wanted = self._wanted, None
        if wanted is not None or not places:
            self._point_at(wanted)
        if self._view.isVisible() and not self._view.isAncestorOf(self._view.focusWidget() or self._view):
            grid.setFocus()
        self._choose()

    def _pick(self, places: Sequence[tuple[str, str, str]]) -> None:
        from PySide6.QtCore import QItemSelection, QItemSelectionModel

        chosen, first = QItemSelection(), None
        for code, form, period in places:
            row, column = self.model.row_of(code), self.model.place_of(form, period)
            if row is not None and column is not None:
                index = self.model.index(row, column)
                chosen.select(index, index)
                first = first or index
        if first is not None:
            flags = QItemSelectionModel.SelectionFlag
            selection = self._view.grid.selectionModel()
            selection.setCurrentIndex(first, flags.NoUpdate)
            selection.select(chosen, flags.ClearAndSelect)

    def _point_at(self, target: Target | None) -> None:
        """The commune and form worked on; else the first column."""
        if not self.model.rowCount() or not self.model.columnCount():
            return
        row = self.model.row_of(target.get("unit")) if target else None
        column = self.model.place_of(self.screen.form, self.session.period.id)
        self._view.grid.go(row or 0, column or 0)

    # ---- counting findings ----

    def _count(self) -> None:
        """Count findings where figures moved since they were counted; typing goes before, and it stops when left."""
        year, head = self.year, self.session.record.head()
        if self._counting is not None or self._counted_at == (year, head):
            return
        self._counted_at = (year, head)

        def work(record: Record, step: Step) -> int:
            stale = board.stale_periods(record, year=year)
            for period in stale:
                board.count_findings(record, period=period, step=step)
            return len(stale)

        job = self._counting = RunningJob(say("Count the findings"), work)
        job.succeeded.connect(self._counted)
        job.failed.connect(lambda _fault: self._view.counting.setText(""))
        job.ended.connect(self._stop_counting)
        self._view.counting.setText(_("Checking the figures…"))
        self.session.jobs.start(job, writes=False)

    def _stop_counting(self) -> None:
        self._counting = None
        self._view.counting.setText("")

    def _counted(self, periods: int) -> None:
        if periods:
            # Read once more, but not counted once more: what moved meanwhile is counted at the next visit.
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Counting stops when the board is left; tools that only fit figures make room while it is shown."""
        if watched is self._view and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            is_left = event.type() == QEvent.Type.Hide
            for part in (self.screen.side.button, self.screen.kinds.list):
                part.setVisible(is_left)
        if watched is self._view and event.type() == QEvent.Type.Hide and self._counting is not None:
            self._counting.stop()
            self._counted_at = None
        return super().eventFilter(watched, event)

    # ---- what is chosen ----

    def _choose(self) -> None:
        spots = self.spots()
        self._view.side.show_spots(spots, self.deeds.day_of(spots))
        self._view.sentence.setText(self.model.sentence(self._view.grid.currentIndex().column()))
        self._view.sentence.setToolTip(self._view.sentence.text())
        self._resting.start()
        self.session.hint_changed.emit()

    def _ask_acts(self) -> None:
        spots = self.spots()
        if not spots:
            return
        if self._asking is not None:
            self._asking.stop()
        job = self._asking = RunningJob(
            say("Ask what may be done"), lambda record, step: read_acts(record, spots, step)
        )
        job.succeeded.connect(self._show_acts)
        job.failed.connect(self.session.refuse)
        self.session.jobs.start(job, writes=False)

    def _show_acts(self, told: Told) -> None:
        if [spot.cell for spot in told.spots] == [spot.cell for spot in self.spots()]:
            self._view.side.show_acts(told)
        else:
            # The board was read anew meanwhile: an answer about forms that moved is asked once more.
            self._resting.start()

    def choose_filter(self, name: str) -> None:
        """Only communes with such a form; the other forms are dimmed."""
        if self.model.board is not None:
            self.model.show(self.model.board, filter_name=name)
            self._view.show_sheet(self.model.rowCount())
            place = self.model.first_fitting() if name != "all" else None
            if place is not None:
                self._view.grid.go(*place)
            else:
                self._point_at(None)
            self._choose()

    def choose_forms(self, code: str) -> None:
        """Only one form, or all."""
        if self.model.board is not None:
            self.model.show(self.model.board, form=code)
            self._view.show_sheet(self.model.rowCount())
            self._point_at(None)
            self._choose()

    def open(self, spot: Spot) -> None:
        """Go to a commune's form: its period, its form, its commune."""
        self.session.choose_period(spot.column.period)
        self.screen.show_form(spot.column.form.code, Kind.ACTUAL)
        where = (("way", "commune"), ("unit", spot.commune.code))
        self.session.asked.emit(Target(Place.ENTRY, where))

    # ---- what the page asks of a way ----

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def go(self, target: Target) -> None:
        """Point at a commune's form of the period and form worked on; before the board was read, when it is."""
        if target.get("filter"):
            self._view.choose_filter(target.get("filter") or "all")
        if self._reading is not None or self.model.board is None:
            self._wanted = target
        elif target.get("unit"):
            self._point_at(target)
        self._view.grid.setFocus()

    def place(self) -> Target | None:
        """The commune of the current form."""
        current = self._view.grid.currentIndex()
        if not current.isValid():
            return None
        return Target(Place.ENTRY, (("unit", self.model.commune(current.row()).code),))

    def hint(self) -> str:
        """How many forms are chosen, else the keys."""
        count = len(self.spots())
        if count > 1:
            return _("{count} forms chosen").format(count=count)
        return _("Enter opens the form · Shift or Ctrl choose several")

    def put(self, cells: Sequence[Shown]) -> None:
        """Figures are written in the other ways; the board is read anew when it is shown."""

    def judge(self, findings: Sequence[Finding]) -> None:
        """The board counts for itself."""


def nutrition_line(record: Record, year: int) -> str:
    """When the reports of children's nutrition are due, in a line, and below it what is not known, gap by gap.

    They are no form, so they have no column of their own.
    """
    from desktop.application import nutrition_regime
    from desktop.application.offices import office

    level = office(record, on=date(year, 12, 31)).level
    found = nutrition_regime.on_the_board(record, year=year, level=level)
    told = [
        _("Nutrition report, {period}: {due}").format(
            period=render(one.period.sentence()),
            due=" ".join(render(nutrition_regime.due_sentence(fact, due)) for fact, due in one.dues),
        )
        for one in found
    ]
    gaps = dict.fromkeys(render(gap) for one in found for gap in one.gaps)
    return "\n".join((" ".join(told), *gaps)) if told else ""
