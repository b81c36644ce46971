"""The first start: whose record this is, which plans, and whether to look at the sample year first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.application import offices
from desktop.application.offices import OfficeMade
from desktop.application.records import Record
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.guide.pages import GuideView
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.shell.window import Window
from desktop.ui.style.palette import Tone
from desktop.wording import say


class Guide:
    """Leads from nothing to a record; nothing is made before the last step."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.session = window.session
        self.view = GuideView(self.session.today())
        self.view.finished.connect(self.make)
        self._warm_up()

    def _warm_up(self) -> None:
        """Read the shipped register in the background, so that the first letter typed finds at once."""

        def work(_record: Record, _step: Step) -> object:
            from desktop.application import shipped

            return shipped.register(), shipped.plans()

        job = RunningJob(say("Read the register"), work, needs_record=False)
        job.succeeded.connect(lambda _read: self.view.begin())
        job.failed.connect(lambda fault: faults.show(self.window, fault))
        self.session.jobs.start(job, writes=False)

    def make(self) -> None:
        """Make the record the person described, or the sample one."""
        choice, path, today = self.view.choice(), self.session.path, self.session.today()

        def work(_record: Record, _step: Step) -> OfficeMade | None:
            if choice.is_sample:
                from desktop.application import demo

                demo.demo_office(path, today=today)
                return None
            return offices.create_office(
                path,
                level=choice.level,
                unit=choice.unit,
                name=choice.name or None,
                communes=choice.communes,
                plans=choice.plans,
                today=today,
            )

        job = RunningJob(say("Set up the record"), work, needs_record=False)
        job.succeeded.connect(self._made)
        job.failed.connect(self._refused)
        self.view.setEnabled(False)
        Progress(self.window, job)
        self.session.jobs.start(job, writes=True)

    def _made(self, made: OfficeMade | None) -> None:
        leave(self.window, self.view)
        if made is None:
            self.session.choose_period(self.session.present)
            self.window.open()
            self.window.show_place(Place.OVERVIEW)
            return
        if made.office.as_of < self.session.period.first:
            # A district that ended: its record begins at its last full year.
            from desktop.domain.periods import Period

            self.session.choose_period(Period.of_year(made.office.as_of.year - (made.office.as_of.month < 12)))
        self.window.open()
        told = [render(note) for note in made.notes]
        self.session.say(" ".join([_("The record is set up."), *told]), Tone.GOOD)

    def _refused(self, fault: BaseException) -> None:
        self.view.setEnabled(True)
        if isinstance(fault, AppError):
            self.view.show_refusal(render(fault.title), render(fault.advice) if fault.advice else "")
        else:
            faults.show(self.window, fault)


def start(window: Window) -> Guide:
    """Show the guide in place of the pages."""
    guide = Guide(window)
    window.guide = guide
    for part in (window.navigation, window.header, window.status):
        part.hide()
    window.pages.addWidget(guide.view)
    window.pages.setCurrentWidget(guide.view)
    return guide


def leave(window: Window, view: QWidget) -> None:
    """Give the window back to the pages."""
    window.pages.removeWidget(view)
    view.deleteLater()
    for part in (window.navigation, window.header, window.status):
        part.show()
