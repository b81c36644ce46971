"""The second tab of the import desk: somebody else's workbook is matched on a worker, shown, and saved as a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop.application import filling
from desktop.application.filling import FillPlan
from desktop.application.learned import Learned, learned
from desktop.application.records import Record
from desktop.application.sheets_of_ours import Written
from desktop.domain.findings import Finding
from desktop.errors import AppError
from desktop.system.i18n import _, render
from desktop.ui.dialogs import faults
from desktop.ui.dialogs.progress import Progress
from desktop.ui.jobs import RunningJob, Step
from desktop.ui.places import Place
from desktop.ui.screens.filling.view import FillView
from desktop.ui.screens.imports.curing import ask_meaning
from desktop.ui.screens.imports.taken import Taken, of_filling
from desktop.ui.session import Session
from desktop.wording import say

SUFFIXES: Final = (".xlsx", ".xlsm")


class Filling(QObject):
    """What the tab does."""

    shown = Signal()
    """A workbook, or none any more."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.view = FillView()
        self.file: Path | None = None
        self.plan: FillPlan | None = None
        self._job: RunningJob | None = None
        view = self.view
        view.file_asked.connect(self.ask_file)
        view.options_changed.connect(self.read)
        view.settle_asked.connect(self.settle)
        view.save_asked.connect(self.ask_where)
        view.leave_asked.connect(self.leave)
        view.findings.went.connect(self.show_finding)
        view.show_nothing()

    def ask_file(self) -> None:
        """Choose a workbook."""
        wanted = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _filter = QFileDialog.getOpenFileName(
            self.view, _("Choose a workbook"), "", f"{_('Workbooks')} ({wanted})"
        )
        if name:
            self.choose(Path(name))

    def choose(self, file: Path) -> None:
        """Another workbook."""
        self.file, self.plan = file, None
        self.view.without.clear()
        self.read()

    def read(self) -> None:
        """Match the workbook with the figures of the period shown; nothing is written."""
        file = self.file
        if file is None:
            return
        period, replace = self.session.period, self.view.replacing.isChecked()
        kind = self.view.kinds[max(self.view.kind.currentIndex(), 0)]

        def work(record: Record, _step: Step) -> tuple[FillPlan, Learned]:
            plan = filling.plan_fill(record, file=file, period=period, kind=kind, replace=replace)
            return plan, learned(record, sender=plan.sender)

        job = RunningJob(say("Read {file}", file=file.name), work, stopping=say("Nothing has been written yet."))
        job.succeeded.connect(lambda found: self._show(job, *found))
        job.failed.connect(self._refused)
        Progress(self.view, job)
        self._job = job
        self.session.jobs.start(job, writes=False)

    def _show(self, job: RunningJob, plan: FillPlan, settled: Learned) -> None:
        if job is not self._job:
            return
        from desktop.application.catalogue import catalogue

        self.plan = plan
        known = catalogue(self.session.record)
        self.view.show_plan(plan, of_filling(plan, settled, known), known)
        self.shown.emit()

    def _refused(self, fault: BaseException) -> None:
        if not isinstance(fault, AppError):
            faults.show(self.view, fault)
            return
        self.file, self.plan = None, None
        self.view.show_nothing((render(fault.title), render(fault.advice) if fault.advice else ""))
        self.shown.emit()

    def settle(self, taken: Taken) -> None:
        """What a heading means; the page reads the workbook again when it is told."""
        if self.plan is not None:
            ask_meaning(self.view, self.session, taken, self.plan.sender)

    def show_finding(self, finding: Finding) -> None:
        """Choose the cell a finding speaks of."""
        self.view.narrow(None)
        for at, cell in enumerate(self.view.model.rows):
            if (cell.sheet, cell.row, cell.column) == (finding.sheet, finding.row, finding.column):
                self.view.table.selectRow(at)
                return

    def ask_where(self) -> None:
        """Under which name the copy is saved."""
        if self.file is None:
            return
        proposed = self.file.with_name(_("{name} (filled in)").format(name=self.file.stem) + self.file.suffix)
        name, _filter = QFileDialog.getSaveFileName(
            self.view, _("Save as"), str(proposed), f"Excel (*{self.file.suffix})"
        )
        if name:
            self.save(Path(name))

    def save(self, out: Path) -> None:
        """Write the copy on a worker; the workbook itself is never touched."""
        plan, without = self.plan, frozenset(self.view.without)
        if plan is None:
            return

        def work(_record: Record, _step: Step) -> Written:
            return filling.write_fill(plan=plan, out=out, without=without)

        job = RunningJob(say("Fill in {file}", file=plan.file.name), work, needs_record=False)
        job.succeeded.connect(self._wrote)
        job.failed.connect(lambda fault: faults.show(self.view, fault))
        Progress(self.view, job)
        self.session.jobs.start(job, writes=False)

    def _wrote(self, done: Written) -> None:
        self.view.show_saved(done.file, done.cells)
        self.session.say(say("Saved {file}.", file=done.file.name))

    def leave(self) -> None:
        """Back to the figures."""
        self.file, self.plan = None, None
        self.view.without.clear()
        self.view.show_nothing()
        self.session.go(Place.ENTRY)
