"""Kết quả: what the period's weighing found, computed on a worker; from here the report and the form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.application.changes import Changes, Subject
from desktop.application.nutrition import PathStep
from desktop.application.offices import Commune
from desktop.application.records import Record
from desktop.domain.growth.levels import Form
from desktop.domain.nutrition import FORMS
from desktop.errors import AppError
from desktop.reports.growth_chart import SCREEN, Drawing
from desktop.reports.interval_chart import ChartWords, IntervalRow, Line, draw_intervals
from desktop.reports.nutrition_report import interval_row
from desktop.system.i18n import _, language, render
from desktop.ui import figures
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Target
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.children.results import words
from desktop.ui.screens.children.results.reading import Read, read, rows_of, trend_rows
from desktop.ui.screens.children.results.tables import form_name
from desktop.ui.screens.children.results.trend import trend_chart
from desktop.ui.screens.children.results.view import ResultsView
from desktop.ui.screens.children.session_names import session_name, sessions_of
from desktop.ui.screens.entry import clipboard
from desktop.ui.words import unit_name
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen

_BESIDE: Final = frozenset({Subject.VALUES, Subject.UNITS, Subject.PLANS})
"""What the results are compared with."""
NAMED: Final = 6
"""Communes without figures that are named; of more only how many there are."""
LAST: Final = "last"
ALL: Final = "all"
CHARTED: Final = frozenset({"communes", "villages", "ages", "ethnic"})
"""Groupings whose groups are many enough to be compared in the chart; of the others the communes stay."""


class ResultsPart(Part):
    """The results of the period shown above, of the whole office or of the commune chosen."""

    is_of_one_commune = False

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = ResultsView()
        self.grouping = "communes"
        self.found: Read | None = None
        self._reading: RunningJob | None = None
        view = self._view
        view.reach.activated.connect(lambda _at: self.choose_reach(view.reach.currentData()))
        view.counted.activated.connect(lambda _at: self.compute())
        view.grouping_chosen.connect(self.choose_grouping)
        view.forms.row_chosen.connect(lambda _row: self._show_groups())
        view.by_session.toggled.connect(lambda _on: self._show_groups())
        view.paper.clicked.connect(self.open_paper)
        view.feed.clicked.connect(self.ask_feed)
        view.see.clicked.connect(self.ask_feed)
        view.declare.clicked.connect(self.ask_areas)
        view.say_areas.clicked.connect(self.ask_areas)
        self.session.told.connect(self._hear)
        QShortcut(QKeySequence("Ctrl+P"), view, self.open_paper)
        QShortcut(QKeySequence.StandardKey.Copy, view.groups, self.copy_groups)

    @property
    def view(self) -> ResultsView:
        """The page."""
        return self._view

    @property
    def tools(self) -> Sequence[QWidget]:
        """Whose results, the papers, the form."""
        view = self._view
        return (view.reach, view.paper, view.feed)

    @property
    def commune(self) -> Commune | None:
        """The commune asked for; None: the whole office."""
        commune = self.screen.commune
        return None if commune is None or self._view.reach.currentData() == ALL else commune

    @property
    def unit(self) -> str | None:
        """Its code."""
        commune = self.commune
        return None if commune is None else commune.code or f"uid:{commune.uid}"

    @property
    def sessions(self) -> tuple[str, ...] | None:
        """The sessions (uids) that alone count; None: the last measurement of the period."""
        chosen = self._view.counted.currentData()
        return None if chosen in (None, LAST) else tuple(str(chosen).split())

    @property
    def form(self) -> Form:
        """The form of malnutrition that groups and chart speak of."""
        row = self._view.forms.chosen()
        return FORMS[0] if row is None else Form(row.form)

    # ---- reading ----

    def load(self) -> None:
        """Show what can be chosen and compute anew."""
        self._show_choices()
        self.compute()

    def _show_choices(self) -> None:
        """The whole office first; the commune shown on the other tabs is chosen where one was."""
        view, commune, known = self._view, self.screen.commune, self.session.communes
        is_one = view.reach.currentData() not in (None, ALL)
        view.reach.setProperty("away", len(known) < 2)
        if len(known) < 2:
            view.reach.hide()
        view.reach.clear()
        if len(known) > 1:
            view.reach.addItem(_("All communes"), ALL)
        for one in known:
            view.reach.addItem(unit_name(one.name), one.uid)
        if is_one and commune is not None:
            view.reach.setCurrentIndex(view.reach.findData(commune.uid))
        self._show_sessions()

    def _hear(self, changes: Changes) -> None:
        """Figures of the form, areas or plans changed: what is said of them is old. Of children the page hears."""
        if Subject.CHILDREN in changes.subjects or not _BESIDE & changes.subjects:
            return
        if self._view.isVisible():
            self.compute()
        else:
            self.screen.stale.add("results")

    def choose_reach(self, uid: str) -> None:
        """The whole office, or a commune, which the other tabs show too."""
        if uid != ALL and (self.screen.commune is None or uid != self.screen.commune.uid):
            self.screen.choose_commune(uid)
            return
        self.load()

    def _show_sessions(self) -> None:
        """Sessions of the period; those of several communes on one day are one choice."""
        box, held = self._view.counted, self._view.counted.currentData()
        places = [self.commune] if self.commune is not None else self.session.communes
        box.clear()
        box.addItem(_("Last measurement of the period"), LAST)
        days: dict[str, list[str]] = {}
        for known in sessions_of(self.session, *places):
            days.setdefault(session_name(known), []).append(known.uid)
        for name, uids in days.items():
            box.addItem(name, " ".join(uids))
        box.setCurrentIndex(max(0, box.findData(held)))

    def compute(self) -> None:
        """Compute on a worker; what was being computed for other choices is stopped."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        unit, period, sessions = self.unit, self.session.period, self.sessions
        if not self.session.communes:
            text = _("This office serves no commune in the period shown. Choose another period above.")
            self._view.show_blank(_("No commune"), text)
            return

        def work(record: Record, step: Step) -> Read:
            return read(record, step, unit=unit, period=period, sessions=sessions)

        if self.found is None:
            self._view.show_blank(_("Computing the results…"), "")
        stopping = say("Nothing is changed; choose again what to compute.")
        job = RunningJob(say("Compute the results of the weighing"), work, stopping=stopping)
        job.succeeded.connect(partial(self._take, job))
        job.failed.connect(self._refused)
        job.cancelled.connect(partial(self._stopped, job))
        self._reading = job
        Progress(self._view, job)
        self.session.jobs.start(job, writes=False)

    def _take(self, job: RunningJob, found: Read) -> None:
        """What was asked for last; what came too late is dropped."""
        if job is self._reading:
            self._show(found)

    def _stopped(self, job: RunningJob) -> None:
        if job is self._reading:
            self._reading = None
            self._view.show_blank(_("The computing was stopped"), _("Choose the communes or the session again."))

    def _refused(self, fault: BaseException) -> None:
        if isinstance(fault, AppError):
            self._view.show_blank(render(fault.title), render(fault.advice) if fault.advice else "")
            return
        self.session.refuse(fault)

    # ---- showing ----

    def _show(self, found: Read) -> None:
        self.found, self._reading = found, None
        view, results = self._view, found.results
        view.feed.setEnabled(bool(results.found.total.measured))
        if not results.found.total.measured:
            view.show_blank(
                _("Nobody was measured in this period"),
                _("Open a weighing session and type weights and heights, or take the communes' lists in from Excel."),
            )
            return
        view.told.setText(words.reached(results))
        view.show_results()
        view.how.setText(words.counted(results, view.counted.currentText()))
        view.silent.setText(words.silent(results, most=NAMED))
        view.silent.setVisible(bool(view.silent.text()))
        view.told.setToolTip(f"{view.how.text()}\n{words.silent(results)}".strip())
        view.show_differing(len(found.disagreeing))
        is_one = len(results.communes) == 1
        view.groupings["communes"].setEnabled(not is_one)
        if is_one and self.grouping == "communes":
            self.grouping = "villages"
        view.groupings[self.grouping].setChecked(True)
        view.forms.show_total(results.found.total)
        self._show_groups()

    def choose_grouping(self, grouping: str) -> None:
        """Another grouping of the same children."""
        self.grouping = grouping
        self._view.groupings[grouping].setChecked(True)
        self._show_groups()

    def _show_groups(self) -> None:
        if self.found is None:
            return
        view, form = self._view, self.form
        names = {one.uid: one.name for one in self.found.results.communes}
        rows = rows_of(self.found.results, self.grouping, names)
        view.groups.show_groups(rows, form)
        view.show_areas(is_asked=self.grouping == "areas", is_known=bool(rows))
        by_session = view.by_session.isChecked()
        past = trend_rows(self.found, by_session=by_session)
        view.trend.points.show(past)
        view.show_trend_height(len(past))
        view.trend_chart.show_chart(*trend_chart(self.found, form, by_session=by_session))
        view.moved.setText(words.moved(self.found, form, by_session=by_session))
        view.aims.setText("\n".join(words.wanted(self.found, form)))
        view.aims.setVisible(bool(view.aims.text()))
        self._show_chart(form, names)

    def _show_chart(self, form: Form, names: dict[str, str]) -> None:
        assert self.found is not None  # noqa: S101 - only called with results
        results = self.found.results
        usual = "communes" if len(results.communes) > 1 else "villages"
        grouping = self.grouping if self.grouping in CHARTED else usual
        groups = [row for row in rows_of(results, grouping, names) if not row.strong]
        rows = [interval_row(row.name, row.tally, form) for row in groups]
        aim = next(iter(self.found.aims), None) if form is Form.STUNTING else None
        whole = results.found.total.of(form).rate
        line = Line(float(whole), _("together {rate}").format(rate=figures.rate(whole))) if whole is not None else None
        title = _("{form} by group, highest first").format(form=form_name(form))
        make = partial(_drawn, rows, _aim_line(aim), line)
        self._view.show_chart(make, len(rows), title, _legend(has_aim=aim is not None))

    # ---- acts ----

    def copy_groups(self) -> None:
        """The table of groups as text for Excel."""
        known = self._view.groups.groups
        heads = [one.title for one in known.columns]
        rows = (*known.rows, *self._view.groups.together.rows)
        lines = [[one.text(row).replace("\u2212", "-") for one in known.columns] for row in rows]
        QGuiApplication.clipboard().setText(clipboard.join([heads, *lines]))
        self.session.say(say("Copied {count} rows.", count=len(lines)))

    def open_paper(self) -> None:
        """The nutrition report of what is shown: seen, saved, printed."""
        from desktop.ui.screens.children.papers import open_nutrition

        open_nutrition(self._view, self.session, unit=self.unit, sessions=self.sessions)

    def ask_areas(self) -> None:
        """Say which communes are hard areas, then count anew."""
        from desktop.ui.screens.children.results.areas import AreasDialog

        AreasDialog(self._view, self.session).exec()

    def ask_feed(self) -> None:
        """Take the figures into the form, after a look at what changes."""
        from desktop.ui.screens.children.results.feeding import ask_feeding

        if self.found is not None and self.found.results.found.total.measured:
            ask_feeding(self._view, self.session, unit=self.unit, sessions=self.sessions)

    # ---- what the screen asks ----

    def set_compact(self, compact: bool) -> None:
        """Tables or chart."""
        self._view.set_compact(compact)

    def hint(self) -> str:
        """What the tables do."""
        return _("Choose a form: groups and chart follow · Ctrl+C: copy the groups")

    def go(self, target: Target) -> None:
        """The keyboard works in the forms."""
        self._view.forms.setFocus()


def _aim_line(aim: PathStep | None) -> Line | None:
    if aim is None:
        return None
    told = _("target {year}: {rate}").format(year=str(aim.year), rate=figures.rate(aim.target))
    return Line(float(aim.target), told)


def _legend(*, has_aim: bool) -> str:
    if has_aim:
        return _(
            "Line: 95% interval. Diamond: surely above the target; triangle: above, not sure; disc: meets it. "
            "Last column: cases over the target."
        )
    return _("Line: 95% interval. Diamond: surely above the whole; triangle: above, not sure; disc: not above.")


def _drawn(rows: Sequence[IntervalRow], aim: Line | None, whole: Line | None, wide: float, _high: float) -> Drawing:
    said = ChartWords(
        "%",
        _("cases/measured"),
        _("over"),
        _("nobody measured"),
        _("too few to judge"),
        "," if language() == "vi" else ".",
    )
    longest = max((len(row.name) for row in rows), default=0)
    names = min(wide * 0.32, max(14.0, (longest + 1) * SCREEN.text * 0.6))
    return draw_intervals(rows, wide=wide, names=names, words=said, style=SCREEN, aim=aim, whole=whole)
