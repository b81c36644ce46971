"""Điều tra: a survey's file, its design, its rates and its plausibility; nothing is written into the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.application.records import Record
from desktop.application.survey_files import (
    SurveyChoice,
    Surveyed,
    SurveyTable,
    file_survey,
    read_survey,
    save_prevalence,
    survey_pdf,
)
from desktop.system.i18n import _
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Target
from desktop.ui.saving import save_bytes
from desktop.ui.screens.children.part import Part
from desktop.ui.screens.surveys.view import SurveyView
from desktop.wording import say

if TYPE_CHECKING:
    from desktop.ui.screens.children.screen import ChildrenScreen


class SurveyPart(Part):
    """One survey at a time, from a file to its paper."""

    is_of_one_commune = False

    def __init__(self, screen: ChildrenScreen) -> None:
        super().__init__(screen)
        self._view = SurveyView()
        self.table: SurveyTable | None = None
        self.found: Surveyed | None = None
        self._choice: SurveyChoice | None = None
        view = self._view
        view.open.clicked.connect(lambda _on=False: self.ask_file())
        view.changed.connect(self._choose)
        view.compute.clicked.connect(lambda _on=False: self.compute())
        view.csv.clicked.connect(lambda _on=False: self.ask_csv())
        view.pdf.clicked.connect(lambda _on=False: self.ask_pdf())

    @property
    def view(self) -> QWidget:
        """The page."""
        return self._view

    def ask_file(self) -> None:
        """Choose the file."""
        path, _filter = QFileDialog.getOpenFileName(
            self._view, _("Open survey data"), "", f"{_('Tables')} (*.csv *.xlsx *.xls *.ods *.txt)"
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Read the headings and rows on a worker."""

        def work(_record: Record, _step: Step) -> SurveyTable:
            return read_survey(path)

        self._start(RunningJob(say("Read {file}", file=path.name), work, needs_record=False), self._opened)

    def _opened(self, table: object) -> None:
        self.table, self.found = cast("SurveyTable", table), None
        self._view.show_table(self.table)
        self._choose()

    def _choose(self) -> None:
        is_old = self.found is not None and self._view.choice != self._choice
        self._view.show_ready(ready=self.table is not None and self._view.choice.is_enough, is_old=is_old)

    def compute(self) -> None:
        """Rates and plausibility on a worker; it can be stopped."""
        table, choice = self.table, self._view.choice
        if table is None or not choice.is_enough:
            return
        self._choice = choice

        def work(_record: Record, step: Step) -> Surveyed:
            return file_survey(table, choice, step=step)

        job = RunningJob(
            say("Compute the survey"), work, stopping=say("Nothing has been written yet."), needs_record=False
        )
        self._start(job, self._computed)

    def _computed(self, found: object) -> None:
        self.found = cast("Surveyed", found)
        self._view.show_found(self.found)
        self._choose()

    def _start(self, job: RunningJob, done: object) -> None:
        job.succeeded.connect(done)
        job.failed.connect(lambda fault: faults.show(self._view, fault))
        Progress(self._view, job)
        self.session.jobs.start(job, writes=False)

    # ---- keeping ----

    def ask_csv(self) -> None:
        """Where to save all estimates."""
        path, _filter = QFileDialog.getSaveFileName(self._view, _("Save CSV…"), _("survey") + ".csv", "CSV (*.csv)")
        if path:
            self.save_csv(Path(path))

    def save_csv(self, out: Path) -> None:
        """All estimates, as `growth prevalence` writes them."""
        if self.found is None:
            return
        try:
            save_prevalence(self.found, out)
        except OSError as fault:
            faults.show(self._view, fault)
            return
        self.session.say(say("Saved {file}.", file=out.name))

    def ask_pdf(self) -> None:
        """Where to save the paper."""
        path, _filter = QFileDialog.getSaveFileName(self._view, _("Save PDF…"), _("survey") + ".pdf", "PDF (*.pdf)")
        if path:
            self.save_pdf(Path(path))

    def save_pdf(self, out: Path) -> None:
        """The paper, made on a worker."""
        found, choice, today = self.found, self._choice, self.session.today()
        if found is None or choice is None:
            return

        def work(record: Record, _step: Step) -> bytes:
            return survey_pdf(record, found, choice, today=today)

        job = RunningJob(say("Make {file}", file=out.name), work)
        self._start(job, lambda data: save_bytes(self.session, out, cast("bytes", data)))

    def set_compact(self, compact: bool) -> None:
        """Use little room."""
        self._view.set_compact(compact)

    def hint(self) -> str:
        """What this page is for."""
        return _("Surveys stand apart from the routine weighing")

    def go(self, target: Target) -> None:
        """The keyboard begins at the file."""
        self._view.open.setFocus()
