"""Tổng quan: the state of the period, read on a worker and shown with the way to every place it speaks of."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from desktop.application.changes import Subject
from desktop.application.plans import TargetStatus
from desktop.application.records import Record
from desktop.application.submissions import SubmissionRow
from desktop.domain.plans.status import Status
from desktop.system.i18n import _, render
from desktop.ui import figures, words
from desktop.ui.jobs import Step
from desktop.ui.places import Place, Target
from desktop.ui.reading import OneReading
from desktop.ui.screens.overview.model import Picture, read
from desktop.ui.screens.overview.todo import BACKUP_DAYS, Todo, todos
from desktop.ui.screens.overview.view import OverviewView
from desktop.ui.screens.screen import Screen
from desktop.ui.session import Session
from desktop.ui.style.signs import Sign
from desktop.wording import say


class OverviewScreen(Screen):
    """The first page a director opens."""

    place = Place.OVERVIEW
    shows = frozenset(Subject)
    help = "tong-quan"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._view = OverviewView()
        self.picture: Picture | None = None
        self._plan: str | None = None
        self._reading = OneReading(self.jobs, self._view)
        view = self._view
        view.opened.connect(self.open_todo)
        view.form_opened.connect(self.open_form)
        view.target_opened.connect(self.open_target)
        view.plan_chosen.connect(self.choose_plan)
        view.indicators_asked.connect(lambda: session.go(Place.INDICATORS, plan=self._plan or ""))

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def load(self) -> None:
        """Read the picture on a worker; a second asking waits for the first."""
        if self._reading.must_wait():
            return
        period, plan, today = self.session.period, self._plan, self.session.today()

        def work(record: Record, _step: Step) -> Picture:
            return read(record, period=period, plan=plan, today=today)

        self._reading.begin(say("Read the state of the period"), work, shown=self.show_picture, again=self.load)

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def choose_plan(self, code: str) -> None:
        """Look at another plan."""
        self._plan = code
        self.load()

    def show_picture(self, picture: Picture) -> None:
        """Show what was read."""
        self.picture = picture
        self._plan = picture.plan
        view, today = self._view, self.session.today()
        view.show_sentence(sentence(picture))
        view.show_todos(
            todos(picture, today=today, has_own_parent=self.session.office.level == "province"), words.day(today)
        )
        view.show_plans(picture.plans, picture.plan)
        view.show_targets(picture)
        view.forms_model.show(picture.forms)
        self._show_facts(picture)
        self.session.hint_changed.emit()

    def _show_facts(self, picture: Picture) -> None:
        quality = picture.quality
        share = f"{figures.rate(_share(quality.cells, quality.expected))}%" if quality.expected else "–"
        full = quality.cells == quality.expected and bool(quality.expected)
        cells = _("{cells}/{expected} cells").format(cells=quality.cells, expected=quality.expected)
        self._view.show_fact("full", Sign.CHECKED if full else Sign.WARNING, share, cells)
        sign = Sign.ERROR if quality.errors else Sign.WARNING if quality.warnings else Sign.CHECKED
        value = _("{count} errors").format(count=quality.errors) if quality.errors != 1 else _("1 error")
        hint = _("{warnings} warnings, {kept} kept").format(warnings=quality.warnings, kept=quality.kept)
        self._view.show_fact("right", sign, value, hint)
        on = picture.backup_on
        is_fresh = on is not None and (self.session.today() - on).days <= BACKUP_DAYS
        self._view.show_fact(
            "backup", Sign.CHECKED if is_fresh else Sign.WARNING, words.day(on) if on else _("none yet"), ""
        )
        above = next((partner for partner in picture.partners if partner.role == "parent"), None)
        if above is None:
            self._view.show_fact("partner", Sign.INFO, _("no key yet"), _("needed before the first package"))
        else:
            value = (
                _("{count} changes not received").format(count=above.pending) if above.pending else _("has everything")
            )
            self._view.show_fact("partner", Sign.INFO if above.pending else Sign.CHECKED, value, above.name)

    def open_todo(self, todo: Todo | None) -> None:
        """Go where it is done."""
        if todo is not None:
            self.session.asked.emit(todo.target)

    def open_form(self, form: SubmissionRow) -> None:
        """Go to the commune's line."""
        self.session.asked.emit(Target(Place.ENTRY, (("unit", form.commune.code),)))

    def open_target(self, row: TargetStatus) -> None:
        """Go to the indicator."""
        self.session.go(Place.INDICATORS, plan=self._plan or "", indicator=row.indicator.code)


def _share(part: int, whole: int) -> Fraction:
    return Fraction(part * 100, whole)


def sentence(picture: Picture) -> list[tuple[str, str]]:
    """The state in one sentence; numbers apart, so that they can be bold."""
    late = sum(bool(row.errors) for row in picture.forms)
    good = picture.count(Status.MET, Status.ON_TRACK)
    bad = picture.count(Status.OFF_TRACK, Status.MISSED)
    rest = len(picture.targets) - good - bad
    parts = [
        (f"{words.capital(render(picture.period.sentence()))}: ", ""),
        (f"{picture.done}/{len(picture.forms)}", "b"),
        (" " + _("communes finished the form"), ""),
    ]
    if late:
        parts += [(", ", ""), (_("{count} with errors").format(count=late), "bad")]
    parts.append((". ", ""))
    if picture.targets:
        parts += [(f"{good}/{len(picture.targets)}", "b"), (" " + _("targets met or on the path"), "")]
        if bad:
            parts += [(", ", ""), (_("{count} behind").format(count=bad), "bad")]
        if rest:
            parts.append((", " + _("{count} not judged").format(count=rest), ""))
        parts.append((".", ""))
    return parts
